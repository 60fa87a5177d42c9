"""Descriptions whose person the article names elsewhere: relatives, ages, people named later."""

import re

from analysis.speakers import lists
from analysis.speakers.anonymity import find_anonymity_reason
from analysis.speakers.entities import Entity, known_gender, may_be
from analysis.speakers.names import read_name
from analysis.speakers.nouns import head_agrees
from analysis.speakers.passage import paragraph_of, sentence_of
from analysis.speakers.sources import Reference, read_source
from analysis.speakers.story import Story, links_before, topic_of

_AGE = re.compile(r"\b(\d{1,3})-year-old\b")
_LEAD, _SOON = 3, 4  # paragraphs
_JUST = 4  # sentences
# relatives of whom there is one; of others there may be several, so gender has to be known
_ONLY_ONE = lists.word_set("wife husband father mother dad mom mum widow widower spouse")


def relative_of(story: Story, ref: Reference, owner: Entity | None) -> Entity | None:
    """Give the only person with the owner's surname: "Scott's wife" → Rakeyia Scott."""
    if ref.role_class != "family" or owner is None or owner.kind != "person":
        return None
    called = [one for one in story.cast.entities if one is not owner and one.kind == "person"
              and any(role.noun == ref.noun for role in one.notes.get("roles", ()))]
    if len(called) == 1 and not ref.noun.endswith("friend"):  # of friends there are many
        return called[0]  # "a niece, Ida Lee, said … Her niece"
    last = read_name(owner.name).last
    gender = lists.noun_gender(ref.noun)
    found = [one for one in story.cast.entities if one is not owner and one.kind == "person"
             and " " in one.name and read_name(one.name).last == last
             and (known_gender(one) == gender or ref.noun in _ONLY_ONE and may_be(one, gender))
             and _is_no_other_relative(one, ref.noun)]
    return found[0] if len(found) == 1 and " " in owner.name else None


def _is_no_other_relative(entity: Entity, noun: str) -> bool:
    nouns = {role.noun for role in entity.notes.get("roles", ()) if role.role_class == "family"}
    return not nouns or any(head_agrees(noun, one) for one in nouns)


def aged(story: Story, ref: Reference) -> Entity | None:
    """Give the person whose age the article states: "the 54-year-old" → "Ann Roe, 54,".

    Where it states none, it is stated here, of whom the text is about; "the 54-year-old" that
    opens a paragraph, of whom the article names most.
    """
    age = _AGE.search(ref.text)
    if age is None or ref.article != "the":
        return None
    text = story.passage.text
    found = [one for one in story.cast.entities if one.kind == "person" and any(
        re.match(rf", (?:aged? )?{age.group(1)}\b", text[end:end + 12]) for _, end in one.spots)]
    if found:
        return found[0] if len(found) == 1 else None
    here = paragraph_of(story.passage, ref.start)
    near = [link.entity for link in links_before(story, ref.start)[-20:] if link.how == "name"
            and link.entity.kind == "person" and paragraph_of(story.passage, link.start) == here]
    return topic_of(story, ref.start) or (near[-1] if near else None) or (
        None if ref.noun_kind else story.protagonist)


def unnamed_before(story: Story, ref: Reference) -> Entity | None:
    """Give the unnamed one just mentioned: "a law enforcement official … ¶ The official said".

    "The man" may be whoever unnamed has just spoken: "a clerk said … The man said".
    """
    if ref.article != "the" or not ref.noun or " " in ref.text:
        return None
    noun = ref.noun.split()[-1]
    here = sentence_of(story.passage, ref.start)
    for link in reversed(links_before(story, ref.start)):
        if here - sentence_of(story.passage, link.start) > _JUST:
            break
        if link.entity.kind == "person" and any(
                head_agrees(ref.noun, role.noun) for role in link.entity.notes.get("roles", ())
                if role.noun):
            return None  # somebody of that role has been named since
        if link.entity.kind == "unnamed_person" and (
                link.entity.notes.get("noun", "").split()[-1:] == [noun]):
            # "a candidate must …" is nobody, unless it has spoken
            spoken = any(one is link.entity for _, one, _ in story.spoke)
            return link.entity if spoken or ref.role_class != "politician" else None
    return None


def named_soon(story: Story, ref: Reference) -> Entity | None:
    """Give whom the lead describes before the story names him.

    "A former party chairman says … ¶ “…,” said Don Fowler": a story gives each new speaker's role;
    where it gives none, the description before was the role. "A spokesman" stays nobody.
    """
    if ref.role_class in ("", "spokesperson") or not _in_lead(story, ref):
        return None
    if not any(one.source_start == ref.start for one in story.said) or find_anonymity_reason(
            story.passage, ref.start, ref.end):
        return None
    opener = _opener(story, ref)
    if opener is not None or ref.role_class in ("person", "family"):
        return opener
    soon = paragraph_of(story.passage, ref.start) + _SOON
    gender = lists.noun_gender(ref.noun)
    for one in sorted(story.said, key=lambda one: one.source_start):
        entity = story.speaker_of.get(one.row)
        if one.source_start > ref.end and entity is not None and entity.kind == "person":
            first = next((start for start, _ in entity.spots if not _in_headline(story, start)), 0)
            if first <= ref.start or " " not in entity.name or (
                    paragraph_of(story.passage, first) > soon):
                return None
            fits = not gender or known_gender(entity) in ("", gender)
            return entity if fits and _has_no_other_role(entity, ref) else None
    return None


def of_the_lead(story: Story, ref: Reference) -> Entity | None:
    """Give whom a headline and the lead describe alike: "Ex-mayor calls … ¶ A former mayor says".

    The lead's is named soon after it; the headline's would be anybody of that role.
    """
    if ref.article or not ref.role_class or not _in_headline(story, ref.start):
        return None
    for one in sorted(story.said, key=lambda one: one.source_start):
        if one.source_spans and paragraph_of(story.passage, one.source_start) == 1:
            lead = read_source(story.passage, story.cast, one.source_spans)
            alike = lead.form == "description" and lead.article == "a"
            return named_soon(story, lead) if alike and head_agrees(ref.noun, lead.noun) else None
    return None


def uncalled_after(story: Story, ref: Reference) -> Entity | None:
    """Give whom a description brings before his bare name: "His captain refused … said Bo Lee".

    A story says of everybody who he is: a speaker's full name that comes without a word of it,
    soon after a description of somebody unknown, is that person's.
    """
    speaks = any(one.source_start == ref.start for one in story.said)
    if ref.article == "a" or ref.noun in _NAMELESS or ref.role_class == "spokesperson" or (
            not speaks):
        return None
    here, gender = sentence_of(story.passage, ref.end), lists.noun_gender(ref.noun)
    for start in sorted(start for start in story.cast.by_start if start > ref.end):
        if sentence_of(story.passage, start) - here > _AFTER:
            return None
        entity = story.cast.by_start[start]
        if entity.kind == "person" and " " in entity.name and entity.spots[0][0] == start:
            fits = not gender or known_gender(entity) in ("", gender)
            return entity if fits and _is_uncalled(story, entity) else None
    return None


_AFTER = 4  # sentences
_NAMELESS = lists.word_set("insider source official person man woman aide employee worker")
_INTRODUCED = re.compile(r",? (?:who|of|from|at|aged)\b| \("
                         r"|, (?:\d|(?:an?|the|his|her|\w+ing)\b|[a-z-]+ (?:of|at|for)\b)")


def _is_uncalled(story: Story, entity: Entity) -> bool:
    """Say whether somebody speaks of whom the article, at the first full name, says no more."""
    start, end = entity.spots[0]
    text = story.passage.text
    introduced = story.cast.spot_at[start].title or entity.notes.get("roles") or (
        _INTRODUCED.match(text, end) or text.endswith((", ", "- "), 0, start))
    return not introduced and any(one is entity for one in story.speaker_of.values())


def _opener(story: Story, ref: Reference) -> Entity | None:
    """Give whom the next paragraph brings first: "A pilot said … ¶ Captain Rolf Aasen landed"."""
    starts = story.passage.paragraph_starts
    after = [start for start in starts if start > ref.end][:2]
    near = sorted(start for start, one in story.cast.by_start.items()
                  if after and after[0] <= start < after[0] + _OPENING)
    entity = story.cast.by_start[near[0]] if near else None
    if entity is None or ref.owner or entity.kind != "person" or " " not in entity.name:
        return None
    known_before = any(ref.start > start > starts[1] for start, _ in entity.spots)
    gender = lists.noun_gender(ref.noun)
    fits = not gender or known_gender(entity) in ("", gender)
    private = ref.role_class in ("person", "family")
    return entity if fits and not known_before and (
        private or _has_no_other_role(entity, ref)) else None


_OPENING = 30  # characters


def _in_headline(story: Story, offset: int) -> bool:
    return paragraph_of(story.passage, offset) == 0


def _in_lead(story: Story, ref: Reference) -> bool:
    return paragraph_of(story.passage, ref.start) < _LEAD


def _has_no_other_role(entity: Entity, ref: Reference) -> bool:
    roles = [role for role in entity.notes.get("roles", ()) if role.noun]
    return not roles or any(head_agrees(ref.noun, role.noun) for role in roles)
