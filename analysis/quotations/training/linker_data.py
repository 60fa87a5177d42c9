"""PolNeAR read with the links between its spans, and a tagger's spans told which are whose."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from analysis.quotations.layout import LABELS


@dataclass(frozen=True)
class Mark:
    """A span and the attributions it is part of (a source may serve several)."""

    label: str
    start: int
    end: int
    score: float = 1.0
    quotes: tuple[int, ...] = ()

    @property
    def quote(self) -> int:
        """The first attribution; -1 for a span that belongs to none."""
        return self.quotes[0] if self.quotes else -1

    def moved(self, by: int, score: float) -> Self:
        """Give the span with its start moved, and another score."""
        return replace(self, start=self.start + by, score=score)


@dataclass(frozen=True)
class Gold:
    """One article: its annotated spans, and those that a tagger found."""

    name: str
    text: str
    marks: tuple[Mark, ...]
    predicted: tuple[Mark, ...] = ()


def read_gold(folder: Path, predicted: Mapping[str, Sequence] | None = None) -> list[Gold]:
    """All articles of a PolNeAR split, each with its alphabetically first annotator."""
    first: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rsplit("_", 1)[0], path)
    articles = []
    for path in sorted((folder / "text").glob("*.txt")):
        text = _read(path)
        marks = _marks(_read(first[path.stem]), text) if path.stem in first else ()
        found = _told(marks, (predicted or {}).get(path.stem, ()))
        articles.append(Gold(path.stem, text, marks, found))
    return articles


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _marks(standoff: str, text: str) -> tuple[Mark, ...]:
    spans: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    events: list[list[str]] = []
    for record in re.split(r"\n(?=[A-Z#*]\d+\t)", standoff.rstrip("\n")):
        if record.startswith("T"):
            key, place, _ = record.split("\t", 2)
            label, offsets = place.split(" ", 1)
            pieces = [tuple(map(int, piece.split())) for piece in offsets.split(";")]
            spans[key] = (label.lower(), pieces)
        elif record.startswith("E"):
            events.append([p.rsplit(":", 1)[1] for p in record.split("\t", 1)[1].split()])
    owners: dict[tuple[str, int, int], list[int]] = {}
    for number, event in enumerate(events):
        for label, pieces in (spans[key] for key in event if spans[key][0] in LABELS):
            for start, end in pieces:
                owners.setdefault((label, *_trimmed(text, start, end)), []).append(number)
    return _apart(Mark(*span, quotes=tuple(own)) for span, own in owners.items())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())


def _apart(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.label != "content", m.start - m.end, m.start)):
        if mark.start < mark.end and all(mark.end <= k.start or k.end <= mark.start for k in kept):
            kept.append(mark)
    return tuple(sorted(kept, key=lambda m: m.start))


def _told(gold: Sequence[Mark], found: Sequence[Sequence]) -> tuple[Mark, ...]:
    """Give a tagger's spans the attributions of the annotated span they overlap most."""
    told = []
    for label, start, end, score in found:
        rivals = [m for m in gold if m.label == label and m.start < end and start < m.end]
        best = max(
            rivals, default=None, key=lambda m, a=start, b=end: min(b, m.end) - max(a, m.start)
        )
        told.append(Mark(label, start, end, score, best.quotes if best else ()))
    return tuple(told)
