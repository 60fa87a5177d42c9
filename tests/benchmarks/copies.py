"""How well, how fast: 50,000 generated articles with planted copies.

    python tests/benchmarks/copies.py [--articles 50000] [--seed 0]

The texts come from a chain of word pairs over the demo corpus (our own words), so that unrelated
stories share the runs of words that news shares. Planted: verbatim copies, copies cut to 40–80 %,
copies under another headline, copies with one word in ten replaced. Traps: stories that
share a long quotation (a fifth of their text) with another and are no copies.
"""

import argparse
import random
import resource
import time
from collections import defaultdict
from pathlib import Path

import pandas as pd

from analysis.articles import find_copies, load_articles

DEMO = Path(__file__).parents[2] / "data" / "demo" / "articles"
KINDS = ("verbatim", "cut", "headline", "reworded")


def learn_pairs():
    words = [word for text in load_articles(DEMO).articles["text"] for word in text.split()]
    following = defaultdict(list)
    for first, second in zip(words, words[1:], strict=False):
        following[first].append(second)
    return words, following


def write_story(chance, words, following, length):
    word = chance.choice(words)
    story = [word]
    for _ in range(length - 1):
        near = following.get(word)
        word = chance.choice(near) if near and chance.random() > 0.08 else chance.choice(words)
        story.append(word)
    return story


def change(chance, kind, story, words):
    if kind == "cut":
        kept = int(len(story) * chance.uniform(0.4, 0.8))
        start = chance.choice([0, chance.randint(0, len(story) - kept)])
        return story[start:start + kept]
    if kind == "headline":
        return write_headline(chance, words) + story[8:]
    if kind == "reworded":
        return [chance.choice(words) if chance.random() < 0.1 else word for word in story]
    return list(story)


def write_headline(chance, words):
    return [chance.choice(words) for _ in range(8)]


def make_corpus(n, seed):
    chance = random.Random(seed)
    words, following = learn_pairs()
    originals = int(n * 0.8)
    stories = [write_story(chance, words, following, chance.randint(120, 600))
               for _ in range(originals)]
    for trap in range(0, originals // 10, 2):
        size = min(len(stories[trap]), len(stories[trap + 1])) // 5
        stories[trap + 1][40:40 + size] = stories[trap][60:60 + size]
    rows = [(f"o{i}", f"o{i}", "original", day(chance.randint(0, 300)), story)
            for i, story in enumerate(stories)]
    for i in range(n - originals):
        kind = KINDS[i % 4]
        family, _, _, date, story = rows[int(chance.random() ** 2 * originals)]
        later = date + pd.Timedelta(days=chance.randint(0, 3), hours=chance.randint(1, 12))
        rows.append((f"c{i}", family, kind, later, change(chance, kind, story, words)))
    chance.shuffle(rows)
    return pd.DataFrame({
        "article_id": [row[0] for row in rows], "family": [row[1] for row in rows],
        "planted": [row[2] for row in rows], "published": [row[3] for row in rows],
        "outlet": "O", "title": "T", "text": [" ".join(row[4]) for row in rows]})


def day(number):
    return pd.Timestamp("2026-01-01", tz="UTC") + pd.Timedelta(days=number)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    corpus = make_corpus(given.articles, given.seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, spent = time.perf_counter(), time.process_time()
    found = find_copies(corpus)
    seconds, spent = time.perf_counter() - start, time.process_time() - spent
    family = corpus.set_index("article_id")["family"]
    marked = found[found["copy_of"].notna()]
    right = marked["copy_of"].map(family) == marked["family"]
    planted = found["planted"] != "original"
    print(f"{len(corpus):,} articles, {planted.sum():,} planted copies: {seconds:.0f} s "
          f"({spent:.0f} s of one processor), peak "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB ({before:,.0f} MB "
          "before)")
    recall = (right & planted[right.index]).sum() / planted.sum()
    print(f"precision {right.mean():.4f}   recall {recall:.4f}")
    for kind in KINDS:
        of_kind = found[found["planted"] == kind]
        print(f"  {kind:9} recall {of_kind['copy_of'].notna().mean():.4f}   called "
              f"{of_kind['copy_kind'].value_counts().to_dict()}")


if __name__ == "__main__":
    main()
