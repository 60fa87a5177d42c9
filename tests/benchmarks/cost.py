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
from analysis.scale import join, piece
from analysis.scale.partitions import cut_corpus
from analysis.scale.piece import PIECE_TABLES, work_on
from analysis.scale.place import Place
from analysis.topics import load_topics
from analysis.workbook import learn_corpus
from tests.benchmarks.scale import ROOT, write_corpus


def size_of(work: Path, names: list[str]) -> int:
    return sum((folder / f"{name}.parquet").stat().st_size
               for folder in work.iterdir() if folder.is_dir() for name in names)


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
        topics = tuple(load_topics(settings.topics))
        timed("learning topics", lambda: [
            piece.learn(work.under(key), topics) for key in keys])
        timed("drawing lessons", lambda: piece.draw(work, keys, topics))
        timed("filing under topics", lambda: [
            piece.file_topics(work.root, key, topics, "x") for key in keys])
        read = join._reader(work, keys)
        joint = timed("learning copies, speakers, families", lambda: learn_corpus(read, settings))
        staged = Place(f"{name}/staged")
        filed, nothing = join._topics(work, keys, settings), cuts[0].rejected.iloc[:0]
        counts = timed("streaming the tables", lambda: join._stream(
            staged, work, keys, joint, filed, nothing))
        n = given.articles
        print(f"{n} articles, {words:,} words, {counts['quotes']:,} quotations, "
              f"{len(joint.speakers.numbers):,} local speakers, {len(keys)} pieces")
        for what, seconds in spent.items():
            print(f"{what:40} {seconds:7.2f} s: {seconds / words * 1e6:7.1f} s per million words,"
                  f" {seconds / n * 1e6 / 3600:7.2f} h per million articles")
        folder = Path(work.root)
        sizes = {
            "input of the pieces": size_of(folder, ["input"]),
            "tables of the pieces": size_of(folder, list(PIECE_TABLES)),
            "signatures and voices of the pieces": size_of(folder, ["signatures", "voices"]),
            "what the pieces teach": size_of(folder, [piece.last_of(topics)[:-8], "quote_topics"]),
            "tables": sum(path.stat().st_size for path in Path(staged.root).iterdir()),
        }
        for what, size in sizes.items():
            print(f"{what:40} {size / n:9,.0f} bytes per article")


if __name__ == "__main__":
    main()
