"""What a corpus teaches about the user's topics: what its stories are about, and companions.

Companions are words that go along with the keywords. "Infants fed on formula" in stories on
poisoned water has no keyword of "Public health"; but "infants" stands where that topic's keywords
stand, and seldom elsewhere.

What is learned is kept as sums of whole numbers, so that a corpus in parts teaches exactly what
the whole teaches, in whatever order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.tables import Buckets, numbers_of

# Rows of the learned frame that are no words.
STORIES, QUOTES = "(stories)", "(quotations)"
FEWEST_QUOTES = 100
_EXACT = 1e9  # shares and claims are summed in billionths
_FEWEST_USES = 3
_PRIOR = 100.0
_LEAST_Z = 2.0


@dataclass(frozen=True)
class Lessons:
    """What was learned: the usual story, and how strongly each stem goes with each topic.

    Kept as the table `stem`, `weights` that others who file quotations are sent; its first row is
    the usual story.
    """

    table: pa.Table

    @cached_property
    def usual(self) -> np.ndarray:
        """What stories are usually about, by topic."""
        return np.array(self.table.column("weights")[0].as_py())

    @cached_property
    def companions(self) -> Mapping[str, np.ndarray]:
        """The weights of each stem, by topic."""
        weights = self.table.column("weights").slice(1).combine_chunks().flatten().to_numpy()
        stems = self.table.column("stem").slice(1).to_pylist()
        return dict(zip(stems, weights.reshape(len(stems), len(self.usual)), strict=True))

    def score(self, stems: Iterable[str]) -> np.ndarray:
        """Give the sum of the weights of different stems, by topic."""
        return sum((self.companions[stem] for stem in {*stems} if stem in self.companions),
                   np.zeros(len(self.usual)))


def sum_up(
    shares: Sequence[np.ndarray], stems: Sequence[Sequence[str]], claims: np.ndarray,
    topics: Sequence[str],
) -> pd.DataFrame:
    """Sum what some articles teach.

    Parameters
    ----------
    shares
        What each story is about, by topic.
    stems
        The stems around each quotation.
    claims
        How far its keywords file each quotation under each topic, 0 to 1.
    topics
        Names of the topics.

    Returns
    -------
    pandas.DataFrame
        `stem`, `total`, and one column per topic: for each stem the quotations it stands by and
        their claims, in billionths; in two further rows the number of stories and of quotations
        with theirs.
    """
    from scipy.sparse import csr_matrix

    counted = [sorted({*words}) for words in stems]
    numbers, names = pd.factorize(np.array([*chain(*counted)], dtype=object), sort=True)
    ends = np.cumsum([0, *map(len, counted)])
    standing = csr_matrix((np.ones(len(numbers), np.int64), numbers, ends),
                          shape=(len(stems), len(names))).T
    claims, shares = _exact(claims, topics), _exact(shares, topics)
    inside = np.vstack([shares.sum(axis=0), claims.sum(axis=0), standing @ claims])
    frame = pd.DataFrame(inside, columns=list(topics))
    total = np.asarray(standing.sum(axis=1)).ravel().tolist()
    frame.insert(0, "total", [len(shares), len(stems), *total])
    frame.insert(0, "stem", [STORIES, QUOTES, *names])
    return frame


def _exact(values: Sequence[np.ndarray] | np.ndarray, topics: Sequence[str]) -> np.ndarray:
    rows = np.reshape(np.asarray(values, dtype=float), (len(values), len(topics)))
    return np.rint(rows * _EXACT).astype(np.int64)


class _Sums:
    """What all words were seen to say, as far as several quotations have them."""

    def __init__(self, n_topics: int) -> None:
        self.stories = self.quotes = self.total = 0
        self.usual = self.inside = np.zeros(n_topics, np.int64)

    def note(self, rows: pa.Table) -> pa.Table:
        """Add some rows, all there are of their stems; give the sums of words often used."""
        summed = _summed(rows)
        stems, totals, *_ = summed.columns
        for _, total, *usual in _rows(summed.filter(pc.equal(stems, STORIES))):
            self.stories, self.usual = total, np.array(usual)
        for _, total, *_ in _rows(summed.filter(pc.equal(stems, QUOTES))):
            self.quotes = total
        no_words = pc.is_in(stems, pa.array([STORIES, QUOTES]))
        words = summed.filter(pc.and_not(pc.greater_equal(totals, _FEWEST_USES), no_words))
        self.total += pc.sum(words["total"], min_count=0).as_py()
        self.inside = self.inside + np.array(
            [pc.sum(column, min_count=0).as_py() for column in words.columns[2:]], np.int64)
        return words


def _summed(rows: pa.Table) -> pa.Table:
    """Give one row per stem. By numpy, as Arrow's and pandas' groups take many times the memory."""
    stems = rows.column("stem").combine_chunks().dictionary_encode()
    order = np.argsort(stems.indices, kind="stable")
    starts = np.searchsorted(stems.indices.to_numpy()[order], np.arange(len(stems.dictionary)))
    sums = [np.add.reduceat(column.to_numpy()[order], starts) for column in rows.columns[1:]]
    return pa.table([stems.dictionary, *sums], rows.column_names).sort_by("stem")


def _rows(table: pa.Table) -> Iterator[tuple]:
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


def draw_lessons(
    learned: Iterable[pd.DataFrame], topics: Sequence[str], *, n_buckets: int = 1
) -> Lessons:
    """Draw from what parts of a corpus teach what is usual, and which words go with which topic.

    Parameters
    ----------
    learned
        What `learn_topics` gave of each part.
    topics
        Names of the topics.
    n_buckets
        In how many shares to go through the words.

    Notes
    -----
    A companion's weight is the log-odds ratio with an informative Dirichlet prior of the corpus'
    own frequencies (Monroe, Colaresi & Quinn 2008, "Fightin' Words"), kept where its z-score is
    beyond 2. With fewer than 100 quotations there are none: chance would choose them.
    """
    dealt, kept, sums = Buckets(n_buckets), Buckets(n_buckets), _Sums(len(topics))
    for part in learned:
        rows = pa.Table.from_pandas(part, preserve_index=False)
        dealt.add(rows, numbers_of(part["stem"]))
    for number, rows in enumerate(dealt):
        words = sums.note(rows)
        kept.add(words, np.full(len(words), number))
    usual = sums.usual / _EXACT / max(float(sums.stories), 1.0)
    enough = sums.quotes >= FEWEST_QUOTES
    parts = [_companions(rows, sums) for rows in kept] if enough else []
    return Lessons(pa.concat_tables([_lessons([STORIES], usual[None]), *parts]))


def _companions(rows: pa.Table, sums: _Sums) -> pa.Table:
    stems, total, *inside = (column.to_numpy() for column in rows.columns)
    total = total.astype(float)
    weights = np.column_stack([
        _log_odds(column / _EXACT, total, float(whole) / _EXACT, float(sums.total))
        for column, whole in zip(inside, sums.inside, strict=True)])
    kept = np.abs(weights).sum(axis=1) > 0
    return _lessons(stems[kept], weights[kept])


def _lessons(stems: Sequence[str], weights: np.ndarray) -> pa.Table:
    ends = np.arange(len(weights) + 1, dtype=np.int32) * weights.shape[1]
    return pa.table({"stem": pa.array(stems, pa.string()),
                     "weights": pa.ListArray.from_arrays(ends, weights.ravel())})


def _log_odds(
    inside: np.ndarray, total: np.ndarray, all_inside: float, all_total: float
) -> np.ndarray:
    prior = _PRIOR * total / all_total
    one, other = inside + prior, total - inside + prior
    difference = np.log(one / (all_inside + _PRIOR - one)) - np.log(
        other / (all_total - all_inside + _PRIOR - other))
    z = difference / np.sqrt(1 / one + 1 / other)
    return np.where(np.abs(z) > _LEAST_Z, difference, 0.0)
