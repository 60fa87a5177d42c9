"""How much faster 24 reports are in parallel, and how long a second run takes.

Run: python -m tests.benchmarks.portfolio
"""

import sys
import tempfile
import time
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from gold_tables import gold_tables

from analysis.reports import run_portfolio
from analysis.workbook import save_tables

N = 23


def main() -> None:
    """Print the seconds of one after another, of two at once, and of the second run."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        save_tables(gold_tables(), root / "tables")
        for_each = {"table": "articles", "column": "article_id", "parameter": "article_id",
                    "top": N}
        entries = [
            {"notebook": "01_close_reading", "name": "article", "for_each": for_each},
            {"notebook": "01_close_reading", "name": "bad", "parameters": {"article_id": "none"}},
        ]
        plan = {"defaults": {"articles": "", "tables_dir": "tables"}, "reports": entries}
        (root / "plan.yml").write_text(yaml.safe_dump(plan))
        one = _timed(root, "one", 1)
        two = _timed(root, "two", 2)
        again = _timed(root, "two", 2, only="article")
        print(f"one after another {one:.0f} s, two at once {two:.0f} s: {one / two:.2f} times")
        print(f"second run of the {N} that stand: {again:.1f} s")


def _timed(root: Path, name: str, workers: int, only: str = "") -> float:
    started = time.monotonic()
    made = run_portfolio(root / "plan.yml", out=root / name, workers=workers, only=only)
    seconds = time.monotonic() - started
    failed = [item.name for item in made if not item.ok]
    reused = sum(item.reused for item in made)
    print(f"{len(made)} reports, {workers} at once: {seconds:.1f} s, {reused} unchanged, "
          f"failed: {failed}")
    return seconds


if __name__ == "__main__":
    main()
