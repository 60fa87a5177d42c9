"""How evenly voice is spread: few voices with much, or many with little."""

import numpy as np
import pandas as pd

from analysis.measures.intervals import count_matrix, interval_of


def measure_diversity(
    voices: pd.DataFrame, *, by: str = "speaker_id", top_k: int = 10, random_seed: int = 0
) -> pd.DataFrame:
    """Measure how evenly quotations are spread over speakers (or any other grouping).

    Parameters
    ----------
    voices
        From `gather_voices`; rows whose group is missing are left out (`n` says how many count).
    by
        The groups.
    top_k
        For the share of the largest groups.
    random_seed
        Seed of the bootstrap over articles.

    Returns
    -------
    pandas.DataFrame
        `measure`, `value`, `low`, `high` (95 % interval), `n` (quotations counted):
        groups heard; share of the top k; HHI (sum of squared shares, 1/groups to 1); Shannon
        entropy in nats; effective number (e to the entropy: so many equally loud groups would
        be as diverse, Hill 1973).

    Notes
    -----
    Entropy and the number of groups grow with the corpus; compare corpora of like size, or
    their intervals. Every bootstrap draw holds fewer groups than the sample, so the draws are
    centred on the value; the interval says how the measure varies, not how many voices were
    missed.
    """
    known = voices.dropna(subset=[by])
    counts = count_matrix(known, by=by, groups=sorted(known[by].unique()))
    names = ["groups heard", f"share of the top {top_k}", "HHI", "Shannon entropy",
             "effective number"]
    if not len(counts):
        return pd.DataFrame({"measure": names, "value": np.nan, "low": np.nan, "high": np.nan,
                             "n": 0})

    def measure(totals: np.ndarray) -> np.ndarray:
        return _diversity(totals, top_k)

    low, high = interval_of(counts, measure, random_seed=random_seed, centred=True)
    value = measure(counts.sum(axis=0, keepdims=True))[0]
    return pd.DataFrame({"measure": names, "value": value, "low": low, "high": high,
                         "n": len(known)})


def _diversity(totals: np.ndarray, top_k: int) -> np.ndarray:
    shares = totals / totals.sum(axis=1, keepdims=True).clip(min=1)
    top = np.sort(shares, axis=1)[:, -top_k:].sum(axis=1)
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    entropy = -(shares * logs).sum(axis=1)
    heard = (totals > 0).sum(axis=1)
    return np.column_stack([heard, top, (shares**2).sum(axis=1), entropy, np.exp(entropy)])
