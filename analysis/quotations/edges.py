"""The edges of spans, settled once both are in sight.

The chain of tags decides word by word where a span stops; it cannot ask whether what began as
"whether" has come to its end. The network therefore gives every word two more vectors: one as a
first word, one as a last. Their product says how well two words make one span, and is added to
what the chain thinks of the same edges. Only one edge of a span is moved at a time: first its
end, given its start, then its start.

On PolNeAR dev this gains half a point of exact content F1 (`model/README.md`).
"""

from typing import NamedTuple

import numpy as np

from analysis.quotations.chain import TAGS

FARTHEST = 96  # words from one edge to the other; longer spans stay as they are
SURE = 0.9  # an edge of which the chain is as sure as that stays
TINY = 1e-9
INSIDE = np.arange(2, len(TAGS), 2)  # the tag that goes on with a span, by label


class Reading(NamedTuple):
    """Some windows as arrays (windows, words, …), padded at their ends.

    `own` are the scores of tags, `ahead` and `behind` what :func:`forward_backward` gives;
    `first` and `last` each word's vectors as an edge of a span.
    """

    length: np.ndarray
    own: np.ndarray
    ahead: np.ndarray
    behind: np.ndarray
    first: np.ndarray
    last: np.ndarray


def settle(spans: np.ndarray, reading: Reading, follow: np.ndarray) -> np.ndarray:
    """Move edges of spans to where both agree best.

    Parameters
    ----------
    spans
        One row a span: window, number of the label, first word, last word + 1; in order, none
        overlapping.
    reading
        The windows.
    follow
        Scores of tag after tag.

    Returns
    -------
    ndarray
        The spans with their edges moved; still in order, none overlapping.
    """
    if not len(spans):
        return spans
    move = np.exp(follow)
    spans = spans.copy()
    same = spans[1:, 0] == spans[:-1, 0]
    limit = reading.length[spans[:, 0]]
    limit[:-1][same] = spans[1:, 2][same]
    spans[:, 3] = _ends(spans, limit, reading, move)
    limit = np.zeros(len(spans), np.int64)
    limit[1:][same] = spans[:-1, 3][same]
    spans[:, 2] = _starts(spans, limit, reading, move)
    return spans


def _ends(spans: np.ndarray, limit: np.ndarray, reading: Reading, move: np.ndarray) -> np.ndarray:
    """Best ends, at most `limit`."""
    row, label, a, b = spans.T
    width = reading.own.shape[1]
    at = a[:, None] + 1 + np.arange(FARTHEST)  # the word that would be outside
    near = np.minimum(at, width - 1)
    after_first, after_others = _goes_on(reading, move)
    stays = after_others[row[:, None], near, label[:, None]]
    stays[:, 0] = after_first[row, near[:, 0], label]
    stays[at >= reading.length[row][:, None]] = 0.0
    best = _best(b - a - 1, _path(stays), at <= limit[:, None],
                 reading.first[row, a], reading.last[row[:, None], np.minimum(at, width) - 1])
    return a + 1 + best


def _goes_on(reading: Reading, move: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Probability that each word goes on with a span of each label that the word before is in.

    First where the word before is the span's first, then where it is another.
    """
    weight = np.exp(reading.own - reading.own.max(2, keepdims=True)) * reading.behind
    total, own = weight @ move.T + TINY, weight[..., INSIDE]
    first, others = (own * move[before, INSIDE] / total[..., before]
                     for before in (INSIDE - 1, INSIDE))
    return first, others


def _starts(spans: np.ndarray, limit: np.ndarray, reading: Reading, move: np.ndarray) -> np.ndarray:
    """Best starts, at least `limit`."""
    row, label, a, b = spans.T
    at = b[:, None] - 1 - np.arange(FARTHEST)  # the word that would be first
    came = _goes_back(reading, move)[row[:, None], np.maximum(at, 0), label[:, None]]
    both = reading.ahead[row, b - 1] * reading.behind[row, b - 1]
    one, more = (np.take_along_axis(both, tag[:, None], 1)[:, 0]
                 for tag in (INSIDE[label] - 1, INSIDE[label]))
    share = more / (one + more + TINY)  # how surely the last word is not the first too
    longer = np.log(share + TINY)[:, None] + _path(came)[:, :-1]
    path = np.concatenate([np.log(1 - share + TINY)[:, None], longer], 1)
    best = _best(b - 1 - a, path, at >= limit[:, None],
                 reading.last[row, b - 1], reading.first[row[:, None], np.maximum(at, 0)])
    return b - 1 - best


def _goes_back(reading: Reading, move: np.ndarray) -> np.ndarray:
    """Probability that a span of each label that goes on at a word did not begin just before it."""
    begins = reading.ahead[..., INSIDE - 1] * move[INSIDE - 1, INSIDE]
    goes = reading.ahead[..., INSIDE] * move[INSIDE, INSIDE]
    share = goes / (begins + goes + TINY)
    return np.concatenate([np.zeros_like(share[:, :1]), share[:, :-1]], 1)


def _path(stays: np.ndarray) -> np.ndarray:
    """Log-probability of stopping after 0, 1, 2 … words more, each of which might go on."""
    on = np.cumsum(np.log(stays + TINY), 1)
    before = np.concatenate([np.zeros((len(on), 1)), on[:, :-1]], 1)
    return before + np.log(1 - stays + TINY)


def _best(
    now: np.ndarray, path: np.ndarray, allowed: np.ndarray, edge: np.ndarray, others: np.ndarray
) -> np.ndarray:
    """Give the best number of words to the other edge, `now` where that is far or sure."""
    total = np.where(allowed, path + np.einsum("ns,nks->nk", edge, others), -np.inf)
    far = now >= FARTHEST
    sure = np.take_along_axis(path, np.where(far, 0, now)[:, None], 1)[:, 0] > np.log(SURE)
    return np.where(far | sure, now, total.argmax(1))
