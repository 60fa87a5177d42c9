"""How many topics: the number under which they stay most alike when the corpus is sampled.

After Greene, O'Callaghan & Cunningham 2014, "How many topics? Stability analysis for topic
models".
"""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_NUMBERS = (4, 5, 6, 7, 8, 10, 12, 15, 18, 22)
_SAMPLES = 5
_DOCUMENTS_PER_TOPIC = 8
_MOST_DOCUMENTS = 3000
# The largest number that is still this stable tells most; if none is, the stablest.
_STABLE = 0.7


class Choice(NamedTuple):
    """A number of topics and how stable they are (0 to 1), together and one by one."""

    n_topics: int
    stability: float
    by_topic: tuple[float, ...]


def choose_number(documents: "csr_matrix", *, n_topics: int | None = None) -> Choice:
    """Choose the number of topics, or tell how stable the given one is.

    The samples are the same on every call: with samples by chance the number found on one corpus
    of 840 articles went from 5 to 10, and the topics with it.
    """
    samples = _samples(documents.shape[0])
    if n_topics is not None:
        return _try(documents, samples, n_topics)
    largest = max(documents.shape[0] // _DOCUMENTS_PER_TOPIC, 2)
    tried: list[Choice] = []
    for n in [n for n in _NUMBERS if n <= largest] or [largest]:
        tried.append(_try(documents, samples, n))
        # Beyond its peak stability falls for good; two numbers well under it are enough to see.
        if len(tried) > 3 and max(item.stability for item in tried[-2:]) < _STABLE - 0.05:
            break
    stable = [choice for choice in tried if choice.stability >= _STABLE]
    return stable[-1] if stable else max(tried, key=lambda choice: choice.stability)


def _samples(n: int) -> list[np.ndarray]:
    """Leave out each fifth of the documents in turn."""
    shuffled = np.random.default_rng(0).permutation(n)
    kept = [np.delete(shuffled, np.s_[fold::_SAMPLES]) for fold in range(_SAMPLES)]
    return [np.sort(sample[:_MOST_DOCUMENTS]) for sample in kept]


def _try(documents: "csr_matrix", samples: Sequence[np.ndarray], n: int) -> Choice:
    """Compare the topics of the whole with those of each sample."""
    whole = top_words(fit_topics(documents, n))
    alike = np.mean([match_topics(whole, top_words(fit_topics(documents[sample], n)))
                     for sample in samples], axis=0)
    return Choice(n, float(np.mean(alike)), tuple(round(float(value), 3) for value in alike))


def fit_topics(documents: "csr_matrix", n: int) -> np.ndarray:
    """Give the word weights of `n` topics, one row each."""
    from sklearn.decomposition import NMF

    n = min(n, *documents.shape)
    model = NMF(n_components=n, init="nndsvda", random_state=0, max_iter=300, tol=1e-3)
    with ignore_convergence():
        model.fit(documents)
    return model.components_


@contextmanager
def ignore_convergence() -> Iterator[None]:
    """Keep scikit-learn from warning that it stopped at the last allowed step.

    The tenth digit of a weight changes no topic, and a warning would look like a fault.
    """
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def top_words(components: np.ndarray, n: int = 10) -> list[list[int]]:
    """Give the numbers of the strongest words of each topic, ties by number."""
    return [np.lexsort((np.arange(len(row)), -row))[:n].tolist() for row in components]


def match_topics(ones: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> list[float]:
    """Give how alike (Jaccard) each topic's words are to those of its partner among the others.

    Examples
    --------
    >>> match_topics([[1, 2], [3, 4]], [[4, 3], [1, 5]])
    [0.3333333333333333, 1.0]
    """
    from scipy.optimize import linear_sum_assignment

    table = np.array([[len({*one} & {*other}) / len({*one} | {*other}) for other in others]
                      for one in ones])
    rows, columns = linear_sum_assignment(-table)
    best = dict(zip(rows.tolist(), table[rows, columns].tolist(), strict=True))
    return [best.get(row, 0.0) for row in range(len(ones))]
