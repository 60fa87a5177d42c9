"""Content words and noun phrases of quotations, so that topics need no language model."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from analysis.quotations.language import WITH_LEMMA, TaggedWord

_CONTENT = WITH_LEMMA | {"PROPN"}
_PHRASE = {"ADJ", "NOUN", "PROPN"}
MOST_WORDS = 5


class Term(NamedTuple):
    """A content word, or a noun phrase (pos `NP`)."""

    start: int
    end: int
    text: str
    lemma: str
    pos: str


def terms_of(
    words: Sequence[TaggedWord], spans: Iterable[Sequence[int]], text: str
) -> list[Term]:
    """Give the terms of one quotation from the tagged words of its article, in order."""
    found: list[Term] = []
    starts = [word.start for word in words]
    for start, end in spans:
        own = words[bisect_left(starts, start) : bisect_left(starts, end)]
        found += [Term(w.start, w.end, w.text, w.lemma, w.pos) for w in own
                  if w.pos in _CONTENT and not w.stop and w.end <= end and w.text[0].isalnum()]
        found += _phrases(own, end, text)
    return found


def _phrases(words: Sequence[TaggedWord], limit: int, text: str) -> list[Term]:
    """Adjectives and nouns in a row that end in a noun: "troubled school boards"."""
    found = []
    for inside, group in groupby(words, key=lambda w: w.pos in _PHRASE):
        run = list(group) if inside else []
        while run and run[-1].pos == "ADJ":
            run.pop()
        run = run[-MOST_WORDS:]
        if len(run) > 1 and run[-1].end <= limit and _tight(run):
            start, end = run[0].start, run[-1].end
            lemma = " ".join(w.lemma for w in run)
            found.append(Term(start, end, text[start:end], lemma, "NP"))
    return found


def _tight(run: Sequence[TaggedWord]) -> bool:
    return all(b.start - a.end <= 1 for a, b in zip(run, run[1:], strict=False))
