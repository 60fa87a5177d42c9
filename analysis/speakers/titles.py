"""A source that ends in a name after a long title: whose name it is."""

import re
from collections.abc import Sequence

from analysis.speakers import lists
from analysis.speakers.entities import Cast, Entity
from analysis.speakers.passage import Passage, Word

_LINKS = lists.word_set("of at for to in with")
_BRACKETS = re.compile(r"\([^()\n]{1,20}\)")


def name_after_title(
    passage: Passage, cast: Cast, words: Sequence[Word], core: Sequence[Word],
) -> Entity | None:
    """Give the person a source ends in, where all before is the title; else None.

    "Minister of Education Ann Roe", "DCP (North) Ann Roe", "co-founder and chief executive Ann
    Roe", "University of Essex president Ann Roe"; not "a spokesman for President Ann Roe", "the
    lawyer of Ann Roe".
    """
    words = _without_aside(passage, words, len(core))
    at = next((at for at, word in enumerate(words) if at and _is_person(cast, word, words[-1])), 0)
    before = words[:at]
    text = passage.text[words[0].start:words[at].start]
    if len(before) <= len(core) or any(mark in _BRACKETS.sub("", text) for mark in ",;:(\n“\""):
        return None
    kind = _class(core)
    titled = kind == "role" or core[-1].text.rstrip(".") in lists.honorifics()  # "Hon. (Mrs) Roe"
    if titled and _BRACKETS.fullmatch(text[core[-1].end - words[0].start:].strip()):
        return cast.by_start[words[at].start]
    link = before[len(core)].text
    if kind == "role" and link in ("and", "&"):
        rest = before[len(core) + 1:]
        own = bool(rest) and cast.spot_at[words[at].start].title_start == rest[0].start
        fits = (own or _is_title(rest)) and (
            before[0].text.lower() not in ("the", "his", "her") or before[1].text == "former")
    elif kind == "role":
        fits = link in _LINKS and before[-1].text[0].isupper() and (
            _class(before) != "role" or _is_one_title(before)) and (
            before[-1].text not in lists.demonyms() and not before[-1].possessive)
    else:
        named = bool(core) and core[-1].text[0].isupper()
        fits = kind in ("organization", "") and named and link == "of" and _is_title(before[-1:])
    return cast.by_start[words[at].start] if fits else None


def _without_aside(passage: Passage, words: Sequence[Word], first: int) -> Sequence[Word]:
    """Cut what describes a name behind it: "strategist and lobbyist Ann Roe[, Lee's partner]"."""
    for at in range(first + 1, len(words)):
        if passage.text[words[at - 1].end:words[at].start] == ", ":
            alone = " and " not in passage.text[words[at].start:words[-1].end]
            return words[:at] if alone else words
    return words


def _is_person(cast: Cast, word: Word, last: Word) -> bool:
    """Say whether a full name of a person starts at `word` and ends with the source."""
    spot = cast.spot_at.get(word.start)
    return spot is not None and spot.end == last.end and " " in spot.text and (
        cast.by_start[word.start].kind == "person")


def _is_title(words: Sequence[Word]) -> bool:
    return bool(words) and words[-1].text.islower() and _class(words) == "role" and (
        words[0].text not in ("a", "an", "the", "his", "her", "their"))


def _is_one_title(words: Sequence[Word]) -> bool:
    """Say whether the link is inside the title: "Secretary of State"."""
    known = lists.noun_class(tuple(word.text.lower() for word in words))
    return known is not None and " of " in known[2]


def _class(words: Sequence[Word]) -> str:
    known = lists.noun_class(tuple(word.text.lower() for word in words))
    return known[0] if known else ""
