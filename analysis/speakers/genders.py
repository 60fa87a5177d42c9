"""Gender from the article's own pronouns, all persons at once.

One "she" tells little where two persons are near; all pronouns of an article together tell much.
Every way of giving the persons a gender is scored by how well the pronouns then find somebody
to mean; a gender counts as shown only if turning it round makes the whole clearly worse.
"""

from collections import Counter

import numpy as np

from analysis.speakers import lists, pronouns
from analysis.speakers.entities import Entity
from analysis.speakers.story import Story

_MOST_PERSONS = 10
_MOST_PRONOUNS = 160
_NOBODY = -1.5  # points of "somebody not in the list"
_LEANS, _SURE = 0.5, 2.0


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


def _pronoun_candidates(story: Story) -> list[tuple[bool, list[tuple[Entity, float]]]]:
    found = []
    for word in story.passage.words:
        text = word.text.lower()
        if text in lists.HE or text in lists.SHE:
            scores = pronouns.score_candidates(
                story, word.start, text, fits=lambda entity: entity.kind == "person")
            if scores:
                found.append((text in lists.SHE, scores))
    return found[:_MOST_PRONOUNS]


def _persons(found: list) -> list[Entity]:
    """Give the persons without stated gender that are most often candidates."""
    counts: Counter = Counter()
    by_number = {}
    for _, scores in found:
        best = max(points for _, points in scores)
        for entity, points in scores:
            if not pronouns.known_gender(entity):
                counts[entity.number] += float(np.exp(points - best))
                by_number[entity.number] = entity
    return [by_number[number] for number, _ in counts.most_common(_MOST_PERSONS)]


def _score_all(found: list, persons: list[Entity]) -> tuple[np.ndarray, np.ndarray]:
    """Give the points of every assignment of genders, and the assignments (True = f)."""
    count = len(persons)
    table = (np.arange(2 ** count)[:, None] >> np.arange(count)) & 1 == 1
    place = {entity.number: at for at, entity in enumerate(persons)}
    totals = np.zeros(len(table))
    for female, scores in found:
        mass = np.full(len(table), np.exp(_NOBODY))
        for entity, points in scores:
            at = place.get(entity.number)
            if at is not None:
                mass += np.exp(points) * (table[:, at] == female)
            elif pronouns.known_gender(entity) in ("", "f" if female else "m"):
                mass += np.exp(points)
        totals += np.log(mass)
    return totals, table
