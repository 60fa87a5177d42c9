"""Intervals by drawing the articles anew, and by counting where nothing is drawn.

Quotations of one article are not independent: one interview brings twenty of the same person.
So articles are drawn, never quotations, and the copies of one text are drawn together.
"""

from functools import lru_cache

import numpy as np

from analysis.errors import wrong_value

MIN_ARTICLES = 5  # below this the draws say nothing of the spread
_MOST_BLOCKS = 1000
_FEWEST_DRAWS = 50
_MOST_COLUMNS = 2000  # groups drawn at once: bounds memory with 50,000 speakers


def deal_blocks(units: np.ndarray, *, random_seed: int) -> tuple[np.ndarray, int]:
    """Deal units (articles, numbered from 0) into at most 1,000 blocks and give each one's block.

    A million articles need no million columns: blocks of articles dealt at random spread as
    their articles do.
    """
    n = int(units.max()) + 1 if len(units) else 0
    if n <= _MOST_BLOCKS:
        return units, n
    order = np.random.default_rng(random_seed).permutation(n) % _MOST_BLOCKS
    return order[units], _MOST_BLOCKS


@lru_cache(maxsize=4)  # 260 weeks of a large corpus have as many blocks each: drawn once
def draw_weights(n: int, *, n_bootstrap: int, random_seed: int) -> np.ndarray:
    """Give how often each of `n` blocks is drawn, one row per draw of the whole corpus.

    Raises
    ------
    InputError
        If there are fewer than 50 draws: a spread of so few may be a fifth too narrow.
    """
    if n_bootstrap < _FEWEST_DRAWS:
        raise wrong_value("n_bootstrap", n_bootstrap, expected=f"{_FEWEST_DRAWS} or more")
    rng = np.random.default_rng(random_seed)
    weights = rng.multinomial(n, np.full(n, 1 / n), size=n_bootstrap).astype("float64")
    weights.flags.writeable = False  # it is shared
    return weights


def share_intervals(
    counts: np.ndarray, totals: np.ndarray, *, n_bootstrap: int = 1000, random_seed: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """Give 95 % intervals of shares.

    Parameters
    ----------
    counts
        Blocks × groups: what each block of articles adds to each group.
    totals
        Blocks × groups, or blocks × 1: what each block adds to the whole.
    n_bootstrap, random_seed
        Number and seed of the draws.

    Returns
    -------
    tuple of two arrays
        Lower and upper ends per group, between 0 and 1, missing with fewer than five blocks.

    Notes
    -----
    Standard error of the share's logit over the draws, Student's t with blocks − 1 degrees.
    Draws without the group count half a unit instead of none, so that a rare group's logit stays
    finite. Percentile intervals were tried and cover too little: 75 to 92 % with 8 to 40
    articles, where these cover 93 to 97 % (tests/benchmarks/coverage.py).
    A share of exactly 0 or 1 has Wilson's interval over the blocks.
    """
    n = len(counts)
    if n < MIN_ARTICLES:
        missing = np.full(counts.shape[1], np.nan)
        return missing, missing.copy()
    weights = draw_weights(n, n_bootstrap=n_bootstrap, random_seed=random_seed)
    of = weights @ totals
    whole = totals.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = counts.sum(axis=0) / whole
    spread = [
        logit_spread(weights @ counts[:, part], of if of.shape[1] == 1 else of[:, part],
                     whole=whole if len(whole) == 1 else whole[part])
        for part in (slice(at, at + _MOST_COLUMNS)
                     for at in range(0, counts.shape[1], _MOST_COLUMNS))
    ]
    return ends_of_share(value, np.concatenate(spread) if spread else np.empty(0), n)


def logit_spread(drawn: np.ndarray, of: np.ndarray, *, whole: np.ndarray) -> np.ndarray:
    """Give the standard error of each share's logit over draws × groups."""
    floor = np.clip(0.5 / np.maximum(whole, 1e-12), 1e-12, 0.25)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.clip(drawn / of, floor, 1 - floor)
        logits = np.log(shares / (1 - shares))
    known = ~np.isnan(logits)
    n = np.maximum(known.sum(axis=0), 2)
    middle = np.where(known, logits, 0).sum(axis=0) / n
    squares = np.where(known, (logits - middle) ** 2, 0).sum(axis=0)
    return np.sqrt(squares / (n - 1))


def ends_of_share(value: np.ndarray, spread: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Give the interval of shares from the standard error of their logits over `n` blocks."""
    t = _t_quantile(n - 1)
    wilson_low, wilson_high = wilson(np.where(value >= 1, n, 0), np.full(value.shape, n))
    inside = (value > 0) & (value < 1)
    safe = np.where(inside, value, 0.5)
    logit = np.log(safe / (1 - safe))
    low = np.where(inside, 1 / (1 + np.exp(t * spread - logit)), wilson_low)
    high = np.where(inside, 1 / (1 + np.exp(-t * spread - logit)), wilson_high)
    known = ~np.isnan(value)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def log_interval(
    value: float, draws: np.ndarray, n: int, *, lower: float = 0.0, upper: float = np.inf
) -> tuple[float, float]:
    """Give the interval of a positive figure from its draws, on the log scale, within bounds."""
    if n < MIN_ARTICLES or not value > 0:
        return np.nan, np.nan
    reach = np.exp(_t_quantile(n - 1) * np.std(np.log(np.maximum(draws, 1e-12)), ddof=1))
    return max(value / reach, lower), min(value * reach, upper)


def wilson(n_right: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give Wilson's (1927) 95 % interval of n_right / n, missing where n is 0."""
    n_right, n = np.asarray(n_right, dtype="float64"), np.asarray(n, dtype="float64")
    z = 1.959963984540054
    with np.errstate(divide="ignore", invalid="ignore"):
        share = n_right / n
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        reach = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return np.clip(middle - reach, 0, 1), np.clip(middle + reach, 0, 1)


def _t_quantile(degrees: int) -> float:
    """Student's t at 97.5 %, by Cornish and Fisher's expansion (right to 0.02 from 4 degrees on).

    scipy has it, but would be one more dependency for one number.
    """
    z, v = 1.959963984540054, max(degrees, 1)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / v ** (power + 1) for power, term in enumerate(terms))
