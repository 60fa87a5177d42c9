"""What a second worker gains, as processes and on Dask, beside what two plain processes gain.

Usage: python -m tests.benchmarks.scale [FOLDER] [--articles 100] [--rounds 1]

All in one run, one after another, as many rounds as asked, the median of each; what is not ours
before and after ours, and the better of both counts:

- a counting loop, once alone and twice at once: what the machine's second core is worth;
- `extract_quotations` in one plain process, and halves in two at once;
- `extract_corpus` with one worker, two workers, and a Dask cluster of two, each in whole and up
  to the joining, which runs in one process.

FOLDER holds articles (default: the demo); they are repeated, a line longer, if there are fewer.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from analysis.articles import load_articles

ROOT = Path(__file__).parents[2]
FLOOR = 0.9
LOOP = "n = 0\nfor i in range(60_000_000): n += i & 3"
PLAIN = """
import sys, pandas as pd
from analysis.quotations import extract_quotations
at, of = int(sys.argv[2]), int(sys.argv[3])
extract_quotations(pd.read_json(sys.argv[1], lines=True)[at::of].reset_index(drop=True))
"""
OURS = """
import json, sys, tempfile, time
from analysis import Settings, extract_corpus
def main():
    begun, lines = time.monotonic(), []
    note = lambda line: lines.append((line, time.monotonic() - begun))
    with tempfile.TemporaryDirectory() as out:
        extract_corpus([sys.argv[1]], out=out, settings=Settings(topics=sys.argv[4]),
                       workers=int(sys.argv[2]), cluster=sys.argv[3],
                       piece_size=int(sys.argv[5]), progress=note)
    joining = next(at for line, at in lines if line.startswith("joining"))
    first = next(at for line, at in lines if "pieces done" in line)
    print(json.dumps({"first": first, "joining": joining, "end": time.monotonic() - begun}))
if __name__ == "__main__":
    main()
"""


def write_corpus(source: Path, n: int, target: Path) -> int:
    """Write n articles as JSON lines; give their words."""
    articles = load_articles(source).articles
    rows = [{"article_id": f"a{i}", "title": f"Story {i}",
             "text": articles["text"].iloc[i % len(articles)]
             + (f"\n\nThis is edition {i // len(articles)}." if i >= len(articles) else "")}
            for i in range(n)]
    pd.DataFrame(rows).to_json(target, orient="records", lines=True)
    return sum(len(row["text"].split()) for row in rows)


def together(*jobs: list[str]) -> float:
    """Run processes at once; give the seconds until the last has ended."""
    begun = time.monotonic()
    running = [subprocess.Popen(job, env={**os.environ, "OMP_NUM_THREADS": "1"}) for job in jobs]
    if any(process.wait() for process in running):
        raise SystemExit("a process failed")
    return time.monotonic() - begun


def ours(corpus: Path, script: Path, workers: int, cluster: str, piece: int) -> dict[str, float]:
    topics = str(ROOT / "data" / "demo" / "topics.csv")
    job = [sys.executable, script, corpus, str(workers), cluster, topics, str(piece)]
    done = subprocess.run(job, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def measure_plain(corpus: Path) -> dict[str, float]:
    plain = [sys.executable, "-c", PLAIN, str(corpus)]
    loop = [sys.executable, "-c", LOOP]
    return {
        "loop, once": together(loop), "loop, twice at once": together(loop, loop),
        "plain, one process": together([*plain, "0", "1"]),
        "plain, two halves": together([*plain, "0", "2"], [*plain, "1", "2"]),
    }


def measure(corpus: Path, script: Path, piece: int) -> dict[str, float]:
    before, seconds = measure_plain(corpus), {}
    for name, mode in (("1 worker", (1, "")), ("2 workers", (2, "")), ("Dask of 2", (2, "local"))):
        found = ours(corpus, script, *mode, piece)
        seconds.update({f"{name}, until joining": found["joining"], f"{name}, whole": found["end"],
                        f"{name}, first piece": found["first"]})
    after = measure_plain(corpus)
    return {**{name: min(before[name], after[name]) for name in before}, **seconds}


def ratios(seconds: dict[str, float]) -> dict[str, float]:
    loop = 2 * seconds["loop, once"] / seconds["loop, twice at once"]
    plain = seconds["plain, one process"] / seconds["plain, two halves"]
    found = {"gain of a second plain process, counting": loop,
             "gain of a second plain process, extracting": plain}
    for part in ("until joining", "whole"):
        one = seconds[f"1 worker, {part}"]
        for name in ("2 workers", "Dask of 2"):
            gain = one / seconds[f"{name}, {part}"]
            found[f"gain of {name}, {part}"] = gain
            found[f"  ÷ two counting processes' (floor {FLOOR})"
                  f" [{name}, {part}]"] = gain / loop
            found[f"  ÷ two extracting processes' [{name}, {part}]"] = gain / plain
        found[f"speed of Dask of 2 ÷ 2 workers, {part} (floor {FLOOR})"] = (
            seconds[f"2 workers, {part}"] / seconds[f"Dask of 2, {part}"])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?",
                        default=ROOT / "data" / "demo" / "articles")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--piece", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        corpus, script = Path(name) / "articles.jsonl", Path(name) / "ours.py"
        script.write_text(OURS, encoding="utf-8")
        words = write_corpus(given.folder, given.articles, corpus)
        print(f"{given.articles} articles, {words:,} words, {os.cpu_count()} cores")
        rounds = [measure(corpus, script, given.piece) for _ in range(given.rounds)]
    seconds = {key: statistics.median(found[key] for found in rounds) for key in rounds[0]}
    for key, value in seconds.items():
        print(f"{key:40} {value:7.1f} s")
    for key, value in ratios(seconds).items():
        print(f"{key:75} {value:5.2f}")


if __name__ == "__main__":
    main()
