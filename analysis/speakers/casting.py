"""Every run of capitals of an article put to the person or organisation it names."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from analysis.speakers import evidence, lists
from analysis.speakers.entities import Cast, Entity, is_common, new_entity, put
from analysis.speakers.familiar import (
    add_couples,
    add_nicknames,
    add_relatives,
    same_person,
)
from analysis.speakers.names import fold, fuller, may_be_one, read_name, without_article
from analysis.speakers.organizations import add_organizations, body_named
from analysis.speakers.passage import Passage, words_between
from analysis.speakers.short_names import add_short_persons
from analysis.speakers.spotting import Spot


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
    sources = _source_keys(passage, spots, source_spans)
    kinds = {key: evidence.best_kind(one, is_source=key in sources) for key, one in votes.items()}
    _share_evidence(kinds, votes, sources)
    _split_shortened(kinds, votes)
    _share_first_names(kinds, votes, sources)
    titles = _headlines(passage)
    spots = [_without_word(passage, spot, kinds)
             if _is_inside(titles, spot.start) or _is_bared(spot, kinds) else spot
             for spot in spots]
    later = [_without_lead(spot, kinds) for spot in spots if _is_inside(titles, spot.start)]
    body = [spot for spot in spots if not _is_inside(titles, spot.start)]
    _add_full_persons(cast, body, kinds)
    add_nicknames(cast, passage, body)
    add_couples(cast, passage, body, kinds)
    add_organizations(cast, passage, body, kinds)
    add_relatives(cast, passage, body, kinds)
    add_short_persons(cast, passage, body, kinds)
    for spot in [*later, *body]:
        if spot.start not in cast.by_start:
            _add_known_part(cast, spot)
    later = [spot for spot in later
             if spot.start in cast.by_start or not _put_headline_part(cast, spot)]
    # the headline may name somebody the story does not; a subhead names nobody new
    main = [spot for spot in later if titles[0][0] == 0 and spot.start < titles[0][1]]
    _add_full_persons(cast, main, kinds)
    _add_full_persons(cast, later, kinds, known_only=True)
    for entity in cast.entities:
        entity.spots.sort()
        if entity.spots and all(_is_inside(titles, start) for start, _ in entity.spots):
            entity.notes["headline_only"] = True
    return cast


def _is_inside(titles: Sequence[tuple[int, int]], offset: int) -> bool:
    at = bisect_left(titles, (offset + 1,)) - 1
    return at >= 0 and offset < titles[at][1]


def _headlines(passage: Passage) -> list[tuple[int, int]]:
    """Give where headlines stand: the first line with text if it is no sentence, and subheads."""
    ends = [*passage.paragraph_starts[1:], len(passage.text)]
    lines = [(start, end) for start, end in zip(passage.paragraph_starts, ends, strict=True)
             if passage.text[start:end].strip()]
    if len(lines) < 2:
        return []
    first = [(0, lines[0][1])] if _is_headline(passage.text[slice(*lines[0])], first=True) else []
    return first + [line for line in lines[1:]
                    if _is_headline(passage.text[slice(*line)], first=False)]


def _is_headline(line: str, *, first: bool) -> bool:
    """Say whether a line is a headline: all its words have capitals; or, the first, no stop."""
    line = line.strip()
    if len(line) >= 200 or not first and (len(line) >= 120 or line[-1] in ".!?:”\""):
        return False
    long = [word for word in line.split() if len(word) > 3]
    capitals = sum(word.lstrip("“‘\"'(")[:1].isupper() for word in long)
    return capitals > 0.7 * len(long) and len(long) > 3 * (not first) or (
        first and line[-1] not in ".!?”\"")


_OF = lists.word_set("of in on at by from with for to about")


def _source_keys(
    passage: Passage, spots: Sequence[Spot], spans: Sequence[tuple[int, int]],
) -> set[str]:
    """Give the names that are sources, not those that only say which.

    "A [Fathom] poll", "a report released in [September] by …" are not.
    """
    starts = [spot.start for spot in spots]
    keys = set()
    for start, end in spans:
        for spot in spots[bisect_left(starts, start):bisect_left(starts, end)]:
            if any(word.text in _OF for word in words_between(passage, start, spot.start)):
                break
            after = passage.text[spot.end:end].split(None, 1)[:1]
            if is_common(spot):  # "Parents" that opens a sentence is no surname
                continue
            if not after or not after[0].islower() or lists.noun_class((after[0],)) is None:
                keys.add(fold(spot.text))
    return keys


def _share_evidence(
    kinds: dict[str, str], votes: Mapping[str, Counter], sources: set[str],
) -> None:
    """Make a lone surname a person's if a person bears it, whatever the labels say.

    The small model calls "Trump" an organisation and "Warhol" a place; what often follows "in"
    or "from" stays a place ("Washington" beside Denzel Washington).
    """
    surnames = {read_name(key).last for key, kind in kinds.items()
                if kind == "person" and " " in key}
    # "Donald Trump Tweets a Wild Chart": a first name before it in a headline
    surnames |= {last for key in kinds for first, last in zip(key.split(), key.split()[1:],
                 strict=False) if first in lists.first_names() and last not in lists.nicknames()
                 and last in votes and not votes[last]["place"]}
    for key, kind in kinds.items():
        # "in Limerick, Shannon and Lanzarote": nobody is in a person
        if kind == "person" and " " not in key and key not in surnames | sources and (
                votes[key]["located"] >= votes[key]["mentions"] > votes[key]["titled"]):
            kinds[key] = "place"
    for key in kinds.keys() & surnames:
        if votes[key]["located"] <= 0.3 * votes[key]["mentions"] and (
                not evidence.is_a_thing(votes[key])):
            kinds[key] = "person"


def _share_first_names(
    kinds: dict[str, str], votes: Mapping[str, Counter], sources: set[str],
) -> None:
    """Make a lone first name that speaks a person's, if only labels call it something else."""
    firsts = {read_name(key).first for key, kind in kinds.items()
              if kind == "person" and " " in key}
    for key in kinds.keys() & firsts & sources:
        own = votes[key]
        if kinds[key] == "organization" and not own["it"] and not own["located"] and (
                own["organization"] <= own["mentions"]):
            kinds[key] = "person"


def _split_shortened(kinds: dict[str, str], votes: Mapping[str, Counter]) -> None:
    """Tell persons from organisations by which of their words stands alone.

    "Tilly Marsh … Marsh" is shortened as persons are, "Wells Fargo … Wells", "Blackmere
    Chemicals … Blackmere" as companies are.
    """
    for key in list(kinds):
        words = key.split()
        if len(words) != 2 or kinds[key] not in ("person", "organization", "place"):
            continue
        first, last = words[0] in kinds, words[1] in kinds
        weak = abs(votes[key]["person"] - votes[key]["organization"]) < 3
        wrong = kinds[key] == "organization" or kinds[key] == "place" and (
            kinds.get(words[1]) == "person" and not lists.is_place(words[1].title()))
        if last and not first and weak and wrong and (
                not _is_surely_a_body(votes[words[1]]) and not _is_a_body(words[1])
                and words[1].capitalize() not in lists.organization_words()
                and not lists.is_state(words[1].capitalize())):
            kinds[key] = kinds[words[1]] = "person"
        elif first and not last and words[0] not in lists.first_names() and (
                not _is_surely_a_person(votes[words[0]])) and kinds[key] == "organization" and (
                kinds[words[0]] in ("person", "organization", "")):
            kinds[words[0]] = "organization"


def _is_a_body(word: str) -> bool:
    """Say whether a word is what bodies are called: "State Government … the Government"."""
    known = lists.noun_class((word,))
    return known is not None and known[0] in ("organization", "group")


def _is_surely_a_body(votes: Counter) -> bool:
    """Say whether "the" and capitals tell a party's letters from a surname: "the SVP"."""
    return votes["organization"] > 1.5 * votes["mentions"]


def _is_surely_a_person(votes: Counter) -> bool:
    """Say whether "Mr." or "he" tells a bare name from "Trump University"."""
    return votes["titled"] > 0 or votes["he"] > votes["it"]


def _add_full_persons(
    cast: Cast, spots: Sequence[Spot], kinds: Mapping[str, str], *, known_only: bool = False,
) -> None:
    for spot in spots:
        key = fold(spot.text)
        if spot.start in cast.by_start or kinds[key] != "person" or " " not in key:
            continue
        spot = _without_lead(spot, kinds)
        name = read_name(spot.text)
        if not name.first:
            continue
        entity = same_person(cast, spot)
        if entity is None and known_only:
            continue
        entity = entity or new_entity(cast, spot.text, "person")
        entity.notes["name"] = fuller(entity.name, spot.text)
        put(cast, entity, spot)


def _without_lead(spot: Spot, kinds: Mapping[str, str]) -> Spot:
    """Cut what a headline sets before a name: "Christie Is Over Marco Rubio" → "Marco Rubio".

    Only where the shorter name stands elsewhere too and the first word is no usual first name.
    """
    words = spot.text.split()
    for at in range(1, len(words) - 1):
        rest = " ".join(words[at:])
        if kinds.get(fold(rest)) == "person" and words[0].lower() not in lists.first_names():
            return spot._replace(start=spot.end - len(rest), text=rest, title="",
                                 title_start=spot.end - len(rest))
    return spot


def _without_word(passage: Passage, spot: Spot, kinds: dict[str, str]) -> Spot:
    """Cut the word a headline sets before a name: "[Praises] Marco Roe", "[Derelict] Roe"."""
    words = spot.text.split()
    rest = " ".join(words[1:])
    known = len(words) == 2 and kinds.get(fold(rest)) == "person" or (
        len(words) == 3 and words[1].lower() in lists.first_names())
    if not known or spot.title or kinds[fold(spot.text)] not in ("person", "") or not _is_plain(
            passage, words[0]):
        return spot
    kinds[fold(rest)] = "person"
    start = spot.end - len(rest)
    return spot._replace(start=start, text=rest, title_start=start)


def _is_bared(spot: Spot, kinds: Mapping[str, str]) -> bool:
    """Say whether a sentence opens so with a surname that another name has: "[Top] Roe aide"."""
    first, _, last = fold(spot.text).partition(" ")
    return spot.opens_sentence and any(
        kind == "person" and key.endswith(f" {last}") and not key.startswith(first)
        for key, kind in kinds.items())


def _is_plain(passage: Passage, word: str) -> bool:
    """Say whether a headline's capital is a common word's: it stands small in the text as well."""
    lower = word.lower()
    stem = re.sub(r"(?:e?s|ed|ing)$", "", lower)
    small = rf"\b{re.escape(lower)}\b" + rf"|\b{re.escape(stem)}" * (len(stem) >= _STEM)
    usual = lower in lists.first_names() or lower in lists.PARTICLES
    return not usual and bool(re.search(small, passage.text))


_STEM = 4  # letters


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


def _put_headline_part(cast: Cast, spot: Spot) -> bool:
    """Put a headline's run to the known body at its start, or the known surname at its end, if any.

    "[Roe-Lee] Says Profit Fell" of Roe-Lee Corp., "[Late Dunne] strike sinks ten men".
    """
    words = spot.text.split()
    body = body_named(cast, words[0]) if words[1:2] in _HEADLINE_VERBS else None
    if body is not None:
        _put_part(cast, body, spot, words[:1])
        return True
    known = {read_name(one.name).last: one for one in reversed(cast.entities)
             if one.kind == "person" and " " in one.name}
    entity = known.get(fold(words[-1]))
    if len(words) == 1 or entity is None or words[0].lower() in lists.first_names():
        return False
    start = spot.end - len(words[-1])
    put(cast, entity, spot._replace(start=start, title_start=start, text=words[-1], title=""))
    return True


_HEADLINE_VERBS = ([], ["Says"], ["Said"], ["Sees"], ["Warns"], ["Denies"])


def _put_part(cast: Cast, entity: Entity, spot: Spot, words: list[str]) -> None:
    text = " ".join(words)
    if spot.text.startswith(text):
        if entity.kind == "person" and " " not in entity.name:
            entity.notes["name"] = fuller(entity.name, text)
        put(cast, entity, spot._replace(end=spot.start + len(text), text=text))
