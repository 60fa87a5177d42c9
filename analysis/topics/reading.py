"""Articles as the user's topics see them: which keywords stand where, near which quotation."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.topics.files import Topic
from analysis.topics.matcher import Hit, Node, build_tree, find_hits
from analysis.topics.places import Bounds, Span, find_bounds, surrounding

MOST_PER_PLACE = 2
_HEADLINE_COUNTS = 3


@dataclass(frozen=True)
class Article:
    """One article and its keywords.

    `paragraphs` counts keywords by paragraph (two at most count) and topic, `story` in the whole
    article by topic, those of the headline three times.
    """

    text: str
    title: str
    bounds: Bounds
    hits: tuple[Hit, ...]
    title_hits: tuple[Hit, ...]
    paragraphs: np.ndarray
    story: np.ndarray


def read_articles(
    quotes: pd.DataFrame, terms: pd.DataFrame, articles: pd.DataFrame, topics: Sequence[Topic]
) -> dict[str, Article]:
    """Find all keywords in the articles that hold quotations."""
    tree = build_tree(topics)
    lemmas = _lemmas_by_article(quotes, terms)
    wanted = articles[articles["article_id"].isin(quotes["article_id"])]
    return {
        article_id: _read_article(
            (title, text), skipped, tree=tree, lemmas=lemmas.get(article_id, {}), n=len(topics))
        for article_id, title, text, skipped in zip(
            wanted["article_id"], wanted["title"], wanted["text"], wanted["skipped"], strict=True)
    }


def _lemmas_by_article(quotes: pd.DataFrame, terms: pd.DataFrame) -> dict[str, dict[int, str]]:
    """Lemma of each word of each quotation, by its offset in the article."""
    lemmas: dict[str, dict[int, str]] = defaultdict(dict)
    # The lemma of a name is the name: "Taxes" in a heading would stay plural.
    words = terms[~terms["pos"].isin(["NP", "PROPN"])]
    homes = dict(zip(quotes["quote_id"], quotes["article_id"], strict=True))
    for quote_id, start, lemma in zip(words["quote_id"], words["start"], words["lemma"],
                                      strict=True):
        if quote_id in homes and isinstance(lemma, str):
            lemmas[homes[quote_id]][int(start)] = lemma.lower()
    return lemmas


def _read_article(
    texts: tuple[object, object], skipped: Iterable[Sequence], *, tree: Node,
    lemmas: Mapping[int, str], n: int,
) -> Article:
    title, text = (value if isinstance(value, str) else "" for value in texts)
    left_out = [(start, end) for start, end, *_ in skipped]
    hits = _without_excluded([hit for hit in find_hits(text, tree, lemmas=lemmas)
                              if not _inside(hit, left_out)])
    title_hits = _without_excluded(find_hits(title, tree))
    bounds = find_bounds(text)
    paragraphs = np.zeros((max(len(bounds.paragraphs) - 1, 1), n))
    for hit in hits:
        paragraphs[paragraph_of(bounds, hit.start), hit.topic] += not hit.excludes
    story = paragraphs.sum(axis=0)
    for hit in title_hits:
        story[hit.topic] += _HEADLINE_COUNTS * (not hit.excludes)
    near = np.minimum(paragraphs, MOST_PER_PLACE)
    return Article(text, title, bounds, hits, title_hits, near, story)


def paragraph_of(bounds: Bounds, place: int) -> int:
    """Give the number of the paragraph that holds a character."""
    return max(min(bisect_right(bounds.paragraphs, place) - 1, len(bounds.paragraphs) - 2), 0)


def _inside(hit: Hit, spans: Iterable[Span]) -> bool:
    return any(start <= hit.start and hit.end <= end for start, end in spans)


def _without_excluded(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Drop keywords that an exclusion covers ("tunnel" in "tunnel vision"), and that exclusion.

    Exclusions that cover no keyword stay: they cancel the topic in their place.
    """
    exclusions = [hit for hit in hits if hit.excludes]
    if not exclusions:
        return tuple(hits)
    keywords = [hit for hit in hits if not hit.excludes]
    covered = {(word, cover) for word in keywords for cover in exclusions
               if word.topic == cover.topic and _inside(word, [(cover.start, cover.end)])}
    gone = {hit for pair in covered for hit in pair}
    return tuple(hit for hit in hits if hit not in gone)


def around(article: Article, spans: Sequence[Span]) -> dict[str, list[Span]]:
    """Give the spans of a quotation's own words, its sentence and its paragraph."""
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    return {
        "content": list(spans),
        "sentence": [surrounding(article.bounds.sentences, start, end)],
        "paragraph": [surrounding(article.bounds.paragraphs, start, end)],
    }


def sort_hits(article: Article, spans: Sequence[Span]) -> dict[str, list[Hit]]:
    """Sort the keywords of a paragraph and the headline by how near they stand to a quotation.

    Keywords that an exclusion cancels in their place are left out.
    """
    near = around(article, spans)
    places: dict[str, list[Hit]] = {
        **{place: [] for place in near}, "headline": list(article.title_hits)}
    start, end = near["paragraph"][0]
    first = bisect_left(article.hits, start, key=_start)
    for hit in article.hits[first:bisect_left(article.hits, end, key=_start)]:
        place = next((name for name, bounds in near.items() if _inside(hit, bounds)), "paragraph")
        places[place].append(hit)
    return {name: list(_uncancelled(hits)) for name, hits in places.items()}


def _start(hit: Hit) -> int:
    return hit.start


def hits_elsewhere(article: Article, topic: int) -> list[Hit]:
    """Give the keywords of one topic in the whole article; none if an exclusion cancels it."""
    mine = [hit for hit in article.hits if hit.topic == topic]
    return [] if any(hit.excludes for hit in mine) else mine


def _uncancelled(hits: Sequence[Hit]) -> Iterator[Hit]:
    cancelled = {hit.topic for hit in hits if hit.excludes}
    return (hit for hit in hits if hit.topic not in cancelled)
