"""Boosted trees as plain arrays, evaluated for many rows at once in NumPy."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np


@dataclass(frozen=True)
class Trees:
    """A sum of decision trees behind a logistic link.

    Attributes
    ----------
    feature, threshold, left, right, value
        One row per tree, one column per node; node 0 is the root, a leaf is its own child.
    start, depth
        Score of a row before the first tree; the longest way from a root to a leaf.
    """

    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray
    start: float
    depth: int

    def probability(self, rows: np.ndarray) -> np.ndarray:
        """Give the probability of each row of features."""
        score = np.full(len(rows), self.start)
        for at in range(0, len(rows), 4096):
            score[at : at + 4096] += self._sum(rows[at : at + 4096])
        return 1.0 / (1.0 + np.exp(-score))

    def _sum(self, rows: np.ndarray) -> np.ndarray:
        n_trees, width = self.feature.shape
        base = (np.arange(n_trees) * width)[None]
        lines = (np.arange(len(rows)) * rows.shape[1])[:, None]
        node = np.broadcast_to(base, (len(rows), n_trees)).copy()
        flat = rows.ravel()
        feature, threshold = self.feature.ravel(), self.threshold.ravel()
        step = np.stack([self.right.ravel(), self.left.ravel()])
        for _ in range(self.depth):
            goes_left = flat[lines + feature[node]] <= threshold[node]
            node = base + step[goes_left.view(np.int8), node]
        return self.value.ravel()[node].sum(1)

    def arrays(self, name: str) -> dict[str, np.ndarray]:
        """Give every part as an array under `name.part`, for a .npz file."""
        return {f"{name}.{item.name}": np.asarray(getattr(self, item.name))
                for item in fields(self)}

    @classmethod
    def from_arrays(cls, stored: dict[str, np.ndarray], name: str) -> Self:
        """Build the trees that `arrays` gave."""
        parts = {item.name: stored[f"{name}.{item.name}"] for item in fields(cls)}
        return cls(**{**parts, "start": float(parts["start"]), "depth": int(parts["depth"])})
