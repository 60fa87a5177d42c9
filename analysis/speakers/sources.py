"""What kind of words a quotation's source is, and which of them is the head."""

import re
from typing import NamedTuple

from analysis.speakers import lists
from analysis.speakers.appositions import body_beside, person_beside
from analysis.speakers.coordination import read_list
from analysis.speakers.entities import Cast, Entity, head_entity
from analysis.speakers.names import without_article
from analysis.speakers.nouns import class_by_ending
from analysis.speakers.passage import Passage, Word, words_between
from analysis.speakers.title_words import is_in_title
from analysis.speakers.titles import name_after_title

_AFTER_PRONOUN = lists.word_set("himself herself both all each also")
_PARTICIPLES = lists.word_set("sent made written seen held given read found shown run put set "
                              "paid drawn "
                              "this last next later earlier present active just there here")
_CLOSING = {"“": "”", "\"": "\"", "‘": "’"}
_ARTICLES = frozenset({"the", "a", "an"})
_PLURAL = re.compile(r"[^siu'’]s$")
_BREAK = re.compile(r"[,;:(\[—–]|\s-\s|--|\.\.\.|…|\n|[“\"]|''|``")

_COMPARING = frozenset({"more", "fewer", "less", "rather"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_OWN = re.compile(r"['’]s?\b")


class Reference(NamedTuple):
    """A source taken apart.

    `form` is none | pronoun | name | list | description; `noun` the head noun in lower case,
    `noun_kind` role | group | organization | document | '', `article` the | a | own | '' .
    """

    form: str
    start: int
    end: int
    text: str = ""
    noun: str = ""
    noun_kind: str = ""
    role_class: str = ""
    article: str = ""
    entity: Entity | None = None
    owner: tuple[int, str] | None = None
    members: tuple = ()


def read_source(passage: Passage, cast: Cast, spans: list) -> Reference:
    """Take the source that stands at `spans` apart."""
    key = tuple(map(tuple, spans))
    if key not in cast.read:
        cast.read[key] = _read(passage, cast, spans)
    return cast.read[key]


def _read(passage: Passage, cast: Cast, spans: list) -> Reference:
    if not spans:
        return Reference("none", -1, -1)
    start, end = spans[0][0], spans[-1][1]
    words = [word for a, b in spans for word in words_between(passage, a, b)]
    if not words:
        return Reference("none", start, end)
    if passage.text[start] == "@":
        entity = cast.by_start.get(start + 1)
        return Reference("name" if entity else "bare", start, end, passage.text[start:end],
                         entity=entity)
    pronoun = _read_pronoun(words)
    if pronoun:
        return pronoun
    core = _core(passage, cast, words)
    titled = name_after_title(passage, cast, words, core)
    if titled is not None:
        return Reference("name", start, end, titled.name, entity=titled)
    parts = read_list(passage, cast, words, core)
    if parts:
        return Reference("list", start, end, _clean(passage, words, words), members=parts)
    return _read_core(passage, cast, words, core)


def _read_pronoun(words: list[Word]) -> Reference | None:
    texts = [word.text if word.text in lists.LETTERS else word.text.lower() for word in words]
    texts = texts[texts[:2] == ["a", "few"]:]  # "a few of them"
    pronouns = lists.PERSONAL | lists.RELATIVE
    # "who had championed the deal": the source runs on
    runs_on = texts[0] in ("who", "which") and len(words) > 1
    if len(words) == 1 and texts[0] in pronouns or runs_on:
        return Reference("pronoun", words[0].start, words[0].end, texts[0], noun=texts[0])
    # "most of whom", "all of them", "each", "both"
    member = texts[:2] == ["one", "of"]  # "one of them" is somebody
    if texts[0] in lists.QUANTITY and not member and (
            len(texts) <= 3 or texts[1] == "but") and (  # "all but two of whom"
            texts[-1] in pronouns | {"each", "both"}):
        return Reference("pronoun", words[-1].start, words[-1].end, " ".join(texts), noun="they")
    if len(words) == 1 and texts[0] in lists.SEVERAL:
        return Reference("pronoun", words[0].start, words[0].end, texts[0], noun="they")
    if len(words) == 2 and texts[0] in pronouns and texts[1] in _AFTER_PRONOUN:
        return Reference("pronoun", words[0].start, words[0].end, texts[0], noun=texts[0])
    return None


def _core(passage: Passage, cast: Cast, words: list[Word]) -> list[Word]:
    """Give the words up to the first comma, preposition or relative clause."""
    reach = words[0].start
    for at, word in enumerate(words):
        inside = at == 0 or word.start < reach
        spot = cast.spot_at.get(word.start)
        if spot and word.start in cast.by_start:
            reach = max(reach, spot.end)
        if inside:
            continue
        gap = passage.text[words[at - 1].end:word.start]
        # "the “No Comparison” ad": a title between article and noun
        if at == 1 and words[0].text.lower() in _ARTICLES and gap.strip() in _CLOSING:
            reach = passage.text.find(_CLOSING[gap.strip()], word.end, words[-1].end) + 1
            continue
        in_date = gap == ", " and _YEAR.fullmatch(word.text) and words[at - 1].text.isdigit()
        if not in_date and _BREAK.search(_OWN.sub("", gap, count=1)):
            return words[:at]
        hedge = word.text in ("about", "over", "around") and at + 1 < len(words) and (
            words[at + 1].text[0].isdigit() or words[at + 1].text in ("a", "half"))
        hedge = hedge or word.text == "than" and words[at - 1].text.lower() in _COMPARING
        hedge = hedge or at == 1 and words[0].text.lower() in _ARTICLES  # "an inside source"
        hedge = hedge or is_in_title(words, at)  # "the secretary of state"
        cut = word.text in lists.CUTS and not hedge and not _opens_noun(words[at - 1], word)
        if cut or word.text in lists.JOINING or _trails(words, at):
            return words[:at]
    return words


def _opens_noun(before: Word, word: Word) -> bool:
    """Say whether a participle is part of the noun: "Trump's [running] mate"."""
    return word.text.endswith(("ing", "ed")) and (
        before.possessive or before.text.lower() in _ARTICLES | {"his", "her", "their", "its"})


def _trails(words: list[Word], at: int) -> bool:
    """Say whether a noun is complete: "a report [released] last year", "a poll [this] month"."""
    text = words[at].text
    if not (text.endswith(("ed", "ing")) or text in _PARTICIPLES) or not text.islower() or (
            words[at - 1].possessive):  # "the party's [presumed] nominee"
        return False
    before = tuple(one.text.lower() for one in words[:at])
    if before[-1] in lists.PERSONAL or is_in_title(words, at):  # "its [managing] director"
        return False
    return lists.noun_class(before) is not None or bool(
        words[at - 1].text.islower() and _PLURAL.search(before[-1]))


def _without_tail(cast: Cast, core: list[Word]) -> list[Word]:
    """Cut "himself" and, after a name, "QC"."""
    while core and core[-1].text.lower() in lists.TAILS:
        core = core[:-1]
    lettered = len(core) > 2 and core[-1].text in lists.LETTERS_AFTER
    return core[:-1] if lettered and head_entity(cast, core[:-1]) else core


def _read_core(passage: Passage, cast: Cast, words: list[Word], core: list[Word]) -> Reference:
    start, end = words[0].start, words[-1].end
    core = _without_tail(cast, core)
    if not core:
        return Reference("none", start, end)
    entity = head_entity(cast, core)
    lower = tuple(word.text.lower() for word in core)
    if entity is not None and _is_one_of_a_people(entity, core):
        return Reference("description", start, core[-1].end, _clean(passage, words, core),
                         lower[-1], "role", "person", _article(passage, core))
    named = entity if _is_named(entity, lower) else body_beside(passage, cast, words, core)
    if named is not None:
        return Reference("name", start, end, named.name, entity=named)
    known = lists.noun_class(lower) or class_by_ending(core[-1].text.lower())
    apposed = person_beside(passage, cast, words, core, known)
    if apposed is not None:
        _, role_class, noun = known or ("", "", "")
        return Reference("name", start, end, _clean(passage, core, core), noun, "role",
                         role_class, _article(passage, core), apposed, _owner(cast, core))
    if _is_bare_name(core):
        spot = cast.spot_at.get(core[0].start)
        return Reference("bare", start, end, spot.text if spot else
                         passage.text[core[0].start:core[-1].end])
    kind, role_class, noun = known or ("", "", lower[-1])
    after = words[len(core)].text if len(words) > len(core) else ""
    if lower == ("one",) and after == "in":
        return Reference("description", start, end, _clean(passage, words, core), "one", "group")
    if _is_several(lower, kind, cut=after == "of"):
        kind, role_class, noun = _counted(words[len(core) + 1:]) or (
            "role" if lower[0] == "one" else "group", role_class, noun)
    return Reference(
        "description", start, core[-1].end, _clean(passage, words, core), noun, kind,
        role_class, _article(passage, core), owner=_owner(cast, core),
    )


def _counted(words: list[Word]) -> tuple[str, str, str] | None:
    """Give the class of what is counted where that is no people: "a pair of editorials"."""
    end = next((at for at, word in enumerate(words)
                if word.text in lists.CUTS | lists.JOINING | {"those"}), len(words))
    known = lists.noun_class(tuple(word.text.lower() for word in words[:end]))
    return known if known is not None and known[0] == "document" else None


def _is_one_of_a_people(entity: Entity, core: list[Word]) -> bool:
    """Say whether one person is meant: "a German", "the South Australian"; not "the Swiss"."""
    first, last = core[0].text.lower(), core[-1].text
    known = entity.kind == "person" and (" ".join(word.text for word in core[1:]) != entity.name)
    return len(core) in (2, 3) and first in ("a", "an", "another", "the") and not known and (
        entity.kind in ("person", "group")) and lists.is_people(last)


_HEDGES = lists.word_set("a an the about around nearly almost roughly more than at least over only "
                         "just some only out")

_BODIES = frozenset({("the", "group"), ("this", "group"), ("that", "group")})
_COLLECTIONS = lists.word_set("group team coalition number handful pair string series slew raft")


def _is_several(lower: tuple[str, ...], kind: str, *, cut: bool) -> bool:
    """Say whether the core counts people: "some of the voters", "a number of experts", "all three".

    "A group of parents" are several people, "the group" is a body.
    """
    if lower in _BODIES:
        return False
    plain = [word for word in lower if word not in _HEDGES] or list(lower)
    if all(word in lists.QUANTITY for word in plain) and plain != ["one"]:
        return True
    number = plain[0].replace(",", "").replace(".", "").isdigit() and not _YEAR.fullmatch(plain[0])
    if number and kind in ("", "role"):
        return True
    if not cut:
        return False
    return lower[0] in lists.QUANTITY and kind in ("role", "") or (
        lower[0] in ("a", "the") and lower[-1] in _COLLECTIONS)


def _is_named(entity: Entity | None, lower: tuple[str, ...]) -> bool:
    return entity is not None and entity.kind != "document" and not _is_noun_use(entity, lower)


def _is_noun_use(entity: Entity, lower: tuple[str, ...]) -> bool:
    """Say whether the spot is a common noun at the start of a sentence: "Police", "Poll"."""
    known = lists.noun_class(lower)
    if known and known[0] == "role" and len(lower) > 1 and entity.kind == "organization" and (
            entity.name.isupper()):  # "Trump's potential VP"
        return True
    # "the Republican from Alabama" is one of them
    one_of_them = entity.kind == "group" and len(lower) > 1 and known and known[0] == "role"
    letters = entity.name.isupper() and known is not None and known[0] != "role"  # "CREW"
    return bool(one_of_them) or len(lower) == 1 and known is not None and (
        entity.kind != "person" and not letters)


def _is_bare_name(core: list[Word]) -> bool:
    """Say whether the source is a run of capitals no evidence has told the kind of."""
    words = [word for word in core if word.text.lower() not in ("the",)]
    lower = tuple(word.text.lower() for word in words)
    return bool(words) and all(word.text[0].isupper() for word in words) and (
        lists.noun_class(lower) is None and lists.noun_class(lower[:1]) is None
        and lower[0] not in lists.STOP_WORDS
        and lower[0] not in lists.QUANTITY) and len(words) <= 4


def _article(passage: Passage, core: list[Word]) -> str:
    first = core[0].text.lower()
    if passage.text[max(0, core[0].start - 4):core[0].start].lower() == "the ":  # left out
        return "the"
    if first in ("the", "this", "that", "these", "those"):
        return "the"
    if first in ("a", "an", "one", "another", "some", "several", "many", "two", "three"):
        return "a"
    if first in lists.PERSONAL or any(word.possessive for word in core[:-1]):
        return "own"
    return ""


def _owner(cast: Cast, core: list[Word]) -> tuple[int, str] | None:
    """Give where the owner in "Scott's family", "her campaign", "Trump campaign" stands."""
    first = core[0]
    if first.text.lower() in lists.PERSONAL:
        return first.start, "pronoun"
    for word in core[:-1]:
        if word.start in cast.by_start:
            return word.start, "own" if word.possessive else "name"
    return None


def _clean(passage: Passage, words: list[Word], core: list[Word]) -> str:
    """Give the source's own words without leading article and without what trails the head."""
    end = core[-1].end
    for at, word in enumerate(words[len(core):], len(core)):
        gap = passage.text[words[at - 1].end:word.start]
        if _ENDS.search(gap) or word.text in lists.RELATIVE:
            break
        end = word.end
    text = " ".join(without_article(passage.text[words[0].start:end]).split())
    first = text.split(" ")[0] if text else ""
    # "Protesters" opens the sentence; "the Senate" is written so
    opens = passage.text.startswith(first, words[0].start)
    if first and opens and _is_plain_word(passage, first, " ".join(text.split(" ")[1:2])):
        text = first.lower() + text[len(first):]
    return text


_ENDS = re.compile(r"[,(]|\s-\s")


def _is_plain_word(passage: Passage, first: str, second: str) -> bool:
    """Say whether the capital of the first word is only a sentence's: "Protesters"."""
    if not first[0].isupper() or not first[1:].islower() or first in lists.demonyms():
        return False
    lower = first.lower()
    if lower in lists.STOP_WORDS or lower in lists.QUANTITY:
        return True
    # "Police Federation", "National Parents' Council" keep theirs
    if second[:1].isupper():
        return False
    if lists.noun_class((lower,)):
        return True
    return bool(re.search(rf"\b{re.escape(lower)}\b", passage.text))
