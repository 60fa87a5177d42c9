"""The speaker of one quotation, and how that was found out."""

import re

from analysis.speakers import lists
from analysis.speakers.asking import is_asked, is_told_by_one, reporters
from analysis.speakers.entities import Entity, generic, new_entity
from analysis.speakers.names import fold, without_article
from analysis.speakers.passage import in_quotes, words_between
from analysis.speakers.phrases import describe, list_entity
from analysis.speakers.pronouns import best_candidate, find_pronoun
from analysis.speakers.relatives import find_antecedent
from analysis.speakers.running import running_speaker
from analysis.speakers.sources import Reference
from analysis.speakers.story import Answer, Link, Said, Story, add_link, enclosing, topic_of


def answer_source(
    story: Story, one: Said, ref: Reference,
) -> Answer | None:
    """Give the speaker of one quotation; None where it has to wait for the others."""
    if ref.form == "none":
        return None
    own = _own_answer(story, ref)
    if own is not None:
        return own
    if ref.form in ("name", "bare"):
        return _name_answer(story, one, ref)
    if ref.form == "list":
        return Answer(list_entity(story, ref), "description")
    if ref.form == "description":
        entity, basis = describe(story, ref)
        add_link(story, Link(ref.start, ref.end, entity, "nominal"))
        return Answer(entity, basis)
    return _pronoun_answer(story, one, ref)


_ONE_OR_MANY = re.compile(r"\w+ese|Swiss")
_OURS = re.compile(
    r"(?i:our|this) (?:own )?(?:correspondent|reporter|writer|reviewer|columnist|critic)")


def _own_answer(story: Story, ref: Reference) -> Answer | None:
    """Give the speaker where the outlet itself asks or reports, and who answers it."""
    if _is_interviewer(story, ref) or ref.form == "description" and _OURS.fullmatch(ref.text):
        return Answer(_author(story), "author")
    answers = story.passage.text[ref.start:ref.end] == "A" and _before_colon(story, ref)
    return Answer(story.protagonist, "running") if answers else None


def _name_answer(story: Story, one: Said, ref: Reference) -> Answer:
    """Give whom a name means; "the Portuguese" is whom the text is about there, if anybody."""
    entity = ref.entity
    if ref.form == "bare":
        name = without_article(ref.text)
        kind = "organization" if lists.is_state(name) else "person"  # "[Ohio] Elects a Mayor"
        return Answer(generic(story.cast, name, kind), "name")
    if entity is not None and entity.kind == "group" and _ONE_OR_MANY.fullmatch(ref.text):
        return Answer(topic_of(story, ref.start) or entity, "description")
    return Answer(entity, _name_basis(story, one, ref))


def _is_interviewer(story: Story, ref: Reference) -> bool:
    """Say whether the outlet asks in an interview: "Longshore: Do you sleep?", "Q:", "POST:"."""
    text = story.passage.text[ref.start:ref.end]
    name = fold(without_article(text))
    paper = text.isupper() and text.capitalize() in lists.PAPERS
    asks = name == "q" or paper or bool(story.outlet) and (
        name == fold(without_article(story.outlet)))
    return asks and _before_colon(story, ref)


def _before_colon(story: Story, ref: Reference) -> bool:
    return story.passage.text[ref.end:ref.end + 2].lstrip().startswith(":")


def _name_basis(story: Story, one: Said, ref: Reference) -> str:
    entity = ref.entity
    if entity is not None and entity.kind in ("organization", "place"):
        return "organization"
    starts = [word.start for span in one.source_spans
              for word in words_between(story.passage, *span)]
    forms = [story.cast.spot_at[start].text for start in starts
             if story.cast.by_start.get(start) is entity]
    return "name" if any(fold(form) == fold(entity.name) for form in forms) else "short_name"


def _pronoun_answer(
    story: Story, one: Said, ref: Reference,
) -> Answer | None:
    word = ref.noun
    if word in lists.FIRST | lists.FIRST_PLURAL:
        return _first_person(story, one, ref)
    if word in lists.SECOND:
        return Answer(generic(story.cast, "readers", "group"), "pronoun")
    whom = ref.text.split()[-1:]
    if whom == ["whom"] and word == "they":  # "most of whom"
        return Answer(find_antecedent(story, ref.start, "whom"), "pronoun")
    if word in lists.RELATIVE:
        return Answer(find_antecedent(story, ref.start, word), "pronoun")
    if ref.noun == "they" and ref.text not in lists.THEY | lists.SEVERAL:  # "two of them"
        found = best_candidate(story, ref.start, "those", kinds=("group",))
        return Answer(found[0], "pronoun") if found else Answer(None, "unresolved")
    linked = [link for link in story.links if link.start == ref.start and link.how == "pronoun"]
    if linked:
        return Answer(linked[0].entity, "pronoun")
    found = find_pronoun(story, ref.start, ref.text if ref.text in lists.SEVERAL else word)
    return Answer(found[0], "pronoun") if found else Answer(None, "unresolved")


def _first_person(
    story: Story, one: Said, ref: Reference,
) -> Answer | None:
    """Give who "I" or "we" is: the enclosing speaker, else the author."""
    outer = _outer(story, one, ref.start)
    if outer is not None:
        if outer.row in story.speaker_of:
            return Answer(story.speaker_of[outer.row], "pronoun")
        return None
    if in_quotes(story.passage, ref.start):
        return None
    return Answer(_author(story), "author")


def _outer(story: Story, one: Said, offset: int) -> Said | None:
    inside = enclosing(story, offset)
    return inside if inside is not None and inside.row != one.row else None


def _author(story: Story) -> Entity:
    """Give the author, by name where the article has one byline."""
    known = story.cast.by_key.get(("author", ""))
    if known is None:
        names = [name for name in story.authors if name and name.lower() not in ("none", "nan")]
        known = new_entity(story.cast, names[0] if len(names) == 1 else "author", "author")
        story.cast.by_key["author", ""] = known
    return known


def answer_late(
    story: Story, one: Said, ref: Reference,
) -> Answer:
    """Give the speaker of a quotation that had to wait: I and we, and quotations without source."""
    if ref.form == "pronoun":
        outer = _outer(story, one, ref.start)
        if outer is not None and outer.row in story.speaker_of:
            return Answer(story.speaker_of[outer.row], "pronoun")
        if outer is None and not in_quotes(story.passage, ref.start):
            return Answer(_author(story), "author")
        return Answer(None, "unresolved")
    if is_asked(story, one):
        author = is_told_by_one(story.passage)
        return Answer(_author(story), "author") if author else Answer(reporters(story), "running")
    return running_speaker(story, one)
