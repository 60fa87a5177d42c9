"""Surnames and first names alone, put to whom the article introduces in full."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from analysis.speakers import lists
from analysis.speakers.entities import Cast, Entity, is_common, new_entity, put
from analysis.speakers.familiar import relative_gender
from analysis.speakers.names import fold, read_name
from analysis.speakers.passage import Passage, paragraph_of
from analysis.speakers.spotting import Spot
from analysis.speakers.surroundings import TAKEN_UP


def add_short_persons(
    cast: Cast, passage: Passage, spots: Sequence[Spot], kinds: Mapping[str, str],
) -> None:
    """Put surnames and first names to the persons introduced in full; others stand alone."""
    by_last, by_first = defaultdict(list), defaultdict(list)
    for entity in [one for one in cast.entities if one.kind == "person"]:
        name = read_name(entity.name)
        by_last[name.last].append(entity)
        by_first[name.first].append(entity)
    _add_surely_others(cast, passage, spots, by_last)
    spouses: list[Spot] = []
    for spot in spots:
        key = fold(spot.text)
        if spot.start in cast.by_start:
            continue
        name = read_name(spot.text)
        bearers = by_last.get(name.last if not name.first else "", [])
        bearers = bearers or _first_named(by_first, spot, kinds[key])
        if bearers and (_contradict(bearers, spot)
                        or _is_spouse(cast, passage, spots, bearers, spot)):
            spouses.append(spot)
        elif bearers and (kinds[key] in ("person", "") or spot.title):
            put(cast, _choose_bearer(passage, bearers, spot), spot)
        elif kinds[key] == "person" and not is_common(spot):
            entity = new_entity(cast, spot.text, "person")
            by_last[name.last].append(entity)
            put(cast, entity, spot)
    for spot in spouses:
        _put_spouse(cast, passage, spot)


def _add_surely_others(
    cast: Cast, passage: Passage, spots: Sequence[Spot], by_last: Mapping[str, list[Entity]],
) -> None:
    """Put "Mr. Roe" to another than "the first lady, Ida Roe", before a bare "Roe" is read."""
    for spot in spots:
        bearers = by_last.get(read_name(spot.text).last, [])
        if spot.start not in cast.by_start and " " not in spot.text and bearers and (
                _contradict(bearers, spot)):
            other = _put_spouse(cast, passage, spot)
            if other not in bearers:
                bearers.append(other)


def _first_named(
    by_first: Mapping[str, list[Entity]], spot: Spot, kind: str,
) -> list[Entity]:
    """Give who may be meant by a first name alone."""
    may_be = kind in ("person", "") and not spot.honorific
    return by_first.get(fold(spot.text), []) if may_be else []


def _contradict(bearers: Sequence[Entity], spot: Spot) -> bool:
    """Say whether "Mrs." speaks against all who bear a surname."""
    gender = lists.honorific_gender(spot.honorific)
    other = {"m": "f", "f": "m"}.get(gender, "")
    return bool(other) and all(
        one.genders["honorific", other] > one.genders["honorific", gender] for one in bearers)


def _is_spouse(
    cast: Cast, passage: Passage, spots: Sequence[Spot], bearers: Sequence[Entity], spot: Spot,
) -> bool:
    """Say whether "Mrs Roe" is the wife of the one Roe the article names: "his wife, Ida"."""
    called = {"f": "wife", "m": "husband"}.get(lists.honorific_gender(spot.honorific))
    if not called or len(bearers) > 1 or bearers[0].notes.get("honorific"):
        return False
    for other in spots:
        match = _SPOUSE.search(passage.text, max(0, other.start - 16), other.start)
        if match and match.group(1) == called and " " not in other.text:
            before = [start for start in cast.by_start if start < match.start()]
            return bool(before) and cast.by_start[max(before)] is bearers[0]
    return False


_SPOUSE = re.compile(r"\b(?:[Hh]is|[Hh]er) (wife|husband),? $")


def _put_spouse(cast: Cast, passage: Passage, spot: Spot) -> Entity:
    """Put "Mrs. Roe" to the one relative of that gender, "his wife, Ida", else to somebody new."""
    gender = lists.honorifics()[spot.honorific][1]
    free = [one for one in cast.entities if one.kind == "person" and " " not in one.name
            and any(relative_gender(passage, start) == gender for start, _ in one.spots)]
    known = cast.by_key.get(("spouse", fold(spot.text)))
    if known is None and len(free) == 1:
        known = free[0]
        known.notes["name"] = f"{known.name} {spot.text}"
    known = known or new_entity(cast, spot.text, "person")
    cast.by_key["spouse", fold(spot.text)] = known
    put(cast, known, spot)
    return known


def _choose_bearer(passage: Passage, bearers: Sequence[Entity], spot: Spot) -> Entity:
    """Choose whom a bare surname means where several bear it.

    "Mrs. Clinton" is not Bill; else whom the paragraph has just named in full, else whom the
    article names first: the others are named in full each time, to tell them from that one.
    """
    bearers = [one for one in bearers if min(one.spots)[0] < spot.start] or bearers
    gender = lists.honorific_gender(spot.honorific)
    taken_up = TAKEN_UP.match(passage.text, spot.end)
    if not gender and taken_up:  # "Roe said she …" is not Mr. Roe
        other = {"m": "f", "f": "m"}.get(lists.PRONOUN_GENDERS.get(taken_up.group(1), ""), "")
        bearers = [one for one in bearers if not one.genders["honorific", other]] or bearers
    if gender:
        other = {"m": "f", "f": "m"}[gender]
        fitting = [one for one in bearers if not one.genders["honorific", other]]
        titled = [one for one in fitting if one.genders["honorific", gender]]
        # "Dr. Castle" and "Mr. Castle" are two
        free = [one for one in fitting if one.notes.get("honorific", spot.honorific)
                == spot.honorific]
        bearers = titled or [one for one in fitting if _taken_up_as(passage, one) == gender] or (
            free or fitting or bearers)
    bearers = _by_age(passage, bearers, spot)
    if spot.title:
        words = set(fold(spot.title).split())
        titled = [one for one in bearers
                  if any(words & set(fold(title).split()) for title, _ in one.titles)]
        bearers = titled or bearers

    paragraph = paragraph_of(passage, spot.start)

    def rank(entity: Entity) -> tuple[bool, int]:
        near = any(paragraph_of(passage, start) == paragraph and start < spot.start
                   and " " in passage.text[start:end] for start, end in entity.spots)
        return not near, min(entity.spots)[0]
    return min(bearers, key=rank)


def _taken_up_as(passage: Passage, entity: Entity) -> str:
    """Give the gender of the pronoun that takes up a name: "Deb Hosking said she"."""
    words = (TAKEN_UP.match(passage.text, end) for start, end in entity.spots
             if not _AND.search(passage.text, max(0, start - 40), start))
    genders = {lists.PRONOUN_GENDERS.get(word.group(1), "") for word in words if word}
    return genders.pop() if len(genders) == 1 else ""


_AND = re.compile(r"\band (?:[\w.]+ ){0,3}$")  # "Mrs. Roe and President [Bo Roe] hope she"


def _by_age(passage: Passage, bearers: Sequence[Entity], spot: Spot) -> Sequence[Entity]:
    """Give whom "the younger Roe", "Roe senior" mean: child or parent, else by who comes first."""
    before = _AGED.search(passage.text, max(0, spot.title_start - 14), spot.title_start)
    after = _RANKED.match(passage.text, spot.end)
    if len(bearers) < 2 or not (before or after):
        return bearers
    young = (before or after).group(1) in ("younger", "junior", "Jr", "Jnr")
    ordered = sorted(bearers, key=lambda one: (_generation(passage, one), min(one.spots)))
    return ordered[-1:] if young else ordered[:1]


_AGED = re.compile(r"\b(younger|elder|older)(?: Mr\.?| Ms\.?)? $")
_RANKED = re.compile(r" (junior|senior|Jr|Sr|Jnr|Snr)\b")


def _generation(passage: Passage, entity: Entity) -> int:
    """Give 1 for somebody's child, "Jr." too, −1 for a parent, 0 for whom nothing says."""
    if read_name(entity.name).suffix == "jr":
        return 1
    before = " ".join(passage.text[max(0, start - 24):start] for start, _ in entity.spots)
    child = re.search(r"\b(?:son|daughter|grandson|granddaughter|nephew|niece),? ", before)
    parent = re.search(r"\b(?:father|mother|grandfather|grandmother|uncle|aunt),? ", before)
    return bool(child) - bool(parent)
