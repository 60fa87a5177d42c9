"""One article read from start to end: every quotation's speaker, every mention's person."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from analysis.speakers import lists
from analysis.speakers.answers import answer_late, answer_source
from analysis.speakers.casting import build_cast
from analysis.speakers.entities import Cast, Entity
from analysis.speakers.genders import infer_genders
from analysis.speakers.joints import find_joint, read_joint
from analysis.speakers.organizations import government_of
from analysis.speakers.passage import Passage, Word, in_quotes, read_passage, words_between
from analysis.speakers.phrases import is_apposition, note_apposition, read_nominal
from analysis.speakers.pronouns import find_pronoun
from analysis.speakers.roles import read_roles
from analysis.speakers.sources import Reference, read_source
from analysis.speakers.spotting import (
    cut_spots,
    drop_modifiers,
    end_at_sources,
    find_spots,
    join_spots,
)
from analysis.speakers.story import Answer, Link, Said, Story, add_link


class Told(NamedTuple):
    """One article resolved: its story, and the answer for each quotation's row."""

    story: Story
    answers: dict[int, Answer]


def read_article(
    text: str, said: Sequence[Said], labels: Mapping[str, list[tuple[int, int]]],
    authors: Sequence[str], outlet: str = "",
) -> Told:
    """Resolve one article: names, then genders, then everything else from start to end."""
    text = text.translate(_HYPHENS)
    passage = read_passage(text)
    spans = [tuple(span) for one in said for span in one.source_spans]
    organizations = [(start, end) for start, end in labels.get("organization", ())
                     if _is_joined(text[start:end])]
    spots = join_spots(passage, find_spots(passage), organizations)
    spots = drop_modifiers(cut_spots(passage, spots, labels.get("person", ())), labels)
    spots = end_at_sources(spots, spans)
    cast = build_cast(passage, spots, labels, spans)
    read_roles(passage, cast)
    _note_role_genders(cast)
    named = _read_names(passage, cast, said)
    _note_appositions(named, labels)
    _link_unnamed(named, labels)
    _infer_genders(named)
    story = Story(passage, cast, list(said), speaker_of=named.speaker_of, authors=list(authors),
                  outlet=outlet)
    return _read_once(story, labels)


_HYPHENS = str.maketrans("‐‑", "--")  # "Pryce‑Jones" of a word processor is Pryce-Jones


def _read_names(passage: Passage, cast: Cast, said: Sequence[Said]) -> Story:
    """Read the names alone, before anything is resolved."""
    story = Story(passage, cast, list(said))
    for start, entity in sorted(cast.by_start.items()):
        add_link(story, Link(start, cast.spot_at[start].end, entity, "name"))
    return story


def _note_appositions(story: Story, labels: Mapping[str, list[tuple[int, int]]]) -> None:
    """Learn from "his wife, Rakeyia Scott," and "a geologist named Rufus Anker"."""
    for start, end in labels.get("role", ()):
        ref = read_source(story.passage, story.cast, [[start, end]])
        if ref.form == "name" and ref.noun and ref.entity is not None:
            note_apposition(story, ref)


def _link_unnamed(story: Story, labels: Mapping[str, list[tuple[int, int]]]) -> None:
    """Note where "the woman" and "a man" stand: theirs are pronouns that show nobody's gender.

    One stands for all of a gender, for this reading alone.
    """
    unnamed = {gender: Entity(-at, "unnamed_person", {}, genders=Counter([("honorific", gender)]))
               for at, gender in enumerate("fm", 1)}
    for start, end in labels.get("role", ()):
        ref = read_source(story.passage, story.cast, [[start, end]])
        gender = lists.noun_gender(ref.noun)
        if ref.form == "description" and gender and ref.role_class == "person" and (
                not is_apposition(story, start, ref)):
            add_link(story, Link(start, end, unnamed[gender], "nominal"))


def _is_joined(name: str) -> bool:
    """Say whether a name is two runs of capitals: "Exchange and Mart", "Parents' Council"."""
    owns = re.search(r"s['’] ", name) and name.split()[-1] in lists.organization_words()
    return "\n" not in name and (" and " in name or bool(owns))


def _infer_genders(story: Story) -> None:
    """Learn from names and pronouns alone, and note the named speakers.

    Who says a quotation is thus known where its words begin, though the name follows them.
    """
    for one in story.said:
        ref = read_source(story.passage, story.cast, one.source_spans)
        if ref.form == "name" and ref.entity is not None:
            story.speaker_of[one.row] = ref.entity
            story.spoke.append((one.source_start, ref.entity, one))
    story.spoke.sort(key=lambda item: item[0])
    infer_genders(story)


def _note_role_genders(cast: Cast) -> None:
    """Take gender from nouns that state it: "congresswoman", "her husband, John Lee"."""
    for entity in cast.entities:
        for role in entity.notes.get("roles", ()):
            gender = lists.noun_gender(role.noun)
            if gender and (role.noun == "man" or not role.noun.endswith("man")) or gender == "f":
                entity.genders["honorific", gender] += 1


def _read_once(story: Story, labels: Mapping[str, list[tuple[int, int]]]) -> Told:
    """Read names, pronouns, phrases and sources in the order in which they stand."""
    passage, cast = story.passage, story.cast
    sources: dict[int, list[tuple[Said, Reference]]] = {}
    for one in story.said:
        ref = read_source(passage, cast, one.source_spans)
        sources.setdefault(one.source_start, []).append((one, ref))
    answers: dict[int, Answer] = {}
    later: list[tuple[Said, Reference]] = []
    for start, kind, payload in _events(passage, cast, sources, labels):
        if kind != "source":
            _READ[kind](story, start, payload)
            continue
        for one, ref in payload:
            answer = answer_source(story, one, ref)
            if answer is None:
                later.append((one, ref))
            else:
                _record(story, one, answer, answers)
    for one, ref in later:
        _record(story, one, answer_late(story, one, ref), answers)
    return Told(story, answers)


def _read_name(story: Story, start: int, end: int) -> None:
    if _is_adjective(story, start, end):
        return
    add_link(story, Link(start, end, story.cast.by_start[start], "name"))


def _is_adjective(story: Story, start: int, end: int) -> bool:
    """Say whether a people's name only says which: "[Mexican] officials"."""
    after = words_between(story.passage, end, end + 25)[:1]
    form = story.passage.text[start:end]
    if form in _ADJECTIVES or form in lists.demonyms() and form.endswith(("n", "i")) and (
            after and after[0].text.islower()):  # "the Australian population"
        return True
    return bool(after) and story.cast.by_start[start].kind == "group" and (
        after[0].text.islower() and story.passage.text[end:after[0].start] == " "
        and lists.noun_class((after[0].text,)) is not None)


_ADJECTIVES = frozenset({"Democratic", "Republican", "Conservative", "Liberal", "Libertarian"})


def _record(story: Story, one: Said, answer: Answer, answers: dict[int, Answer]) -> None:
    if answer.entity is not None:
        answer = answer._replace(entity=government_of(story.cast, answer.entity))
        story.speaker_of[one.row] = answer.entity
        at = one.source_start if one.source_start >= 0 else one.spans[0][0]
        story.spoke.append((at, answer.entity, one))
        story.spoke.sort(key=lambda item: item[0])
    answers[one.row] = answer


def _events(passage: Passage, cast: Cast, sources: dict, labels: Mapping) -> list[tuple]:
    """Give names, pronouns, nominals and sources in the order in which they stand."""
    events = [(start, "name", cast.spot_at[start].end) for start in cast.by_start]
    events += [(word.start, "pronoun", word.text.lower()) for word in passage.pronouns
               if word.text not in lists.LETTERS and (
                   word.start in sources or not _is_idle(passage, word))]
    events += [(start, "joint", joint) for start, joint in find_joint(passage, cast)]
    taken = set(sources)
    events += [(start, "source", payload) for start, payload in sources.items()]
    for label in ("role", "group", "document", "organization"):
        for start, end in labels.get(label, ()):
            idle = label == "document" and in_quotes(passage, start)
            if start not in taken and passage.text[start:end] and not idle:
                events.append((start, "nominal", end))
    order = {"name": 0, "joint": 1, "pronoun": 2, "nominal": 3, "source": 4}
    return sorted(events, key=lambda event: (event[0], order[event[1]]))


def _is_idle(passage: Passage, word: Word) -> bool:
    """Say whether a pronoun need not be read: "it" in quoted words, whose things do not speak."""
    return word.text.lower() in lists.IT and in_quotes(passage, word.start)


def _read_pronoun(story: Story, start: int, word: str) -> None:
    found = find_pronoun(story, start, word)
    if found is not None:
        add_link(story, Link(start, start + len(word), found[0], "pronoun", found[1]))


_READ = {"name": _read_name, "pronoun": _read_pronoun, "nominal": read_nominal, "joint": read_joint}
