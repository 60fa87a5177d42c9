"""Do the 95 % intervals cover the truth? 500 simulated corpora a setting, shares known.

Usage: python tests/benchmarks/coverage.py [--corpora 500] [--draws 400]

Articles differ in length and in whom they quote: each has its own share, Beta around the true one
with likeness 0.15, as one interview brings many quotations of one person. Settings where the group
is expected in fewer than three articles are shown and not judged: there the interval is wide and
covers more than it must.
"""

import argparse

import numpy as np
import pandas as pd

from analysis.measures.compare import difference_interval
from analysis.measures.diversity import figures
from analysis.measures.intervals import draw_weights, log_interval, share_intervals

SETTINGS = [(n, share) for n in (10, 20, 40, 100, 400) for share in (0.03, 0.1, 0.25, 0.5)]


def corpus(rng: np.random.Generator, n: int, share: float) -> tuple[np.ndarray, np.ndarray]:
    sizes = 1 + rng.negative_binomial(3, 3 / 14, n)
    own = rng.beta(share * 0.85 / 0.15, (1 - share) * 0.85 / 0.15, n)
    return rng.binomial(sizes, own)[:, None].astype(float), sizes[:, None].astype(float)


def cover_share(n: int, share: float, corpora: int, draws: int) -> float:
    rng = np.random.default_rng(1)
    hits = 0
    for seed in range(corpora):
        counts, totals = corpus(rng, n, share)
        low, high = share_intervals(counts, totals, n_bootstrap=draws, random_seed=seed)
        hits += bool(low[0] <= share <= high[0])
    return hits / corpora


def cover_difference(n: int, corpora: int, draws: int) -> float:
    rng = np.random.default_rng(2)
    hits = 0
    for seed in range(corpora):
        side = {}
        for name, share in (("first", 0.4), ("second", 0.25)):
            counts, totals = corpus(rng, n, share)
            low, high = share_intervals(counts, totals, n_bootstrap=draws, random_seed=seed)
            side |= {f"value_{name}": counts.sum() / totals.sum(), f"low_{name}": low[0],
                     f"high_{name}": high[0]}
        found = difference_interval(pd.DataFrame([side]))
        hits += bool(found["low"].iloc[0] <= 0.15 <= found["high"].iloc[0])
    return hits / corpora


def cover_concentration(n: int, corpora: int, draws: int) -> float:
    """HHI of 12 speakers, each article with its own mix."""
    rng = np.random.default_rng(3)
    truth = np.array([0.25, 0.2, 0.1, 0.1, 0.08, 0.07, 0.05, 0.05, 0.04, 0.03, 0.02, 0.01])
    hits = 0
    for seed in range(corpora):
        sizes = 1 + rng.negative_binomial(3, 3 / 14, n)
        cells = np.array([rng.multinomial(size, rng.dirichlet(truth * 5.7))
                          for size in sizes], float)
        value = figures(cells.sum(axis=0)[None, :], top_k=3)["hhi"][0]
        weights = draw_weights(n, n_bootstrap=draws, random_seed=seed)
        drawn = figures(weights @ cells, top_k=3)["hhi"]
        low, high = log_interval(float(value), drawn, n, upper=1.0)
        hits += bool(low <= (truth**2).sum() <= high)
    return hits / corpora


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=int, default=500)
    parser.add_argument("--draws", type=int, default=400)
    args = parser.parse_args()
    print("| figure | articles | true share | intervals that cover |\n|---|--:|--:|--:|")
    judged = []
    for n, share in SETTINGS:
        found = cover_share(n, share, args.corpora, args.draws)
        rare = n * min(1, share * 4) < 3
        judged += [] if rare else [found]
        print(f"| share | {n} | {share:.0%} | {found:.1%}{' (rare)' if rare else ''} |", flush=True)
    for n in (20, 100):
        print(f"| difference | {n} a side | 40 % and 25 % | "
              f"{cover_difference(n, args.corpora, args.draws):.1%} |", flush=True)
        print(f"| HHI | {n} | 12 speakers | "
              f"{cover_concentration(n, args.corpora, args.draws):.1%} |", flush=True)
    print(f"\nShares: {min(judged):.1%} to {max(judged):.1%}, mean {np.mean(judged):.1%}.")


if __name__ == "__main__":
    main()
