"""Run the benchmarks one after another; each prints its ratios, measured side by side.

Usage: python -m tests.benchmarks [--full] [--only NAME] [--texts FOLDER]

===============  ===================================================================
speed_extract    words per CPU second of the extraction ÷ plain spaCy's
scale            what a second worker gains, as processes and on Dask ÷ plain processes
cold_start       import, help, first report from tables
resume           runs and workers killed: are the tables those of an undisturbed run?
disk_full        a full and a read-only disk (needs root on Linux)
portfolio        24 reports in parallel ÷ one after another
copies           precision, seconds and memory of finding copies in a whole corpus
big_report       seconds and memory of a report on more and more quotations
nothing_breaks   real and hostile texts go through with the invariants intact
===============  ===================================================================

The sizes are small by default, so that all is done in some minutes; `--full` takes larger ones.
FOLDER holds articles as .txt (default: the demo). Nothing else should run meanwhile.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from analysis.articles import load_articles

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "data" / "demo" / "articles"
TEXTS = "TEXTS"  # stands for the folder of articles
SIZES = {  # small, full
    "speed_extract": ([TEXTS, "--articles", "20", "--rounds", "1"], [TEXTS, "--articles", "84"]),
    "scale": ([TEXTS, "--articles", "60", "--piece", "8"], [TEXTS, "--articles", "400"]),
    "cold_start": (["--rounds", "3"], ["--rounds", "7"]),
    "resume": (["--articles", "24", "--runs", "2", "--workers-killed", "3"], []),
    "disk_full": (["--steps", "6"], []),
    "portfolio": ([], []),
    "copies": (["--articles", "2000"], ["--articles", "50000"]),
    "big_report": (["--sizes", "1000,10000"], ["--sizes", "1000,10000,100000,1000000"]),
    "nothing_breaks": (["--texts", "200"], ["--texts", "2000"]),
}


def write_texts(folder: Path) -> Path:
    """Write the demo's articles as .txt files."""
    for number, text in enumerate(load_articles(DEMO).articles["text"]):
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


def run_one(name: str, options: list[str], texts: Path) -> bool:
    """Run a benchmark; say how it went."""
    if name == "disk_full" and (not hasattr(os, "geteuid") or os.geteuid()):
        print(f"== {name}: left out, it mounts a small disk and needs root", flush=True)
        return True
    print(f"== {name} {' '.join(options)}", flush=True)
    begun = time.monotonic()
    job = [sys.executable, "-m", f"tests.benchmarks.{name}",
           *(str(texts) if option == TEXTS else option for option in options)]
    done = subprocess.run(job, cwd=ROOT, check=False)
    print(f"== {name}: {'done' if not done.returncode else 'FAILED'} in "
          f"{time.monotonic() - begun:.0f} s\n", flush=True)
    return not done.returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="the larger sizes")
    parser.add_argument("--only", default="", help="only benchmarks whose name contains this")
    parser.add_argument("--texts", type=Path, help="folder of articles as .txt")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        texts = given.texts or write_texts(Path(folder))
        went = [run_one(name, sizes[given.full], texts)
                for name, sizes in SIZES.items() if given.only in name]
    return int(not all(went))


if __name__ == "__main__":
    sys.exit(main())
