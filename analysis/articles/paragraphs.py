"""The paragraphs of a text as places, without changing it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_BLANK = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)\s*")
_NEWLINE = re.compile(r"\s*(?:\r\n|\r|\n)\s*")


class Paragraph(NamedTuple):
    """One paragraph: where it stands, and its words; no space at either end."""

    start: int
    end: int
    text: str


def split_paragraphs(text: str) -> list[Paragraph]:
    r"""Give the paragraphs: every line is one, unless the text is hard-wrapped.

    In a hard-wrapped text (several lines between blank lines, all of much the same width) the
    blank lines part the paragraphs.

    Examples
    --------
    >>> [item.text for item in split_paragraphs("One.\n\n Two. \nThree")]
    ['One.', 'Two.', 'Three']
    """
    pattern = _BLANK if is_hard_wrapped(text) else _NEWLINE
    return list(_pieces(text, pattern))


def is_hard_wrapped(text: str) -> bool:
    """Tell whether the lines that another follows directly end near one width, up to 100."""
    widths = [len(line.rstrip()) for block in _BLANK.split(text)
              for line in block.splitlines()[:-1] if line.strip()]
    if len(widths) < 5 or not _BLANK.search(text):
        return False
    widest = max(widths)
    return 40 <= widest <= 120 and sum(width > widest - 20 for width in widths) >= 0.8 * len(widths)


def _pieces(text: str, pattern: re.Pattern[str]) -> Iterator[Paragraph]:
    start = 0
    for gap in pattern.finditer(text):
        yield from _trimmed(text, start, gap.start())
        start = gap.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Paragraph]:
    piece = text[start:end]
    words = piece.strip()
    if words:
        start += len(piece) - len(piece.lstrip())
        yield Paragraph(start, start + len(words), words)
