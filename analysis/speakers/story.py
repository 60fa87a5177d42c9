"""The article as it is read from start to end: who was mentioned, who spoke."""

import re
from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.speakers import lists
from analysis.speakers.entities import Cast, Entity
from analysis.speakers.passage import Passage, in_quotes, sentence_of


class Said(NamedTuple):
    """One quotation as this stage needs it."""

    row: int
    spans: list
    source_spans: list
    cue_spans: list
    direct: bool
    source_start: int


class Link(NamedTuple):
    """One resolved mention: where, who, and how (name | pronoun | description | nominal)."""

    start: int
    end: int
    entity: Entity
    how: str
    lead: float = 0.0


class Answer(NamedTuple):
    """Who said a quotation, and how that was found out."""

    entity: Entity | None
    basis: str


@dataclass(frozen=True, eq=False)
class Story:
    """What is known at the place the reading has reached; the lists grow."""

    passage: Passage
    cast: Cast
    said: list[Said]
    links: list[Link] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    spoke: list[tuple[int, Entity, Said]] = field(default_factory=list)
    speaker_of: dict[int, Entity] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)
    outlet: str = ""
    starts_of: dict[int, list[int]] = field(default_factory=dict)
    memo: dict[tuple, object] = field(default_factory=dict)

    @property
    def protagonist(self) -> Entity | None:
        """The person the article names most: who answers "A:" in an interview."""
        persons = [one for one in self.cast.entities if one.kind == "person"]
        return max(persons, key=lambda one: len(one.spots), default=None)


_REACH = 150  # mentions; what stands further back is nobody's antecedent


def add_link(story: Story, link: Link) -> None:
    """Record a resolved mention at its place."""
    at = bisect_right(story.starts, link.start)
    story.links.insert(at, link)
    story.starts.insert(at, link.start)
    insort(story.starts_of.setdefault(link.entity.number, []), link.start)


def links_before(story: Story, offset: int) -> list[Link]:
    """Give the resolved mentions that start before `offset`, the last 150."""
    end = bisect_left(story.starts, offset)
    return story.links[max(0, end - _REACH):end]


def times_before(story: Story, entity: Entity, offset: int) -> int:
    """Give how often an entity is mentioned before `offset`."""
    return bisect_left(story.starts_of.get(entity.number, ()), offset)


def links_from(story: Story, start: int, end: int) -> list[Link]:
    """Give the resolved mentions that start in [start, end)."""
    return story.links[bisect_left(story.starts, start):bisect_left(story.starts, end)]


def enclosing(story: Story, offset: int) -> Said | None:
    """Give the smallest quotation whose content contains `offset`."""
    if ("contents",) not in story.memo:
        story.memo["contents",] = _contents(story)
    return story.memo["contents",][offset]


def _contents(story: Story) -> list[Said | None]:
    """Give the smallest quotation around every character; of equals, the first."""
    around: list[Said | None] = [None] * (len(story.passage.text) + 1)
    spans = [(start, end, said) for said in reversed(story.said) for start, end in said.spans]
    for start, end, said in sorted(spans, key=lambda span: span[0] - span[1]):
        around[start:end] = [said] * (end - start)
    return around


def said_from(story: Story, offset: int) -> list[Said]:
    """Give the quotations whose source starts at `offset`."""
    if ("sources",) not in story.memo:
        by_start: dict[int, list[Said]] = {}
        for one in story.said:
            by_start.setdefault(one.source_start, []).append(one)
        story.memo["sources",] = by_start
    return story.memo["sources",].get(offset, [])


def last_speaker(story: Story, offset: int) -> Entity | None:
    """Give who spoke last before `offset`."""
    last = last_speech(story, offset)
    return last[0] if last else None


def last_speech(story: Story, offset: int) -> tuple[Entity, Said] | None:
    """Give who spoke last before `offset`, and what."""
    return next(((entity, one) for start, entity, one in reversed(story.spoke) if start < offset
                 and not in_quotes(story.passage, start)), None)


_OWN = frozenset({"his", "her"})
_THEN_NAME = re.compile(r"(?:['’]s?)? ((?:[a-z-]+ ){0,2}[a-z-]+),? [A-Z]")


def is_owner(story: Story, link: Link) -> bool:
    """Say whether a name only says whose another is: "[Roe] spokesman Bo Lee"."""
    match = _THEN_NAME.match(story.passage.text, link.end)
    known = lists.noun_class(tuple(match.group(1).split())) if match else None
    return known is not None and known[0] == "role"


def anchor_of(story: Story, offset: int, *, indirect: bool = False) -> int:
    """Give the place from which a source looks back: for "“…,” she said" where the words begin.

    What stands inside the quoted words names nobody who speaks them; nor, for "they", inside
    the reported ones: "The banks took risks, they argue".
    """
    for one in said_from(story, offset):
        before = [start for start, _ in one.spans if start < offset]
        if before and (one.direct or indirect):
            return max(0, max(before) - 1)
    return offset


def topic_of(story: Story, offset: int) -> Entity | None:
    """Give the person named first earlier in this sentence, else in the one before."""
    offset = anchor_of(story, offset)
    at = sentence_of(story.passage, offset)
    starts = story.passage.sentence_starts
    said = in_quotes(story.passage, offset)
    near = [link for link in links_from(story, starts[max(0, at - 1)], offset)[-30:]
            if link.entity.kind == "person" and not (
                link.how == "pronoun" and story.passage.text[link.start:link.end].lower() in _OWN)
            and not is_owner(story, link)
            and (said or not in_quotes(story.passage, link.start))]
    here = [link for link in near if link.start >= starts[at]]
    return (here or near)[0].entity if near else None
