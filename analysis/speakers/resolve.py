"""One article read from start to end: every quotation's speaker, every mention's person."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from analysis.speakers import descriptions, lists, pronouns
from analysis.speakers.entities import Cast, Entity, build_cast, new_entity
from analysis.speakers.names import fold, without_article
from analysis.speakers.passage import Passage, in_quotes, paragraph_of, read_passage, words_between
from analysis.speakers.roles import read_roles
from analysis.speakers.sources import Reference, read_source
from analysis.speakers.spotting import find_spots
from analysis.speakers.story import Link, Said, Story, add_link, enclosing, last_speaker, links_before


class Answer(NamedTuple):
    """Who said a quotation, and how that was found out."""

    entity: Entity | None
    basis: str


class Told(NamedTuple):
    """One article resolved: its story, and the answer for each quotation's row."""

    story: Story
    answers: dict[int, Answer]
    author: Entity | None


def read_article(
    text: str, said: Sequence[Said], labels: Mapping[str, list[tuple[int, int]]],
    authors: Sequence[str],
) -> Told:
    """Resolve one article; twice, the second time knowing the genders the first pass showed."""
    passage = read_passage(text)
    spans = [tuple(span) for one in said for span in one.source_spans]
    cast = build_cast(passage, find_spots(passage), labels, spans)
    read_roles(passage, cast)
    _note_role_genders(cast)
    told = _read_once(passage, cast, said, labels, authors)
    _learn_genders(told.story)
    fresh = build_cast(passage, find_spots(passage), labels, spans)
    for old, new in zip(cast.entities, fresh.entities, strict=False):
        if old.name == new.name:
            new.genders.update(old.genders)
    read_roles(passage, fresh)
    return _read_once(passage, fresh, said, labels, authors)


def _note_role_genders(cast: Cast) -> None:
    """Take gender from nouns that state it: "congresswoman", "her husband, John Lee"."""
    for entity in cast.entities:
        for role in entity.notes.get("roles", ()):
            gender = lists.role_nouns().get(role.noun, ("", ""))[1]
            if gender and not role.noun.endswith("man") or gender == "f":
                entity.genders["honorific", gender] += 1


def _learn_genders(story: Story) -> None:
    for link in story.links:
        if link.how == "pronoun" and link.entity.kind == "person":
            word = story.passage.text[link.start:link.end].lower()
            gender = pronouns.pronoun_gender(word)
            if gender:
                link.entity.genders["pronoun", gender] += 1


def _read_once(
    passage: Passage, cast: Cast, said: Sequence[Said],
    labels: Mapping[str, list[tuple[int, int]]], authors: Sequence[str],
) -> Told:
    story = Story(passage, cast, list(said))
    answers: dict[int, Answer] = {}
    author: list[Entity] = []
    later: list[tuple[Said, Reference]] = []
    sources = {}
    for one in said:
        ref = read_source(passage, cast, one.source_spans)
        sources.setdefault(one.source_start, []).append((one, ref))
    events = _events(passage, cast, sources, labels)
    for start, kind, payload in events:
        if kind == "name":
            entity = cast.by_start[start]
            add_link(story, Link(start, payload, entity, "name"))
        elif kind == "pronoun":
            _read_pronoun(story, start, payload)
        elif kind == "nominal":
            _read_nominal(story, payload)
        else:
            for one, ref in payload:
                answer = _answer(story, one, ref, author, authors)
                if answer is None:
                    later.append((one, ref))
                else:
                    _record(story, one, answer, answers)
    for one, ref in later:
        _record(story, one, _late_answer(story, one, ref, author, authors), answers)
    return Told(story, answers, author[0] if author else None)


def _record(story: Story, one: Said, answer: Answer, answers: dict[int, Answer]) -> None:
    answers[one.row] = answer
    if answer.entity is not None:
        story.speaker_of[one.row] = answer.entity
        at = one.source_start if one.source_start >= 0 else one.spans[0][0]
        story.spoke.append((at, answer.entity, one))
        story.spoke.sort(key=lambda item: item[0])


def _events(passage: Passage, cast: Cast, sources: dict, labels: Mapping) -> list[tuple]:
    """Give names, pronouns, nominals and sources in the order in which they stand."""
    events = [(start, "name", cast.spot_at[start].end) for start in cast.by_start]
    third = lists.HE | lists.SHE | lists.THEY | lists.IT
    events += [(word.start, "pronoun", word.text.lower()) for word in passage.words
               if word.text.lower() in third]
    taken = {start for start in sources}
    events += [(start, "source", payload) for start, payload in sources.items()]
    for label in ("role", "group", "document", "organization"):
        for start, end in labels.get(label, ()):
            if start not in taken and passage.text[start:end]:
                events.append((start, "nominal", (start, end)))
    order = {"name": 0, "pronoun": 1, "nominal": 2, "source": 3}
    return sorted(events, key=lambda event: (event[0], order[event[1]]))


def _read_pronoun(story: Story, start: int, word: str) -> None:
    found = _find_pronoun(story, start, word)
    if found is not None:
        add_link(story, Link(start, start + len(word), found[0], "pronoun"))


def _find_pronoun(story: Story, start: int, word: str) -> tuple[Entity, float] | None:
    if word in lists.HE | lists.SHE:
        return pronouns.resolve_person(story, start, word)
    if word in lists.THEY:
        return pronouns.resolve_plural(story, start, word)
    return pronouns.resolve_thing(story, start, word)


def _read_nominal(story: Story, span: tuple[int, int]) -> None:
    """Link a noun phrase that is no source: a candidate for later pronouns."""
    ref = read_source(story.passage, story.cast, [list(span)])
    if ref.form != "description" or not ref.noun_kind:
        return
    entity, _ = describe(story, ref)
    if entity is not None:
        add_link(story, Link(span[0], span[1], entity, "nominal"))


_KINDS = {"role": "unnamed_person", "group": "group", "organization": "organization",
          "document": "document", "": "other"}


def describe(story: Story, ref: Reference) -> tuple[Entity, str]:
    """Give whom a description means: a named one, an earlier one, or somebody new."""
    if ref.noun_kind == "role":
        found = descriptions.find_person(story, ref)
        if found is not None:
            return found[0], "description"
    elif ref.noun_kind:
        thing = descriptions.find_thing(story, ref)
        if thing is not None:
            return thing, "description"
    name = _owned_name(story, ref)
    key = ("desc", fold(name))
    entity = story.cast.by_key.get(key)
    if entity is None or (ref.article == "a" and ref.noun_kind == "role"):
        entity = new_entity(story.cast, name, _KINDS[ref.noun_kind])
        entity.notes["noun"] = ref.noun
        entity.notes["role_class"] = ref.role_class
        story.cast.by_key[key] = entity
    return entity, "organization" if entity.kind == "organization" else "description"


def _owned_name(story: Story, ref: Reference) -> str:
    """Name an unnamed one by its owner: "her daughter" → "Amelize Joseph's daughter"."""
    if not ref.owner or ref.owner[1] == "name":
        return ref.text
    start = ref.owner[0]
    first = story.passage.text[start:].split(None, 1)[0]
    rest = ref.text.split(" ", 1)[1] if " " in ref.text else ref.text
    if ref.owner[1] == "pronoun":
        word = first.lower()
        found = _find_pronoun(story, start, word) if word in (
            lists.HE | lists.SHE | lists.THEY | lists.IT) else None
        return f"{found[0].name}'s {rest}" if found and found[0].kind != "group" else ref.text
    entity = story.cast.by_start.get(start)
    spot = story.cast.spot_at.get(start)
    if entity is None or spot is None:
        return ref.text
    return ref.text.replace(spot.text, entity.name, 1)


def _answer(
    story: Story, one: Said, ref: Reference, author: list[Entity], authors: Sequence[str],
) -> Answer | None:
    """Give the speaker of one quotation; None where it has to wait for the others."""
    if ref.form == "none":
        return None
    if ref.form == "name":
        return Answer(ref.entity, _name_basis(story, one, ref))
    if ref.form == "list":
        return Answer(_list_entity(story, ref), "description")
    if ref.form == "description":
        if ref.noun in ("author", "columnist") and not ref.owner and ref.article == "the":
            return Answer(*describe(story, ref))
        entity, basis = describe(story, ref)
        add_link(story, Link(ref.start, ref.end, entity, "nominal"))
        return Answer(entity, basis)
    return _pronoun_answer(story, one, ref, author, authors)


def _name_basis(story: Story, one: Said, ref: Reference) -> str:
    entity = ref.entity
    if entity is not None and entity.kind in ("organization", "place"):
        return "organization"
    starts = [word.start for span in one.source_spans
              for word in words_between(story.passage, *span)]
    forms = [story.cast.spot_at[start].text for start in starts
             if story.cast.by_start.get(start) is entity]
    return "name" if any(fold(form) == fold(entity.name) for form in forms) else "short_name"


def _list_entity(story: Story, ref: Reference) -> Entity:
    """Give the group a coordination makes: "Obama and Clinton" by their full names."""
    text = ref.text
    named = [member for member in ref.members if isinstance(member, Entity)]
    for member in named:
        for form in sorted(member.forms, key=len, reverse=True):
            if form in text and member.name not in text:
                text = text.replace(form, member.name, 1)
                break
    key = ("desc", fold(text))
    if key not in story.cast.by_key:
        story.cast.by_key[key] = new_entity(story.cast, text, "group")
        story.cast.by_key[key].notes["noun"] = "group"
    add_link(story, Link(ref.start, ref.end, story.cast.by_key[key], "nominal"))
    return story.cast.by_key[key]


def _pronoun_answer(
    story: Story, one: Said, ref: Reference, author: list[Entity], authors: Sequence[str],
) -> Answer | None:
    word = ref.noun
    if word in lists.FIRST | lists.FIRST_PLURAL:
        return _first_person(story, one, ref, author, authors)
    if word in lists.SECOND:
        return Answer(_generic(story, "readers", "group"), "pronoun")
    if word in lists.RELATIVE:
        return Answer(_antecedent(story, ref.start, word), "pronoun")
    linked = [link for link in story.links if link.start == ref.start and link.how == "pronoun"]
    if linked:
        return Answer(linked[0].entity, "pronoun")
    found = _find_pronoun(story, ref.start, word)
    return Answer(found[0], "pronoun") if found else Answer(None, "unresolved")


def _generic(story: Story, name: str, kind: str) -> Entity:
    key = ("desc", name)
    if key not in story.cast.by_key:
        story.cast.by_key[key] = new_entity(story.cast, name, kind)
    return story.cast.by_key[key]


def _first_person(
    story: Story, one: Said, ref: Reference, author: list[Entity], authors: Sequence[str],
) -> Answer | None:
    """Give who "I" or "we" is: the enclosing speaker, else the author."""
    outer = _outer(story, one, ref.start)
    if outer is not None:
        if outer.row in story.speaker_of:
            return Answer(story.speaker_of[outer.row], "pronoun")
        return None
    if in_quotes(story.passage, ref.start):
        return None
    return Answer(_author(story, author, authors), "author")


def _outer(story: Story, one: Said, offset: int) -> Said | None:
    inside = enclosing(story, offset)
    return inside if inside is not None and inside.row != one.row else None


def _author(story: Story, author: list[Entity], authors: Sequence[str]) -> Entity:
    if not author:
        names = [name for name in authors if name and name.lower() not in ("none", "nan")]
        entity = new_entity(story.cast, names[0] if len(names) == 1 else "author", "author")
        author.append(entity)
    return author[0]


def _antecedent(story: Story, offset: int, word: str) -> Entity | None:
    """Give whom "who" means: the mention that ends right before it, commas allowed."""
    text = story.passage.text
    for link in reversed(links_before(story, offset)[-6:]):
        gap = text[link.end:offset]
        if len(gap) > 120 or ". " in gap:
            break
        if word in ("who", "whom", "whose") and link.entity.kind in ("document", "place"):
            continue
        if link.how != "pronoun":
            return link.entity
    return None


def _late_answer(
    story: Story, one: Said, ref: Reference, author: list[Entity], authors: Sequence[str],
) -> Answer:
    if ref.form == "pronoun":
        outer = _outer(story, one, ref.start)
        if outer is not None and outer.row in story.speaker_of:
            return Answer(story.speaker_of[outer.row], "pronoun")
        if outer is None and not in_quotes(story.passage, ref.start):
            return Answer(_author(story, author, authors), "author")
        return Answer(None, "unresolved")
    return _running(story, one)


def _running(story: Story, one: Said) -> Answer:
    """Give the running speaker to a direct quotation nobody is named for.

    Evidence is asked for: it stands in quotation marks, and the speaker before it spoke
    directly in the same paragraph or the one before, with nobody named in between.
    """
    start = one.spans[0][0]
    before = [item for item in story.spoke if item[2].spans[-1][1] <= start]
    if not one.direct or not before:
        return Answer(None, "unresolved")
    _, entity, last = max(before, key=lambda item: item[2].spans[-1][1])
    passage = story.passage
    gap = paragraph_of(passage, start) - paragraph_of(passage, last.spans[-1][1] - 1)
    named = [link for link in story.links
             if last.spans[-1][1] <= link.start < start and link.entity is not entity]
    if last.direct and gap <= 1 and not named:
        return Answer(entity, "running")
    return Answer(None, "unresolved")
