"""What quotation marks decide about spans, whatever the tagger thought.

Each rule was kept because it gains on PolNeAR train and dev (`training/README` has the figures).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from analysis.quotations.layout import SpanLike
from analysis.quotations.marks import Region

_ENDS_SPEECH = re.compile(r"[.,!?…—-]\s*$")
_STARTS_SENTENCE = re.compile(r"\s*[\"“'‘(\[]*[A-Z0-9]")
SPOKEN = 4  # words of a region that must be speech if it looks like a sentence
FOUND_BY_MARKS = 0.5  # score of a content that only its marks show
RULES = frozenset({"cut"})


class Piece(NamedTuple):
    """A span after repair."""

    label: str
    start: int
    end: int
    score: float


def repair_spans(
    text: str, spans: Sequence[SpanLike], regions: Sequence[Region]
) -> list[Piece]:
    """Give the spans as quotation marks demand them, in order, without overlap."""
    pieces = sorted((Piece(s.label, s.start, s.end, s.score) for s in spans), key=lambda p: p.start)
    spoken = [region for region in regions if _spoken(text, region)]
    if not spoken:
        return pieces
    if "split" in RULES:
        pieces = [part for piece in pieces for part in _split(text, piece, spoken)]
    if "cut" in RULES:
        pieces = [_cut(text, piece, spoken) for piece in pieces]
    if "grow" in RULES:
        pieces = _grown(pieces, spoken)
    if "add" in RULES:
        pieces += _missed(text, pieces, spoken)
    return sorted(pieces, key=lambda p: p.start)


def _spoken(text: str, region: Region) -> bool:
    """Whether a region must be speech: a whole sentence by its capital and its end."""
    inside = text[region.start : region.end]
    return bool(_ENDS_SPEECH.search(inside) or not region.closed) and bool(
        _STARTS_SENTENCE.match(inside)) and inside.count(" ") + 1 >= SPOKEN


def _split(text: str, piece: Piece, spoken: Sequence[Region]) -> Iterable[Piece]:
    """Part a content where a quoted sentence starts after the end of another sentence.

    `The damage would be larger. “If we go to war, …` is an unquoted sentence and a quotation.
    """
    if piece.label != "content":
        return [piece]
    for region in spoken[_first(spoken, piece.start) :]:
        mark = region.start - 1
        if region.start >= piece.end:
            break
        before = text[piece.start : mark].rstrip()
        if mark > piece.start and before.endswith((".", "!", "?", ".”", '."')):
            end = piece.start + len(before)
            return [piece._replace(end=end), *_split(text, piece._replace(start=region.start), spoken)]
    return [piece]


def _first(regions: Sequence[Region], at: int) -> int:
    return bisect_left(regions, at, key=lambda region: region.start)


def _cut(text: str, piece: Piece, spoken: Sequence[Region]) -> Piece:
    """End a content where the quoted sentence ends that it starts with.

    `“Don’t you do it,” until gunshots` is `Don’t you do it`.
    """
    if piece.label != "content":
        return piece
    at = bisect_right(spoken, piece.start + 2, key=lambda region: region.start) - 1
    if at < 0 or not spoken[at].closed:
        return piece
    region = spoken[at]
    if abs(region.start - piece.start) <= 2 and region.end < piece.end:
        return piece._replace(end=region.end)
    return piece


def _grown(pieces: Sequence[Piece], spoken: Sequence[Region]) -> list[Piece]:
    """Make a content that lies in a quoted sentence and fills half of it the whole of it."""
    grown = []
    for at, piece in enumerate(pieces):
        place = bisect_right(spoken, piece.start, key=lambda region: region.start) - 1
        region = spoken[place] if place >= 0 else None
        if piece.label == "content" and region and piece.end <= region.end + 1 \
                and 2 * (piece.end - piece.start) >= region.end - region.start:
            low = pieces[at - 1].end if at else 0
            high = pieces[at + 1].start if at + 1 < len(pieces) else region.end
            piece = piece._replace(start=max(region.start, min(low, piece.start)),
                                   end=max(piece.end, min(region.end, high)))
        grown.append(piece)
    return grown


def _missed(text: str, pieces: Sequence[Piece], spoken: Sequence[Region]) -> list[Piece]:
    """Quoted sentences of which the tagger took nothing as content."""
    starts = [piece.start for piece in pieces]
    found = []
    for region in spoken:
        low, high = bisect_right(starts, region.start - 1), bisect_left(starts, region.end)
        before = pieces[low - 1] if low else None
        if low == high and not (before and before.end > region.start):
            found.append(Piece("content", region.start, region.end, FOUND_BY_MARKS))
    return found
