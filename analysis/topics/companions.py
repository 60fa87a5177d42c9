"""Words that go along with the user's keywords in this corpus, and so help where none stands.

"Infants fed on formula" in stories on poisoned water has no keyword of "Public health"; but
"infants" stands where that topic's keywords stand, and seldom elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FEWEST_QUOTES = 100
_FEWEST_USES = 3
_PRIOR = 100.0
_LEAST_Z = 2.0


@dataclass(frozen=True)
class Companions:
    """Stems, how strongly each goes with each topic (0: no more than by chance), who has which.

    `weights` has one row per stem and one column per topic; `used` one row per quotation and
    one column per stem.
    """

    places: dict[str, int]
    weights: np.ndarray
    used: "csr_matrix"

    def scores(self) -> np.ndarray:
        """Give the sum of the weights of each quotation's words, by topic."""
        return self.used @ self.weights


def learn_companions(stems: Sequence[Sequence[str]], claims: np.ndarray) -> Companions | None:
    """Learn which words go along with which topic.

    Parameters
    ----------
    stems
        The stems around each quotation.
    claims
        How far its keywords file each quotation under each topic, 0 to 1.

    Returns
    -------
    Companions or None
        None with fewer than 100 quotations: chance would choose the words.

    Notes
    -----
    The weight is the log-odds ratio with an informative Dirichlet prior of the corpus' own
    frequencies (Monroe, Colaresi & Quinn 2008, "Fightin' Words"), kept where its z-score is
    beyond 2.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    if len(stems) < FEWEST_QUOTES:
        return None
    counter = CountVectorizer(analyzer=_as_is, binary=True, min_df=_FEWEST_USES, dtype=np.float64)
    try:
        used = counter.fit_transform(stems).tocsr()
    except ValueError:  # scikit-learn's "no terms remain": no word stands three times
        return None
    total = np.asarray(used.sum(axis=0)).ravel()
    inside = used.T @ claims
    weights = np.column_stack([_log_odds(column, total) for column in inside.T])
    return Companions(counter.vocabulary_, weights, used)


def _log_odds(inside: np.ndarray, total: np.ndarray) -> np.ndarray:
    outside = total - inside
    prior = _PRIOR * total / total.sum()
    one, other = inside + prior, outside + prior
    difference = np.log(one / (one.sum() - one)) - np.log(other / (other.sum() - other))
    z = difference / np.sqrt(1 / one + 1 / other)
    return np.where(np.abs(z) > _LEAST_Z, difference, 0.0)


def _as_is(words: Sequence[str]) -> Sequence[str]:
    return words
