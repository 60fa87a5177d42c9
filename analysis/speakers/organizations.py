"""Organisations, places and groups of an article with their short forms."""

import re
from collections.abc import Mapping, Sequence

from analysis.speakers import lists
from analysis.speakers.entities import Cast, Entity, is_common, new_entity, put
from analysis.speakers.names import fold, without_article
from analysis.speakers.passage import Passage
from analysis.speakers.spotting import Spot

_THE_INSIDE = re.compile(r"[a-z,] The $")


def add_organizations(
    cast: Cast, passage: Passage, spots: Sequence[Spot], kinds: Mapping[str, str],
) -> None:
    """Put the spots that are no persons' to organisations, places and groups, long names first."""
    for spot in sorted(spots, key=lambda one: (-len(one.text.split()), one.start)):
        kind = kinds[fold(spot.text)]
        if spot.start in cast.by_start or kind not in (
                "organization", "place", "group", "document"):
            continue
        team = _by_last_word(cast, passage, spot)
        if team is not None:
            put(cast, team, spot)
            continue
        if is_common(spot) and kind != "group":
            continue
        key = fold(without_article(spot.text))
        entity = (cast.by_key.get(("name", key)) or _by_acronym(cast, passage, spot)
                  or _by_first_word(cast, spot, kind))
        if entity is None:
            entity = new_entity(cast, without_article(spot.text), kind)
            if kind == "organization" and _THE_INSIDE.search(passage.text[:spot.start][-12:]):
                # "told The New York Times": the article is part of the name
                entity.notes["name"] = "The " + entity.name
            cast.by_key["name", key] = entity
        cast.by_key.setdefault(("name", key), entity)
        put(cast, entity, spot)


def _by_last_word(cast: Cast, passage: Passage, spot: Spot) -> Entity | None:
    """Find the team its last word stands for: "the Kings" of the Marlowe Kings."""
    last = spot.text
    if " " in last or not last.endswith("s") or last in lists.organization_words() or (
            passage.text[max(0, spot.start - 4):spot.start].lower() != "the "):
        return None
    teams = [entity for entity in cast.entities if entity.kind == "organization"
             and entity.name.endswith(" " + last) and len(entity.name.split()) <= _TEAM]
    return teams[0] if len(teams) == 1 else None


_TEAM = 3  # words: "New York Rangers"


def _by_acronym(cast: Cast, passage: Passage, spot: Spot) -> Entity | None:
    """Find the organisation an acronym stands for: "… (AROS)", or by its initials."""
    if not (spot.text.isupper() and 2 <= len(spot.text) <= 8):
        return None
    letters = spot.text.replace(".", "")
    for entity in cast.entities:
        if entity.kind != "organization" or " " not in entity.name:
            continue
        in_brackets = any(passage.text[end:end + 2] == " (" and spot.start == end + 2
                          for _, end in entity.spots)
        if in_brackets or _initials(entity.name, small=False) == letters or (
                _initials(entity.name, small=True) == letters):
            cast.by_key["name", fold(spot.text)] = entity
            return entity
    return None


def _by_first_word(cast: Cast, spot: Spot, kind: str) -> Entity | None:
    """Find the organisation a part of its name stands for.

    "Blackmere" for "Blackmere Chemicals", "Tax Policy Center" for "Urban-Brookings Tax Policy
    Center"; one last word is too little ("Times", "Committee").
    """
    return body_named(cast, without_article(spot.text)) if kind == "organization" else None


def body_named(cast: Cast, short: str) -> Entity | None:
    """Give the organisation a part of its name stands for; capitals alone are an acronym."""
    if short.isupper():
        return None
    for entity in cast.entities:
        if entity.kind != "organization" or entity.name == short:
            continue
        if " " in short and entity.name.endswith((" " + short, "-" + short)):
            return entity
        if " " not in short and entity.name.startswith(short + " ") and (
                not lists.is_place(short)):
            return entity
    return None


def government_of(cast: Cast, entity: Entity) -> Entity:
    """Give the state for its capital where the article names both: "Cairo" says what Egypt says.

    The capital is one more form of the state's name then.
    """
    kind, state = lists.governments().get(entity.name, ("", ""))
    known = cast.by_key.get(("name", fold(state))) if kind == "capital" else None
    if known is None:
        return entity
    known.forms[entity.name] += 1
    return known


def _initials(name: str, *, small: bool) -> str:
    return "".join(word[0].upper() for word in name.replace("-", " ").split()
                   if small or word[0].isupper())
