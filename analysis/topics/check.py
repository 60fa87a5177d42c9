"""What to mend in a topics file: keywords that find nothing, overlaps, what is unclaimed."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.tables import Tables
from analysis.topics.files import Topic, load_topics
from analysis.topics.unmatched import find_unmatched

_OVERLAP = 0.5
_FEWEST = 5
_COLUMNS = {"finding": "str", "topic": "str", "detail": "str", "n": "Int64", "share": "Float64"}


def check_topics(topics: Sequence[Topic], tables: Tables) -> pd.DataFrame:
    """Tell what in the user's topics could be better.

    Parameters
    ----------
    topics
        From `load_topics`.
    tables
        The corpus, its `quote_topics` filed under the same topics; what is long is read part
        by part.

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
    filed = tables.columns("quote_topics", ["quote_id", "topic"])
    numbers = pd.Series(pd.factorize(filed["quote_id"])[0], index=filed.index)
    claimed = {str(name): np.unique(group) for name, group in numbers.groupby(filed["topic"])}
    rows = [
        *_unclaimed(filed["quote_id"], tables.columns("quotes", ["quote_id"])["quote_id"]),
        *_idle(topics, claimed), *_unmatched(topics, tables), *_overlaps(topics, claimed),
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def review_topics(path: str | Path, tables: Tables) -> pd.DataFrame:
    """Check the topics of a file, or of the corpus itself where no file was given ("").

    Returns
    -------
    pandas.DataFrame
        As `check_topics`; without a file only what is unclaimed and what overlaps.
    """
    if path:
        return check_topics(load_topics(path), tables)
    names = tables.columns("quote_topics", ["topic"])["topic"].drop_duplicates()
    return check_topics([Topic(name, ()) for name in names], tables)


def _unclaimed(
    claimed: pd.Series, quote_ids: pd.Series
) -> Iterator[tuple[str, str | None, str, int, float]]:
    # in Arrow, for pandas would make a Python text of each of a million
    known = pc.is_in(pa.array(quote_ids), value_set=pa.array(claimed))
    n = len(quote_ids) - pc.sum(known, min_count=0).as_py()
    yield ("quotations without a topic", None, f"{n} of {len(quote_ids)} quotations", n,
           n / max(len(quote_ids), 1))


def _idle(
    topics: Sequence[Topic], claimed: Mapping[str, np.ndarray]
) -> Iterator[tuple[str, str | None, str, int, float]]:
    for topic in topics:
        if topic.name not in claimed:
            yield "topic claims nothing", topic.name, "no quotation", 0, 0.0


def _unmatched(
    topics: Sequence[Topic], tables: Tables
) -> Iterator[tuple[str, str | None, str, int, float]]:
    for topic, keyword in find_unmatched(topics, tables):
        yield "keyword never matches", topic, keyword, 0, 0.0


def _overlaps(
    topics: Sequence[Topic], claimed: Mapping[str, np.ndarray]
) -> Iterator[tuple[str, str | None, str, int, float]]:
    names = [topic.name for topic in topics if topic.name in claimed]
    for one, other in combinations(names, 2):
        smaller, larger = sorted((one, other), key=lambda name: (len(claimed[name]), name))
        n = len(np.intersect1d(claimed[one], claimed[other], assume_unique=True))
        share = n / len(claimed[smaller])
        if n >= _FEWEST and share >= _OVERLAP:
            yield "topics overlap", smaller, f"with {larger}", n, share
