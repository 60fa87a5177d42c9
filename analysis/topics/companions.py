"""What a corpus teaches about the user's topics: what its stories are about, and companions.

Companions are words that go along with the keywords. "Infants fed on formula" in stories on
poisoned water has no keyword of "Public health"; but "infants" stands where that topic's keywords
stand, and seldom elsewhere.

What is learned is kept as sums, so that a corpus in parts teaches the same as the whole.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

# Rows of the learned frame that are no words.
STORIES, QUOTES = "(stories)", "(quotations)"
FEWEST_QUOTES = 100
_PARTS_AT_ONCE = 20
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
        their claims; in two further rows the number of stories and of quotations with theirs.
    """
    total: Counter[str] = Counter()
    inside: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(topics)))
    for words, claim in zip(stems, claims, strict=True):
        for stem in {*words}:
            total[stem] += 1
            inside[stem] += claim
    names = sorted(total)
    rows = [np.sum(shares, axis=0) if len(shares) else np.zeros(len(topics)),
            claims.sum(axis=0), *(inside[name] for name in names)]
    frame = pd.DataFrame(np.array(rows), columns=list(topics))
    frame.insert(0, "total", [len(shares), len(stems), *(total[name] for name in names)])
    frame.insert(0, "stem", [STORIES, QUOTES, *names])
    return frame


def merge_learned(learned: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Give what several parts of a corpus teach together; a few parts are held at once."""
    waiting: list[pd.DataFrame] = []
    for part in learned:
        waiting.append(part)
        if len(waiting) == _PARTS_AT_ONCE:
            waiting = [_summed(waiting)]
    return _summed(waiting)


def _summed(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(parts).groupby("stem", sort=True).sum().reset_index()


def draw_lessons(learned: pd.DataFrame, topics: Sequence[str]) -> Lessons:
    """Draw from the sums what is usual, and which words are companions of which topic.

    Notes
    -----
    A companion's weight is the log-odds ratio with an informative Dirichlet prior of the corpus'
    own frequencies (Monroe, Colaresi & Quinn 2008, "Fightin' Words"), kept where its z-score is
    beyond 2. With fewer than 100 quotations there are none: chance would choose them.
    """
    sums = learned.set_index("stem")
    # Sums of parts differ from those of the whole in the last digits only.
    values = sums[list(topics)].to_numpy(dtype=float).round(6)
    of = dict(zip(sums.index, range(len(sums)), strict=True))
    usual = values[of[STORIES]] / max(float(sums["total"].iloc[of[STORIES]]), 1.0)
    words = ~sums.index.isin([STORIES, QUOTES]) & (sums["total"] >= _FEWEST_USES).to_numpy()
    if sums["total"].iloc[of[QUOTES]] < FEWEST_QUOTES or not words.any():
        return Lessons(usual, {})
    total = sums["total"].to_numpy(dtype=float)[words]
    weights = np.column_stack([_log_odds(column, total) for column in values[words].T])
    kept = np.abs(weights).sum(axis=1) > 0
    return Lessons(usual, dict(zip(sums.index[words][kept], weights[kept], strict=True)))


def _log_odds(inside: np.ndarray, total: np.ndarray) -> np.ndarray:
    prior = _PRIOR * total / total.sum()
    one, other = inside + prior, total - inside + prior
    difference = np.log(one / (one.sum() - one)) - np.log(other / (other.sum() - other))
    z = difference / np.sqrt(1 / one + 1 / other)
    return np.where(np.abs(z) > _LEAST_Z, difference, 0.0)
