"""The named persons and organisations of one article: each with all its mentions."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analysis.speakers import evidence, lists
from analysis.speakers.names import fold, fuller, may_be_one, read_name, without_article
from analysis.speakers.passage import Passage, paragraph_of
from analysis.speakers.spotting import Spot


_THE_INSIDE = re.compile(r"[a-z,] The $")


@dataclass(frozen=True, eq=False)
class Entity:
    """Somebody or something an article speaks of. `notes` grows while the article is read.

    `spots` are (start, end) of its mentions in order, `forms` counts how they are written,
    `notes` holds the name, the kind and what the article says of it: titles, genders.
    """

    number: int
    notes: dict
    spots: list[tuple[int, int]] = field(default_factory=list)
    forms: Counter = field(default_factory=Counter)
    titles: list[tuple[str, int]] = field(default_factory=list)
    genders: Counter = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The fullest form of the name."""
        return self.notes["name"]

    @property
    def kind(self) -> str:
        """What it is, as in the table speakers."""
        return self.notes["kind"]


@dataclass(frozen=True, eq=False)
class Cast:
    """All entities of an article, and which of them each spot names."""

    entities: list[Entity] = field(default_factory=list)
    by_start: dict[int, Entity] = field(default_factory=dict)
    spot_at: dict[int, Spot] = field(default_factory=dict)
    by_key: dict[tuple[str, str], Entity] = field(default_factory=dict)


def new_entity(cast: Cast, name: str, kind: str) -> Entity:
    """Add an entity to the cast."""
    entity = Entity(len(cast.entities), {"name": name, "kind": kind})
    cast.entities.append(entity)
    return entity


def build_cast(
    passage: Passage, spots: Sequence[Spot], labels: Mapping[str, list[tuple[int, int]]],
    source_spans: Sequence[tuple[int, int]],
) -> Cast:
    """Group the spots of an article into persons, organisations, places and groups.

    Full names first, then short forms ("Kuleba", "Mr. Burman", "WALLACE"), which go to the
    person introduced in full; where two share the surname, honorific and nearness decide.
    Headlines are read last, since all their words are capitalised.
    """
    cast = Cast()
    votes = evidence.collect_votes(passage, spots, labels)
    sources = _source_keys(spots, source_spans)
    kinds = {key: evidence.best_kind(one, is_source=key in sources) for key, one in votes.items()}
    _share_evidence(kinds, votes)
    _split_shortened(kinds, votes)
    title_end = _headline_end(passage)
    body = [spot for spot in spots if spot.start >= title_end]
    later = [spot for spot in spots if spot.start < title_end]
    _add_full_persons(cast, body, kinds)
    _add_organizations(cast, passage, body, kinds)
    _add_short_persons(cast, passage, body, kinds)
    for spot in [*later, *body]:
        if spot.start not in cast.by_start:
            _add_known_part(cast, spot)
    _add_full_persons(cast, later, kinds, known_only=False)
    for entity in cast.entities:
        entity.spots.sort()
    return cast


def _headline_end(passage: Passage) -> int:
    """Give where the headline ends: the first line with text, if it is no sentence."""
    ends = [*passage.paragraph_starts[1:], len(passage.text)]
    for end in ends[:3]:
        line = passage.text[:end].strip()
        if line:
            long = [word for word in line.split() if len(word) > 3]
            capitals = sum(word.lstrip("“‘\"'(")[:1].isupper() for word in long)
            headline = line[-1] not in ".!?”\"" or capitals > 0.7 * len(long)
            return end if headline and len(line) < 200 and end < len(passage.text) else 0
    return 0


def _source_keys(spots: Sequence[Spot], spans: Sequence[tuple[int, int]]) -> set[str]:
    starts = [spot.start for spot in spots]
    keys = set()
    for start, end in spans:
        for spot in spots[bisect_left(starts, start):bisect_left(starts, end)]:
            keys.add(fold(spot.text))
    return keys


def _share_evidence(kinds: dict[str, str], votes: Mapping[str, Counter]) -> None:
    """Make a lone surname a person's if a person bears it, whatever the labels say.

    The small model calls "Trump" an organisation and "Warhol" a place; what often follows "in"
    or "from" stays a place ("Washington" beside Denzel Washington).
    """
    surnames = {read_name(key).last for key, kind in kinds.items()
                if kind == "person" and " " in key}
    for key in kinds.keys() & surnames:
        if votes[key]["located"] <= 0.3 * votes[key]["mentions"]:
            kinds[key] = "person"


def _split_shortened(kinds: dict[str, str], votes: Mapping[str, Counter]) -> None:
    """Tell persons from organisations by which of their words stands alone.

    "Tilly Marsh … Marsh" is shortened as persons are, "Wells Fargo … Wells", "Blackmere
    Chemicals … Blackmere" as companies are.
    """
    for key in list(kinds):
        words = key.split()
        if len(words) != 2 or kinds[key] not in ("person", "organization"):
            continue
        first, last = words[0] in kinds, words[1] in kinds
        weak = abs(votes[key]["person"] - votes[key]["organization"]) < 3
        if last and not first and weak and kinds[key] == "organization":
            kinds[key] = kinds[words[1]] = "person"
        elif first and not last and words[0] not in lists.nicknames() and (
                kinds[key] == "organization") and (
                kinds[words[0]] in ("person", "organization", "")):
            kinds[words[0]] = "organization"


def put(cast: Cast, entity: Entity, spot: Spot) -> None:
    """Record that `spot` names `entity`."""
    cast.by_start[spot.start] = entity
    cast.spot_at[spot.start] = spot
    entity.spots.append((spot.start, spot.end))
    entity.forms[spot.text] += 1
    if spot.title:
        entity.titles.append((spot.title, spot.title_start))
    gender = lists.honorifics().get(spot.honorific, ("", "", ""))[1]
    if gender:
        entity.genders["honorific", gender] += 1
    if spot.honorific:
        entity.notes["honorific"] = spot.honorific


def _add_full_persons(
    cast: Cast, spots: Sequence[Spot], kinds: Mapping[str, str], *, known_only: bool = False,
) -> None:
    for spot in spots:
        key = fold(spot.text)
        if spot.start in cast.by_start or kinds[key] != "person" or " " not in key:
            continue
        name = read_name(spot.text)
        if not name.first:
            continue
        entity = _same_person(cast, spot)
        if entity is None and known_only:
            continue
        entity = entity or new_entity(cast, spot.text, "person")
        entity.notes["name"] = fuller(entity.name, spot.text)
        put(cast, entity, spot)


def _same_person(cast: Cast, spot: Spot) -> Entity | None:
    name = read_name(spot.text)
    for entity in cast.entities:
        if entity.kind == "person" and may_be_one(read_name(entity.name), name):
            return entity
    return None


def _add_short_persons(
    cast: Cast, passage: Passage, spots: Sequence[Spot], kinds: Mapping[str, str],
) -> None:
    by_last, by_first = defaultdict(list), defaultdict(list)
    for entity in [one for one in cast.entities if one.kind == "person"]:
        name = read_name(entity.name)
        by_last[name.last].append(entity)
        by_first[name.first].append(entity)
    for spot in spots:
        key = fold(spot.text)
        if spot.start in cast.by_start:
            continue
        name = read_name(spot.text)
        bearers = by_last.get(name.last if not name.first else "", [])
        if not bearers and kinds[key] == "person" and not spot.honorific:
            bearers = by_first.get(key, [])
        if bearers and (kinds[key] in ("person", "") or spot.title):
            put(cast, _choose_bearer(passage, bearers, spot), spot)
        elif kinds[key] == "person" and not _is_common(spot):
            entity = new_entity(cast, spot.text, "person")
            by_last[name.last].append(entity)
            put(cast, entity, spot)


def _is_common(spot: Spot) -> bool:
    """Say whether a lone capitalised word is a noun of our lists: "Police", "Poll", "Governor"."""
    return " " not in spot.text and lists.noun_class((spot.text.lower(),)) is not None and not spot.honorific


def _choose_bearer(passage: Passage, bearers: Sequence[Entity], spot: Spot) -> Entity:
    """Choose whom a bare surname means where several bear it.

    "Mrs. Clinton" is not Bill; else whom the paragraph has just named in full, else whom the
    article names in full most often, else whom it names first.
    """
    gender = lists.honorifics().get(spot.honorific, ("", "", ""))[1]
    if gender:
        other = {"m": "f", "f": "m"}[gender]
        fitting = [one for one in bearers if not one.genders["honorific", other]]
        titled = [one for one in fitting if one.genders["honorific", gender]]
        bearers = titled or fitting or bearers
    if spot.title:
        words = set(fold(spot.title).split())
        titled = [one for one in bearers
                  if any(words & set(fold(title).split()) for title, _ in one.titles)]
        bearers = titled or bearers

    paragraph = paragraph_of(passage, spot.start)

    def rank(entity: Entity) -> tuple[bool, int, int]:
        near = any(paragraph_of(passage, start) == paragraph and start < spot.start
                   and end - start > spot.end - spot.start for start, end in entity.spots)
        full = sum(count for form, count in entity.forms.items() if " " in form)
        return not near, -full, min(entity.spots)[0]
    return min(bearers, key=rank)


def _add_organizations(
    cast: Cast, passage: Passage, spots: Sequence[Spot], kinds: Mapping[str, str],
) -> None:
    for spot in sorted(spots, key=lambda one: (-len(one.text.split()), one.start)):
        kind = kinds[fold(spot.text)]
        if kind not in ("organization", "place", "group", "document"):
            continue
        if _is_common(spot) and kind != "group":
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
        put(cast, entity, spot)


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
    if kind != "organization" or spot.text.isupper():
        return None
    short = without_article(spot.text)
    for entity in cast.entities:
        if entity.kind != "organization" or entity.name == short:
            continue
        if " " in short and entity.name.endswith((" " + short, "-" + short)):
            return entity
        if " " not in short and entity.name.startswith(short + " ") and (
                short not in lists.governments()):
            return entity
    return None


def _initials(name: str, *, small: bool) -> str:
    return "".join(word[0].upper() for word in name.replace("-", " ").split()
                   if small or word[0].isupper())


def _add_known_part(cast: Cast, spot: Spot) -> None:
    """Find a known name at the start of a longer run: "Trump Was Mocking the Clinton Camp"."""
    words = spot.text.split()
    last = {read_name(one.name).last: one for one in reversed(cast.entities)
            if one.kind == "person"}
    for size in range(min(3, len(words)), 0, -1):
        name = read_name(" ".join(words[:size]))
        for entity in cast.entities:
            if entity.kind == "person" and name.first and may_be_one(read_name(entity.name), name):
                return _put_part(cast, entity, spot, words[:size])
        if not name.first and name.last in last:
            return _put_part(cast, last[name.last], spot, words[:1])
        key = fold(without_article(" ".join(words[:size])))
        if ("name", key) in cast.by_key:
            return _put_part(cast, cast.by_key["name", key], spot, words[:size])
    return None


def _put_part(cast: Cast, entity: Entity, spot: Spot, words: list[str]) -> None:
    text = " ".join(words)
    if spot.text.startswith(text):
        put(cast, entity, spot._replace(end=spot.start + len(text), text=text))
