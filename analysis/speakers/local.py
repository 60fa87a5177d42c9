"""One article's people as rows: what the tables quotes, mentions and speakers get."""

from collections.abc import Iterable

from analysis.speakers import anonymity
from analysis.speakers.entities import Entity, known_gender
from analysis.speakers.resolve import Told
from analysis.speakers.roles import best_role
from analysis.speakers.story import Said

_UNNAMED = ("unnamed_person", "group", "other")
_TABLE_KIND = {"place": "organization"}


def speaker_rows(told: Told, article_id: str) -> tuple[list[dict], dict[int, str]]:
    """Give one row per entity that speaks or is a named person, and entity number → local id.

    Ids count the entities in the order in which the article brings them.
    """
    counts: dict[int, int] = {}
    for answer in told.answers.values():
        if answer.entity is not None:
            counts[answer.entity.number] = counts.get(answer.entity.number, 0) + 1
    kept = [entity for entity in told.story.cast.entities
            if entity.number in counts or _is_shown(entity)]
    ids = {entity.number: f"{article_id}#{at}" for at, entity in enumerate(kept)}
    rows = [{**_row(entity), "speaker_id": ids[entity.number],
             "n_quotes": counts.get(entity.number, 0),
             "n_articles": int(entity.number in counts)} for entity in kept]
    return rows, ids


def _is_shown(entity: Entity) -> bool:
    """Say whether somebody who does not speak gets a row: persons, but no scraps of a headline."""
    return entity.kind == "person" and not entity.notes.get("headline_only")


def _row(entity: Entity) -> dict:
    role = best_role(entity)
    gender, basis = shown_gender(entity)
    forms = [form for form, _ in sorted(entity.forms.items(), key=lambda item: (-item[1], item[0]))]
    aliases = list(dict.fromkeys([entity.name, *forms]))
    return {
        "name": entity.name, "kind": _TABLE_KIND.get(entity.kind, entity.kind),
        "role": role.phrase or (entity.notes.get("noun") if entity.kind == "unnamed_person"
                                else None) or None,
        "role_class": role.role_class or entity.notes.get("role_class") or None,
        "affiliation": role.affiliation or None, "gender": gender, "gender_basis": basis,
        "aliases": aliases,
        "merge_reason": "forms of one name in the article" if len(aliases) > 1 else None,
    }


def shown_gender(entity: Entity) -> tuple[str, str]:
    """Give gender and its basis; unknown where the article shows none or contradicts itself."""
    if entity.kind not in ("person", "unnamed_person"):
        return "unknown", "unknown"
    stated = {gender for (basis, gender), count in entity.genders.items()
              if basis == "honorific" and count}
    if len(stated) == 1:
        return stated.pop(), "honorific"
    sure = {gender: count for (basis, gender), count in entity.genders.items()
            if basis == "sure" and count}
    if sure and known_gender(entity) and len(sure) == 1:
        return next(iter(sure)), "pronoun"
    return "unknown", "unknown"


def quote_values(told: Told, said: Iterable[Said], ids: dict[int, str]) -> dict[int, tuple]:
    """Give quotes row → (speaker_id, speaker_basis, anonymity_reason)."""
    values = {}
    for one in said:
        answer = told.answers[one.row]
        entity = answer.entity
        reason = None
        if one.source_spans and (entity is None or entity.kind in _UNNAMED):
            reason = anonymity.find_anonymity_reason(
                told.story.passage, one.source_spans[0][0], one.source_spans[-1][1])
        speaker = ids.get(entity.number) if entity is not None else None
        values[one.row] = speaker, answer.basis, reason
    return values


def mention_ids(told: Told, spans: Iterable[tuple[int, int, int]], ids: dict[int, str]) -> dict:
    """Give mentions row → local id, for (row, start, end) of one article.

    A mention is whom the resolved name, pronoun or phrase inside it means; of several, the last
    name that ends with it ("Trump campaign manager Paul Manafort" is Manafort).
    """
    links = sorted(told.story.links, key=lambda link: link.start)
    found, at = {}, 0
    for row, start, end in sorted(spans, key=lambda span: (span[1], span[2])):
        while at and links[at - 1].start >= start:
            at -= 1
        while at < len(links) and links[at].start < start:
            at += 1
        inside = []
        for link in links[at:at + 8]:
            if link.start >= end:
                break
            if link.end <= end + 2 and link.entity.number in ids:
                inside.append(link)
        if inside:
            best = max(inside, key=lambda link: (link.end, link.how == "name"))
            found[row] = ids[best.entity.number]
    return found
