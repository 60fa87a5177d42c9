"""Sources of several: "Obama and Clinton", "the family, protesters and civic leaders"."""

import re
from itertools import takewhile

from analysis.speakers import lists
from analysis.speakers.entities import Cast, head_entity
from analysis.speakers.passage import Passage, Word


def read_list(passage: Passage, cast: Cast, words: list[Word], core: list[Word]) -> tuple:
    """Give the members of a coordination: "Obama and Clinton", "my siblings and I"; else ()."""
    if len(core) == len(words) or not core:
        return ()
    rest = words[len(core):]
    apposed = _apposed_list(passage, cast, core, rest)
    if apposed:
        return apposed
    gap = passage.text[core[-1].end:rest[0].start]
    named = _named_list(passage, cast, words)
    if named:
        return named
    joined = rest[0].text in lists.JOINING and "," not in gap
    if joined and _one_person_twice(core, rest):
        return ()
    if not joined and not ("," in gap and _plain_list(passage, cast, core, rest)):
        return ()
    members = []
    for word in words:
        entity = cast.by_start.get(word.start)
        if entity is not None and entity not in members:
            members.append(entity)
    return tuple(members) or ("words",)


def _apposed_list(passage: Passage, cast: Cast, core: list[Word], rest: list[Word]) -> tuple:
    """Give the persons of "three economists -- Ann Roe at Essex and Bo Lee --"; else ()."""
    known = lists.noun_class(tuple(word.text.lower() for word in core))
    gap = passage.text[core[-1].end:rest[0].start]
    if rest[0].text == "of":  # "two members of Congress, Ann Roe and Bo Lee"
        at = next((at for at in range(1, len(rest)) if _MARK.fullmatch(
            passage.text, rest[at - 1].end, rest[at].start)), 0)
        gap, rest = passage.text[rest[at - 1].end:rest[at].start], rest[at:]
    if not known or known[0] != "group" or not _MARK.fullmatch(gap) or rest[0].text in lists.CUTS:
        return ()
    persons = [cast.by_start[word.start] for word in rest if word.start in cast.by_start
               and cast.by_start[word.start].kind == "person"]
    last = max((end for one in persons[-2:-1] for _, end in one.spots
                if end <= rest[-1].end), default=-1)
    joined = len(set(persons)) > 1 and " and " in passage.text[last:rest[-1].end]
    return tuple(dict.fromkeys(persons)) if joined else ()


_MARK = re.compile(r",\s|\s?(?:--|[—–-])\s?|\s?\(")
_ASIDE = re.compile(
    rf"\s?\([^)]*\)|,? (?:{'|'.join(sorted(lists.LETTERS_AFTER))})\b,?(?=,| and |\s*$)"
    r"|, [RDI]-[A-Z][\w.]*,?|, (?:Republican|Democrat) of [A-Z]\w+,?"
    r"| of (?:New |North |South |West )?[A-Z]\w+,?(?=,| and |\s*$)|, \d{1,3}\b,?"
    r"|\b(?:his|her) (?:wife|husband|partner|son|daughter|mother|father|brother|sister),? ")


_OF = lists.word_set("of to for at in with by from")


def _named_list(passage: Passage, cast: Cast, words: list[Word]) -> tuple:
    """Give the persons of "Sens. Jon Tester (D-Mont.) and David Vitter (R-La.)"; else ()."""
    words = before_clause(words)
    persons = [cast.by_start[word.start] for word in words
               if word.start in cast.by_start and cast.by_start[word.start].kind == "person"]
    if len(persons) < 2:
        return ()
    text = _ASIDE.sub("", passage.text[words[0].start:words[-1].end + 1])
    text = re.sub(r"\s?\([^)]*$|,? (?:all|both|each)\s?$", "", text).strip(" ,)")
    pieces = re.split(r",\s*(?:and\s+)?|\s+and\s+", text)
    names = {form for person in persons for form in person.forms}
    bare = set(pieces) <= names  # "Clinton, Sanders" in a headline
    fits = len(pieces) == len(set(persons)) and (" and " in text or bare) and all(
        any(piece.endswith(name) for name in names) and len(piece.split()) <= 7
        and not _OF & set(piece.split()) for piece in pieces)
    return tuple(dict.fromkeys(persons)) if fits else ()


def before_clause(words: list[Word]) -> list[Word]:
    """Give the words before a relative clause: "Lisa and Mark Roe[, whose son died]"."""
    return list(takewhile(lambda word: word.text not in lists.RELATIVE, words))


def _one_person_twice(core: list[Word], rest: list[Word]) -> bool:
    """Say whether "and" joins two roles of one: "the former first lady and U.S. senator"."""
    one = lists.noun_class(tuple(word.text.lower() for word in core))
    head = [word.text.lower() for word in rest[1:5]]
    two = next((lists.noun_class(tuple(head[:size])) for size in range(len(head), 0, -1)
                if lists.noun_class(tuple(head[:size]))), None)
    articles = {"the", "a", "an", "his", "her", "their", "my", "our"}
    singular_roles = bool(one and two) and one[0] == two[0] == "role"
    return singular_roles and head[0] not in articles and (
        core[0].text.lower() in articles or any(word.possessive for word in core))


def _plain_list(passage: Passage, cast: Cast, core: list[Word], rest: list[Word]) -> bool:
    """Say whether commas separate members: "The family, protesters and civic leaders"."""
    if any(word.text in lists.CUTS for word in rest[:3]) or any(
            word.text in ("who", "whose") for word in rest):
        return False
    text = passage.text[core[-1].end:rest[-1].end]
    pieces = re.split(r",\s*(?:and\s+)?|\s+and\s+", text.strip(" ,"))
    if len(pieces) < 2 or " and " not in text:
        return False
    head = head_entity(cast, core)
    if head is not None and head.kind == "person":
        starts = [cast.by_start.get(word.start) for word in rest]
        named = sum(one is not None and one.kind == "person" for one in starts)
        return named >= len(pieces) - pieces[-1].startswith(("other ", "others"))
    return all(len(piece.split()) <= 3 for piece in pieces)
