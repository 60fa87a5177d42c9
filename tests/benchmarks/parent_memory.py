"""What the parent of a large extraction holds: peak memory and seconds at two corpus sizes.

Usage: python -m tests.benchmarks.parent_memory CORPUS [--sizes 10000,100000] [--keep FOLDER]

Only the worker is a stand-in: CORPUS (a folder of articles) is extracted for real once, and a
worker then gives each repeated article the tables of the one it repeats. Reading, cutting,
learning and streaming are the real code. Every repetition swaps letters, its own way, in text,
names and quotations alike: offsets hold, no two repetitions share their words or speakers, and
some function words turn into content words, so that there is more to compare than in real news.

With --keep the worked pieces stay, and a later run, by whatever code, repeats the rest alone.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow.parquet as pq

from analysis import Settings, extract_corpus
from analysis.scale import corpus, join, piece
from analysis.scale import place as files
from analysis.scale.place import Place
from analysis.tables import from_arrow, to_arrow
from analysis.workbook import RUN_FILE
from tests.benchmarks.big_report import held_at_most

TOPICS = Path(__file__).parents[2] / "data" / "demo" / "topics.csv"
SEED = "PARENT_MEMORY_SEED"
SPELLED = {
    "articles": ("title", "text"), "rejected": (), "mentions": ("text",),
    "quotes": ("content", "cue", "source", "addressee"), "terms": ("text", "lemma"),
    "speakers": ("name",),
}
KEYS = ("article_id", "quote_id", "parent_quote_id", "speaker_id")


@lru_cache
def swaps(number: int) -> dict[int, str]:
    """Give the letters that repetition `number` swaps."""
    letters = list("cgkpmbld")
    random.Random(number).shuffle(letters)
    pairs = dict(zip("cgkpmbld", letters, strict=True))
    return str.maketrans({**pairs, **{a.upper(): b.upper() for a, b in pairs.items()}})


@lru_cache
def seeds() -> dict[str, dict[str, pd.DataFrame]]:
    """Give the real extraction's tables as its workers left them, by table and article."""
    found: dict[str, dict[str, pd.DataFrame]] = {}
    for name in SPELLED:
        tables = [from_arrow(pq.read_table(path), name)
                  for path in sorted(Path(os.environ[SEED], ".pieces").glob(f"*/{name}.parquet"))]
        whole = pd.concat(tables, ignore_index=True)
        key = {"speakers": "speaker_id", "terms": "quote_id"}.get(name, "article_id")
        if name != "rejected":
            owners = whole[key].str.replace(r"[#:][^#:]*$", "", regex=True)
            found[name] = dict(iter(whole.groupby(owners)))
    return found


def write_corpus(path: Path, n: int) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for at in range(n):
            name, rows = list(seeds()["articles"].items())[at % len(seeds()["articles"])]
            number, row = at // len(seeds()["articles"]), rows.iloc[0]
            record = {"id": f"{number}~{name}", "outlet": f"Outlet {at % 40}",
                      "title": str(row["title"]).translate(swaps(number)),
                      "text": row["text"].translate(swaps(number)),
                      "date": str(pd.Timestamp("2015-01-01") + pd.Timedelta(days=at % 1500))[:10]}
            stream.write(json.dumps(record) + "\n")


def pretend(root: str, key: str, settings: Settings, threads: int, topics: tuple) -> None:
    """Leave a piece's tables as `work_on` does, made from the tables of what it repeats."""
    place = Place(root).under(key)
    articles = from_arrow(files.read_parquet(place, "input.parquet"), "articles")
    for name in piece.PIECE_TABLES:
        made = [articles] if name == "articles" else [
            _renamed(seeds()[name][of], name, article_id)
            for article_id in articles["article_id"]
            if name != "rejected" and (of := article_id.partition("~")[2]) in seeds()[name]]
        frame = pd.concat(made) if made else pd.DataFrame()
        files.write_parquet(place, f"{name}.parquet", to_arrow(frame, name))
        if name == "quotes":
            quotes = frame
    for name, table in piece.summaries(articles, quotes).items():
        files.write_parquet(place, f"{name}.parquet", table)
    files.write_json(place, "done.json", {})
    piece.learn(place, topics)


def _renamed(frame: pd.DataFrame, name: str, article_id: str) -> pd.DataFrame:
    number, _, of = article_id.partition("~")
    table = swaps(int(number))
    new = {column: [article_id + value[len(of):] if isinstance(value, str) else None
                    for value in frame[column]] for column in KEYS if column in frame}
    new |= {column: [value.translate(table) if isinstance(value, str) else None
                     for value in frame[column]] for column in SPELLED[name]}
    if "aliases" in frame:
        new["aliases"] = [[form.translate(table) for form in forms] for forms in frame["aliases"]]
    return frame.assign(**new)


def watch(module: object, name: str) -> None:
    """Let a step say how long it took and what the process has held at most since its start."""
    step = getattr(module, name)

    def watched(*args: object, **named: object) -> object:
        started = time.monotonic()
        done = step(*args, **named)
        print(f"    {name.strip('_'):22} {time.monotonic() - started:8.1f} s, peak so far "
              f"{held_at_most() / 1e9:.2f} GB", flush=True)
        return done

    setattr(module, name, watched)


def run(folder: Path, n: int) -> None:
    """Extract `n` articles with the stand-in; this process is the parent that is measured."""
    source = folder / f"{n}.jsonl"
    corpus.work_on, corpus.made_by = pretend, lambda _settings: {"worker": "a stand-in"}
    (folder / f"out{n}" / RUN_FILE).unlink(missing_ok=True)
    for name in ("learn_corpus", "_stream"):
        watch(join, name)
    for module, name in (("speakers", "merge_parts"), ("articles", "group_copies"),
                         ("topics", "name_families")):
        watch(sys.modules.setdefault(f"analysis.{module}", __import__(
            f"analysis.{module}", fromlist=[name])), name)
    for name in ("_work", "draw", "_file"):
        watch(corpus, name)
    started = time.monotonic()
    line = extract_corpus([source], out=folder / f"out{n}", workers=2,
                          settings=Settings(topics=str(TOPICS)))
    print(f"  {n:,} articles: peak {held_at_most() / 1e9:.3f} GB, "
          f"{time.monotonic() - started:.0f} s; {line}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus")
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--seed-tables", default="", help="tables of CORPUS, if made before")
    parser.add_argument("--keep", default="", help="folder where pieces and tables stay")
    parser.add_argument("--run", default="", help="(for its own use) folder to work in")
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    if given.run:
        run(Path(given.run), sizes[0])
        return
    with TemporaryDirectory() as scratch:
        name = given.keep or scratch
        seed = given.seed_tables or f"{name}/seed"
        extract_corpus([given.corpus], out=seed, settings=Settings(topics=str(TOPICS)))
        os.environ[SEED] = seed
        for size in sizes:
            if not Path(name, f"{size}.jsonl").exists():
                write_corpus(Path(name, f"{size}.jsonl"), size)
            subprocess.run([sys.executable, "-m", "tests.benchmarks.parent_memory", given.corpus,
                            "--sizes", str(size), "--run", name], check=True)


if __name__ == "__main__":
    main()
