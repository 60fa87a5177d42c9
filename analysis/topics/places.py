"""Where in an article a quotation stands: its own words, its sentence, its paragraph.

The quotations stage hands on no sentence bounds, so sentences are found here by rule.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

Span = tuple[int, int]

_STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
_BREAK = re.compile(r"\n\s*\n\s*")
_LINE = re.compile(r"\n\s*")
# "Mr. Hale", "the U.S. Senate", "J. Hale", "Sen. Moor", "No. 3" end no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|St|Jr|Sr|vs|No|Inc|Corp|Ltd|Rev|Hon"
    r"|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z](?:\.[A-Z])*)\.\s+$"
)


class Bounds(NamedTuple):
    """Where the sentences and paragraphs of a text begin, its end last."""

    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]


def find_bounds(text: str) -> Bounds:
    """Find where sentences and paragraphs begin.

    A blank line parts paragraphs; where a text has none, every line is a paragraph.
    Not caught: a sentence that begins with a small letter.
    """
    between = _BREAK if _BREAK.search(text) else _LINE
    paragraphs = {0, len(text), *(match.end() for match in between.finditer(text))}
    sentences = {match.end() for match in _STOP.finditer(text)
                 if not _is_abbreviation(text, match)}
    return Bounds(tuple(sorted(sentences | paragraphs)), tuple(sorted(paragraphs)))


def _is_abbreviation(text: str, match: re.Match[str]) -> bool:
    return bool(_ABBREVIATION.search(text, max(0, match.start() - 8), match.end()))


def surrounding(starts: Sequence[int], start: int, end: int) -> Span:
    """Give the span of whole sentences (or paragraphs) that contains start to end."""
    if len(starts) < 2:
        return start, end
    first = max(bisect_right(starts, start) - 1, 0)
    last = min(bisect_left(starts, end), len(starts) - 1)
    return starts[first], starts[last]
