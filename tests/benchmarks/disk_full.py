"""Fill a small disk at many points of a run: one line, the old tables whole, and it goes on after.

Usage, as root on Linux: python -m tests.benchmarks.disk_full [--steps 40]

A tmpfs holds the tables of a small corpus. A larger corpus is then extracted into the same
folder with less and less room, and after each failure once more with room. A read-only mount of
the same folder follows, by the command line.
"""

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis import InputError, Settings, extract_corpus
from analysis.tables import TABLES
from tests.benchmarks.resume import ROOT, write_corpus

DISK = 4_000  # kB


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}k", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def fill(disk: Path, leave: int) -> Path:
    """Write a file that leaves so many kB."""
    done = subprocess.run(["df", "--output=avail", disk], capture_output=True, text=True,
                          check=True)
    filler = disk / "filler"
    filler.write_bytes(b"0" * 1024 * max(0, int(done.stdout.split()[-1]) - leave))
    return filler


def tables_in(out: Path) -> dict[str, bytes]:
    names = [*(f"{name}.parquet" for name in TABLES), *(f"{name}.csv" for name in TABLES)]
    return {name: (out / name).read_bytes() for name in names if (out / name).exists()}


def make(corpus: Path, out: Path) -> str:
    extract_corpus([corpus], out=out, csv=True, piece_size=8,
                   settings=Settings(topics=str(ROOT / "data" / "demo" / "topics.csv")))
    return "made"


def sweep(disk: Path, folder: Path, steps: int) -> Counter:
    small, large = (write_corpus(folder / name, n) for name, n in (("s", 6), ("l", 40)))
    make(large, folder / "reference")
    make(small, folder / "before")
    seen = Counter()
    for step in range(steps):
        out = disk / f"out{step}"
        make(small, out)
        old = tables_in(out)
        filler = fill(disk, leave=step * 600 // steps)
        try:
            where = make(large, out)
        except InputError as error:
            where = str(error).replace(str(out), "").split(" cannot")[0].split("/")[-1] or "folder"
            assert tables_in(out) == old, f"old tables changed at step {step}"
        filler.unlink()
        make(large, out)
        assert tables_in(out) == tables_in(folder / "reference"), f"tables differ, step {step}"
        assert not list(out.glob(".new")), "half-written tables were left"
        subprocess.run(["rm", "-r", out], check=True)
        seen[where] += 1
    return seen


def by_command(disk: Path, folder: Path, extra: list[str]) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "analysis", "extract", folder / "l", "--out", disk / "out", *extra],
        cwd=ROOT, capture_output=True, text=True, check=False)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=40)
    given = parser.parse_args()
    modes = {"this process": [], "processes": ["--workers", "2"],
             "Dask": ["--workers", "2", "--cluster", "local"]}
    with tempfile.TemporaryDirectory() as name, small_disk(Path(name) / "disk") as disk:
        folder = Path(name)
        print("where the disk was full:", dict(sweep(disk, folder, given.steps)))
        make(folder / "s", disk / "out")
        old = tables_in(disk / "out")
        for state in ("full", "read-only"):
            for mode, extra in modes.items():
                if state == "full":
                    filler = fill(disk, leave=40)
                else:
                    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
                done = by_command(disk, folder, extra)
                print(f"{state}, {mode}: exit code {done.returncode}, old tables whole: "
                      f"{tables_in(disk / 'out') == old}, said: {done.stderr.strip()}")
                if state == "full":
                    filler.unlink()
                else:
                    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        print("with room:", by_command(disk, folder, modes["processes"]).stdout.strip())


if __name__ == "__main__":
    main()
