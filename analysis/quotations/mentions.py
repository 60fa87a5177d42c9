"""Who and what an article mentions: names, pronouns, role phrases, documents.

Names come from the pipeline's entity recogniser and carry its errors. Role phrases are found by
the nouns of `lexicons/role_nouns.csv`: with the words before that describe them and a
following "of the Labour Council". Every source of a quotation is covered by at least one mention.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from analysis.lexicons import load_lexicon
from analysis.quotations.cues import cue_forms
from analysis.quotations.language import Name


class Mention(NamedTuple):
    """Characters of a mention and its label."""

    start: int
    end: int
    label: str


_LABELS = {
    "PERSON": "person", "ORG": "organization", "NORP": "group", "GPE": "place", "LOC": "place",
    "FAC": "place", "LAW": "document", "WORK_OF_ART": "document", "EVENT": "other",
    "PRODUCT": "other",
}
_PRONOUN = re.compile(
    r"\b(?:he|him|his|himself|she|her|hers|herself|they|them|their|theirs|themselves|who|whom|whose"
    r"|I|me|my|myself|we|us|our|ours|ourselves)\b", re.IGNORECASE)
_ALONE = re.compile(
    r"\b(?:it|its|you|your|this|that|these|those|which|one|others|some|many|most|all|both|each|none"
    r"|everyone|everybody|someone|somebody|nobody)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[-’'.&][^\W_]+)*['’]?\.?")
_DETERMINERS = frozenset(re.findall(r"\w+", """
    the a an his her their its my our your some many several two three four five six seven eight
    nine ten one another this that these those any every each no other both most few all
    dozens hundreds thousands
"""))
_RIGHT = re.compile(
    r"\s(?:of|at|for|from|with|in)\s(?:the\s)?[A-Z][\w.&’'-]*(?:\s(?:(?:of|and|for|&)\s(?:the\s)?)?"
    r"[A-Z][\w.&’'-]*){0,6}")
_CAPITAL = re.compile(
    r"[A-Z][\w.&’'-]*(?:\s(?:(?:of|de|van|von|al|bin|the)\s)?[A-Z][\w.&’'-]*){0,5}")
_HEAD_END = re.compile(
    r"[,;:(\n—–]|\s(?:who|which|that|whose|where|while|when|has|had|is|was|were)\b")


def find_mentions(
    text: str, names: Iterable[Name], sources: Sequence[tuple[int, int]]
) -> list[Mention]:
    """Find the mentions of one article, in order, no two with the same characters."""
    found = {(n.start, end): Mention(n.start, end, _LABELS[n.label])
             for n in names if n.label in _LABELS
             for end in [_without_possessive(text, n.start, n.end)]}
    persons = [m for m in found.values() if m.label == "person"]
    for mention in (*_pronouns(text), *_roles(text, persons), *_documents(text)):
        found.setdefault(mention[:2], mention)
    for mention in _covering(text, sources, list(found.values())):
        found.setdefault(mention[:2], mention)
    return sorted(found.values())


def _without_possessive(text: str, start: int, end: int) -> int:
    return end - 2 if text[start:end].endswith(("'s", "’s")) and end - start > 3 else end


def _pronouns(text: str) -> Iterator[Mention]:
    for match in _PRONOUN.finditer(text):
        if match.group() not in ("US", "i", "ME"):
            yield Mention(match.start(), match.end(), "pronoun")


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    lower: str


@cache
def _role_heads() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Last word (singular and plural) → role nouns that end in it, longest first."""
    heads: dict[str, set[tuple[str, ...]]] = {}
    for row in load_lexicon("role_nouns"):
        words = tuple(row["noun"].lower().split())
        for last in {words[-1], *_plural(words[-1])}:
            heads.setdefault(last, set()).add((*words[:-1], last))
    return {last: tuple(sorted(own, key=len, reverse=True)) for last, own in heads.items()}


@cache
def _singular_roles() -> frozenset[str]:
    return frozenset(row["noun"].lower() for row in load_lexicon("role_nouns"))


@cache
def _document_nouns() -> frozenset[str]:
    return frozenset(row["noun"].lower() for row in load_lexicon("document_nouns"))


def _plural(word: str) -> tuple[str, ...]:
    if word.endswith("man"):
        return (word[:-3] + "men",)
    if word.endswith("person"):
        return (word[:-6] + "people", word + "s")
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return (word[:-1] + "ies",)
    return (word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s"),)


@cache
def _never() -> frozenset[str]:
    """Lower-case words that end a role phrase to the left: function words, reporting verbs."""
    words = {row["word"].lower() for row in load_lexicon("function_words")}
    return frozenset(words | {form for form in cue_forms() if " " not in form})


def _roles(text: str, persons: Sequence[Mention]) -> Iterator[Mention]:
    tokens = [_Token(m.start(), m.end(), m.group(), m.group().lower())
              for m in _WORD.finditer(text)]
    heads, inside = _role_heads(), {m.start for m in persons} | {m.end for m in persons}
    for at, token in enumerate(tokens):
        lower = token.lower.rstrip("'’.") if token.lower not in heads else token.lower
        lower = lower[:-2] if lower.endswith(("'s", "’s")) else lower
        if lower not in heads or token.end in inside and token.text[:1].isupper():
            continue
        first = _first_of_role(tokens, at, heads[lower])
        start = tokens[_leftmost(tokens, first, text)].start
        end = token.start + len(lower)
        follow = _RIGHT.match(text, end)
        if not (follow or _determined(text[start:end], lower)):
            continue
        if follow:
            end = start + len(text[start : follow.end()].rstrip(".'’"))
        yield Mention(start, end, "role")


def _determined(phrase: str, noun: str) -> bool:
    """Whether a role can stand so: "she looked back" names no player, "the back" may."""
    first = phrase.split()[0]
    return (noun not in _singular_roles() or first.lower() in _DETERMINERS
            or first[0].isupper() or "’" in first or "'" in first)


def _first_of_role(tokens: list[_Token], at: int, nouns: Iterable[tuple[str, ...]]) -> int:
    for words in nouns:
        first = at - len(words) + 1
        if first >= 0 and all(tokens[first + i].lower == w for i, w in enumerate(words[:-1])):
            return first
    return at


def _leftmost(tokens: list[_Token], at: int, text: str) -> int:
    """How far a role phrase reaches to the left: "the Ukrainian foreign [minister]"."""
    never = _never()
    for _ in range(6):
        if at == 0 or text[tokens[at - 1].end : tokens[at].start] not in (" ", "-"):
            return at
        before = tokens[at - 1]
        if before.text.endswith(".") and (len(before.text) > 5 or before.text[0].islower()):
            return at  # "… in May. Analysts": the end of a sentence, unlike "Lt. Governor"
        if before.lower in _DETERMINERS:
            return at - 1
        if before.text.endswith(("'s", "’s", "s'", "s’")):
            return _owner(tokens, at - 1, text)
        if before.text[0].islower() and (before.lower in never or before.lower.endswith("ly")):
            return at
        at -= 1
    return at


def _owner(tokens: list[_Token], at: int, text: str) -> int:
    """Find the first word of a possessor: "[Hillary] Clinton’s"."""
    while at and tokens[at - 1].text[0].isupper() and text[tokens[at - 1].end] == " " \
            and tokens[at - 1].end + 1 == tokens[at].start:
        at -= 1
    if at and tokens[at - 1].lower in _DETERMINERS and tokens[at - 1].end + 1 == tokens[at].start:
        at -= 1
    return at


def _documents(text: str) -> Iterator[Mention]:
    for match in re.finditer(r"\b(?:the|a|an|his|her|its|their|this|that|new)\s(?:[\w’'-]+\s){0,2}?"
                             r"([a-z]+)\b", text):
        if match.group(1) in _document_nouns():
            yield Mention(match.start(), match.end(), "document")


def _covering(
    text: str, sources: Sequence[tuple[int, int]], known: Sequence[Mention]
) -> Iterator[Mention]:
    """Mentions for sources that nothing covers yet, and the head phrase of each."""
    starts = sorted((m.start, m.end, m.label) for m in known)
    for start, end in sources:
        at = bisect_right(starts, (start - 1, len(text) + 1, ""))
        own = []
        while at < len(starts) and starts[at][0] < end:
            own.append(starts[at])
            at += 1
        if any(o[0] <= start + 1 for o in own):
            continue
        yield _head(text, start, end)


def _head(text: str, start: int, end: int) -> Mention:
    """Give the head phrase of a source: up to the first comma or relative clause."""
    stop = _HEAD_END.search(text, start + 1, end)
    last = start + len(text[start : stop.start() if stop else end].rstrip())
    phrase = text[start:last]
    words = phrase.lower().split()
    if _ALONE.fullmatch(phrase):
        return Mention(start, last, "pronoun")
    if any(word in _document_nouns() for word in words):
        return Mention(start, last, "document")
    if _CAPITAL.fullmatch(phrase):
        return Mention(start, last, "person" if 2 <= len(words) <= 4 else "organization")
    return Mention(start, last, "role")
