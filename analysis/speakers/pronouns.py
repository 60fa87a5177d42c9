"""Whom a pronoun means: the candidate of fitting gender and number with most points."""

from analysis.speakers import lists
from analysis.speakers.candidates import score_candidates
from analysis.speakers.entities import Entity, known_gender
from analysis.speakers.story import Story, enclosing, last_speaker, links_before, said_from

_LEAST = -1.5  # below this nobody is meant: an unresolved pronoun is counted as such


def resolve_person(story: Story, offset: int, word: str) -> tuple[Entity, float] | None:
    """Give whom "he" or "she" at `offset` means, and by how many points; None without candidate."""
    return best_candidate(story, offset, word, kinds=("person", "unnamed_person"))


def resolve_plural(story: Story, offset: int, word: str) -> tuple[Entity, float] | None:
    """Give whom "they" at `offset` means: groups, coordinations, sometimes organisations.

    "Both" are the two last joined by "and", however far back.
    """
    if word in ("both", "neither"):
        pairs = [link.entity for link in links_before(story, offset)
                 if link.entity.notes.get("joint") and "," not in link.entity.name]
        if pairs:
            return pairs[-1], 1.0
    single = _one_speaking(story, offset) if word == "they" else None
    if single is not None:
        return single, 1.0
    kinds = ("group", "organization") if word in lists.THEY else ("group",)
    return best_candidate(story, offset, word, kinds=kinds)


def _one_speaking(story: Story, offset: int) -> Entity | None:
    """Give the one without a gender who goes on speaking: "a spokesperson said … They added"."""
    speaker = last_speaker(story, offset)
    if speaker is None or speaker.kind != "unnamed_person" or known_gender(speaker) or (
            not said_from(story, offset)):
        return None
    near = [link for link in links_before(story, offset)[-12:]
            if link.entity is speaker or link.entity.kind == "group" and (
                enclosing(story, link.start) is None)]
    return speaker if near and near[-1].entity is speaker else None


def resolve_thing(story: Story, offset: int, word: str) -> tuple[Entity, float] | None:
    """Give what "it" at `offset` means: organisations, documents, places."""
    return best_candidate(
        story, offset, word, kinds=("organization", "document", "place", "other"))


def best_candidate(
    story: Story, offset: int, word: str, *, kinds: tuple[str, ...],
) -> tuple[Entity, float] | None:
    """Give the candidate with most points and its lead over the second."""
    scores = score_candidates(story, offset, word, kinds=kinds)
    if not scores:
        return None
    ranked = sorted(scores, key=lambda pair: -pair[1])
    if ranked[0][1] < _LEAST:
        return None
    lead = ranked[0][1] - ranked[1][1] if len(ranked) > 1 else 3.0
    return ranked[0][0], lead


def find_pronoun(story: Story, start: int, word: str) -> tuple[Entity, float] | None:
    """Give whom a third-person pronoun means, and by how many points."""
    key = ("pronoun", start)
    if key not in story.memo:
        resolve = (resolve_person if word in lists.HE | lists.SHE else
                   resolve_plural if word in lists.THEY | lists.SEVERAL else
                   resolve_thing)
        story.memo[key] = resolve(story, start, word)
    return story.memo[key]
