"""What topics and families cost: seconds of processor time and memory for 25,000 quotations.

    python tests/benchmarks/topics.py TABLES TOPICS [--quotations 25000]

TABLES is a folder that `on-record extract` wrote; its articles are taken again under other ids
until there are enough quotations, each time with every tenth word of a quotation changed, so that
not all of them are copies.
"""

import argparse
import resource
import time

import pandas as pd

from analysis.topics import assign_topics, discover_topics, find_families, load_topics
from analysis.workbook import load_tables


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables")
    parser.add_argument("topics")
    parser.add_argument("--quotations", type=int, default=25_000)
    given = parser.parse_args()
    tables = load_tables(given.tables)
    times = -(-given.quotations // max(len(tables.quotes), 1))
    quotes, terms, articles = (
        pd.concat([again(frame, number) for number in range(times)], ignore_index=True)
        for frame in (tables.quotes, tables.terms, tables.articles))
    print(f"{len(quotes):,} quotations in {len(articles):,} articles, {len(terms):,} terms")
    topics = load_topics(given.topics)
    measure("families", lambda: find_families(quotes, articles))
    measure("user topics", lambda: assign_topics(quotes, terms, articles, topics=topics))
    measure("discovered topics", lambda: discover_topics(quotes, terms))


def again(frame, number):
    ids = [name for name in ("quote_id", "article_id") if name in frame]
    more = {name: frame[name] + f"~{number}" for name in ids}
    if "content" in frame:
        more["content"] = [changed(content, number) for content in frame["content"]]
    return frame.assign(**more)


def changed(content, number):
    words = content.split()
    words[number % 10::10] = [f"{word}{number}" for word in words[number % 10::10]]
    return " ".join(words)


def measure(name, run):
    started = time.process_time(), time.monotonic()
    run()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: {time.process_time() - started[0]:.1f} s of processor time, "
          f"{time.monotonic() - started[1]:.1f} s, {most:,.0f} MB at most")


if __name__ == "__main__":
    main()
