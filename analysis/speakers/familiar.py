"""Persons the article names by less than their full name: couples, relatives, nicknames."""

import re
from collections.abc import Mapping, Sequence

from analysis.speakers import lists
from analysis.speakers.entities import Cast, Entity, generic, joined, new_entity, put
from analysis.speakers.names import fold, may_be_one, names_several, read_name, surname
from analysis.speakers.passage import Passage
from analysis.speakers.spotting import Spot

_QUOTED = re.compile(r"\b([A-Z][\w.-]+) [“\"‘']([A-Z][\w-]+)[”\"’'] ([A-Z][\w'’-]+)")
_KNOWN_AS = re.compile(
    r", (?:(?:who is|also|better|popularly|fondly|otherwise|widely|commonly) )*"
    r"(?:known|nicknamed|dubbed)(?: to (?:[a-z]+ ){1,3})?(?: simply)?(?: as)? "
    r"[“\"‘']?([A-Z][\w-]+)")


def add_nicknames(cast: Cast, passage: Passage, spots: Sequence[Spot]) -> None:
    """Put nicknames to whom they call so: "Ida “Sparks” Roe", "Bo Lee, better known as Ability"."""
    at = {spot.start: spot for spot in spots}
    names: dict[str, Entity] = {}
    for match in _QUOTED.finditer(passage.text):
        first, last = at.get(match.start(1)), at.get(match.start(3))
        if first is None or last is None or last.text != match.group(3) or " " in first.text:
            continue
        whole = first._replace(end=last.end, text=f"{first.text} {last.text}",
                               possessive=last.possessive)
        entity = same_person(cast, whole) or new_entity(cast, whole.text, "person")
        put(cast, entity, whole)
        names[match.group(2)] = entity
    for entity in [one for one in cast.entities if one.kind == "person"]:
        for _, end in entity.spots:
            match = _KNOWN_AS.match(passage.text, end)
            if match:
                names[match.group(1)] = entity
    for spot in spots if names else ():
        if spot.text in names and spot.start not in cast.by_start:
            put(cast, names[spot.text], spot)


def add_couples(
    cast: Cast, passage: Passage, spots: Sequence[Spot], kinds: Mapping[str, str],
) -> None:
    """Give the first of "Ken and Joan Pettigrew" the surname too."""
    for spot, after in zip(spots, spots[1:], strict=False):
        other = cast.by_start.get(after.start)
        key = fold(spot.text)
        joined = passage.text[spot.end:after.start] in (" and ", " & ") and not spot.title
        if not joined or " " in key or spot.start in cast.by_start or other is None or (
                other.kind != "person" or len(after.text.split()) != 2 or spot.honorific):
            continue
        surnames = {read_name(one.name).last for one in cast.entities if one.kind == "person"}
        last = after.text.split()[1]
        usual = key in lists.first_names() and kinds[key] in ("person", "")
        if key not in surnames and (usual or _is_couple(passage.text, spot.text, last)):
            name = f"{spot.text} {last}"
            known = same_person(cast, spot._replace(text=name))
            put(cast, known or new_entity(cast, name, "person"), spot)
    _add_joint_surnames(cast, passage, spots)


def _is_couple(text: str, first: str, last: str) -> bool:
    """Say whether "Lisa and Mark Roe" are two Roes: "the Roes", or "Mrs Roe" and no other Lisa."""
    titled = re.search(rf"\b(?:Mrs?|Ms|Miss)\.? {re.escape(last)}\b", text)
    once = len(re.findall(rf"\b{re.escape(first)}\b", text)) == 1
    return names_several(text, last) or bool(titled) and once


def _add_joint_surnames(cast: Cast, passage: Passage, spots: Sequence[Spot]) -> None:
    """Put "the Pettigrews" to the two who bear the name, if the article names two.

    Of one, or of three, they are a family.
    """
    bearers: dict[str, list[Entity]] = {}
    for entity in sorted(cast.entities, key=lambda one: min(one.spots, default=(0, 0))):
        if entity.kind == "person" and " " in entity.name:
            bearers.setdefault(read_name(entity.name).last, []).append(entity)
    families = {last + end: some for last, some in bearers.items() for end in ("s", "es")}
    for spot in spots:
        some = families.get(fold(spot.text), ())
        if some and passage.text[max(0, spot.start - 5):spot.start].lower().endswith(
                ("the ", "both ")):
            two = len(some) == 2
            put(cast, joined(cast, some) if two else generic(cast, spot.text, "group"), spot)


_KIN = re.compile(
    r"(?:['’]s?|,? and (?:his|her)) (?:wife|husband|son|daughter|brother|sister|father|mother),? ")


def add_relatives(
    cast: Cast, passage: Passage, spots: Sequence[Spot], kinds: Mapping[str, str],
) -> None:
    """Give relatives surname and gender: "Lee and his wife, Ida", "Mr Lee's wife Ida"."""
    lasts = {read_name(one.name).last for one in cast.entities if one.kind == "person"}
    for spot, after in zip(spots, spots[1:], strict=False):
        last, key = surname(spot.text), fold(after.text)
        alone = " " not in key and after.start not in cast.by_start and not after.title
        if alone and fold(last) in lasts and key not in lasts and (
                kinds[key] in ("person", "")) and (
                _KIN.fullmatch(passage.text, spot.end, after.start)):
            whole = after._replace(text=f"{after.text} {last}")
            entity = same_person(cast, whole) or new_entity(cast, whole.text, "person")
            put(cast, entity, after)
    _note_relatives(cast, passage)


_RELATIVE = re.compile(r"\b(first lady|[a-z-]+)(?:,? |, the [a-z]+ )$", re.IGNORECASE)


def _note_relatives(cast: Cast, passage: Passage) -> None:
    """Take gender from what stands before a full name: "his daughter, Susan Harker"."""
    for entity in cast.entities:
        for start, _ in entity.spots if entity.kind == "person" else ():
            gender = relative_gender(passage, start)
            if gender:
                entity.genders["honorific", gender] += 1


def relative_gender(passage: Passage, start: int) -> str:
    """Give the gender of what a name is said to be: "his wife, [Ida]", "first lady [Ida Roe]"."""
    match = _RELATIVE.search(passage.text, max(0, start - 40), start)
    role_class, gender = lists.role_nouns().get(match.group(1).lower(), ("", "")) if (
        match) else ("", "")
    return gender if role_class == "family" or gender == "f" else ""


def same_person(cast: Cast, spot: Spot) -> Entity | None:
    """Give the person of that name; with and without "Jr." are two where both stand in full."""
    name = read_name(spot.text)
    for entity in cast.entities:
        known = read_name(entity.name)
        if entity.kind == "person" and known.suffix == name.suffix and may_be_one(known, name):
            return entity
    return None
