"""Noun phrases: "her lawyer", "officials", "the company", and whom they mean."""

import re
from collections.abc import Sequence

from analysis.speakers import descriptions, hints, lists, members, things
from analysis.speakers.anonymity import find_anonymity_reason
from analysis.speakers.bodies import named_body
from analysis.speakers.coordination import before_clause
from analysis.speakers.entities import Entity, generic, new_entity
from analysis.speakers.names import fold, surname
from analysis.speakers.passage import Passage, words_between
from analysis.speakers.pronouns import find_pronoun
from analysis.speakers.roles import read_role
from analysis.speakers.sources import Reference, read_source
from analysis.speakers.story import Link, Story, add_link, links_before, said_from, topic_of


def read_nominal(story: Story, start: int, end: int) -> None:
    """Link a noun phrase that is no source: a candidate for later pronouns."""
    start = _without_lead(story.passage, start, end)
    ref = read_source(story.passage, story.cast, [[start, end]])
    if ref.form != "description" or not ref.noun_kind:
        return
    if ref.noun in _NOBODY or is_apposition(story, start, ref):
        return
    entity, _ = describe(story, ref)
    add_link(story, Link(start, end, entity, "nominal"))


def _without_lead(passage: Passage, start: int, end: int) -> int:
    """Give where a noun phrase begins: "by [moving] workers", "[But] officials"."""
    words = words_between(passage, start, end)
    if len(words) < 2:
        return start
    before = passage.text[max(0, start - 9):start].split()
    gerund = words[0].text.endswith("ing") and before and (
        before[-1] in _BEFORE_GERUND or before[-1].endswith(","))
    return words[1].start if gerund or words[0].text in ("But", "And", "So", "Yet") else start

_BEFORE_GERUND = frozenset({"by", "without", "to", "from", "of", "for"})


def is_apposition(story: Story, start: int, ref: Reference) -> bool:
    """Say whether a phrase only describes the person before it: "Pell, chief executive of …"."""
    near = [link for link in links_before(story, start)[-4:] if link.entity.kind == "person"]
    if not near or ref.noun_kind != "role":
        return False
    gap = story.passage.text[near[-1].end:start]
    return bool(_APPOSITION.fullmatch(gap))

_APPOSITION = re.compile(
    r"(?: \([^)]*\))?(?:, \d+|, (?:its|his|her|the|an?) [^,;.“”\"]{2,40})?"
    r"(?:,| is| was|, who is|, who was| as| became) ?(?:an? |the )?")

# "one", "other", "head": too thin for anybody to be meant by a later pronoun
_NOBODY = lists.word_set("one other others head chair figure member regular principal bride")


def note_apposition(story: Story, ref: Reference) -> None:
    """Remember that "his wife" is Rakeyia Scott, and what that says of her."""
    entity = ref.entity
    if entity is None:
        return
    if ref.article in ("own", "the"):
        story.cast.by_key.setdefault(("desc", fold(_owned_name(story, ref))), entity)
    gender = lists.noun_gender(ref.noun)
    if gender:
        entity.genders["honorific", gender] += 1
    if ref.noun in _KIN and " " not in entity.name and ref.owner and ref.owner[1] != "name":
        _give_surname(story, ref, entity)
    entity.notes.setdefault("roles", []).extend(read_role(ref.text, how="apposition"))

_KIN = lists.word_set("wife husband partner son daughter brother sister father mother")


def _give_surname(story: Story, ref: Reference, entity: Entity) -> None:
    """Complete "his wife, Laura" by the surname of whom she is the wife of."""
    owner = _owner_entity(story, ref)
    if owner is not None and owner.kind == "person" and owner is not entity and (
            " " in owner.name):
        last = surname(owner.name)
        if last != entity.name:
            entity.notes["name"] = f"{entity.name} {last}"


def _owner_entity(story: Story, ref: Reference) -> Entity | None:
    if not ref.owner:
        return None
    start, how = ref.owner
    if how != "pronoun":
        return story.cast.by_start.get(start)
    word = story.passage.text[start:].split(None, 1)[0].lower()
    found = find_pronoun(story, start, word) if word in lists.THIRD else None
    return found[0] if found else None

_KINDS = {"role": "unnamed_person", "group": "group", "organization": "organization",
          "document": "document", "": "other"}


def describe(story: Story, ref: Reference) -> tuple[Entity, str]:
    """Give whom a description means: a named one, an earlier one, or somebody new."""
    campaign = _campaign(story, ref)
    if campaign is not None:
        return campaign, "organization"
    if ref.text.lower() == "one of them":
        group = members.group_of(story, ref)
        if group is not None and not lists.is_role(group.notes["noun"]):
            return group, "pronoun"  # of the branches
    found = _described(story, ref)
    return (found, "description") if found is not None else _new_one(story, ref)


def _new_one(story: Story, ref: Reference) -> tuple[Entity, str]:
    """Give the unnamed one of those words, made if need be; "a lawyer" is always another."""
    name = members.group_name(story, ref) or _owned_name(story, ref)
    key = ("desc", fold(name))
    entity = story.cast.by_key.get(key) or _from_headline(story, ref, name)
    other = ref.noun in ("one", "other", "second")  # "one … the other one"
    if entity is None or (ref.article == "a" or other) and ref.noun_kind == "role":
        team = ref.noun == "team" and _RESEARCH.search(story.passage.text)
        entity = new_entity(story.cast, name, "group" if team else _KINDS[ref.noun_kind])
        entity.notes["noun"] = ref.noun
        entity.notes["role_class"] = ref.role_class
        gender = lists.noun_gender(ref.noun)
        if gender and ref.noun_kind == "role":
            entity.genders["honorific", gender] += 1
        story.cast.by_key[key] = entity
    return entity, "organization" if entity.kind == "organization" else "description"


_RESEARCH = re.compile(r"\b(?:researchers|scientists|study|experiments?)\b")


def _from_headline(story: Story, ref: Reference, name: str) -> Entity | None:
    """Give what the headline names without article: "[study] finds … a study in Nature"."""
    bare = story.cast.by_key.get(("desc", ref.noun))
    text = story.passage.text[:ref.start]
    if ref.article != "a" or ref.noun_kind != "document" or bare is None or (
            bare.name != ref.noun or text.count("\n\n") > 1):
        return None
    bare.notes["name"] = name
    return bare


def _campaign(story: Story, ref: Reference) -> Entity | None:
    """Give one campaign its one name: "her campaign", "Clinton's team", "the Clinton campaign"."""
    team = ref.noun in ("team", "camp", "operation") and "campaign" in story.passage.text
    if not ref.owner or not (team or ref.noun.split()[-1:] == ["campaign"]):
        return None
    owner = _owner_entity(story, ref)
    if owner is None or owner.kind != "person":
        return None
    return generic(story.cast, f"{surname(owner.name)} campaign", "organization")


def _described(story: Story, ref: Reference) -> Entity | None:
    """Give the named person, or the earlier thing, a description means; None if nobody."""
    known = story.cast.by_key.get(("desc", fold(_owned_name(story, ref))))
    if known is not None and known.kind == "person" and ref.article != "a":
        return known
    if ref.noun_kind in ("role", ""):
        return _company_described(story, ref) or _person_described(story, ref)
    return things.find_thing(story, ref)


def _company_described(story: Story, ref: Reference) -> Entity | None:
    """Give the body of a noun that persons bear as well: "the French retailer", "the operator"."""
    persons = any(role.noun == ref.noun for entity in story.cast.entities
                  for role in entity.notes.get("roles", ()))
    return None if persons else named_body(story, ref)


def _person_described(story: Story, ref: Reference) -> Entity | None:
    if members.MEMBER.fullmatch(ref.text) or _is_anonymous(story, ref):
        return None
    aged = hints.aged(story, ref)
    if aged is not None or not ref.noun_kind:
        return aged
    if ref.article == "the" and lists.is_people(ref.noun.capitalize()):
        return topic_of(story, ref.start)
    again = hints.of_the_lead(story, ref) or hints.unnamed_before(story, ref)
    if again is not None:
        return again
    found = descriptions.find_person(story, ref)
    if found is not None:
        return found[0]
    if ref.owner and ref.role_class == "family":
        return hints.relative_of(story, ref, _owner_entity(story, ref))
    return hints.named_soon(story, ref) or hints.uncalled_after(story, ref)


def _is_anonymous(story: Story, ref: Reference) -> bool:
    """Say whether a source is not named on purpose: "the foreman, who asked not to be named"."""
    ends = [one.source_spans[-1][1] for one in said_from(story, ref.start)]
    return bool(ends) and find_anonymity_reason(story.passage, ref.start, ends[0]) is not None


def _owned_name(story: Story, ref: Reference) -> str:
    """Name an unnamed one by its owner: "her daughter" → "Amelize Joseph's daughter"."""
    if ref.text.startswith("whose "):
        last = links_before(story, ref.start)[-1:]
        near = last and story.passage.text[last[0].end:ref.start].strip() in ("", ",")
        return f"{last[0].entity.name}'s {ref.text[6:]}" if near else ref.text
    if not ref.owner or ref.owner[1] == "name":
        return ref.text
    start = ref.owner[0]
    first = story.passage.text[start:].split(None, 1)[0]
    rest = ref.text.split(" ", 1)[1] if " " in ref.text else ref.text
    if ref.owner[1] == "pronoun":
        word = first.lower()
        found = find_pronoun(story, start, word) if word in lists.THIRD else None
        return f"{found[0].name}'s {rest}" if found and found[0].kind != "group" else ref.text
    entity = story.cast.by_start.get(start)
    spot = story.cast.spot_at.get(start)
    if entity is None or spot is None:
        return ref.text
    return ref.text.replace(spot.text, entity.name, 1)


def list_entity(story: Story, ref: Reference) -> Entity:
    """Give the group a coordination makes: "Obama and Clinton" by their full names."""
    named = [member for member in ref.members if isinstance(member, Entity)]
    text = _with_leader(story, ref, _without_pronouns(story, ref))
    joined = len(named) > 1 and all(member.kind in ("person", "organization") for member in named)
    if joined and (_only_names(story, ref, named) or _is_apposed(text, named)):
        text = ", ".join(member.name for member in named[:-1]) + f" and {named[-1].name}"
    else:
        for member in named:
            form = max((form for form in member.forms if form in text), key=len, default="")
            if form and member.name not in text:
                text = text.replace(form, member.name, 1)
    key = ("desc", fold(text))
    if key not in story.cast.by_key:
        story.cast.by_key[key] = new_entity(story.cast, text, "group")
        story.cast.by_key[key].notes.update(
            noun="group", joint=joined and _only_names(story, ref, named))
    add_link(story, Link(ref.start, ref.end, story.cast.by_key[key], "nominal"))
    return story.cast.by_key[key]


def _with_leader(story: Story, ref: Reference, text: str) -> str:
    """Put the name for a description: "the nominee and his aides" → "Ann Roe and his aides"."""
    match = _LEADER.match(story.passage.text, ref.start, ref.end)
    first = match and read_source(story.passage, story.cast, [[ref.start, match.end(1)]])
    if not first or first.form != "description" or first.noun_kind != "role":
        return text
    found = descriptions.find_person(story, first)
    return f"{found[0].name} and {match.group(2)}" if found else text


_LEADER = re.compile(r"(?:[Bb]oth )?(the [^,;“”\"]{3,60}?) and ((?:his|her) .+)", re.IGNORECASE)


def _without_pronouns(story: Story, ref: Reference) -> str:
    """Put names for "he" and "her" of a coordination: "both him and Roe" → "Lee and Roe"."""
    text = _EITHER.sub("", ref.text)
    for word in words_between(story.passage, ref.start, ref.end):
        if word.text.lower() in _ALONE:
            found = find_pronoun(story, word.start, word.text.lower())
            if found is not None:
                text = re.sub(rf"\b{word.text}\b", found[0].name, text, count=1)
    return text

_EITHER = re.compile(r"^(?:both|either|neither)\s", re.IGNORECASE)
_ALONE = frozenset({"he", "him", "she"})


def _is_apposed(text: str, named: Sequence[Entity]) -> bool:
    """Say whether names stand behind what they are: "three economists -- Ann Roe and Bo Lee"."""
    first = min((text.find(form) for one in named for form in one.forms if form in text),
                default=0)
    return bool(re.search(r"(?:,|--|[—–]|\s-|\()\s*(?:\S+\s){0,2}$", text[:first]))


def _only_names(story: Story, ref: Reference, named: Sequence[Entity]) -> bool:
    """Say whether a coordination is of names and titles only: "Mr. Grassley and Mr. Leahy"."""
    words = before_clause(words_between(story.passage, ref.start, ref.end))
    small = [word for word in words if word.text.islower()]
    return all(word.text in _SMALL | _KIN for word in small) and len(
        [word for word in words if word.start in story.cast.by_start
         and not lists.is_place(word.text)]) == len(named)


_SMALL = lists.word_set("of and or nor the his her both either neither all each")
