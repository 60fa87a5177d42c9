"""Which found quotation answers which annotated one."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from analysis.accuracy.spans import Spans, length, shared

HALF = 0.5


class Matching(NamedTuple):
    """Pairs of annotated and found items by position, each used at most once.

    `exact`: equal after trimming. `partial`: at least half of their characters in common.
    """

    exact: dict[int, int]
    partial: dict[int, int]


def match(
    gold: Sequence[Spans], found: Sequence[Spans],
    *, prefer: Callable[[int, int], bool] = lambda _gold, _found: False,
) -> Matching:
    """Pair annotated with found spans, the best overlap first.

    Parameters
    ----------
    gold, found
        Normalised spans of one article.
    prefer
        Says of a pair whether it goes before others of the same overlap (here: sources agree).

    Notes
    -----
    Greedy by falling overlap, ties by `prefer`, then by position. The exact pairs are matched
    on their own, so that a duplicate found twice is right once and wrong once.
    """
    exact, partial = [], []
    for one, other, common in _overlapping(gold, found):
        either = length(gold[one]) + length(found[other]) - common
        behind = not prefer(one, other)
        if gold[one] == found[other]:
            exact.append((behind, one, other))
        if common / either >= HALF:
            partial.append((-common / either, behind, one, other))
    return Matching(_take_best(exact), _take_best(partial))


def _overlapping(
    gold: Sequence[Spans], found: Sequence[Spans]
) -> Iterable[tuple[int, int, int]]:
    for one, first in enumerate(gold):
        for other, second in enumerate(found):
            apart = first[-1][1] <= second[0][0] or second[-1][1] <= first[0][0]
            common = 0 if apart else shared(first, second)
            if common:
                yield one, other, common


def _take_best(ranked: Iterable[tuple]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for *_, one, other in sorted(ranked):
        if one not in pairs and other not in used:
            pairs[one] = other
            used.add(other)
    return pairs
