"""Lists of character spans: trimmed to what counts, compared, and told direct from indirect."""

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

Spans = tuple[tuple[int, int], ...]

QUOTE_MARKS = "\"'`´«»‘’‚‛“”„‟‹›′″「」"
_TRIMMED = frozenset(QUOTE_MARKS + ".,;:!?")
_MARK = re.compile("''|``|[\"“”„‟«»″]")
_OPENING = frozenset({"“", "„", "``", "«"})
_CLOSING = frozenset({"”", "»"})


def normalise(text: str, spans: Iterable[Sequence[int]]) -> Spans:
    """Give the spans sorted, trimmed at both ends, and joined where only marks lie between.

    White space, quotation marks and `.,;:!?` are trimmed, because annotators and programs
    differ on them without meaning anything by it; spans that become empty are dropped.

    Raises
    ------
    ValueError
        If a span reaches outside the text.

    Examples
    --------
    >>> normalise('"Yes," she said. "Now."', [(17, 23), (0, 6)])
    ((1, 4), (18, 21))
    >>> normalise("“One.” “Two.”", [(0, 6), (7, 13)])
    ((1, 11),)
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(_trim(text, int(span[0]), int(span[1])) for span in spans):
        if end == start:
            continue
        if joined and (start <= joined[-1][1] or _only_marks(text[joined[-1][1]:start])):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"span ({start}, {end}) outside the text of {len(text)} characters")
    while start < end and _only_marks(text[start]):
        start += 1
    while end > start and _only_marks(text[end - 1]):
        end -= 1
    return start, end


def _only_marks(piece: str) -> bool:
    return all(character in _TRIMMED or character.isspace() for character in piece)


def length(spans: Spans) -> int:
    """Give the number of characters of normalised spans."""
    return sum(end - start for start, end in spans)


def shared(one: Spans, other: Spans) -> int:
    """Give the number of characters that two normalised lists of spans share.

    Examples
    --------
    >>> shared(((0, 10), (20, 30)), ((5, 25),))
    10
    """
    common = first = second = 0
    while first < len(one) and second < len(other):
        start = max(one[first][0], other[second][0])
        end = min(one[first][1], other[second][1])
        common += max(0, end - start)
        if one[first][1] <= other[second][1]:
            first += 1
        else:
            second += 1
    return common


def overlap(one: Spans, other: Spans) -> float:
    """Give the characters shared by both over those of either (intersection over union)."""
    common = shared(one, other)
    return common / (length(one) + length(other) - common) if common else 0.0


def marked(n_characters: int, spans: Iterable[Sequence[int]]) -> np.ndarray:
    """Give one boolean per character of a text: whether any of the spans covers it."""
    mask = np.zeros(n_characters, dtype=bool)
    for start, end in spans:
        mask[start:end] = True
    return mask


def alphanumeric(text: str) -> np.ndarray:
    """Give one boolean per character: whether it is a letter or digit."""
    return np.fromiter(map(str.isalnum, text), dtype=bool, count=len(text))


def quoted(text: str) -> np.ndarray:
    """Give one boolean per character: whether it stands inside double quotation marks.

    Line by line and from left to right; straight, curly, pointed and doubled marks count.
    A quotation still open at the end of its line runs to that end, because quotations over
    several paragraphs leave all but the last unclosed. Single marks are not followed: they
    cannot be told from apostrophes ('the players' own').
    """
    mask = np.zeros(len(text), dtype=bool)
    offset = 0
    for line in text.splitlines(keepends=True):
        for start, end in _quoted_in_line(line):
            mask[offset + start:offset + end] = True
        offset += len(line)
    return mask


def _quoted_in_line(line: str) -> Iterator[tuple[int, int]]:
    opened = None
    for found in _MARK.finditer(line):
        before = line[found.start() - 1] if found.start() else " "
        after = line[found.end()] if found.end() < len(line) else " "
        if opened is None:
            opened = found.end() if _can_open(found.group(), before, after) else None
        elif _opens_again(found.group(), before, after):
            opened = found.end()
        else:
            yield opened, found.start()
            opened = None
    if opened is not None:
        yield opened, len(line)


def _can_open(mark: str, before: str, after: str) -> bool:
    # A straight mark after a word and before none closes something never opened: on," he said.
    stray = mark not in _OPENING and before.isalnum() and not after.isalnum()
    return mark not in _CLOSING and not stray


def _opens_again(mark: str, before: str, after: str) -> bool:
    # "Never closed. "Good one," he said. The second mark opens: the first was left open.
    # An opening curly mark at the end of a word closes: “mostly false.“ Later …
    if mark in _OPENING:
        return before.isspace() or not after.isspace()
    at_start = before.isspace() or before in "([—"
    return mark not in _CLOSING and after.isalnum() and at_start


def kind_of(spans: Spans, *, letters: np.ndarray, inside: np.ndarray) -> str:
    """Give `direct`, `mixed` or `indirect`: all, some or none of the letters are in marks."""
    taken = marked(len(letters), spans) & letters
    n_inside, n_all = int((taken & inside).sum()), int(taken.sum())
    if n_all and n_inside == n_all:
        return "direct"
    return "mixed" if n_inside else "indirect"
