"""Bootstrap over articles: how far a share could be off by the chance of which articles ran.

Quotations of one article are not independent (one interview gives ten), so whole articles are
drawn, never single quotations. Seeded and vectorised: a draw is a row of counts of how often each
article was taken, and one matrix product gives every share of every draw.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

N_DRAWS = 1000
LEVEL = 0.95
FEW_ARTICLES = 8  # with fewer, an interval would promise more than the articles can tell
_CELLS = 4_000_000  # draws × articles held at once


def count_matrix(
    frame: pd.DataFrame, *, by: str, groups: Sequence[object], weight: str = ""
) -> np.ndarray:
    """Give counts as articles × groups, rows in order of first appearance.

    Parameters
    ----------
    frame
        One row per quotation; needs `article_id`, `by` and, if given, `weight`.
    by
        Column of the groups; rows in none of them count in no column.
    groups
        The groups, in the order of the columns.
    weight
        Column to sum instead of counting rows.
    """
    article = pd.factorize(frame["article_id"])[0]
    group = pd.Index(groups).get_indexer(frame[by])
    values = frame[weight].to_numpy("float64") if weight else np.ones(len(frame))
    counts = np.zeros((article.max(initial=-1) + 1, len(groups)))
    inside = group >= 0
    np.add.at(counts, (article[inside], group[inside]), values[inside])
    return counts


def draw_totals(
    counts: np.ndarray, *, random_seed: int, n_draws: int = N_DRAWS
) -> np.ndarray:
    """Give the column totals of each bootstrap draw: draws × columns."""
    rng = np.random.default_rng(random_seed)
    n = len(counts)
    at_once = max(1, _CELLS // max(n, 1))
    parts = []
    for start in range(0, n_draws, at_once):
        taken = rng.multinomial(n, np.full(n, 1 / n), size=min(at_once, n_draws - start))
        parts.append(taken @ counts)
    return np.concatenate(parts) if parts else np.zeros((0, counts.shape[1]))


def interval_of(
    counts: np.ndarray, measure: Callable[[np.ndarray], np.ndarray], *, random_seed: int,
    centred: bool = False,
) -> tuple[np.ndarray, np.ndarray]:
    """Give the lower and upper ends of the 95 % interval of a measure of the totals.

    Parameters
    ----------
    counts
        Articles × columns.
    measure
        Takes totals (draws × columns) and gives values (draws × results).
    random_seed
        Same seed, same interval.
    centred
        Whether to move the draws' mean onto the value. For measures that every draw
        underestimates, such as entropy: a draw holds fewer different articles than the corpus.

    Returns
    -------
    tuple of numpy.ndarray
        Low and high, one per result; NaN with fewer than 8 articles. The percentile interval
        is widened by √(n/(n−1)) about the value, since the plain bootstrap's spread is too
        small by that factor (Hesterberg 2015, "What Teachers Should Know About the Bootstrap").
    """
    value = measure(counts.sum(axis=0, keepdims=True))[0]
    if len(counts) < FEW_ARTICLES:
        return np.full_like(value, np.nan), np.full_like(value, np.nan)
    draws = measure(draw_totals(counts, random_seed=random_seed))
    if centred:
        draws = draws + (value - np.nanmean(draws, axis=0))
    tail = (1 - LEVEL) / 2
    low, high = np.nanquantile(draws, [tail, 1 - tail], axis=0)
    wider = np.sqrt(len(counts) / (len(counts) - 1))
    return (np.minimum(value + (low - value) * wider, value),
            np.maximum(value + (high - value) * wider, value))
