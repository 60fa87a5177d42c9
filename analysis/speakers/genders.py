"""Gender from the article's own pronouns, all persons at once.

One "she" tells little where two persons are near; all pronouns of an article together tell much.
Every way of giving the persons a gender is scored by how well the pronouns then find somebody
to mean; a gender counts as shown only if turning it round makes the whole clearly worse.
"""

from bisect import bisect_left
from collections import Counter
from typing import NamedTuple

import numpy as np

from analysis.speakers import lists
from analysis.speakers.candidates import score_candidates
from analysis.speakers.entities import Entity, known_gender
from analysis.speakers.passage import in_quotes, sentence_of
from analysis.speakers.story import Said, Story, enclosing

_MOST_PERSONS = 10
_MOST_PRONOUNS = 160
_NOBODY = -1.5  # points of "somebody not in the list"
_LEANS, _SURE = 0.5, 2.0
_FLOOR = 0.03  # no single pronoun may speak louder than this against an assignment


def infer_genders(story: Story) -> None:
    """Note the gender the article's pronouns show for its persons, and how surely."""
    found = _pronoun_candidates(story)
    persons = _persons(found)
    if not persons:
        return
    totals, table = _score_all(found, persons)
    for at, entity in enumerate(persons):
        female = table[:, at]
        lead = float(totals[female].max() - totals[~female].max())
        gender = "f" if lead > 0 else "m"
        if abs(lead) >= _LEANS:
            entity.genders["pronoun", gender] += 1
        if abs(lead) >= _SURE:
            entity.genders["sure", gender] += 1


class _Heard(NamedTuple):
    """A run of pronouns that mean one person: its gender, the candidates, how much it counts."""

    female: bool
    scores: list[tuple[Entity, float]]
    weight: float


_SOURCE, _TAG, _QUOTED, _FURTHER, _ENOUGH = 1.25, 2.0, 0.3, 0.25, 2.5


def _pronoun_candidates(story: Story) -> list[_Heard]:
    """Give the candidates of every pronoun; a run without a name between counts once, a bit more.

    A pronoun that is itself a source counts most, one inside quoted words least.
    """
    found: list[_Heard] = []
    last: dict[bool, tuple[int, int]] = {}
    sources = {one.source_start: one for one in story.said}
    for word in story.passage.pronouns:
        text = word.text.lower()
        if text not in lists.PRONOUN_GENDERS:
            continue
        female = text in lists.SHE
        at, place = last.get(female, (-1, -1))
        if place >= 0 and _continues(story, at, word.start):
            more = min(_ENOUGH, found[place].weight + _FURTHER)
            found[place] = found[place]._replace(weight=more)
        else:
            scores = score_candidates(
                story, word.start, text, kinds=("person", "unnamed_person"), either=True)
            if not scores:
                continue
            place = len(found)
            weight = _weight(story, word.start, sources)
            found.append(_Heard(female, scores, weight))
        last[female] = (word.start, place)
    return found[:_MOST_PRONOUNS]


def _weight(story: Story, offset: int, sources: dict[int, Said]) -> float:
    """Give how much a pronoun counts: "“…,” she said" looks to whom the paragraph has speak."""
    one = sources.get(offset)
    if one is not None:
        return _TAG if one.direct and one.spans[0][0] < offset else _SOURCE
    if not in_quotes(story.passage, offset):
        return 1.0
    inside = enclosing(story, offset)
    # whoever speaks the words is not meant, but nobody knows yet who that is
    return _QUOTED if inside is None or inside.row in story.speaker_of else 0.0


def _continues(story: Story, last: int, offset: int) -> bool:
    """Say whether no person is named between two pronouns of one gender, at most 2 sentences on."""
    passage = story.passage
    if sentence_of(passage, offset) - sentence_of(passage, last) > 2:
        return False
    if in_quotes(passage, last) != in_quotes(passage, offset):
        return False
    between = story.links[bisect_left(story.starts, last):bisect_left(story.starts, offset)]
    return not any(link.entity.kind == "person" for link in between)


def _persons(found: list[_Heard]) -> list[Entity]:
    """Give the persons without stated gender that are most often candidates."""
    counts: Counter = Counter()
    by_number = {}
    for _, scores, _ in found:
        best = max(points for _, points in scores)
        for entity, points in scores:
            if not known_gender(entity):
                counts[entity.number] += float(np.exp(points - best))
                by_number[entity.number] = entity
    return [by_number[number] for number, _ in counts.most_common(_MOST_PERSONS)]


def _score_all(
    found: list[_Heard], persons: list[Entity],
) -> tuple[np.ndarray, np.ndarray]:
    """Give the points of every assignment of genders, and the assignments (True = f)."""
    count = len(persons)
    table = (np.arange(2 ** count)[:, None] >> np.arange(count)) & 1 == 1
    place = {entity.number: at for at, entity in enumerate(persons)}
    totals = np.zeros(len(table))
    for female, scores, weight in found:
        mass = np.full(len(table), np.exp(_NOBODY))
        every = np.exp(_NOBODY) + sum(np.exp(points) for _, points in scores)
        for entity, points in scores:
            at = place.get(entity.number)
            if at is not None:
                mass += np.exp(points) * (table[:, at] == female)
            elif known_gender(entity) in ("", "f" if female else "m"):
                mass += np.exp(points)
        totals += weight * np.log(_FLOOR + (1 - _FLOOR) * mass / every)
    return totals, table
