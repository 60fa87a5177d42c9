"""The user's topics: which quotation is about what, and by which words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.tables import check, conform
from analysis.topics.companions import Lessons, draw_lessons, sum_up
from analysis.topics.files import Topic
from analysis.topics.matcher import Hit
from analysis.topics.places import Span
from analysis.topics.reading import (
    MOST_PER_PLACE,
    Article,
    around,
    hits_elsewhere,
    paragraph_of,
    read_articles,
    sort_hits,
)
from analysis.topics.words import content_stems, split_words, stem

# Round numbers, set on the demo corpus; half or double of any moves the figures by a point or
# two. Each keyword adds these to the log-odds of its topic, two words at most.
PLACES: Mapping[str, float] = {"content": 1.0, "sentence": 0.5, "headline": 0.5}
# What the paragraphs around are about, and what the story is about, as shares of keywords.
_NEARBY = 4.0
_STORY = 4.0
_COMPANIONS = 0.35
_MOST_BY_COMPANIONS = 2.0
_START = -3.5
_LEAST = 0.25
_MOST_SHOWN = 3
# Unseen words that stand against any topic: one keyword in passing makes no story.
_DOUBT_NEARBY = 1.0
_DOUBT_STORY = 3.0


class _Quote(NamedTuple):
    quote_id: str
    article: Article
    spans: list[Span]
    places: dict[str, list[Hit]]


def learn_topics(
    quotes: pd.DataFrame, terms: pd.DataFrame, articles: pd.DataFrame, *, topics: Sequence[Topic]
) -> pd.DataFrame:
    """Sum what some articles teach about the topics, for `assign_topics`.

    Only needed where a corpus is worked on in parts: `draw_lessons` adds what they teach and draws
    the conclusion. Takes what `assign_topics` takes.
    """
    return _learn(_find(quotes, terms, articles, topics), topics)


def assign_topics(
    quotes: pd.DataFrame, terms: pd.DataFrame, articles: pd.DataFrame, *,
    topics: Sequence[Topic], learned: Lessons | None = None,
) -> pd.DataFrame:
    """Say which of the user's topics each quotation is about.

    Parameters
    ----------
    quotes
        Needs `quote_id`, `article_id`, `spans`.
    terms
        Needs `quote_id`, `start`, `lemma`, `pos`; may be empty.
    articles
        Needs `article_id`, `title`, `text`, `skipped`.
    topics
        From `load_topics`.
    learned
        From `draw_lessons` of the whole corpus, where this is a part of it; None learns from
        the given articles.

    Returns
    -------
    pandas.DataFrame
        The table quote_topics: one row per quotation and topic, a quotation's strongest topic
        first. `evidence` names the words as they stand, by place: "content: tolls; headline:
        Tunnel".

    Notes
    -----
    A keyword in the words of the quotation always files it. "It will open" says less: then its
    sentence, the paragraphs around (each e times less than the next nearer), the headline and
    what the story as a whole is about decide, and words that go along with the keywords in this
    corpus ("along"). The weight is the logistic of the sum of this evidence (`PLACES` and the
    constants beside it); below 0.25 nothing is filed. What a story is about is measured against
    the other stories: money is mentioned in each, a tunnel in few. So the same quotation may
    weigh otherwise in another corpus. Not caught: irony.
    """
    rows = []
    if topics:
        found = _find(quotes, terms, articles, topics)
        lessons = learned or draw_lessons(
            [_learn(found, topics)], [topic.name for topic in topics])
        rows = [(quote_id, topics[topic].name, round(weight, 4), "keyword", evidence)
                for quote_id, topic, weight, evidence in _file(found, lessons)]
    columns = ["quote_id", "topic", "weight", "basis", "evidence"]
    return conform(pd.DataFrame(rows, columns=columns), "quote_topics")


def _find(
    quotes: pd.DataFrame, terms: pd.DataFrame, articles: pd.DataFrame, topics: Sequence[Topic]
) -> list[_Quote]:
    check(quotes, "quotes", needs=["quote_id", "article_id", "spans"])
    check(terms, "terms", needs=["quote_id", "start", "lemma", "pos"])
    check(articles, "articles", needs=["article_id", "title", "text", "skipped"])
    read = read_articles(quotes, terms, articles, topics)
    return [
        _Quote(quote_id, read[article_id], spans, sort_hits(read[article_id], spans))
        for quote_id, article_id, spans in zip(
            quotes["quote_id"], quotes["article_id"], quotes["spans"], strict=True)
        if article_id in read and spans
    ]


def _learn(found: Sequence[_Quote], topics: Sequence[Topic]) -> pd.DataFrame:
    names = [topic.name for topic in topics]
    stories = {id(quote.article): _share(quote.article) for quote in found}
    claims = _logistic(_keyword_scores(found, np.zeros(len(names))))
    return sum_up(list(stories.values()), [_stems(quote) for quote in found], claims, names)


def _file(found: Sequence[_Quote], lessons: Lessons) -> Iterator[tuple[str, int, float, str]]:
    scores = _keyword_scores(found, lessons.usual)
    for quote, score in zip(found, scores, strict=True):
        along = np.clip(_COMPANIONS * lessons.score(_stems(quote)), -_MOST_BY_COMPANIONS,
                        _MOST_BY_COMPANIONS)
        weights = _logistic(score + along)
        said = {hit.topic for hit in quote.places["content"]}
        for topic in np.lexsort((np.arange(len(weights)), -weights)).tolist():
            if weights[topic] >= _LEAST or topic in said:
                evidence = _evidence(quote, topic, lessons)
                if evidence:
                    yield quote.quote_id, topic, float(weights[topic]), evidence


def _logistic(scores: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-scores))


def _keyword_scores(found: Sequence[_Quote], usual: np.ndarray) -> np.ndarray:
    """Sum the evidence of the keywords, one row per quotation, one column per topic."""
    stories = {id(quote.article): _story(quote.article, usual) for quote in found}
    scores = np.full((len(found), len(usual)), _START)
    for row, quote in enumerate(found):
        scores[row] += _STORY * stories[id(quote.article)]
        scores[row] += _NEARBY * _nearby(quote.article, quote.spans[0][0])
        for place, weight in PLACES.items():
            counts = np.bincount([hit.topic for hit in quote.places[place]],
                                 minlength=len(usual))
            scores[row] += weight * np.minimum(counts, MOST_PER_PLACE)
    return scores


def _share(article: Article) -> np.ndarray:
    return article.story / (article.story.sum() + _DOUBT_STORY)


def _story(article: Article, usual: np.ndarray) -> np.ndarray:
    """Give what a story is about, measured against what stories are usually about."""
    share = _share(article)
    lifted = share * share / np.maximum(share + usual, 1e-9)
    # Rescaled so that the story keeps as much weight as before, only otherwise shared out.
    return lifted * share.sum() / max(lifted.sum(), 1e-9)


def _nearby(article: Article, start: int) -> np.ndarray:
    """Give what the paragraphs around are about, each counting e times less than the nearer."""
    here = paragraph_of(article.bounds, start)
    counts = np.exp(-np.abs(np.arange(len(article.paragraphs)) - here)) @ article.paragraphs
    return counts / (counts.sum() + _DOUBT_NEARBY)


def _stems(quote: _Quote) -> list[str]:
    start, end = around(quote.article, quote.spans)["paragraph"][0]
    return content_stems(quote.article.text[start:end])


def _evidence(quote: _Quote, topic: int, lessons: Lessons) -> str:
    shown = []
    for place, hits in quote.places.items():
        text = quote.article.title if place == "headline" else quote.article.text
        words = _different(text[hit.start:hit.end] for hit in hits if hit.topic == topic)
        shown += [f"{place}: {words}"] if words else []
    if not shown:
        # Words from further off are shown only where nothing nearer speaks for the topic.
        words = _different(quote.article.text[hit.start:hit.end]
                           for hit in hits_elsewhere(quote.article, topic))
        shown += [f"article: {words}"] if words else []
    if not any(item.startswith("content") for item in shown):
        words = _different(_companion_words(quote, topic, lessons))
        shown += [f"along: {words}"] if words else []
    return "; ".join(shown)


def _different(words: Iterator[str]) -> str:
    return ", ".join(list(dict.fromkeys(" ".join(word.split()) for word in words))[:_MOST_SHOWN])


def _companion_words(quote: _Quote, topic: int, lessons: Lessons) -> Iterator[str]:
    """Give the words of the paragraph that go along with a topic, the strongest first."""
    start, end = around(quote.article, quote.spans)["paragraph"][0]
    found = []
    for word in split_words(quote.article.text[start:end]):
        weights = lessons.companions.get(stem(word.form))
        if weights is not None and weights[topic] > 0:
            written = quote.article.text[start + word.start:start + word.end]
            found.append((-float(weights[topic]), word.start, written))
    return (written for *_, written in sorted(found))
