"""Which quotations may be the same words: those that share neighbouring words, never all pairs.

A pair of quotations is one number, the earlier place in its upper 32 bits. All is done on sorted
arrays, a part at a time: memory grows by some bytes per quotation.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from analysis.topics.voices import Voices

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# A pair of words that stands in more wordings than this tells nothing ("prime minister").
_MOST_WORDINGS = 200
_SHARED = 0.3
_BLOCK = 1000
_MOST_SHORT = 60
_NEIGHBOURS = 3  # in a large group: enough to join a family of any size
_PAIRS_AT_ONCE = 1_000_000  # sorting them takes about 100 bytes each


def find_candidates(voices: Voices) -> np.ndarray:
    """Give the pairs of places to compare, each once, as numbers in order."""
    parts = [np.empty(0, np.uint64)]
    for found in (_same_speaker, _same_wording):
        for pairs in found(voices):
            parts.append(np.unique(pairs))
    return np.unique(np.concatenate(parts))


def split_pair(pair: int) -> tuple[int, int]:
    """Give the two places of a pair."""
    return pair >> 32, pair & 0xFFFFFFFF


def _same_speaker(voices: Voices) -> Iterator[np.ndarray]:
    """Give the pairs of one speaker that share two neighbouring words, or all words."""
    places = np.arange(len(voices))
    yield from _within(voices.speakers, voices.words.hashes(), places, all_below=_MOST_SHORT)
    n_parts = 1 + voices.units.n_pairs // _PAIRS_AT_ONCE
    for part in range(n_parts):
        keys, owners = _pairs_where(
            voices, lambda _keys, owners, part=part: (voices.speakers[owners] >= 0)
            & (voices.speakers[owners] % n_parts == part))
        yield from _within(voices.speakers[owners], keys, owners, all_below=_MOST_SHORT)


def _pairs_where(
    voices: Voices, wanted: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Give those pairs of neighbouring units that are wanted, and whose they are."""
    kept = []
    for keys, owners in voices.units.pairs():
        here = wanted(keys, owners)
        kept.append((keys[here], owners[here]))
    if not kept:
        return np.empty(0, np.uint64), np.empty(0, int)
    return np.concatenate([keys for keys, _ in kept]), np.concatenate([own for _, own in kept])


def _within(
    speakers: np.ndarray, keys: np.ndarray, places: np.ndarray, *, all_below: int
) -> Iterator[np.ndarray]:
    """Give the pairs of places that have speaker and key in common.

    In groups of more than `all_below` only neighbours up to three places apart.
    """
    order = np.lexsort((places, keys, speakers))
    speakers, keys, places = speakers[order], keys[order], places[order]
    groups, once = np.cumsum(_starts(speakers, keys)), _starts(speakers, keys, places)
    groups, places = groups[once], places[once]
    small = np.bincount(groups)[groups] <= all_below if len(groups) else np.empty(0, bool)
    for lag in range(1, max(all_below, _NEIGHBOURS + 1)):
        pairs = groups[lag:] == groups[:-lag]
        if lag > _NEIGHBOURS:
            pairs &= small[lag:]
        if not pairs.any():
            return
        yield _numbers(places[:-lag][pairs], places[lag:][pairs])


def _same_wording(voices: Voices) -> Iterator[np.ndarray]:
    """Give the pairs of the same units, and of wordings that share a good part of theirs."""
    hashes, several = voices.units.hashes(), np.flatnonzero(voices.units.sizes > 1)
    yield from _within(np.zeros(len(several), int), hashes[several], several, all_below=0)
    _, first, wording = np.unique(hashes[several], return_index=True, return_inverse=True)
    order = np.argsort(wording, kind="stable")
    ends = np.concatenate(([0], np.cumsum(np.bincount(wording))))
    members = several[order]
    for one, other in _shared_pairs(voices, several[first]):
        lone = (np.diff(ends)[one] == 1) & (np.diff(ends)[other] == 1)
        a, b = members[ends[one[lone]]], members[ends[other[lone]]]
        yield _numbers(np.minimum(a, b), np.maximum(a, b))
        for x, y in zip(one[~lone].tolist(), other[~lone].tolist(), strict=True):
            xs, ys = (members[ends[at]:ends[at + 1]][:_MOST_SHORT] for at in (x, y))
            a, b = np.repeat(xs, len(ys)), np.tile(ys, len(xs))
            yield _numbers(np.minimum(a, b), np.maximum(a, b))


def _shared_pairs(
    voices: Voices, wordings: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Give the wordings that share a good part of their pairs of neighbouring words."""
    matrix = _telling_pairs(voices, wordings)
    across = matrix.T.tocsr()
    sizes = voices.units.sizes[wordings] - 1
    for begin in range(0, len(wordings), _BLOCK):
        block = (matrix[begin:begin + _BLOCK] @ across).tocoo()
        first, second = block.row + begin, block.col
        enough = block.data >= np.maximum(_SHARED * np.minimum(sizes[first], sizes[second]), 1)
        keep = enough & (first < second)
        yield first[keep], second[keep]


def _telling_pairs(voices: Voices, wordings: np.ndarray) -> "csr_matrix":
    """Give wordings × pairs of neighbouring units, of those that stand in several wordings."""
    from scipy.sparse import csr_matrix

    number = np.full(len(voices), -1)
    number[wordings] = np.arange(len(wordings))
    n_parts = 1 + voices.units.n_pairs // _PAIRS_AT_ONCE
    all_rows, all_columns, n_columns = [], [], 0
    for part in range(n_parts):
        keys, owners = _pairs_where(
            voices, lambda keys, owners, part=part: (number[owners] >= 0)
            & (keys % np.uint64(n_parts) == part))
        rows = number[owners]
        order = np.lexsort((rows, keys))
        keys, rows = keys[order], rows[order]
        once = _starts(keys, rows)
        keys, rows = keys[once], rows[once]
        columns = np.cumsum(_starts(keys)) - 1
        spread = np.bincount(columns)[columns] if len(columns) else columns
        telling = (spread > 1) & (spread <= _MOST_WORDINGS)
        all_rows.append(rows[telling].astype(np.int32))
        all_columns.append((columns[telling] + n_columns).astype(np.int32))
        n_columns += len(keys)
    rows, columns = np.concatenate(all_rows), np.concatenate(all_columns)
    _, columns = np.unique(columns, return_inverse=True)
    return csr_matrix((np.ones(len(rows), np.int32), (rows, columns)),
                      shape=(len(wordings), int(columns.max(initial=-1)) + 1))


def _starts(*keys: np.ndarray) -> np.ndarray:
    """Say of each row of sorted keys whether it differs from the one before."""
    starts = np.ones(len(keys[0]), dtype=bool)
    starts[1:] = np.any([key[1:] != key[:-1] for key in keys], axis=0)
    return starts


def _numbers(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return (first.astype(np.uint64) << np.uint64(32)) | second.astype(np.uint64)
