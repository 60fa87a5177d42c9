"""How long it takes until something happens: import, help, and the first report from tables.

Usage: python -m tests.benchmarks.cold_start [--rounds 5]

Each in a fresh process, beside a Python that does nothing; medians. The report is
`02_who_is_quoted` on the demo's tables, which are made first and not counted.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "data" / "demo"


def seconds_of(*job: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *job], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def median_of(rounds: int, *job: str) -> float:
    return statistics.median(seconds_of(*job) for _ in range(rounds))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    command = ("-m", "analysis")
    bare = median_of(given.rounds, "-c", "pass")
    found = {
        "import analysis": (median_of(given.rounds, "-c", "import analysis"), 0.3),
        "on-record --help": (median_of(given.rounds, *command, "--help"), 0.7),
    }
    with tempfile.TemporaryDirectory() as name:
        tables, out = f"{name}/tables", f"{name}/report"
        seconds_of(*command, "extract", str(DEMO / "articles"), "--topics",
                   str(DEMO / "topics.csv"), "--out", tables)
        report = (*command, "report", "02_who_is_quoted", "-p", f"tables_dir={tables}")
        found["first report on the demo from tables"] = (seconds_of(*report, "--out", out), 15)
        found["the same, unchanged"] = (seconds_of(*report, "--out", out), 15)
    print(f"{'python -c pass':40} {bare:6.2f} s")
    for what, (seconds, limit) in found.items():
        print(f"{what:40} {seconds:6.2f} s  (limit {limit} s; {seconds / bare:.1f} × bare Python)")
    return int(any(seconds > limit for seconds, limit in found.values()))


if __name__ == "__main__":
    sys.exit(main())
