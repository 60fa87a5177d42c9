"""What a corpus teaches about the user's topics: what its stories are about, and companions.

Companions are words that go along with the keywords. "Infants fed on formula" in stories on
poisoned water has no keyword of "Public health"; but "infants" stands where that topic's keywords
stand, and seldom elsewhere.

What is learned is kept as sums of whole numbers, so that a corpus in parts teaches exactly what
the whole teaches, in whatever order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd
import pyarrow as pa

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
    """What was learned: the usual story, and how strongly each stem goes with each topic."""

    usual: np.ndarray
    companions: Mapping[str, np.ndarray]

    def score(self, stems: Iterable[str]) -> np.ndarray:
        """Give the sum of the weights of different stems, by topic."""
        return sum((self.companions[stem] for stem in {*stems} if stem in self.companions),
                   np.zeros(len(self.usual)))

    def to_table(self) -> pa.Table:
        """Give it as a table, to be sent to others who file quotations."""
        rows = [self.usual.tolist(), *(weights.tolist() for weights in self.companions.values())]
        return pa.table({"stem": [STORIES, *self.companions], "weights": rows})

    @classmethod
    def from_table(cls, table: pa.Table) -> "Lessons":
        """Read what `to_table` gave."""
        stems, rows = (column.to_pylist() for column in table.columns)
        weights = np.array(rows, dtype=float)
        return cls(weights[0], dict(zip(stems[1:], weights[1:], strict=True)))


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

    def note(self, summed: pd.DataFrame) -> pd.DataFrame:
        """Add some rows; give those of words that are used often enough."""
        for row in summed[summed["stem"].isin([STORIES, QUOTES])].itertuples(index=False):
            if row.stem == STORIES:
                self.stories, self.usual = row.total, np.array(row[2:])
            else:
                self.quotes = row.total
        words = summed[~summed["stem"].isin([STORIES, QUOTES])
                       & (summed["total"] >= _FEWEST_USES)]
        self.total += int(words["total"].sum())
        self.inside = self.inside + words.iloc[:, 2:].to_numpy().sum(axis=0)
        return words


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
        dealt.add(_table(part), numbers_of(part["stem"]))
    for number, rows in enumerate(dealt):
        words = sums.note(rows.to_pandas().groupby("stem", sort=True).sum().reset_index())
        kept.add(_table(words), np.full(len(words), number))
    usual = sums.usual / _EXACT / max(float(sums.stories), 1.0)
    if sums.quotes < FEWEST_QUOTES:
        return Lessons(usual, {})
    return Lessons(usual, dict(chain.from_iterable(_companions(rows, sums) for rows in kept)))


def _table(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame, preserve_index=False)


def _companions(rows: pa.Table, sums: _Sums) -> Iterator[tuple[str, np.ndarray]]:
    words = rows.to_pandas()
    total = words["total"].to_numpy(dtype=float)
    inside = words.iloc[:, 2:].to_numpy(dtype=float) / _EXACT
    weights = np.column_stack([
        _log_odds(column, total, float(whole) / _EXACT, float(sums.total))
        for column, whole in zip(inside.T, sums.inside, strict=True)])
    kept = np.abs(weights).sum(axis=1) > 0
    return zip(words["stem"][kept], weights[kept], strict=True)


def _log_odds(
    inside: np.ndarray, total: np.ndarray, all_inside: float, all_total: float
) -> np.ndarray:
    prior = _PRIOR * total / all_total
    one, other = inside + prior, total - inside + prior
    difference = np.log(one / (all_inside + _PRIOR - one)) - np.log(
        other / (all_total - all_inside + _PRIOR - other))
    z = difference / np.sqrt(1 / one + 1 / other)
    return np.where(np.abs(z) > _LEAST_Z, difference, 0.0)
