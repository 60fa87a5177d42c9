"""What a million words and a million articles cost: processor time and bytes, step by step.

Usage: python -m tests.benchmarks.cost [FOLDER] [--articles 60]

One process, one thread; the figures of the plan on paper in the README. FOLDER holds articles
(default: the demo); they are repeated, a line longer, if there are fewer.
"""

import argparse
import tempfile
import time
from pathlib import Path

from analysis import Settings
from analysis.scale import join
from analysis.scale.partitions import cut_corpus
from analysis.scale.piece import PIECE_TABLES, work_on
from analysis.scale.place import Place
from analysis.workbook import learn_corpus, learn_parts
from tests.benchmarks.scale import ROOT, write_corpus


def size_of(work: Path, names: list[str]) -> int:
    return sum((piece / f"{name}.parquet").stat().st_size
               for piece in work.iterdir() for name in names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?",
                        default=ROOT / "data" / "demo" / "articles")
    parser.add_argument("--articles", type=int, default=60)
    given = parser.parse_args()
    settings = Settings(topics=str(ROOT / "data" / "demo" / "topics.csv"))
    spent = {}

    def timed(name: str, do: object) -> object:
        begun = time.process_time()
        found = do()
        spent[name] = time.process_time() - begun
        return found

    with tempfile.TemporaryDirectory() as name:
        corpus, work = Path(name) / "articles.jsonl", Place(f"{name}/work")
        words = write_corpus(given.folder, given.articles, corpus)
        cuts = timed("reading and cutting", lambda: list(
            cut_corpus([corpus], settings, work, made_by="x")))
        keys = [cut.key for cut in cuts if cut.key]
        work_on(work.root, keys[0], settings)  # the model is loaded, and not counted
        (Path(work.root) / keys[0] / "done.json").unlink()
        timed("extracting", lambda: [work_on(work.root, key, settings) for key in keys])
        learned = timed("learning topics", lambda: learn_parts(
            (join._piece(work, key, join._TAUGHT) for key in keys), settings))
        light = timed("reading light columns and signatures", lambda: {
            name: join._light(work, keys, name)
            for name in ("signatures", "speakers", "quotes", "articles")})
        joint = timed("learning copies, speakers, families", lambda: learn_corpus(
            light.__getitem__, settings, learned=learned))
        staged = Place(f"{name}/staged")
        timed("streaming the tables", lambda: join._stream(
            staged, work, keys, joint, settings, cuts[0].rejected.iloc[:0]))
        n, quotes = given.articles, len(light["quotes"])
        print(f"{n} articles, {words:,} words, {quotes:,} quotations, "
              f"{len(light['speakers']):,} local speakers, {len(keys)} pieces")
        for what, seconds in spent.items():
            print(f"{what:40} {seconds:7.2f} s: {seconds / words * 1e6:7.1f} s per million words,"
                  f" {seconds / n * 1e6 / 3600:7.2f} h per million articles")
        folder = Path(work.root)
        sizes = {
            "input of the pieces": size_of(folder, ["input"]),
            "tables of the pieces": size_of(folder, list(PIECE_TABLES)),
            "signatures (on disk)": size_of(folder, ["signatures"]),
            "light columns (in memory)": sum(
                int(frame.memory_usage(deep=True).sum()) for name, frame in light.items()
                if name != "signatures"),
            "tables": sum(path.stat().st_size for path in Path(staged.root).iterdir()),
        }
        for what, size in sizes.items():
            print(f"{what:40} {size / n:9,.0f} bytes per article")


if __name__ == "__main__":
    main()
