"""The named persons and organisations of one article: each with all its mentions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.speakers import lists
from analysis.speakers.names import fold, fuller
from analysis.speakers.passage import Word
from analysis.speakers.spotting import Spot


@dataclass(frozen=True, eq=False)
class Entity:
    """Somebody or something an article speaks of. `notes` grows while the article is read.

    `kind` is as in the table speakers, `spots` are (start, end) of its mentions in order, `forms`
    counts how they are written, `notes` holds the name and what the article says of it.
    """

    number: int
    kind: str
    notes: dict
    spots: list[tuple[int, int]] = field(default_factory=list)
    forms: Counter = field(default_factory=Counter)
    titles: list[tuple[str, int]] = field(default_factory=list)
    genders: Counter = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The fullest form of the name."""
        return self.notes["name"]


@dataclass(frozen=True, eq=False)
class Cast:
    """All entities of an article, and which of them each spot names."""

    entities: list[Entity] = field(default_factory=list)
    by_start: dict[int, Entity] = field(default_factory=dict)
    spot_at: dict[int, Spot] = field(default_factory=dict)
    by_key: dict[tuple[str, str], Entity] = field(default_factory=dict)
    read: dict[tuple, object] = field(default_factory=dict)


def new_entity(cast: Cast, name: str, kind: str) -> Entity:
    """Add an entity to the cast."""
    entity = Entity(len(cast.entities), kind, {"name": name})
    cast.entities.append(entity)
    return entity


def generic(cast: Cast, name: str, kind: str) -> Entity:
    """Give the entity of that name and kind, made once in the article."""
    key = ("desc", fold(name))
    if key not in cast.by_key:
        cast.by_key[key] = new_entity(cast, name, kind)
    return cast.by_key[key]


def joined(cast: Cast, members: Sequence[Entity]) -> Entity:
    """Give the group of several: "Ida Roe, Bo Lee and Cy Orr"."""
    names = [one.name for one in members]
    entity = generic(cast, f"{', '.join(names[:-1])} and {names[-1]}", "group")
    entity.notes.update(noun="group", joint=True)
    return entity


def put(cast: Cast, entity: Entity, spot: Spot) -> None:
    """Record that `spot` names `entity`."""
    cast.by_start[spot.start] = entity
    cast.spot_at[spot.start] = spot
    entity.spots.append((spot.start, spot.end))
    entity.forms[spot.text] += 1
    if entity.name.isupper() and fold(spot.text) == fold(entity.name):
        entity.notes["name"] = fuller(entity.name, spot.text)  # "ADDIS ABABA (AP) - …"
    if spot.title:
        entity.titles.append((spot.title, spot.title_start))
    gender = lists.honorific_gender(spot.honorific)
    if gender:
        entity.genders["honorific", gender] += 1
    if spot.honorific:
        entity.notes["honorific"] = spot.honorific


def known_gender(entity: Entity) -> str:
    """Give the gender the article shows for an entity, or '' where it shows none or both."""
    if not entity.genders:
        return ""
    male = female = 0.0
    for (basis, gender), count in entity.genders.items():
        worth = count * (3 if basis != "pronoun" else 1)
        male, female = (male + worth, female) if gender == "m" else (male, female + worth)
    if max(male, female) == 0 or min(male, female) > 0.34 * max(male, female):
        return ""
    return "m" if male > female else "f"


def may_be(entity: Entity, gender: str) -> bool:
    """Say whether nothing sure speaks against a gender; a few pronouns are not sure."""
    other = {"m": "f", "f": "m"}.get(gender, "")
    return known_gender(entity) == gender or not (
        entity.genders["honorific", other] or entity.genders["sure", other])


def is_common(spot: Spot) -> bool:
    """Say whether a lone capitalised word is a noun of our lists: "Police", "Poll", "Governor"."""
    lone = " " not in spot.text and not spot.honorific
    paper = spot.text in lists.PAPERS and not spot.opens_sentence
    known = lists.noun_class((spot.text.lower(),)) if lone and not paper else None
    letters = spot.text.isupper() and spot.text not in ("GOP", "PAC")  # "CREW"; no "VP", "CEO"
    return known is not None and not (letters and known[0] != "role")


def head_entity(cast: Cast, core: list[Word]) -> Entity | None:
    """Give the entity whose name ends the core: "White House spokesman Josh Earnest"."""
    last = core[-1]
    for word in reversed(core):
        spot = cast.spot_at.get(word.start)
        if spot is not None and word.start in cast.by_start:
            return cast.by_start[word.start] if spot.end >= last.end else None
    return None
