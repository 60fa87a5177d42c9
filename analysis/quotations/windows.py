"""Texts cut into windows for the network, and windows of one width put into batches."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analysis.quotations.pieces import PieceTable, Words

WINDOW = 160  # pieces read at once
CONTEXT = 32  # pieces by which the windows of one long paragraph overlap
BUCKET = 16
BATCH = 512  # padded pieces in one run of the network: more leave the cache, and cost a sixth more


@dataclass(frozen=True, slots=True)
class Stream:
    """All pieces of a text with a mark between paragraphs.

    `unit` is 1 where a word starts or a mark stands: the units that get a tag.
    """

    pieces: np.ndarray
    quoted: np.ndarray
    unit: np.ndarray
    marks: np.ndarray


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces `start` to `end` of text number `text`; it answers for `first` to `last` of them."""

    text: int
    start: int
    end: int
    first: int
    last: int


def stream_of(words: Words, table: PieceTable) -> Stream:
    """Join the pieces of a text, with a mark wherever a new line begins."""
    breaks = np.flatnonzero(np.diff(words.paragraph)) + 1
    at = words.first[breaks]
    unit = np.zeros(len(words.pieces), bool)
    unit[words.first[:-1]] = True
    quoted = np.repeat(words.quoted, np.diff(words.first))
    return Stream(
        np.insert(words.pieces, at, table.paragraph),
        np.insert(quoted, at, 0),
        np.insert(unit, at, True),
        at + np.arange(len(at)),
    )


def windows_of(number: int, stream: Stream) -> Iterator[Window]:
    """Pack whole paragraphs together; cut a longer one into windows that overlap."""
    room, size, start = WINDOW - 2, len(stream.pieces), 0
    ends = np.append(stream.marks, size)
    while start < size:
        fitting = int(np.searchsorted(ends, start + room, side="right")) - 1
        end = int(ends[fitting]) if fitting >= 0 else -1
        if end > start:
            yield Window(number, start, end, start, end)
        else:
            end = int(ends[np.searchsorted(ends, start, side="right")])
            yield from _overlapping(number, start, end, room)
        start = end + 1


def _overlapping(number: int, start: int, end: int, room: int) -> Iterator[Window]:
    context = min(CONTEXT, room // 4)
    step = room - 2 * context
    first = start
    while first < end:
        last = min(first + step + (context if first == start else 0), end)
        if end - last <= context:
            last = end
        yield Window(number, max(start, first - context), min(end, last + context), first, last)
        first = last


def width_of(window: Window) -> int:
    """Give the width of a window's row: a multiple of ``BUCKET``."""
    return -(-(window.end - window.start + 2) // BUCKET) * BUCKET


def batches_of(windows: list[Window]) -> Iterator[list[Window]]:
    """Put windows of one width together, at most ``BATCH`` pieces."""
    by_width: dict[int, list[Window]] = {}
    for window in windows:
        by_width.setdefault(width_of(window), []).append(window)
    for width, same in sorted(by_width.items()):
        count = max(1, BATCH // width)
        for at in range(0, len(same), count):
            yield same[at : at + count]
