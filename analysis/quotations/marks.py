"""Quotation marks as they are in the wild, and what lies between them.

A region is what one pair of marks encloses, marks excluded. Double marks (" “ ” `` '' « ») are
paired line by line; an opening mark inside a quotation means that the close was forgotten, an
opening mark at the end of a word closes (“Kuleba said), and a quotation still open at the end of
its line runs to that end, as quotations of several paragraphs do. Single marks (British ‘ ’)
count only where they stand in pairs that cannot be apostrophes and outside double marks.
Whether a text in marks is a quotation, a title or a nickname is not decided here.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from analysis.quotations.pieces import normalise

DOUBLE = "\"“”„‟″«»＂"
SINGLE = "'‘’‚‛`´′‹›"
ANY_MARK = DOUBLE + SINGLE

SAID_IN = 60  # characters of a cue and its source after the last mark of a paragraph
_MARK = re.compile(r"``|''|[\"“”„‟«»″＂]")
_OPENING = {"“", "„", "‟", "«", "``"}
_CLOSING = {"”", "»"}
_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x1c-\x1e\x85]+")
_SINGLE_MARK = re.compile("[‘’'‹›]")


class Region(NamedTuple):
    """What one pair of marks encloses: `start` to `end`, marks excluded.

    `closed` is false where the line ended first; `double` is false for single marks.
    """

    start: int
    end: int
    closed: bool
    double: bool


def quoted_regions(text: str) -> tuple[Region, ...]:
    """Find what lies between quotation marks, in order and without overlap.

    Examples
    --------
    >>> text = "‘No,’ he cried. “It is late, “Kuleba said."
    >>> [text[r.start:r.end] for r in quoted_regions(text)]
    ['No,', 'It is late, ']
    """
    found: list[Region] = []
    for match in _LINE.finditer(text):
        found += _doubles(match.group(), match.start())
    if _SINGLE_MARK.search(text):
        found = _with_singles(text, found)
    return tuple(found)


def _with_singles(text: str, doubles: list[Region]) -> list[Region]:
    """Add regions in single marks; one that encloses double marks takes their place."""
    edges = mask_of(len(text), doubles)
    singles = [r for r in _singles(text) if not (edges[r.start] or edges[r.end - 1])]
    outer = mask_of(len(text), singles)
    return sorted([*singles, *(r for r in doubles if not outer[r.start])])


def _doubles(line: str, offset: int) -> list[Region]:
    regions, opened = [], None
    marks = list(_MARK.finditer(line))
    for match in marks:
        a, b = match.span()
        before, after = line[a - 1] if a else " ", line[b] if b < len(line) else " "
        opens = _opens(match.group(), before, after, opened is not None)
        if opens and opened is not None and match is marks[-1]:
            opens = not _wrong_way(line, a, b)
        if opened is not None and not opens:
            if opened < a:
                regions.append(Region(offset + opened, offset + a, closed=True, double=True))
            opened = None
        elif opens:
            opened = b
    if opened is not None and opened < len(line):
        regions.append(Region(offset + opened, offset + len(line), closed=False, double=True))
    return regions


def _opens(mark: str, before: str, after: str, inside: bool) -> bool:
    """Whether a mark opens: the same decisions as those the accuracy figures are made with."""
    if not inside:
        # 5" wide: a stray mark after a figure opens nothing
        stray = mark not in _OPENING and before.isalnum() and not after.isalnum()
        return mark not in _CLOSING and not stray
    if mark in _OPENING:
        return before.isspace() or not after.isspace()
    return mark not in _CLOSING and after.isalnum() and (before.isspace() or before in "([—")


def _wrong_way(line: str, a: int, b: int) -> bool:
    """Whether the last mark of a line, an opening one, closes: a just cause, “Kuleba said."""
    return line[:a].rstrip().endswith((",", ".", "!", "?")) and len(line) - b <= SAID_IN


def _singles(text: str) -> list[Region]:
    """Pairs of single marks to which `normalise` gave a direction."""
    plain, regions = normalise(text), []
    opened: int | None = None
    for match in re.finditer("[“”\n\r]", plain):
        at = match.start()
        if text[at] not in SINGLE or text[at : at + 2] in ("``", "''"):
            opened = None
        elif match.group() == "“":
            opened = at + 1
        elif opened is not None:
            if opened < at:
                regions.append(Region(opened, at, closed=True, double=False))
            opened = None
    return regions


def mask_of(length: int, regions: Iterable[Region]) -> np.ndarray:
    """Give one truth value per character: whether it lies in a region."""
    edges = np.zeros(length + 1, np.int8)
    for region in regions:
        edges[region.start] += 1
        edges[region.end] -= 1
    return np.cumsum(edges[:-1]).astype(bool)


def kind_of(text: str, spans: Iterable[Sequence[int]], mask: np.ndarray) -> str:
    """Say whether content is direct, mixed or indirect: all, some or none of it in marks.

    Only letters and digits count, so that a comma outside the marks changes nothing.
    """
    inside = total = 0
    for start, end in spans:
        letters = [i for i in range(start, end) if text[i].isalnum()]
        total += len(letters)
        inside += int(mask[letters].sum()) if letters else 0
    if total and inside == total:
        return "direct"
    return "mixed" if inside else "indirect"


def unmarked(
    text: str, start: int, end: int, *, regions: Sequence[Region], mask: np.ndarray
) -> tuple[int, int] | None:
    """Give a fragment without blanks, outer marks and a comma that leads to the cue, or None.

    Marks stay where the fragment mixes quoted and unquoted words: `the plan is “a disaster”`
    keeps them, `“It is late,”` loses them and its comma.
    """
    start, end = _bare(text, start, end)
    if kind_of(text, [(start, end)], mask) == "direct":
        first, last = region_at(start, regions), region_at(end - 1, regions)
        start = max(start, first.start) if first else start
        end = min(end, last.end) if last else end
        start, end = _bare(text, start, end)
    return (start, end) if any(map(str.isalnum, text[start:end])) else None


def region_at(at: int, regions: Sequence[Region]) -> Region | None:
    """Give the region that holds a character or has its mark there."""
    place = bisect_right(regions, at + 2, key=lambda region: region.start) - 1
    near = regions[max(place - 1, 0) : place + 1]
    return next((r for r in near if r.start - 2 <= at <= r.end + 1), None)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",;"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    return start, end
