"""What to mend in a topics file: keywords that find nothing, overlaps, what is unclaimed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import pandas as pd

from analysis.tables import check
from analysis.topics.files import Topic, load_topics
from analysis.topics.matcher import build_tree, find_hits
from analysis.topics.words import split_words

_OVERLAP = 0.5
_FEWEST = 5
_COLUMNS = {"finding": "str", "topic": "str", "detail": "str", "n": "Int64", "share": "Float64"}


def check_topics(
    topics: Sequence[Topic], quote_topics: pd.DataFrame, quotes: pd.DataFrame,
    terms: pd.DataFrame,
) -> pd.DataFrame:
    """Tell what in the user's topics could be better.

    Parameters
    ----------
    topics
        From `load_topics`.
    quote_topics
        From `assign_topics` with the same topics.
    quotes
        Needs `quote_id`, `content`.
    terms
        Needs `text`, `lemma`; may be empty.

    Returns
    -------
    pandas.DataFrame
        One row per finding: `finding` (quotations without a topic | topic claims nothing |
        keyword never matches | topics overlap), `topic`, `detail` (the keyword, the other
        topic), `n` quotations and their `share` (of all quotations; for topics that overlap: of
        the smaller topic).

    Notes
    -----
    A keyword never matches if it is found neither in a quotation nor among the evidence from
    around one. Topics overlap if at least half of the smaller one's quotations, and at least
    five, are the other's too.
    """
    check(quote_topics, "quote_topics", needs=["quote_id", "topic", "evidence"])
    check(quotes, "quotes", needs=["quote_id", "content"])
    claimed = {name: set(group["quote_id"]) for name, group in quote_topics.groupby("topic")}
    rows = [
        *_unclaimed(claimed, quotes), *_idle(topics, claimed),
        *_unmatched(topics, [*quotes["content"], *quote_topics["evidence"]], terms),
        *_overlaps(topics, claimed),
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def review_topics(
    path: str | Path, quote_topics: pd.DataFrame, quotes: pd.DataFrame, terms: pd.DataFrame
) -> pd.DataFrame:
    """Check the topics of a file, or of the corpus itself where no file was given ("").

    Returns
    -------
    pandas.DataFrame
        As `check_topics`; without a file only what is unclaimed and what overlaps.
    """
    if path:
        return check_topics(load_topics(path), quote_topics, quotes, terms)
    names = quote_topics["topic"].drop_duplicates().tolist()
    return check_topics([Topic(name, ()) for name in names], quote_topics, quotes, terms)


def _unclaimed(
    claimed: Mapping[str, set[str]], quotes: pd.DataFrame
) -> Iterator[tuple[str, str | None, str, int, float]]:
    known = set().union(*claimed.values())
    n = int((~quotes["quote_id"].isin(known)).sum())
    yield ("quotations without a topic", None, f"{n} of {len(quotes)} quotations", n,
           n / max(len(quotes), 1))


def _idle(
    topics: Sequence[Topic], claimed: Mapping[str, set[str]]
) -> Iterator[tuple[str, str | None, str, int, float]]:
    for topic in topics:
        if topic.name not in claimed:
            yield "topic claims nothing", topic.name, "no quotation", 0, 0.0


def _unmatched(
    topics: Sequence[Topic], texts: Iterable[str], terms: pd.DataFrame
) -> Iterator[tuple[str, str | None, str, int, float]]:
    tree = build_tree(topics)
    lemmas = _lemmas(terms)
    found: Counter[tuple[int, int]] = Counter()
    for text in texts:
        if not isinstance(text, str):
            continue
        known = {word.start: lemmas[word.form] for word in split_words(text)
                 if word.form in lemmas}
        hits = [*find_hits(text, tree), *find_hits(text, tree, lemmas=known)]
        found.update({(hit.topic, hit.keyword) for hit in hits if not hit.excludes})
    for number, topic in enumerate(topics):
        for place, keyword in enumerate(topic.keywords):
            if not found[number, place]:
                yield "keyword never matches", topic.name, keyword, 0, 0.0


def _lemmas(terms: pd.DataFrame) -> dict[str, str]:
    """Give the commonest lemma of each word as it is written."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text, lemma in zip(terms["text"], terms["lemma"], strict=True):
        if isinstance(lemma, str) and " " not in text:
            counts[text][lemma] += 1
    return {text: max(sorted(found), key=found.__getitem__) for text, found in counts.items()}


def _overlaps(
    topics: Sequence[Topic], claimed: Mapping[str, set[str]]
) -> Iterator[tuple[str, str | None, str, int, float]]:
    names = [topic.name for topic in topics if topic.name in claimed]
    for one, other in combinations(names, 2):
        smaller, larger = sorted((one, other), key=lambda name: (len(claimed[name]), name))
        n = len(claimed[one] & claimed[other])
        share = n / len(claimed[smaller])
        if n >= _FEWEST and share >= _OVERLAP:
            yield "topics overlap", smaller, f"with {larger}", n, share
