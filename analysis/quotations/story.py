"""One article while its quotations are looked for: its text, marks, sentences, skipped spans."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.quotations.layout import sentence_ends
from analysis.quotations.marks import Region, mask_of, quoted_regions

PIECE = 3_000  # characters of one piece in which names are looked for, cut at paragraphs


@dataclass(frozen=True)
class Story:
    """One article.

    Attributes
    ----------
    skipped
        Characters that are not the story: teasers, captions.
    regions, mask
        What lies between quotation marks, as stretches and as one truth value per character.
    ends, lines
        Offsets after each sentence, and after each line with words.
    """

    article_id: str
    text: str
    skipped: tuple[tuple[int, int], ...]
    regions: tuple[Region, ...]
    mask: np.ndarray
    ends: np.ndarray
    lines: np.ndarray


def make_story(article_id: object, text: object, skipped: object = ()) -> Story:
    """Read one row of the table `articles`; raises TypeError where the text is missing."""
    if not isinstance(text, str):
        raise TypeError("the text is missing")
    spans = skipped if isinstance(skipped, list | tuple | np.ndarray) else ()
    regions = quoted_regions(text)
    return Story(
        str(article_id), text, tuple(_ends_of(span) for span in spans), regions,
        mask_of(len(text), regions), sentence_ends(text),
        np.array(list(_line_ends(text)), np.int64),
    )


def _line_ends(text: str) -> Iterator[int]:
    """Offsets after each line with words; one pass, however long the last line is."""
    for match in re.finditer(r"[^\n]*\n?", text):
        if match.group().endswith("\n") and not match.group().isspace():
            yield match.end()


def _ends_of(span: object) -> tuple[int, int]:
    if isinstance(span, dict):
        return int(span["start"]), int(span["end"])
    return int(span[0]), int(span[1])


def outside_skipped(story: Story, start: int, end: int) -> tuple[int, int] | None:
    """Give the part of a span that is the story, or None where less than half of it is."""
    size = end - start
    for low, high in story.skipped:
        if start < high and low < end:
            start, end = (start, low) if low - start >= end - high else (high, end)
            if 2 * (end - start) < size:
                return None
    return start, end


def paragraph_of(story: Story, at: int) -> int:
    """Give the number of the paragraph: the lines with words before this one."""
    return int(np.searchsorted(story.lines, at, side="right"))


def cut_text(text: str, *, limit: int = PIECE) -> Iterator[tuple[int, str]]:
    """Cut a text into (offset, piece) of at most `limit` characters, at line ends or blanks."""
    start = 0
    while start < len(text):
        end = min(len(text), start + limit)
        if end < len(text):
            cut = max(text.rfind("\n", start, end), start)
            cut = cut if cut > start else max(text.rfind(" ", start, end), start)
            end = cut + 1 if cut > start else end
        yield start, text[start:end]
        start = end


def join_spans(spans: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Give spans in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(map(tuple, spans)):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
