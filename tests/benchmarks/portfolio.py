"""How much faster 24 reports are two at once, and how long a second run takes.

A newsroom's mix on the demo: a profile of each leading speaker, who is quoted in each outlet,
every article read closely, and one report that fails. One after another is `--workers 1`.
The machine's own gain, two plain Python processes against one, is measured beside it.

Run: python -m tests.benchmarks.portfolio [REPORTS]
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from gold_tables import gold_tables

from analysis.reports import run_portfolio
from analysis.reports.plan import read_plan
from analysis.workbook import save_tables

FAILS = {"notebook": "01_close_reading", "name": "fails", "parameters": {"article_id": "none"}}
EACH = {
    "04_speaker": {"table": "speakers", "column": "name", "parameter": "speaker",
                   "kind": "person", "top": 8},
    "02_who_is_quoted": {"table": "articles", "column": "outlet", "parameter": "outlets", "top": 4},
    "01_close_reading": {"table": "articles", "column": "article_id", "parameter": "article_id",
                         "top": 11},
}
LOOP = "for i in range(30_000_000): i * i % 7"


def main(limit: int = 0) -> None:
    """Print the seconds of one after another, of two at once, and of the second run."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        save_tables(gold_tables(), root / "tables")
        each = [{"notebook": name, "for_each": rule} for name, rule in EACH.items()]
        plan = {"defaults": {"articles": "", "tables_dir": "tables"}, "reports": [FAILS, *each]}
        (root / "plan.yml").write_text(yaml.safe_dump(plan))
        print(f"planned: {len(read_plan(root / 'plan.yml')[1])} reports")
        machine = 2 * _loops(1) / _loops(2)
        one, two = _timed(root, 1, limit), _timed(root, 2, limit)
        again = _timed(root, 2, limit, only="0")
        print(f"one after another {one:.1f} s, two at once {two:.1f} s: {one / two:.2f} times "
              f"(two plain processes: {machine:.2f} times)")
        print(f"second run of those that stand: {again:.1f} s")


def _timed(root: Path, workers: int, limit: int, only: str = "") -> float:
    started = time.monotonic()
    made = run_portfolio(root / "plan.yml", out=root / str(workers), workers=workers, only=only,
                         limit=limit)
    seconds = time.monotonic() - started
    failed = [item.name for item in made if not item.ok]
    reused = sum(item.reused for item in made)
    print(f"{len(made)} reports, {workers} at once: {seconds:.1f} s, {reused} unchanged, "
          f"failed: {failed}")
    return seconds


def _loops(at_once: int) -> float:
    started = time.monotonic()
    running = [subprocess.Popen([sys.executable, "-c", LOOP]) for _ in range(at_once)]
    for process in running:
        process.wait()
    return time.monotonic() - started


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
