"""Roles: what the article calls a person, from titles and appositions."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from analysis.speakers import lists
from analysis.speakers.entities import Cast, Entity
from analysis.speakers.names import fold, without_article
from analysis.speakers.passage import Passage, words_between


class Role(NamedTuple):
    """One thing an article calls a person, and where."""

    phrase: str
    noun: str
    role_class: str
    affiliation: str
    how: str


_AFTER = re.compile(
    r"(?: \([^)]{1,40}\))?,\s+(?:\d{2},\s+)?"
    r"((?:a|an|the|one of|who (?:is|was|has been|serves as|served as)|[a-z]|[A-Z]\w+['’]s|his|her"
    r"|[A-Z][\w.]+ (?=[^,.;:()“”\"\n]{2,70},))"
    r"[^,.;:()“”\"\n]{2,90})"
)
# "Roe, through a spokeswoman, declined", "Roe, who runs the Anchor" say of Roe no such thing
_SAYS_NO_ROLE = re.compile(
    r"(?:through|via|in|on|at|by|with|from|for|to|and|but|as|after|before|like|unlike|according|along"
    r"|said|speaking|flanked|joined|accompanied)\b|who (?!is|was|has been|serves as|served as)")
_COPULA = re.compile(
    r",? (?:is|was|became|has been|as) ((?:a|an|the|his|her) [^,.;:()“”\"\n]{2,70})")
_CHOSEN = re.compile(
    r"(?:, [^,.;:()“”\"\n]{2,40},)? (?:was|were|has been|had been) (?:re-?)?"
    r"(?:elected|appointed|named|chosen|sworn in|installed)(?: as)?(?: the| an?)? "
    r"([^,.;:()“”\"\n]{2,70})")
_AT_THE_BAR = re.compile(r",? (?:QC|KC|SC|BL|SAN)\b")
_COURT = re.compile(r"\b(?:guilty|court|jury|trial)\b")
_ACCUSED = re.compile(
    r"(?:, (?:aged )?\d\d,|,? (?:of|from) [^;“”\"\n]{3,40},)?"
    r"(?:[^;“”\"\n]{0,70}?\b(?:pleaded|pled|pleads|found) (?:not )?guilty\b"
    r"|,? (?:who )?(?:den(?:y|ies|ied) (?:murder|\w+ing\b|(?:the|all|both|two) (?:charge|count)s?)"
    r"|(?:is|was|has been|been) (?:accused of|charged with|on trial)))")
# "Roe's new comedy": the playwright
_MAKERS = {"play": "playwright", "comedy": "playwright", "drama": "playwright", "novel": "novelist",
           "thriller": "novelist", "album": "singer", "single": "singer", "opera": "composer",
           "symphony": "composer", "poems": "poet"}
_WORK = re.compile(r"['’]s? (?:new|latest|debut|first|second|third|last|next) (?:[a-z-]+ )?"
                   rf"({'|'.join(_MAKERS)})\b")
_LEAD = re.compile(r"^(?:who (?:is|was|has been|serves as|served as)|one of) (?:an? |the )?")
# where the role ends and a clause begins: "owner of the Mavericks who rebuffed …"
_CLAUSE = re.compile(r" (?:who|whom|whose|which|that) ")
_PARTY = re.compile(r",? \(([RDI])\b[-–, ]*([A-Za-z.]*)[-\w.,– ]*\)|, ([RDI])-([A-Z][A-Za-z.]+)")
_PARTIES = {"R": "Republican", "D": "Democratic", "I": "independent"}
_LINK = re.compile(r"\b(?:of|at|for|with|from|in|to)\s+(?:the\s+)?(.+)$")
_OWNER = re.compile(r"^(.+?)['’]s?\s+(.+)$")
_LINKS = lists.word_set("of at for with from in on to who that and by")


def read_roles(passage: Passage, cast: Cast) -> None:
    """Note for every person the roles that titles and appositions give.

    "Foreign Minister X", "economist Alan Cole", "X, chief executive of Y", "X (R-Ky.)".
    """
    on_trial = bool(_COURT.search(passage.text))
    for entity in cast.entities:
        if entity.kind == "person":
            entity.notes["roles"] = list(dict.fromkeys(
                _roles_of(passage, cast, entity, on_trial=on_trial)))


def _roles_of(
    passage: Passage, cast: Cast, entity: Entity, *, on_trial: bool,
) -> Iterable[Role]:
    for start, end in entity.spots:
        spot = cast.spot_at[start]
        if spot.title:
            yield from _from_title(spot.title, before=_before(passage, spot.title_start))
        else:
            yield from _from_noun_before(passage, spot.title_start)
        yield from _party(passage, end)
        match = _AFTER.match(passage.text, end)
        if match and not _SAYS_NO_ROLE.match(match.group(1)):
            yield from read_role(match.group(1), how="apposition")
        yield from _from_verb(passage, end)
        if on_trial and _ACCUSED.match(passage.text, end):
            yield Role("defendant", "defendant", "accused", "", "copula")


def _from_verb(passage: Passage, end: int) -> Iterable[Role]:
    """Read what is said of a name: "Roe was a …", "was elected mayor", "Roe SC", "Roe's opera"."""
    match = _COPULA.match(passage.text, end)
    if match and lists.noun_class(_head_words(match.group(1))):
        yield from read_role(match.group(1), how="copula")
    match = _CHOSEN.match(passage.text, end)
    if match:
        yield from read_role(match.group(1), how="copula")
    if _AT_THE_BAR.match(passage.text, end):
        yield Role("barrister", "barrister", "legal", "", "title")
    work = _WORK.match(passage.text, end)
    if work:
        yield Role(_MAKERS[work.group(1)], _MAKERS[work.group(1)], "culture", "", "work")


def _party(passage: Passage, end: int) -> Iterable[Role]:
    match = _PARTY.match(passage.text, end)
    if match:
        party, state = (match.group(at) or match.group(at + 2) or "" for at in (1, 2))
        state = lists.state_forms().get(state.rstrip("."), "")
        yield Role(state, "", "politician", _PARTIES[party], "party")


def _before(passage: Passage, start: int) -> str:
    """Give the owner right before a title: "Vandel Chemicals' Chief Executive X"."""
    words = words_between(passage, max(0, start - 60), start)
    if not words or not words[-1].possessive or passage.text[words[-1].end:start].strip(" '’s"):
        return ""
    first = len(words) - 1
    while first > 0 and words[first - 1].text[0].isupper() and (
            passage.text[words[first - 1].end:words[first].start] == " "):
        first -= 1
    return passage.text[words[first].start:words[-1].end]


def _from_title(title: str, *, before: str) -> Iterable[Role]:
    words = [_expand(word) for word in title.split()]
    if words[-1] in lists.demonyms():
        yield Role("", "", "", words[-1], "title")
        return
    known = _longest_noun(words)
    if known is None:
        meaning = lists.honorifics().get(title.rstrip("."), ("", "", ""))[2] or " ".join(words)
        yield Role(meaning, meaning.lower(), lists.role_nouns().get(meaning, ("",))[0], before,
                   "title")
        return
    noun, size, role_class = known
    lead = " ".join(words[: len(words) - size])
    yield Role(" ".join(words[-size:]), noun, role_class, before or _state(lead), "title")


def _state(lead: str) -> str:
    """Give "Ukraine" for "Ukrainian"; other words as they are."""
    return lists.states().get(lead, lead)


def _expand(word: str) -> str:
    """Give "Gov." as "governor"; other words as they are."""
    meaning = lists.honorifics().get(word.rstrip("."), ("", "", ""))[2]
    return meaning if meaning and word.endswith(".") else word


def _longest_noun(words: list[str]) -> tuple[str, int, str] | None:
    for size in range(min(4, len(words)), 0, -1):
        noun = " ".join(words[-size:]).lower()
        for form in (noun, lists.singular(noun)):
            if form in lists.role_nouns():
                return form, size, lists.role_nouns()[form][0]
    return None


def _from_noun_before(passage: Passage, start: int) -> Iterable[Role]:
    """Read lower-case nouns right before the name: "White House spokesman Josh Earnest"."""
    words = words_between(passage, max(0, start - 70), start)
    if not words or passage.text[words[-1].end:start] not in (" ", "\u00a0"):
        return
    first = len(words)
    while first > 0 and len(words) - first < 7:
        word = words[first - 1]
        gap = passage.text[word.end:words[first].start if first < len(words) else start]
        plain = gap.strip(" \u00a0'’s") == "" and len(gap) <= 3
        if not plain or word.text.lower() in lists.STOP_WORDS and word.text.lower() != "former":
            break
        first -= 1
    phrase = passage.text[words[first].start:words[-1].end] if first < len(words) else ""
    if phrase and words[-1].text.islower():
        yield from read_role(phrase, how="title")


def read_role(phrase: str, *, how: str) -> Iterable[Role]:
    """Read a role phrase: "director of the Institute for Policy Integrity", "the company's CEO".

    Gives nothing where its head is no role noun of the list.
    """
    text = " ".join(without_article(phrase.strip()).split())
    text = _CLAUSE.split(_LEAD.sub("", text))[0]
    head, known = _head(text)
    if not known or known[0] not in ("role", "group") or not known[1]:
        return
    noun = known[2]
    at = fold(text).find(fold(" ".join(head[-len(noun.split()):])))
    lead, tail = text[:at].strip() if at > 0 else "", text[at + len(noun):].strip()
    owner = _OWNER.match(lead + " x") if lead else None
    link = _LINK.match(tail)
    affiliation = owner.group(1) if owner else link.group(1) if link else _names_in(lead)
    affiliation = _state(affiliation.strip())
    former = "former " if re.match(r"(?i)(?:former|ex|retired)\b", lead) else ""
    yield Role(former + noun, noun, known[1], without_article(affiliation), how)


def _head(text: str) -> tuple[tuple[str, ...], tuple[str, str, str] | None]:
    """Give the words up to the head noun, and what that is: "Ohio Secretary of State" whole."""
    whole = tuple(text.lower().split())
    known = lists.noun_class(whole)
    if known and " of " in known[2]:
        return whole, known
    head = _head_words(text)
    return head, lists.noun_class(head)


def _head_words(text: str) -> tuple[str, ...]:
    words = without_article(text).split()
    for at, word in enumerate(words):
        if at and word.lower() in _LINKS:
            words = words[:at]
            break
    return tuple(word.lower().strip(",.'’") for word in words)


def _names_in(lead: str) -> str:
    """Give the capitalised words of what stands before the noun: "White House" spokesman."""
    words = [word for word in lead.split() if word[0].isupper() and word not in ("The", "Former")]
    return " ".join(words)


def best_role(entity: Entity) -> Role:
    """Give the role to show: the most telling, an official one sooner than a private one."""
    roles = [role for role in entity.notes.get("roles", ()) if role.noun]
    if not roles:
        party = [role for role in entity.notes.get("roles", ()) if role.affiliation]
        return Role("", "", party[0].role_class, party[0].affiliation, "") if party else (
            Role("", "", "", "", ""))

    def rank(role: Role) -> tuple:
        return (role.role_class not in ("person", "family", "citizen"), bool(role.affiliation),
                not role.phrase.startswith("former"), len(role.noun.split()))
    return max(roles, key=rank)
