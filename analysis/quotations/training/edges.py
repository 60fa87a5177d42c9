"""What the network learns about the edges of spans: which word ends what another begins."""

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as fn

from analysis.quotations.chain import runs
from analysis.quotations.training.data import IGNORED
from analysis.quotations.training.model import EDGE


def edge_loss(vectors: Tensor, tags: Tensor) -> Tensor:
    """Cross-entropy of each span's end given its start and start given its end, summed.

    `vectors` is (batch, pieces, 2 × ``EDGE``): each piece as a first word, then as a last;
    `tags` (batch, pieces) has ``IGNORED`` where no word begins.
    """
    row, first, last = (
        torch.from_numpy(part).to(tags.device) for part in span_edges(tags.cpu().numpy())
    )
    as_first, as_last = vectors.split(EDGE, -1)
    at = torch.arange(tags.shape[1], device=tags.device)[None, :]
    unread = tags[row] == IGNORED
    ends = _products(as_first[row, first], as_last[row])
    ends = ends.masked_fill(unread | (at < first[:, None]), -1e4)
    starts = _products(as_last[row, last], as_first[row])
    starts = starts.masked_fill(unread | (at > last[:, None]), -1e4)
    return (
        fn.cross_entropy(ends, last, reduction="sum")
        + fn.cross_entropy(starts, first, reduction="sum")
    )


def _products(edge: Tensor, others: Tensor) -> Tensor:
    return (edge[:, None] @ others.transpose(1, 2))[:, 0].float()


def span_edges(tags: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row, first and last piece of every span in an array of tags."""
    found = []
    for row, line in enumerate(tags):
        at = np.flatnonzero(line != IGNORED)
        own = line[at]
        # a window may begin within a span, of which it does not know the first word
        found += [(row, at[a], at[b - 1]) for _, a, b in runs(own) if own[a] % 2]
    parts = np.array(found, np.int64).reshape(-1, 3)
    return parts[:, 0].copy(), parts[:, 1].copy(), parts[:, 2].copy()
