"""Kill a run, or its workers, at random moments; resumed, its tables equal an undisturbed run's.

Usage: python -m tests.benchmarks.resume [--runs 10] [--workers-killed 20]
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pandas as pd

from analysis.tables import TABLES

ROOT = Path(__file__).parents[2]
PEOPLE = ("Mayor Ann Lee", "Dr. Omar Reyes", "Judge Ivy Stone", "Coach Sam Holt")


def write_corpus(folder: Path, n: int) -> Path:
    rows = []
    for i in range(n):
        who = PEOPLE[i % len(PEOPLE)]
        text = "\n\n".join(
            f'{who} said on day {i} that plan {k} would cost {i + k} crowns. '
            f'“We shall see about item {k},” {who.split()[-1]} told reporters.' for k in range(6))
        rows.append({"id": f"a{i}", "outlet": f"Outlet {i % 3}", "title": f"Day {i}", "text": text})
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "articles.csv"
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


def command(corpus: Path, out: Path, mode: list[str]) -> list[str]:
    code = (
        "import sys; from analysis import Settings, extract_corpus;"
        "extract_corpus([sys.argv[1]], out=sys.argv[2], settings=Settings(topics=sys.argv[3]),"
        " workers=int(sys.argv[4]), cluster=sys.argv[5], piece_size=8)"
    )
    topics = str(ROOT / "data" / "demo" / "topics.csv")
    return [sys.executable, "-c", code, str(corpus), str(out), topics, *mode]


def workers_of(pid: int) -> list[int]:
    """Processes that work: forked from the run's server (processes), or spawned (Dask)."""
    forked = [worker for server in children(pid, "forkserver") for worker in children(server)]
    return forked + children(pid, "spawn_main")


def children(pid: int, named: str = "") -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid), "-f", named],
                           capture_output=True, text=True, check=False)
    return [int(item) for item in found.stdout.split()]


def seconds_of(job: list[str]) -> float:
    started = time.monotonic()
    subprocess.run(job, check=True)
    return time.monotonic() - started


def moments(rng: random.Random, n: int, whole: float) -> list[float]:
    """When to kill: at random, every other time in the first half of a run."""
    return [rng.uniform(0.5, whole / 2 if i % 2 else whole) for i in range(n)]


def same(a: Path, b: Path) -> bool:
    return all((a / f"{name}.parquet").read_bytes() == (b / f"{name}.parquet").read_bytes()
               for name in TABLES)


def kill_run(job: list[str], seconds: float) -> None:
    """Start a run and kill it, with all its workers, after some seconds."""
    run = subprocess.Popen(job, start_new_session=True, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    if run.poll() is None:
        os.killpg(run.pid, signal.SIGKILL)
    run.wait()


def kill_workers(job: list[str], rng: random.Random, n: int) -> int:
    """Start a run and kill one of its workers now and then; give how many were killed."""
    run = subprocess.Popen(job, start_new_session=True)
    killed = 0
    while run.poll() is None:
        time.sleep(rng.uniform(0.5, 4))
        below = workers_of(run.pid)
        if below and killed < n:
            with suppress(ProcessLookupError):
                os.kill(rng.choice(below), signal.SIGKILL)
                killed += 1
    if run.returncode:
        raise SystemExit(f"the run ended with {run.returncode} after {killed} workers died")
    return killed


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=48)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--workers-killed", type=int, default=20)
    parser.add_argument("--modes", default="processes,dask")
    given = parser.parse_args()
    modes = {"processes": ["2", ""], "dask": ["2", "local"]}
    rng = random.Random(0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = write_corpus(folder, given.articles)
        whole = seconds_of(command(corpus, folder / "whole", ["0", ""]))
        print(f"undisturbed in this process: {whole:.0f} s")
        for mode in given.modes.split(","):
            alone = seconds_of(command(corpus, folder / f"{mode}-alone", modes[mode]))
            equal = same(folder / f"{mode}-alone", folder / "whole")
            print(f"{mode}: undisturbed {alone:.0f} s, equal: {equal}")
            out = folder / mode
            for at in moments(rng, given.runs, alone):
                kill_run(command(corpus, out, modes[mode]), at)
            seconds_of(command(corpus, out, modes[mode]))
            print(f"{mode}: run killed {given.runs} times, equal: {same(out, folder / 'whole')}")
            killed = tries = 0
            while killed < given.workers_killed and tries < given.workers_killed:
                again = folder / f"{mode}-{tries}"
                left = given.workers_killed - killed
                killed += kill_workers(command(corpus, again, modes[mode]), rng, left)
                if not same(again, folder / "whole"):
                    print(pd.read_parquet(again / "rejected.parquet").to_string())
                    raise SystemExit("the tables differ")
                tries += 1
            print(f"{mode}: {killed} workers killed in {tries} runs, equal every time")


if __name__ == "__main__":
    main()
