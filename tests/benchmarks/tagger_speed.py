"""Words per CPU second of the span tagger on one thread, against spaCy's whole pipeline.

Run as ``python -m tests.benchmarks.tagger_speed FOLDER`` with a folder of ``.txt`` articles.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from analysis.quotations.language import DEFAULT, MIRROR
from analysis.quotations.tagger import load_tagger, tag_texts


def words_per_second(texts: list[str], work: Callable[[list[str]], object]) -> float:
    """Time `work` in CPU seconds of this process, after a warm-up on a tenth of the texts."""
    work(texts[: len(texts) // 10 + 1])
    begun = time.process_time()
    work(texts)
    return sum(len(text.split()) for text in texts) / (time.process_time() - begun)


def main() -> None:
    """Print both speeds and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=84)
    given = parser.parse_args()
    paths = sorted(given.folder.glob("*.txt"))[: given.articles]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    tagger = load_tagger(threads=1)
    name = next(name for name in (DEFAULT, MIRROR) if spacy.util.is_package(name))
    language = spacy.load(name)
    ours = words_per_second(texts, lambda some: tag_texts(some, tagger))
    theirs = words_per_second(texts, lambda some: list(language.pipe(some)))
    print(f"tagger {ours:,.0f}  spaCy {theirs:,.0f}  words per CPU second; {ours / theirs:.2f} x")


if __name__ == "__main__":
    main()
