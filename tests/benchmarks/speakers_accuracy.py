"""How often the right speaker is named: our gold, the demo's gold, GUM's pronouns, and the cost.

Usage: python -m tests.benchmarks.speakers_accuracy [--corpora ../shared/corpora] [--end-to-end]
                                                    [--blind]
       python -m tests.benchmarks.speakers_accuracy --growth FOLDER

With gold spans as input (the upper part of what is possible); --end-to-end also runs the
extractor and counts right speakers among the quotations found (content IoU ≥ 0.5), but not on
PolNeAR train, on which the tagger learned. --blind measures the gold too that was
blind until 27 November 2026. Corpora that are not there are skipped with a line. Spans of the
language model's names come from the pipeline.
"""

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.accuracy.names import Named, same_speaker
from analysis.articles import load_articles
from analysis.quotations import extract_quotations
from analysis.speakers import merge_speakers, resolve_in_articles
from analysis.speakers.stage import read_articles
from analysis.speakers.story import Link
from analysis.tables import conform
from tests.benchmarks.gum import PRONOUNS, SINGULAR, read_gum
from tests.benchmarks.parent_memory import swaps

ROOT = Path(__file__).parents[2]


GOLDS = (("PolNeAR dev", "dev", "speakers.jsonl"),
         ("PolNeAR train, read", "train", "speakers_more.jsonl"),
         ("PolNeAR train, once blind", "train", "speakers_blind.jsonl"))


class Item(NamedTuple):
    article_id: str
    content: list
    source: list
    speaker: str | None
    kind: str
    form: str


def read_gold(name: str) -> list[Item]:
    """One of our golds over PolNeAR."""
    rows = map(json.loads, (ROOT / "tests/gold" / name).read_text(encoding="utf-8").splitlines())
    return [Item(row["doc"], row["content"], row["source"], row["speaker"], row["kind"],
                 row["form"]) for row in rows]


def read_demo() -> tuple[pd.DataFrame, list[Item]]:
    articles = load_articles([ROOT / "data/demo/articles"]).articles
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    items = []
    for line in (ROOT / "data/demo/gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for one in row["quotes"]:
            form = _form(texts[row["article_id"]], one)
            items.append(Item(row["article_id"], one["content"], one["source"], one["speaker"],
                              one["speaker_kind"], form))
    return articles[articles["article_id"].isin({item.article_id for item in items})], items


def _form(text: str, quote: dict) -> str:
    from analysis.speakers.lists import PERSONAL, RELATIVE
    words = " ".join(text[s:e] for s, e in quote["source"]).lower().split()
    if not words:
        return "none"
    if all(word in PERSONAL | RELATIVE for word in words):
        return "pronoun"
    last = (quote["speaker"] or "?").lower().split()[-1]
    return "name" if any(last in word for word in words) else "description"


def polnear_articles(folder: Path, items: list[Item]) -> pd.DataFrame:
    """Read the articles of a gold, whole as PolNeAR counts them."""
    rows = []
    for doc in sorted({item.article_id for item in items}):
        with (folder / f"{doc}.txt").open(encoding="utf-8", newline="") as file:
            rows.append({"article_id": doc, "text": file.read()})
    return conform(pd.DataFrame(rows), "articles")


def quotes_of(items: Iterable[Item], texts: dict[str, str]) -> pd.DataFrame:
    rows = []
    for at, item in enumerate(items):
        text = texts[item.article_id]
        rows.append({
            "quote_id": f"{item.article_id}:{at}", "article_id": item.article_id,
            "content": " ".join(text[s:e] for s, e in item.content), "spans": item.content,
            "source": " ".join(text[s:e] for s, e in item.source) or None,
            "source_spans": item.source})
    return conform(pd.DataFrame(rows), "quotes")


def score(items: list[Item], found: Iterator[Named | None]) -> dict[str, Counter]:
    """Count right speakers and kinds by form and kind; `found` in the order of `items`."""
    others = defaultdict(set)
    for item in items:
        others[item.article_id].add(item.speaker)
    counts: dict[str, Counter] = defaultdict(Counter)
    for item, named in zip(items, found, strict=True):
        right = named is not None and item.speaker is not None and same_speaker(
            item.speaker, named, kind=item.kind,
            others=others[item.article_id] - {item.speaker, None})
        kind = (named.kind if named else "other") == item.kind
        keys = ["all", item.form, f"kind {item.kind}"]
        keys += [f"person by {item.form}"] if item.kind == "person" else []
        for key in keys:
            counts[key].update(kinds=1, kind=kind)
            if item.speaker is not None:
                counts[key].update(n=1, right=right)
    return counts


def show(title: str, counts: dict[str, Counter]) -> None:
    print(f"\n{title}\n{'':24}     n  right  kind")
    for key in sorted(counts):
        c = counts[key]
        print(f"{key:24} {c['n']:5d}  {c['right'] / max(1, c['n']):.3f}  "
              f"{c['kind'] / max(1, c['kinds']):.3f}")


def named_by_row(quotes: pd.DataFrame, speakers: pd.DataFrame) -> list[Named | None]:
    known = {
        one: Named(name, tuple(aliases), kind) for one, name, aliases, kind in zip(
            speakers["speaker_id"], speakers["name"], speakers["aliases"], speakers["kind"],
            strict=True)}
    return [known.get(one) for one in quotes["speaker_id"]]


def on_gold_spans(title: str, articles: pd.DataFrame, items: list[Item],
                  mentions: pd.DataFrame) -> None:
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    quotes = quotes_of(items, texts)
    resolved = resolve_in_articles(quotes, mentions, articles)
    show(f"{title}, gold spans", score(items, named_by_row(resolved.quotes, resolved.speakers)))


def end_to_end(title: str, articles: pd.DataFrame, items: list[Item], extracted: tuple) -> None:
    start = time.process_time()
    resolved = resolve_in_articles(extracted.quotes, extracted.mentions, articles)
    spent = time.process_time() - start
    named = named_by_row(resolved.quotes, resolved.speakers)
    matched, kept = match(items, resolved.quotes)
    counts = score(kept, [named[row] for row in matched])
    show(f"{title}, end to end: {len(kept)} of {len(items)} found, "
         f"{len(resolved.quotes)} predicted, {spent:.1f} CPU s", counts)
    right = counts["all"]["right"]
    print(f"found and right speaker: F1 = {2 * right / (len(items) + len(resolved.quotes)):.3f}")


def match(items: list[Item], quotes: pd.DataFrame) -> tuple[list[int], list[Item]]:
    """Match gold to found quotations by content IoU ≥ 0.5, best first."""
    rows_of = quotes.groupby("article_id").indices
    spans = [_characters(spans) for spans in quotes["spans"]]
    pairs = []
    for at, item in enumerate(items):
        own = _characters(item.content)
        for row in rows_of.get(item.article_id, ()):
            both = len(own & spans[row])
            if both and both / len(own | spans[row]) >= 0.5:
                pairs.append((-both / len(own | spans[row]), at, row))
    taken_items, taken_rows, found = set(), set(), []
    for _, at, row in sorted(pairs):
        if at not in taken_items and row not in taken_rows:
            taken_items.add(at)
            taken_rows.add(row)
            found.append((row, items[at]))
    return [row for row, _ in found], [item for _, item in found]


def _characters(spans: list) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def gum_pronouns(folder: Path) -> None:
    """Count third-person pronouns that mean somebody a mention of their chain names or describes.

    Whoever is meant need not speak, and a plural need not be named.
    """
    gum = {one.name: one for one in read_gum(folder)}
    articles = conform(pd.DataFrame(
        [{"article_id": one.name, "text": one.text} for one in gum.values()]), "articles")
    extracted = extract_quotations(articles)
    counts: dict[str, Counter] = defaultdict(Counter)
    for read in read_articles(extracted.quotes, extracted.mentions, articles):
        article, links = gum[read.article["article_id"]], read.told.story.links
        meant = {link.start: link.entity for link in links if link.how == "pronoun"}
        for pronoun in article.pronouns:
            chain = [span for span in article.chains[pronoun.chain]
                     if article.text[slice(*span)].lower() not in PRONOUNS]
            key = "he/she" if pronoun.text in SINGULAR else "they"
            key += ", named" if pronoun.named else ", described"
            if chain:
                entity = meant.get(pronoun.start)
                counts[key].update(n=1, answered=entity is not None, right=any(
                    link.entity is entity and link.how != "pronoun" and _is_mention(link, chain)
                    for link in links))
    print("\nGUM news, pronouns (end to end)")
    for key, c in sorted(counts.items()):
        print(f"{key:20} n {c['n']:4d}  answered {c['answered']:4d}  right {c['right']:4d}  "
              f"{c['right'] / c['n']:.3f}")


def _is_mention(link: Link, chain: list[tuple[int, int]]) -> bool:
    """Say whether a link is a mention of the chain, whole or by its beginning or its name."""
    return any(
        abs(start - link.start) <= 4 and link.end <= end + 3
        or abs(end - link.end) <= 2 and link.start >= start - 5 and link.how == "name"
        for start, end in chain)


def growth(folder: Path) -> None:
    """Time both steps on 1,000 and on 10,000 articles: a folder's, repeated under other names."""
    articles = load_articles([folder]).articles
    extracted = extract_quotations(articles)
    one = resolve_in_articles(extracted.quotes, extracted.mentions, articles).speakers
    names = frozenset(
        word for row in one.loc[one["kind"] == "person", "aliases"] for form in row
        for word in _CAPITAL.findall(form))
    local, n, within = [], 0, 0.0
    for copy in range(10_000 // len(articles) + 1):
        part = _renamed(articles, extracted, copy, names)
        start = time.process_time()
        local.append(resolve_in_articles(*part).speakers)
        within += time.process_time() - start
        n += len(articles)
        if n >= 10_000 or n - len(articles) < 1_000 <= n:
            start = time.process_time()
            merged = merge_speakers(pd.concat(local, ignore_index=True))
            across = time.process_time() - start
            print(f"{n:6d} articles, CPU ms per article: within {1000 * within / n:5.2f}, across "
                  f"{1000 * across / n:5.2f}, {len(merged.speakers)} speakers", flush=True)


_CAPITAL = re.compile(r"[A-Z][a-z]{2,}")


def _renamed(
    articles: pd.DataFrame, extracted: tuple, copy: int, names: frozenset[str],
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Give quotes, mentions and articles under new ids, and new names of the same length."""
    def new(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(article_id=frame["article_id"] + f"-{copy}")
    def other(match: re.Match) -> str:
        word = match.group()
        return word.translate(swaps(copy)) if word in names else word
    texts = [_CAPITAL.sub(other, text) for text in articles["text"]]
    return new(extracted.quotes), new(extracted.mentions), new(articles).assign(text=texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "shared/corpora")
    parser.add_argument("--end-to-end", action="store_true")
    parser.add_argument("--blind", action="store_true")
    parser.add_argument("--growth", type=Path, metavar="FOLDER")
    chosen = parser.parse_args()
    if chosen.growth:
        growth(chosen.growth)
        return
    demo, demo_items = read_demo()
    extracted = extract_quotations(demo)
    sets = [("demo", demo, demo_items, extracted)]
    if (chosen.corpora / "polnear").is_dir():
        for title, part, name in GOLDS[:3 if chosen.blind else 2]:
            items = read_gold(name)
            articles = polnear_articles(chosen.corpora / "polnear" / part / "text", items)
            sets.append((title, articles, items, extract_quotations(articles)))
    else:
        print(f"skipped: {chosen.corpora / 'polnear'} is not there")
    for title, articles, items, made in sets:
        on_gold_spans(title, articles, items, made.mentions)
        if chosen.end_to_end and "train" not in title:
            end_to_end(title, articles, items, made)
    if (chosen.corpora / "gum-news").is_dir():
        gum_pronouns(chosen.corpora / "gum-news")
    else:
        print(f"skipped: {chosen.corpora / 'gum-news'} is not there")


if __name__ == "__main__":
    main()
