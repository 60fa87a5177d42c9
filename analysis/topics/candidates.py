"""Which quotations may be the same words: those that share neighbouring words, never all pairs.

A pair of quotations is one number, the earlier place in its upper 32 bits. All is done on sorted
arrays, a bucket at a time.
"""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from analysis.tables import Buckets, Shelf, paired, split_pair
from analysis.topics.voices import Voices

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# A pair of words that stands in more wordings than this tells nothing ("prime minister").
_MOST_WORDINGS = 200
_SHARED = 0.3
_BLOCK = 1000
_MOST_SHORT = 60
_FIRST_IN_A_BUCKET = 20_000  # quotations, of some tens of pairs each
_IN_A_RANGE = 80_000  # quotations
_MOST_RANGES = 24  # for each is compared with each
_NEIGHBOURS = 3  # in a large group: enough to join a family of any size


class _Wordings(NamedTuple):
    """Quotations of the same units: each is led by the earliest, whose place names them.

    `several` says which places lead others; of these, `leaders` are sorted and
    `members[ends[i]:ends[i + 1]]` are theirs.
    """

    several: np.ndarray
    leaders: np.ndarray
    members: np.ndarray
    ends: np.ndarray

    def of(self, leader: int) -> np.ndarray:
        """Give all of one wording, the first sixty."""
        if not self.several[leader]:
            return np.array([leader])
        at = np.searchsorted(self.leaders, leader)
        return self.members[self.ends[at]:self.ends[at + 1]][:_MOST_SHORT]


def find_candidates(voices: Voices) -> Iterator[np.ndarray]:
    """Give the pairs of places to compare as numbers, each once and in order, part by part."""
    found = Buckets(1 + len(voices) // _FIRST_IN_A_BUCKET)
    for pairs in chain(_same_words(voices), _same_units(voices)):
        once = np.unique(pairs)
        first = split_pair(once)[0].astype(int)
        found.add(pa.table({"pair": once}), first * len(found) // max(len(voices), 1))
    for rows in found:
        yield np.unique(rows.column("pair").to_numpy())


def _same_words(voices: Voices) -> Iterator[np.ndarray]:
    """Give the pairs of one speaker that are the same, word for word."""
    for keys, places in map(_columns, voices.by_words):
        yield from _within(voices.speakers[places], keys, places, all_below=_MOST_SHORT)


def _same_units(voices: Voices) -> Iterator[np.ndarray]:
    """Give the pairs that have units in common.

    They have all in common, or two neighbouring ones and the speaker, or a good part of them.
    """
    sorted_groups, leads = [], np.zeros(len(voices), bool)
    for keys, places in map(_columns, voices.by_units):
        several = voices.n_pairs[places] > 0
        keys, places = keys[several], places[several]
        yield from _within(np.zeros(len(places), int), keys, places, all_below=0)
        order = np.lexsort((places, keys))
        keys, places = keys[order], places[order]
        starts = np.flatnonzero(_starts(keys))
        leads[places[starts]] = True
        sorted_groups.append(_larger(places, starts))
    wordings = _wordings(len(voices), sorted_groups)
    del sorted_groups
    dealt = Buckets(min(1 + len(voices) // _IN_A_RANGE, _MOST_RANGES))
    yield from _same_pair(voices, leads, dealt)
    yield from _shared_pairs(voices, dealt, wordings)


def _same_pair(voices: Voices, leads: np.ndarray, dealt: Buckets) -> Iterator[np.ndarray]:
    """Give the pairs of one speaker that share two neighbouring units.

    The wordings of telling pairs of units, of all speakers, are dealt by ranges of places.
    """
    n_keys = 0
    for keys, places in map(_columns, voices.by_pair):
        spoken = voices.speakers[places] >= 0
        yield from _within(voices.speakers[places[spoken]], keys[spoken], places[spoken],
                           all_below=_MOST_SHORT)
        telling, sizes = _telling(keys[leads[places]], places[leads[places]])
        numbers = np.repeat(np.arange(n_keys, n_keys + len(sizes), dtype=np.int32), sizes)
        n_keys += len(sizes)
        dealt.add(pa.table({"place": telling, "key": numbers}),
                  telling.astype(int) * len(dealt) // len(voices))


def _columns(rows: pa.Table) -> tuple[np.ndarray, np.ndarray]:
    return rows.column("key").to_numpy(), rows.column("place").to_numpy()


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


def _larger(places: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the members of groups of two or more, and how many each has."""
    sizes = np.diff(np.append(starts, len(places)))
    return places[np.repeat(sizes, sizes) > 1], sizes[sizes > 1]


def _wordings(n: int, groups: list[tuple[np.ndarray, np.ndarray]]) -> _Wordings:
    members = np.concatenate([places for places, _ in groups] or [np.empty(0, np.int32)])
    sizes = np.concatenate([sizes for _, sizes in groups] or [np.empty(0, int)])
    ends = np.concatenate(([0], np.cumsum(sizes)))
    leaders = members[ends[:-1]]
    members = members[np.argsort(np.repeat(leaders, sizes), kind="stable")]
    ends = np.concatenate(([0], np.cumsum(sizes[np.argsort(leaders)])))
    several = np.zeros(n, bool)
    several[members[ends[:-1]]] = True
    return _Wordings(several, members[ends[:-1]], members, ends)


def _telling(keys: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the wordings of each pair of neighbouring units that stands in several, and how many."""
    order = np.lexsort((places, keys))
    keys, places = keys[order], places[order]
    once = _starts(keys, places)
    keys, places = keys[once], places[once]
    starts = np.flatnonzero(_starts(keys))
    sizes = np.diff(np.append(starts, len(keys)))
    telling = (sizes > 1) & (sizes <= _MOST_WORDINGS)
    return places[np.repeat(telling, sizes)], sizes[telling]


def _shared_pairs(
    voices: Voices, dealt: Buckets, wordings: _Wordings
) -> Iterator[np.ndarray]:
    """Give the pairs of wordings that share a good part of their pairs of neighbouring units.

    `dealt` holds the wordings of telling pairs of units, a range of places a bucket; each range is
    compared with itself and those before.
    """
    shelf, n = _sorted_ranges(dealt)
    for number in range(n):
        own_keys = np.unique(_rows(shelf, number)[1])
        later, matrix = _matrix(_rows(shelf, number), own_keys)
        across = matrix.T.tocsr()
        for before in range(number + 1):
            earlier, matrix = _matrix(_rows(shelf, before), own_keys)
            for begin in range(0, len(earlier), _BLOCK):
                shared = (matrix[begin:begin + _BLOCK] @ across).tocoo()
                first, second = earlier[begin + shared.row], later[shared.col]
                sizes = np.minimum(voices.n_pairs[first], voices.n_pairs[second])
                keep = (shared.data >= np.maximum(_SHARED * sizes, 1)) & (first < second)
                yield _of_wordings(first[keep], second[keep], wordings)


def _sorted_ranges(dealt: Buckets) -> tuple[Shelf, int]:
    """Put the rows of each range that has any on a shelf, by place; give how many there are."""
    shelf, n = Shelf(len(dealt)), 0
    for rows in dealt:
        shelf.put(np.array([n]), [rows.sort_by("place").to_pandas().to_numpy().T.tobytes()])
        n += 1
    return shelf, n


def _rows(shelf: Shelf, number: int) -> np.ndarray:
    """Give the places and the keys of a range."""
    return np.frombuffer(shelf[number], np.int32).reshape(2, -1)


def _matrix(rows: np.ndarray, known: np.ndarray) -> "tuple[np.ndarray, csr_matrix]":
    """Give the places of wordings, and the matrix of these × the known keys, which are sorted."""
    from scipy.sparse import csr_matrix

    places, keys = rows[:, np.isin(rows[1], known)]
    starts = np.flatnonzero(_starts(places))
    ends = np.append(starts, len(places)).astype(np.int32)
    columns = np.searchsorted(known, keys).astype(np.int32)
    return places[starts], csr_matrix((np.ones(len(keys), np.int16), columns, ends),
                                      shape=(len(starts), len(known)))


def _of_wordings(first: np.ndarray, second: np.ndarray, wordings: _Wordings) -> np.ndarray:
    """Give the pairs of quotations for pairs of wordings."""
    lone = ~(wordings.several[first] | wordings.several[second])
    pairs = [_numbers(first[lone], second[lone])]
    for x, y in zip(first[~lone].tolist(), second[~lone].tolist(), strict=True):
        xs, ys = wordings.of(x), wordings.of(y)
        a, b = np.repeat(xs, len(ys)), np.tile(ys, len(xs))
        pairs.append(_numbers(np.minimum(a, b), np.maximum(a, b)))
    return np.concatenate(pairs)


def _starts(*keys: np.ndarray) -> np.ndarray:
    """Say of each row of sorted keys whether it differs from the one before."""
    starts = np.ones(len(keys[0]), dtype=bool)
    starts[1:] = np.any([key[1:] != key[:-1] for key in keys], axis=0)
    return starts


def _numbers(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return paired(first.astype(np.uint64), second.astype(np.uint64))
