"""What kind of words a quotation's source is, and which of them is the head."""

import re
from bisect import bisect_left
from typing import NamedTuple

from analysis.speakers import lists
from analysis.speakers.entities import Cast, Entity
from analysis.speakers.names import without_article
from analysis.speakers.passage import Passage, Word, words_between

_CUTS = frozenset(
    """who whom whose which that of for at in on with from by to about against as near outside
    inside into over under during after before led named called titled speaking working running
    not among behind including like such i we he she they it you where when familiar close have has
    had is are was were""".split()
)
_QUANTITY = frozenset(
    """some many most several few all both each none half others any one two three four five six
    seven eight nine ten dozens hundreds thousands more majority number group lot handful couple
    series""".split()
)
_PARTICIPLES = frozenset("sent made written seen held given read found shown run put set".split())
_BREAK = re.compile(r"[,;:(\[—–]|\s-\s|--|\.\.\.|…|\n|[“\"]")
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
    if not spans:
        return Reference("none", -1, -1)
    start, end = spans[0][0], spans[-1][1]
    words = [word for a, b in spans for word in words_between(passage, a, b)]
    if not words:
        return Reference("none", start, end)
    pronoun = _read_pronoun(words)
    if pronoun:
        return pronoun
    core = _core(passage, cast, words)
    parts = _listed(passage, cast, words, core)
    if parts:
        return Reference("list", start, end, _clean(passage, cast, words, words), members=parts)
    return _read_core(passage, cast, words, core)


def _read_pronoun(words: list[Word]) -> Reference | None:
    texts = [word.text.lower() for word in words]
    pronouns = lists.PERSONAL | lists.RELATIVE
    if len(words) == 1 and texts[0] in pronouns:
        return Reference("pronoun", words[0].start, words[0].end, texts[0], noun=texts[0])
    # "most of whom", "all of them", "each", "both"
    if texts[0] in _QUANTITY and len(words) <= 3 and texts[-1] in pronouns | {"each", "both"}:
        return Reference("pronoun", words[-1].start, words[-1].end, " ".join(texts), noun="they")
    if len(words) == 1 and texts[0] in {"each", "both", "all", "neither", "those", "these"}:
        return Reference("pronoun", words[0].start, words[0].end, texts[0], noun="they")
    if len(words) == 2 and texts[0] in pronouns and texts[1] in {"himself", "herself", "himself",
                                                                 "both", "all", "each", "also"}:
        return Reference("pronoun", words[0].start, words[0].end, texts[0], noun=texts[0])
    return None


def _core(passage: Passage, cast: Cast, words: list[Word]) -> list[Word]:
    """Give the words up to the first comma, preposition or relative clause."""
    reach = words[0].start
    for at, word in enumerate(words):
        spot = cast.spot_at.get(word.start)
        if spot and word.start in cast.by_start:
            reach = max(reach, spot.end)
        if at == 0 or word.start < reach:
            continue
        gap = passage.text[words[at - 1].end:word.start]
        if _BREAK.search(_OWN.sub("", gap, count=1)) or word.text in _CUTS:
            return words[:at]
        if word.text == "and" or word.text == "&":
            return words[:at]
        # "a report released last year", "a letter sent to parents"
        if word.text.islower() and (word.text.endswith(("ed", "ing")) or word.text in _PARTICIPLES):
            if lists.noun_class(tuple(one.text.lower() for one in words[:at])):
                return words[:at]
    return words


def _listed(passage: Passage, cast: Cast, words: list[Word], core: list[Word]) -> tuple:
    """Give the members of a coordination: "Obama and Clinton", "my siblings and I"; else ()."""
    if len(core) == len(words) or not core:
        return ()
    rest = words[len(core):]
    gap = passage.text[core[-1].end:rest[0].start]
    named = _named_list(passage, cast, words)
    if named:
        return named
    joined = rest[0].text in ("and", "&") and "," not in gap
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


_ASIDE = re.compile(r"\s?\([^)]*\)|, [RDI]-[A-Z][\w.]*,?|, (?:Republican|Democrat) of [A-Z]\w+,?")


def _named_list(passage: Passage, cast: Cast, words: list[Word]) -> tuple:
    """Give the persons of "Sens. Jon Tester (D-Mont.) and David Vitter (R-La.)"; else ()."""
    persons = [cast.by_start[word.start] for word in words
               if word.start in cast.by_start and cast.by_start[word.start].kind == "person"]
    if len(persons) < 2:
        return ()
    text = _ASIDE.sub("", passage.text[words[0].start:words[-1].end + 1]).strip(" ,)")
    pieces = re.split(r",\s*(?:and\s+)?|\s+and\s+", text)
    names = {form for person in persons for form in person.forms}
    fits = len(pieces) == len(set(persons)) and " and " in text and all(
        any(piece.endswith(name) for name in names) and len(piece.split()) <= 7
        for piece in pieces)
    return tuple(dict.fromkeys(persons)) if fits else ()


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
    if any(word.text in _CUTS for word in rest[:3]):
        return False
    text = passage.text[core[-1].end:rest[-1].end]
    pieces = re.split(r",\s*(?:and\s+)?|\s+and\s+", text.strip(" ,"))
    if len(pieces) < 2 or " and " not in text:
        return False
    head = _head_entity(cast, core)
    if head is not None and head.kind == "person":
        starts = [cast.by_start.get(word.start) for word in rest]
        return sum(one is not None and one.kind == "person" for one in starts) >= len(pieces)
    return all(len(piece.split()) <= 3 for piece in pieces)


def _head_entity(cast: Cast, core: list[Word]) -> Entity | None:
    """Give the entity whose name ends the core: "White House spokesman Josh Earnest"."""
    last = core[-1]
    for word in reversed(core):
        spot = cast.spot_at.get(word.start)
        if spot is not None and word.start in cast.by_start:
            return cast.by_start[word.start] if spot.end >= last.end else None
    return None


def _read_core(passage: Passage, cast: Cast, words: list[Word], core: list[Word]) -> Reference:
    start, end = words[0].start, words[-1].end
    while core and core[-1].text.lower() in ("himself", "herself", "itself", "alone"):
        core = core[:-1]
    if not core:
        return Reference("none", start, end)
    entity = _head_entity(cast, core)
    lower = tuple(word.text.lower() for word in core)
    if entity is not None and entity.kind != "document" and not _is_noun_use(entity, lower):
        return Reference("name", start, end, entity.name, entity=entity)
    known = lists.noun_class(lower) or _by_ending(core)
    apposed = _apposed(passage, cast, words, core, known)
    if apposed is not None:
        noun = known[2] if known else ""
        return Reference("name", start, end, _clean(passage, cast, core, core), noun, "role",
                         known[1] if known else "", _article(core), apposed, _owner(cast, core))
    if _is_bare_name(cast, core):
        spot = cast.spot_at.get(core[0].start)
        return Reference("bare", start, end, spot.text if spot else
                         passage.text[core[0].start:core[-1].end])
    kind, role_class, noun = known or ("", "", lower[-1])
    if lower[0] in _QUANTITY and kind in ("role", "") and len(words) > len(core):
        # "some of the voters", "a number of experts"
        kind = "group" if lower[0] != "one" else "role"
    return Reference(
        "description", start, core[-1].end, _clean(passage, cast, words, core), noun, kind,
        role_class, _article(core), owner=_owner(cast, core),
    )


def _is_noun_use(entity: Entity, lower: tuple[str, ...]) -> bool:
    """Say whether the spot is a common noun at the start of a sentence: "Police", "Poll"."""
    return len(lower) == 1 and lists.noun_class(lower) is not None and entity.kind != "person"


def _by_ending(core: list[Word]) -> tuple[str, str, str] | None:
    """Guess an unknown noun's kind by its ending: "birchers", "loyalists", "show-runner"."""
    noun = core[-1].text.lower()
    if re.search(r"(?:ers|ors|ists|ans|ians|goers|makers|men|women)$", noun):
        return "group", "", lists.singular(noun)
    if re.search(r"(?:ist|goer|maker|man|woman)$", noun) and len(noun) > 5:
        return "role", "person", noun
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is", "news")):
        return "group", "", lists.singular(noun)
    return None


def _apposed(
    passage: Passage, cast: Cast, words: list[Word], core: list[Word],
    known: tuple[str, str, str] | None,
) -> Entity | None:
    """Give the person named beside a description: "her lawyer, David Kendall".

    Also "one of the family's attorneys, Justin Bamberg," and "a geologist named Rufus Anker";
    the name may follow the source's own words.
    """
    if not known or known[0] not in ("role", "group"):
        return None
    first = 0 if known[0] == "role" else len(words)
    if core[0].text.lower() == "one":
        first = 0
    for at in range(max(1, first), len(words)):
        gap = passage.text[words[at - 1].end:words[at].start]
        if words[at - 1].text == "named" or ("," in gap and at >= len(core)):
            entity = _named_at(cast, passage, words[at].start)
            if entity is not None and entity.kind == "person":
                return entity
    if known[0] != "role":
        return None
    match = _THEN_NAME.match(passage.text, words[-1].end)
    entity = _named_at(cast, passage, match.end()) if match else None
    return entity if entity is not None and entity.kind == "person" else None


_THEN_NAME = re.compile(r"(?:\s\([^)]*\))?,\s(?:the )?(?:Mr|Mrs|Ms|Dr)?\.?\s?|\s(?=[A-Z])")


def _is_bare_name(cast: Cast, core: list[Word]) -> bool:
    """Say whether the source is a run of capitals no evidence has told the kind of."""
    words = [word for word in core if word.text.lower() not in ("the",)]
    lower = tuple(word.text.lower() for word in words)
    return bool(words) and all(word.text[0].isupper() for word in words) and (
        lists.noun_class(lower) is None and lower[0] not in lists.STOP_WORDS
        and lower[0] not in _QUANTITY) and len(words) <= 4


def _named_at(cast: Cast, passage: Passage, offset: int) -> Entity | None:
    """Give the person whose name, titles included, starts at `offset`."""
    at = bisect_left(passage.word_starts, offset)
    for word in passage.words[at:at + 5]:
        if word.start in cast.by_start:
            spot = cast.spot_at[word.start]
            return cast.by_start[word.start] if spot.title_start <= offset + 1 else None
    return None


def _article(core: list[Word]) -> str:
    first = core[0].text.lower()
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


def _clean(passage: Passage, cast: Cast, words: list[Word], core: list[Word]) -> str:
    """Give the source's own words without leading article and without what trails the head."""
    end = core[-1].end
    for at, word in enumerate(words[len(core):], len(core)):
        gap = passage.text[words[at - 1].end:word.start]
        if "," in gap or "(" in gap or word.text in ("who", "which", "that", "whose", "whom"):
            break
        end = word.end
    text = " ".join(without_article(passage.text[words[0].start:end]).split())
    first = text.split(" ")[0] if text else ""
    if first and _is_plain_word(passage, cast, words, first):
        text = first.lower() + text[len(first):]
    return text


def _is_plain_word(passage: Passage, cast: Cast, words: list[Word], first: str) -> bool:
    """Say whether the capital of the first word is only a sentence's: "Protesters"."""
    if not first[0].isupper() or not first[1:].islower() or first in lists.demonyms():
        return False
    lower = first.lower()
    if lower in lists.STOP_WORDS or lower in _QUANTITY or lists.noun_class((lower,)):
        return True
    lead = next((word for word in words[:2] if word.text == first), words[0])
    return lead.start not in cast.by_start and bool(
        re.search(rf"\b{re.escape(lower)}\b", passage.text))
