"""One article read from start to end: every quotation's speaker, every mention's person."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from analysis.speakers import descriptions, lists, pronouns
from analysis.speakers.entities import Cast, Entity, build_cast, new_entity
from analysis.speakers.genders import infer_genders
from analysis.speakers.names import fold, without_article
from analysis.speakers.passage import (
    Passage,
    in_quotes,
    paragraph_of,
    read_passage,
    sentence_of,
    words_between,
)
from analysis.speakers.roles import read_role, read_roles
from analysis.speakers.sources import Reference, read_source
from analysis.speakers.spotting import find_spots, join_spots
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
    """Resolve one article: names, then genders, then everything else from start to end."""
    passage = read_passage(text)
    spans = [tuple(span) for one in said for span in one.source_spans]
    organizations = [(start, end) for start, end in labels.get("organization", ())
                     if "\n" not in text[start:end] and " and " in text[start:end]]
    spots = join_spots(passage, find_spots(passage), organizations)
    cast = build_cast(passage, spots, labels, spans)
    read_roles(passage, cast)
    _note_role_genders(cast)
    _note_appositions(passage, cast, said, labels)
    _infer_genders(passage, cast, said)
    return _read_once(passage, cast, said, labels, authors)


def _infer_genders(passage: Passage, cast: Cast, said: Sequence[Said]) -> None:
    """Look at names and pronouns alone, before anything is resolved."""
    story = Story(passage, cast, list(said))
    for start, entity in sorted(cast.by_start.items()):
        add_link(story, Link(start, cast.spot_at[start].end, entity, "name"))
    for one in said:
        ref = read_source(passage, cast, one.source_spans)
        if ref.form == "name" and ref.entity is not None:
            story.speaker_of[one.row] = ref.entity
            story.spoke.append((one.source_start, ref.entity, one))
    story.spoke.sort(key=lambda item: item[0])
    infer_genders(story)


def _note_appositions(
    passage: Passage, cast: Cast, said: Sequence[Said],
    labels: Mapping[str, list[tuple[int, int]]],
) -> None:
    """Learn from "his wife, Rakeyia Scott," and "a geologist named Rufus Anker"."""
    story = Story(passage, cast, list(said))
    for start, entity in sorted(cast.by_start.items()):
        add_link(story, Link(start, cast.spot_at[start].end, entity, "name"))
    for start, end in labels.get("role", ()):
        ref = read_source(passage, cast, [[start, end]])
        if ref.form == "name" and ref.noun and ref.entity is not None:
            _note_apposition(story, ref)


def _note_role_genders(cast: Cast) -> None:
    """Take gender from nouns that state it: "congresswoman", "her husband, John Lee"."""
    for entity in cast.entities:
        for role in entity.notes.get("roles", ()):
            gender = lists.role_nouns().get(role.noun, ("", ""))[1]
            if gender and not role.noun.endswith("man") or gender == "f":
                entity.genders["honorific", gender] += 1


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
        elif kind == "pair":
            _read_pair(story, start, payload)
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
    events += [(start, "pair", pair) for start, pair in _pairs(passage, cast)]
    taken = {start for start in sources}
    events += [(start, "source", payload) for start, payload in sources.items()]
    for label in ("role", "group", "document", "organization"):
        for start, end in labels.get(label, ()):
            if start not in taken and passage.text[start:end]:
                events.append((start, "nominal", (start, end)))
    order = {"name": 0, "pair": 1, "pronoun": 2, "nominal": 3, "source": 4}
    return sorted(events, key=lambda event: (event[0], order[event[1]]))


_AND = re.compile(r"(?: \([^)]*\))?,? (?:and|&) ")


def _pairs(passage: Passage, cast: Cast) -> list[tuple[int, tuple[Entity, Entity, int]]]:
    """Find two persons joined by "and": candidates for "they" and "the senators"."""
    starts = sorted(cast.by_start)
    found = []
    for start, after in zip(starts, starts[1:], strict=False):
        one, other = cast.by_start[start], cast.by_start[after]
        gap = passage.text[cast.spot_at[start].end:cast.spot_at[after].title_start]
        if one.kind == other.kind == "person" and one is not other and _AND.fullmatch(gap):
            found.append((start, (one, other, cast.spot_at[after].end)))
    return found


def _read_pair(story: Story, start: int, pair: tuple[Entity, Entity, int]) -> None:
    name = f"{pair[0].name} and {pair[1].name}"
    entity = _generic(story, name, "group")
    entity.notes.update(noun="group", joint=True)
    add_link(story, Link(start, pair[2], entity, "nominal"))


def _read_pronoun(story: Story, start: int, word: str) -> None:
    found = _find_pronoun(story, start, word)
    if found is not None:
        add_link(story, Link(start, start + len(word), found[0], "pronoun", found[1]))


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
    if ref.noun in _NOBODY or _is_apposition(story, span[0], ref):
        return
    entity, _ = describe(story, ref)
    add_link(story, Link(span[0], span[1], entity, "nominal"))


def _is_apposition(story: Story, start: int, ref: Reference) -> bool:
    """Say whether a phrase only describes the person before it: "Pell, chief executive of …"."""
    near = [link for link in links_before(story, start)[-4:] if link.entity.kind == "person"]
    if not near or ref.noun_kind != "role":
        return False
    gap = story.passage.text[near[-1].end:start]
    return bool(_APPOSITION.fullmatch(gap))


_APPOSITION = re.compile(
    r"(?: \([^)]*\))?(?:, \d+)?(?:,| is| was|, who is|, who was| as| became) ?(?:an? |the )?")


# "one", "other", "head": too thin for anybody to be meant by a later pronoun
_NOBODY = frozenset("one other others head chair figure member regular principal bride".split())


def _note_apposition(story: Story, ref: Reference) -> None:
    """Remember that "his wife" is Rakeyia Scott, and what that says of her."""
    entity = ref.entity
    if entity is None:
        return
    if ref.article in ("own", "the"):
        story.cast.by_key.setdefault(("desc", fold(_owned_name(story, ref))), entity)
    gender = lists.role_nouns().get(ref.noun, ("", ""))[1]
    if gender:
        entity.genders["honorific", gender] += 1
    if ref.noun in _KIN and " " not in entity.name and ref.owner:
        _give_surname(story, ref, entity)
    entity.notes.setdefault("roles", []).extend(read_role(ref.text, how="apposition"))


_KIN = frozenset("wife husband son daughter brother sister father mother".split())


def _give_surname(story: Story, ref: Reference, entity: Entity) -> None:
    """Complete "his wife, Laura" by the surname of whom she is the wife of."""
    owner = _owner_entity(story, ref)
    if owner is not None and owner.kind == "person" and owner is not entity:
        last = owner.name.removesuffix(" Jr.").split()[-1]
        if last != entity.name:
            entity.notes["name"] = f"{entity.name} {last}"


def _owner_entity(story: Story, ref: Reference) -> Entity | None:
    if not ref.owner:
        return None
    start, how = ref.owner
    if how != "pronoun":
        return story.cast.by_start.get(start)
    word = story.passage.text[start:].split(None, 1)[0].lower()
    third = lists.HE | lists.SHE | lists.THEY | lists.IT
    found = _find_pronoun(story, start, word) if word in third else None
    return found[0] if found else None


_KINDS = {"role": "unnamed_person", "group": "group", "organization": "organization",
          "document": "document", "": "other"}


def describe(story: Story, ref: Reference) -> tuple[Entity, str]:
    """Give whom a description means: a named one, an earlier one, or somebody new."""
    known = story.cast.by_key.get(("desc", fold(_owned_name(story, ref))))
    if known is not None and known.kind == "person" and ref.article != "a":
        return known, "description"
    if ref.noun_kind == "role":
        found = descriptions.find_person(story, ref)
        if found is not None:
            return found[0], "description"
    elif ref.noun_kind:
        thing = descriptions.find_thing(story, ref)
        if thing is not None:
            return thing, "description"
    name = _one_of_them(story, ref) or _owned_name(story, ref)
    key = ("desc", fold(name))
    entity = story.cast.by_key.get(key)
    if entity is None or (ref.article == "a" and ref.noun_kind == "role"):
        entity = new_entity(story.cast, name, _KINDS[ref.noun_kind])
        entity.notes["noun"] = ref.noun
        entity.notes["role_class"] = ref.role_class
        story.cast.by_key[key] = entity
    return entity, "organization" if entity.kind == "organization" else "description"


def _one_of_them(story: Story, ref: Reference) -> str | None:
    """Name a bare "one" by the group before it: "Backbenchers … one predicted" → backbencher."""
    if ref.text.lower() not in ("one", "another", "a third", "a second"):
        return None
    group = next((link.entity for link in reversed(links_before(story, ref.start))
                  if link.entity.kind == "group" and link.entity.notes.get("noun")), None)
    if group is None:
        return None
    words = group.name.split()
    noun = group.notes["noun"].split()[-1]
    return " ".join(lists.singular(word) if lists.singular(word.lower()) == noun else word
                    for word in words)


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
    if ref.form == "bare":
        return Answer(_generic(story, without_article(ref.text), "person"), "name")
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
    named = [member for member in ref.members if isinstance(member, Entity)]
    text = ref.text
    joined = len(named) > 1 and all(member.kind in ("person", "organization") for member in named)
    if joined and _only_names(story, ref, named):
        text = ", ".join(member.name for member in named[:-1]) + f" and {named[-1].name}"
    else:
        for member in named:
            form = max((form for form in member.forms if form in text), key=len, default="")
            if form and member.name not in text:
                text = text.replace(form, member.name, 1)
    key = ("desc", fold(text))
    if key not in story.cast.by_key:
        story.cast.by_key[key] = new_entity(story.cast, text, "group")
        story.cast.by_key[key].notes.update(noun="group", joint=len(named) > 1)
    add_link(story, Link(ref.start, ref.end, story.cast.by_key[key], "nominal"))
    return story.cast.by_key[key]


def _only_names(story: Story, ref: Reference, named: Sequence[Entity]) -> bool:
    """Say whether a coordination is of names and titles only: "Mr. Grassley and Mr. Leahy"."""
    words = words_between(story.passage, ref.start, ref.end)
    small = [word for word in words if word.text.islower()]
    return all(word.text in ("and", "the") for word in small) and len(
        [word for word in words if word.start in story.cast.by_start]) == len(named)


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
    key = ("desc", fold(name))
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
    """Give whom "who" means: the mention before it; after a comma sooner a named person.

    "Halden, a doctor of the city's children, who" is Halden; "a man who" is the man.
    """
    passage = story.passage
    start = passage.sentence_starts[sentence_of(passage, offset)]
    near = [link for link in links_before(story, offset)[-8:]
            if link.start >= start and link.how != "pronoun" and not (
                word in ("who", "whom", "whose")
                and link.entity.kind in ("document", "place", "organization"))]
    if not near:
        return None
    last = near[-1]
    if passage.text[last.end:offset].strip() and len(near) > 1:
        named = [link for link in near if link.entity.kind == "person"]
        apposed = [link for link in named if passage.text[link.end:link.end + 1] == ","]
        return (apposed or named or near)[-1].entity
    before = near[-2] if len(near) > 1 else None
    # "X, a lawyer who", "X is a lawyer who": the noun phrase is X
    if before is not None and before.entity.kind == "person" and last.how == "nominal" and (
            passage.text[before.end:last.start].strip() in (",", "is", "was")):
        return before.entity
    return last.entity


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


_CONJOINED = re.compile(
    r"[”’\"',;.\s]*(?:(?:and|but|or|then|before|after|while|yet|as well as)\b)?"
    r"(?:\s*(?:also|later|then|further|even|now|still|again|instead|once|never|only|has|had|have|"
    r"was|is|not|did|does|would|will|be|been|to|by))*\s*")


def _shared_subject(story: Story, one: Said) -> Entity | None:
    """Give the speaker a joined verb shares: "Verrin said X and asked Y", "…, adding that Z"."""
    if not one.cue_spans:
        return None
    cue = one.cue_spans[0][0]
    passage = story.passage
    sentence = sentence_of(passage, cue)
    best, reach = None, -1
    for _, entity, last in story.spoke:
        end = max([end for _, end in [*last.spans, *last.cue_spans] if end <= cue], default=-1)
        if last.row != one.row and end > reach and sentence_of(passage, end - 1) == sentence:
            best, reach = entity, end
    if best is None:
        return _sentence_subject(story, cue)
    between = passage.text[reach:cue]
    gerund = passage.text[cue:cue + 20].split(" ")[0].rstrip(",:").endswith("ing")
    return best if _CONJOINED.fullmatch(between) and (between.strip(" ,”\"’'") or gerund) else None


_SECOND_VERB = re.compile(r"[^“”\"]*\b(?:and|but)\s(?:has|had|have|also|later|then|even|now|\s)*$")


def _sentence_subject(story: Story, cue: int) -> Entity | None:
    """Give the person who opens the sentence of a second verb.

    "Foreign Minister Dmitry Kuleba has backed down …, and has made it clear that …"
    """
    passage = story.passage
    start = passage.sentence_starts[sentence_of(passage, cue)]
    links = [link for link in story.links if start <= link.start < cue]
    if not links or links[0].entity.kind != "person":
        return None
    spot = story.cast.spot_at.get(links[0].start)
    opens = (spot.title_start if spot else links[0].start) - start <= 4
    return links[0].entity if opens and _SECOND_VERB.fullmatch(passage.text[links[0].end:cue]) \
        else None


def _running(story: Story, one: Said) -> Answer:
    """Give the running speaker to a direct quotation nobody is named for.

    Evidence is asked for: it stands in quotation marks, and the speaker before it spoke
    directly in the same paragraph or the one before, with nobody named in between.
    """
    shared = _shared_subject(story, one)
    if shared is not None:
        return Answer(shared, "running")
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
