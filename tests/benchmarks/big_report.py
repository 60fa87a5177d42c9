"""Reports on 1,000 … 1,000,000 generated quotations: seconds and peak memory.

Usage: python -m tests.benchmarks.big_report [--sizes 1000,10000] [--keep FOLDER]

Peak memory is what the kernel that runs the notebook held at most (`VmHWM`, sampled), and the
same of this process, which exports the page. Linux only.
"""

import argparse
import os
import tempfile
import threading
import time
from pathlib import Path

from analysis.reports import run_report
from tests.benchmarks.big_tables import write_tables

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ("00_start_here", "01_close_reading", "02_who_is_quoted", "03_about_what",
             "04_speaker", "05_compare", "06_check_a_sample")
GIVEN = {
    "01_close_reading": {"article_id": ""},
    "03_about_what": {"topics": str(ROOT / "data" / "demo" / "topics.csv")},
    "05_compare": {"first_outlet": "The Herald", "second_outlet": "The Courier",
                   "split_date": "2022-06-01"},
}


class KernelMemory(threading.Thread):
    """Watches the processes below this one; `peak` is the largest one's, in bytes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.2):
            self.peak = max([self.peak, *map(held_at_most, children(os.getpid()))])


def children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            direct = [int(item) for item in task.read_text(encoding="ascii").split()]
        except OSError:
            continue
        found += direct + [below for child in direct for below in children(child)]
    return found


def held_at_most(pid: int | str = "self") -> int:
    """Give the most memory a process has held so far, in bytes; 0 if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def render(notebook: str, tables: Path, out: Path) -> str:
    watch = KernelMemory()
    watch.start()
    started = time.monotonic()
    given = {"tables_dir": str(tables), "articles": "", **GIVEN.get(notebook, {})}
    report = run_report(ROOT / "notebooks" / f"{notebook}.ipynb", given, out=out / notebook)
    seconds = time.monotonic() - started
    watch.done.set()
    watch.join()
    return (f"{notebook}: {seconds:6.1f} s, kernel {watch.peak / 1e9:.2f} GB, "
            f"this process {held_at_most() / 1e9:.2f} GB {report.error[:300]}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--notebooks", default=",".join(NOTEBOOKS))
    parser.add_argument("--keep", help="folder where the tables stay for the next time")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for size in map(int, given.sizes.split(",")):
            tables = Path(given.keep or scratch) / str(size)
            if not tables.exists():
                write_tables(tables, size)
            for notebook in given.notebooks.split(","):
                done = render(notebook, tables, Path(scratch) / str(size))
                print(f"{size:>9,} quotations, {done}", flush=True)


if __name__ == "__main__":
    main()
