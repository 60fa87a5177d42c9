"""How spans lie to each other in an article: the numbers by which the linker decides.

Nothing here knows a name or a topic; a pair of spans is described by distance, by what stands
between them (line ends, sentence ends, commas, marks, other spans), and by the look of each.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from analysis.quotations.marks import ANY_MARK

LABELS = ("source", "cue", "content")
SOURCE, CUE, CONTENT = range(3)
REACH = 3  # candidates on each side; annotated partners are the nearest or next but one
FAR = 4000.0
LOOKS = 16  # numbers that describe the look of one span

_SENTENCE_END = re.compile(r"[.!?…]+[\"“”'’)\]]*(?=\s+[\"“”'‘(\[]*[A-Z0-9]|\s*\n|\s*$)")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|St|Jr|Sr|Prof|Rev|Hon|No|vs|Jan|Feb|Aug"
    r"|Sept|Oct|Nov|Dec|Inc|Corp|Co|Ltd|[A-Z]\.[A-Z])\.$"
)
_SAYS = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?)|add(?:s|ed|ing)?|tweet\w*|wrote|ask\w*)\b",
    re.IGNORECASE)
_PRONOUN = re.compile(
    r"(?:he|she|they|it|we|i|you|who|his|her|their|its|my|our|your)$", re.IGNORECASE)
_JOINERS = re.compile(r"\b(?:and|but|while|as|because|though|although|which|who|that)\b", re.I)
_COUNTED = {"line": r"[\n\r\u2028\u2029]+", "word": r"\S+", "comma": r"[,;—–]",
            "mark": f"[{re.escape(ANY_MARK[:8])}]", "colon": ":"}


class SpanLike(Protocol):
    """What the tagger gives: a label, characters, and the tagger's own confidence."""

    label: str
    start: int
    end: int
    score: float


@dataclass(frozen=True)
class Layout:
    """The spans of one article as arrays, in order of place, and running counts of its text."""

    label: np.ndarray
    start: np.ndarray
    end: np.ndarray
    score: np.ndarray
    look: np.ndarray
    counts: np.ndarray
    seen: np.ndarray

    def of(self, label: int) -> np.ndarray:
        """Positions of the spans of one label."""
        return np.flatnonzero(self.label == label)


def sentence_ends(text: str) -> np.ndarray:
    """Offsets after the end of each sentence, by punctuation; `Mr. X` and `U.S.` end none."""
    ends = [m.end() for m in _SENTENCE_END.finditer(text)
            if not _ABBREVIATION.search(text, max(0, m.start() - 6), m.start() + 1)
            or text[m.end() : m.end() + 1] == "\n"]
    return np.array(ends, np.int64)


def lay_out(text: str, spans: Sequence[SpanLike], mask: np.ndarray) -> Layout:
    """Describe the spans of one article; `mask` tells which characters are in marks."""
    spans = sorted(spans, key=lambda span: (span.start, span.end))
    label = np.array([LABELS.index(span.label) for span in spans], np.int64)
    start = np.array([span.start for span in spans], np.int64)
    end = np.array([span.end for span in spans], np.int64)
    score = np.array([span.score for span in spans], np.float64)
    edges = np.concatenate([start, end])
    places = [np.array([m.start() for m in re.finditer(p, text)], np.int64)
              for p in _COUNTED.values()]
    joiners = np.array([m.start() for m in _JOINERS.finditer(text)], np.int64)
    places += [sentence_ends(text), joiners]
    counts = np.stack([np.searchsorted(place, edges) for place in places], axis=1)
    seen = np.stack([np.cumsum(np.append(0, label == kind)) for kind in range(3)], axis=1)
    look = np.array([_look(text, s.start, s.end, mask) for s in spans], np.float64)
    return Layout(label, start, end, score, look.reshape(len(spans), LOOKS), counts, seen)


_BEFORE = {c: i for i, chars in enumerate(["\n\r", ANY_MARK, ",;—–-", ".!?", ":", "([", " "])
           for c in chars}


def _look(text: str, start: int, end: int, mask: np.ndarray) -> list[float]:
    """Describe the look of a span and of what stands beside it."""
    words = text[start : min(end, start + 400)]
    inside = float(mask[start:end].mean()) if end > start else 0.0
    return [
        end - start, inside, _kind(text, start, -1), _kind(text, end, 1),
        words[:1].isupper(), words[:1] in ANY_MARK, words[-1:] in ",", words[-1:] in ANY_MARK,
        words.count(" "), bool(_SAYS.search(words)), words.lower().startswith("according"),
        words.lower().endswith((" that", " to")), bool(_PRONOUN.match(words)),
        words.lower().endswith("ing"), words[:1].islower() and inside > 0,
        text[end - 1 : end] in ".!?" or text[end - 2 : end - 1] in ".!?",
    ]


def _kind(text: str, at: int, step: int) -> float:
    """Class of the nearest characters before or after a place: what is there but blanks."""
    at = at - 1 if step < 0 else at
    for _ in range(4):
        if not 0 <= at < len(text):
            return 0.0
        if text[at] != " ":
            return float(_BEFORE.get(text[at], 7))
        at += step
    return 6.0


def candidates(layout: Layout, heads: np.ndarray, label: int) -> tuple[np.ndarray, np.ndarray]:
    """Pair every span of `heads` with the nearest spans of `label` on each side."""
    others = layout.of(label)
    if not len(heads) or not len(others):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    place = np.searchsorted(layout.start[others], layout.start[heads])
    at = place[:, None] + np.arange(-REACH, REACH)[None]
    good = (at >= 0) & (at < len(others))
    rows = np.repeat(heads, good.sum(1))
    found = others[at[good]]
    near = np.abs(layout.start[rows] - layout.start[found]) < FAR
    return rows[near], found[near]


def describe(layout: Layout, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Features of the pairs (one[k], other[k]), one row each."""
    n = len(layout.label)
    after = other > one
    first, last = np.where(after, one, other), np.where(after, other, one)
    gap = (layout.start[last] - layout.end[first]).astype(np.float64)
    between = layout.counts[last] - layout.counts[n + first]
    spans_between = layout.seen[last] - layout.seen[first + 1]
    rank = _rank(one, gap)
    beside = np.stack([_beside(layout, one), _beside(layout, other)], axis=0)
    parts = [
        after[:, None], gap[:, None], rank[:, None], between, spans_between,
        (after * 2.0 - 1)[:, None] * np.minimum(gap, 300)[:, None],
        layout.look[one], layout.look[other], beside[0], beside[1],
        layout.score[one][:, None], layout.score[other][:, None],
    ]
    return np.concatenate([np.asarray(p, np.float64) for p in parts], axis=1).astype(np.float32)


def _rank(one: np.ndarray, gap: np.ndarray) -> np.ndarray:
    """How many candidates of the same span are nearer."""
    order = np.lexsort((gap, one))
    rank = np.empty(len(one), np.float64)
    fresh = np.append(True, one[order][1:] != one[order][:-1]) if len(one) else np.zeros(0, bool)
    starts = np.maximum.accumulate(np.where(fresh, np.arange(len(one)), 0))
    rank[order] = np.arange(len(one)) - starts
    return rank


def _beside(layout: Layout, at: np.ndarray) -> np.ndarray:
    """Label of, and gap and sentence ends to, the spans just before and just after."""
    n = len(layout.label)
    columns = []
    for step in (-2, -1, 1, 2):
        other = at + step
        good = (other >= 0) & (other < n)
        safe = np.clip(other, 0, n - 1)
        first, last = np.minimum(at, safe), np.maximum(at, safe)
        columns.append(np.where(good, layout.label[safe], -1))
        columns.append(np.where(good, layout.start[last] - layout.end[first], FAR))
        columns.append(np.where(good, layout.counts[last, 5] - layout.counts[n + first, 5], 9))
    return np.stack(columns, axis=1)
