"""Whom "who", "which" and "that" mean: the words right before them, in number and kind."""

import re

from analysis.speakers import lists
from analysis.speakers.entities import Entity, generic
from analysis.speakers.passage import Passage, Word, sentence_of, word_index
from analysis.speakers.phrases import describe, list_entity
from analysis.speakers.sources import read_source
from analysis.speakers.story import Link, Story, add_link, links_before

_WHO = frozenset({"who", "whom", "whose"})
_PEOPLE = frozenset({"person", "unnamed_person", "group", "author"})
_COUNTING = lists.QUANTITY | {"of", "but"}


def find_antecedent(story: Story, offset: int, word: str) -> Entity | None:
    """Give whom a relative pronoun at `offset` means; None where nobody stands before it.

    The noun phrase that ends right before it, named or not ("wealthy citizens, who see"); after
    an apposition the person it describes: "Halden, a doctor of the city's children, who".
    """
    source = _source_before(story, offset, word)
    if source is not None:
        return source
    near = _links(story, offset, word)
    end = _phrase_end(story, offset)
    beside = [link for link in near if _touches(story, link.end, end)]
    if not beside and not any(_is_apposed(story, link) for link in near):
        phrase = _phrase_before(story, end, people=word in _WHO)
        if phrase is not None:
            return phrase
    thing = None if beside or word in _WHO else _thing_before(story, end)
    if thing is not None:
        return thing
    return _choose(story, beside or near, near) if near else None


def _source_before(story: Story, offset: int, word: str) -> Entity | None:
    """Give who says the words whose source ends right before: "a friend of Roe, who asked …"."""
    if word not in _WHO:
        return None
    end = _phrase_end(story, offset)
    for start, entity, one in reversed(story.spoke[-4:]):
        if start < offset and one.source_spans and entity.kind in _PEOPLE and (
                _touches(story, one.source_spans[-1][1], end) or one.source_spans[-1][1] > end):
            return entity
    return None


_PAPER = re.compile(r"\b(?:an?|the|new|recent)?\s?(?:[\w-]+ ){0,2}(\w+) (?:by|from) (?:the )?$")


def _links(story: Story, offset: int, word: str) -> list[Link]:
    passage = story.passage
    start = passage.sentence_starts[sentence_of(passage, offset)]
    near = [link for link in links_before(story, offset)[-8:]
            if link.start >= start and link.how != "pronoun"]
    if word in _WHO:
        return [link for link in near if link.entity.kind in _PEOPLE]
    return near


def _phrase_end(story: Story, offset: int) -> int:
    """Give where the words before the pronoun end, without "all but two of" and "here"."""
    passage = story.passage
    at = word_index(passage, offset) - 1
    counted = at > 0 and passage.words[at].text == "of"
    while counted and at > 0 and passage.words[at].text.lower() in _COUNTING:
        at -= 1
    return passage.words[at].end if at >= 0 else 0


def _touches(story: Story, link_end: int, end: int) -> bool:
    gap = story.passage.text[link_end:end]
    return link_end >= end or not gap.strip(" ,'’s") or bool(_OF_PLACE.fullmatch(gap))


_OF_PLACE = re.compile(r" of (?:(?:[A-Z][\w.]+|&) ?){1,3},?")  # "Roe of Texas, who"


def _phrase_before(story: Story, end: int, *, people: bool) -> Entity | None:
    """Give the group of the plural noun phrase that ends at `end`, made if need be."""
    passage = story.passage
    words = _words_before(passage.words, word_index(passage, end - 1), passage.text)
    end = words[-1].end if words else end
    if words and not _are_people(words):
        words = _head_before(passage, words[0].start)
    if not people or not words or not _are_people(words):
        return None
    ref = read_source(passage, story.cast, [[words[0].start, end]])
    if ref.form == "list":
        return list_entity(story, ref)
    if ref.form != "description":
        return None
    entity, _ = describe(story, ref)
    if entity.kind not in _PEOPLE:  # "two figures who"
        entity = generic(story.cast, ref.text, "group")
    add_link(story, Link(ref.start, ref.end, entity, "nominal"))
    return entity


def _thing_before(story: Story, end: int) -> Entity | None:
    """Give the body or paper of the noun phrase that ends at `end`: "a ferry magazine, which"."""
    passage = story.passage
    words = _words_before(passage.words, word_index(passage, end - 1), passage.text)
    known = lists.noun_class(tuple(word.text.lower() for word in words)) if words else None
    if known is None or known[0] not in ("organization", "document"):
        return None
    at = word_index(passage, words[0].start) - 1
    article = at >= 0 and passage.words[at].text.lower() in ("a", "an", "the")
    start = passage.words[at].start if article else words[0].start
    ref = read_source(passage, story.cast, [[start, words[-1].end]])
    if ref.form != "description":
        return ref.entity
    entity, _ = describe(story, ref)
    add_link(story, Link(ref.start, ref.end, entity, "nominal"))
    return entity


_PREPOSITIONS = lists.word_set("in at from of with for on")


def _head_before(passage: Passage, start: int) -> list[Word]:
    """Give "officials" of "officials [in the old government] who"; [] where nothing such stands."""
    at = word_index(passage, start) - 1
    if at < 1 or passage.words[at].text not in _PREPOSITIONS:
        return []
    return _words_before(passage.words, at - 1, passage.text)


def _are_people(words: list[Word]) -> bool:
    """Say whether a phrase before "who" names several: "the party's top figures, who"."""
    known = lists.noun_class(tuple(word.text.lower() for word in words))
    plural = words[-1].text.endswith("s") and not words[-1].text.endswith(("ss", "us"))
    several = known is not None and known[0] == "group"
    opens = len(words) == 1 and words[0].text[1:].islower()  # "Officials in the government who"
    return several and opens or words[-1].text.islower() and (plural or several)


def _words_before(words: list[Word], at: int, text: str) -> list[Word]:
    """Give the noun phrase that ends with the word number `at`: back to a small word or a mark."""
    first = at + 1
    while first > 0 and at - first < 7:
        word = words[first - 1]
        joined = first > at or text[word.end:words[first].start].strip("'’s") == " "
        if not joined or not _may_belong(words, first - 1, at):
            break
        first -= 1
    verb = 0 < first < at and words[first].text.endswith("ing") and (  # ", [affecting] voters who"
        "," in text[words[first - 1].end:words[first].start])
    return words[first + verb:at + 1]


def _may_belong(words: list[Word], at: int, last: int) -> bool:
    """Say whether a word belongs to the noun phrase: "generals and admirals", "members of …"."""
    lower = words[at].text.lower()
    if lower in ("and", "of") and 0 < at < last:
        return _are_people(words[at - 1:at])
    return lower not in lists.STOP_WORDS and lower not in lists.CUTS


def _choose(story: Story, beside: list[Link], near: list[Link]) -> Entity:
    """Give the person an apposition describes, else whom the last words name."""
    apposed = [link for link in near if _is_apposed(story, link)]
    if apposed and " and " not in story.passage.text[apposed[-1].end:beside[-1].start]:
        return apposed[-1].entity
    last, before = beside[-1], near[:near.index(beside[-1])][-1:]
    # "X is a lawyer who": the noun phrase is X
    if before and before[0].entity.kind == "person" and last.how == "nominal" and (
            story.passage.text[before[0].end:last.start].strip() in (",", "is", "was")):
        return before[0].entity
    return last.entity


_APPOSED = re.compile(
    r", (?:(?:an?|the|his|her|its|their|one of) |\d+,? |Republican|Democrat"
    r"|(?:[a-z][\w-]+ ){1,4}(?:of|at|for|in) )")


def _is_apposed(story: Story, link: Link) -> bool:
    """Say whether a description of a person follows his name: "Halden, a doctor of …, who"."""
    return link.entity.kind == "person" and bool(_APPOSED.match(story.passage.text, link.end))
