"""A text with spans marked: escaped, whole, whatever overlaps what."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

import pandas as pd


class Mark(NamedTuple):
    """One span to mark: its class, an anchor at its start, a numbered link after its end."""

    start: int
    end: int
    name: str
    anchor: str = ""
    number: str = ""
    target: str = ""


def quote_marks(quote: object, *, number: str = "") -> list[Mark]:
    """Give the marks of one quotation (a row with spans, source_spans, cue_spans and kind)."""
    kind = "" if pd.isna(quote.kind) or quote.kind == "direct" else f" or-{quote.kind}"
    last = len(quote.spans) - 1
    identity = getattr(quote, "quote_id", "") if number else ""
    contents = [
        Mark(start, end, f"or-content{kind}",
             anchor=f"said-{identity}" if identity and at == 0 else "",
             number=number if at == last else "",
             target=f"quote-{identity}" if identity and at == last else "")
        for at, (start, end) in enumerate(quote.spans)
    ]
    sources = [Mark(start, end, "or-source") for start, end in quote.source_spans]
    return contents + sources + [Mark(start, end, "or-cue") for start, end in quote.cue_spans]


def mark_text(text: str, marks: Sequence[Mark], *, within: tuple[int, int] | None = None) -> str:
    """Give a text as escaped HTML paragraphs with (possibly overlapping) spans marked.

    The text is cut at every span's border, and each piece carries the classes of all spans
    over it. `within` shows only a part of the text; marks reach into it as far as they do.
    """
    low, high = within or (0, len(text))
    marks = [mark for mark in marks if mark.start < high and mark.end > low]
    cuts = {low, high, *_inside((mark.start for mark in marks), low, high),
            *_inside((mark.end for mark in marks), low, high)}
    for at in range(low, high):
        if text[at] == "\n":
            cuts |= {at, at + 1}
    borders = sorted(cuts)
    pieces = [_piece(text, start, end, marks)
              for start, end in zip(borders, borders[1:], strict=False)]
    paragraphs = [part for part in "".join(pieces).split("\n") if part.strip()]
    return "".join(f"<p>{part}</p>" for part in paragraphs)


def _inside(offsets: Iterable[int], low: int, high: int) -> list[int]:
    return [offset for offset in offsets if low <= offset <= high]


def _piece(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    words = text[start:end]
    active = [mark for mark in marks if mark.start <= start and mark.end >= end]
    shown = escape(words)
    if active and words.strip():
        names = " ".join(dict.fromkeys(" ".join(mark.name for mark in active).split()))
        anchors = [mark.anchor for mark in active if mark.anchor and mark.start == start]
        identity = f' id="{escape(anchors[0])}"' if anchors else ""
        shown = f'<span class="{names}"{identity}>{shown}</span>'
    return shown + "".join(_number(mark) for mark in marks if mark.number and mark.end == end)


def _number(mark: Mark) -> str:
    if not mark.target:
        return f"<sup>{mark.number}</sup>"
    return (f'<sup><a href="#{escape(mark.target)}" '
            f'aria-label="quotation {mark.number}">{mark.number}</a></sup>')


def around(
    text: str, spans: Sequence[Sequence[int]], *, paragraphs: int = 0, most: int = 600
) -> tuple[int, int]:
    """Give the borders of the paragraphs that hold some spans.

    Parameters
    ----------
    text
        The article's text.
    spans
        What must be inside.
    paragraphs
        So many paragraphs more on each side.
    most
        At most so many characters on each side: some sites part no paragraphs at all.
    """
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    low, high = text.rfind("\n", 0, first) + 1, _paragraph_end(text, last)
    for _ in range(paragraphs):
        low = text.rfind("\n", 0, len(text[:low].rstrip())) + 1
        high = _paragraph_end(text, len(text) - len(text[high:].lstrip()))
    if first - low > most:
        low = text.find(" ", first - most, first) + 1 or first
    if high - last > most:
        high = max(text.rfind(" ", last, last + most), last)
    return low, high


def _paragraph_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found
