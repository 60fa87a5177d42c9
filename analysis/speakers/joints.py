"""Persons and bodies joined by "and": candidates for "they", "the senators", "the two"."""

import re
from collections.abc import Iterator, Sequence

from analysis.speakers import lists
from analysis.speakers.entities import Cast, Entity, generic, joined
from analysis.speakers.passage import Passage
from analysis.speakers.story import Link, Story, add_link

_FROM = (r"(?:,? \([^)]*\)| (?:of|at|from) (?:the )?[A-Z][^.;:()“”\"\n]{1,60}?|, (?:aged )?\d{1,3}"
         r"|, (?:an?|the|h(?:is|er)) [^,.;:()“”\"\n]{3,50}(?=,)"
         r"|, (?:Republican|Democrat) of [A-Z][\w ]{2,20}(?=,))?")  # "at the Institute", ", 41"
_AND = re.compile(_FROM + r",? (?:and|&) ((?:[a-z][\w-]* ){0,4})")
_COMMA = re.compile(_FROM + ", ")


def find_joint(passage: Passage, cast: Cast) -> list[tuple[int, tuple[list[Entity], int]]]:
    """Find persons or companies joined by "and": candidates for "they" and "the senators"."""
    found = []
    for kind in ("person", "organization"):
        starts = sorted(start for start, one in cast.by_start.items() if one.kind == kind)
        found += _joined(passage, cast, starts)
    return [*found, *_teams(passage, cast)]


def _teams(passage: Passage, cast: Cast) -> Iterator[tuple[int, tuple[list[Entity], int]]]:
    """Find whom a person works with: "Ellen Strand and her colleagues at Essex"."""
    for start, entity in cast.by_start.items():
        match = _COLLEAGUES.match(passage.text, cast.spot_at[start].end)
        if match and entity.kind == "person":
            yield start, ([entity], match.end())


_COLLEAGUES = re.compile(r",? and (?:his |her )?(?:colleagues|co-?(?:author|worker)s|team)\b")


def _joined(
    passage: Passage, cast: Cast, starts: Sequence[int],
) -> list[tuple[int, tuple[list[Entity], int]]]:
    found = []
    for at in range(1, len(starts)):
        joined = _AND.fullmatch(_gap(passage, cast, starts[at - 1], starts[at]))
        if joined is None or not _may_precede(joined.group(1).split()):
            continue
        first = at - 1
        while first > 0 and _COMMA.fullmatch(
                _gap(passage, cast, starts[first - 1], starts[first])):
            first -= 1
        members = [cast.by_start[start] for start in starts[first:at + 1]]
        if len(set(members)) == len(members):
            found.append((starts[first], (members, cast.spot_at[starts[at]].end)))
    return found


def _may_precede(words: Sequence[str]) -> bool:
    """Say whether words between "and" and a name are its title: "and [her sister] Mona Fisk"."""
    known = lists.noun_class(tuple(words))
    return not words or len(words) == 1 and words[0] in _LEADS or (
        known is not None and known[0] == "role")

_LEADS = lists.word_set("state former fellow the then")


def _gap(passage: Passage, cast: Cast, start: int, after: int) -> str:
    return passage.text[cast.spot_at[start].end:cast.spot_at[after].title_start]


def read_joint(story: Story, start: int, joint: tuple[list[Entity], int]) -> None:
    """Link persons joined by "and" as one group; a person and colleagues as a team."""
    if len(joint[0]) == 1:
        team = generic(story.cast, f"{joint[0][0].name} and colleagues", "group")
        team.notes["noun"] = "team"
        return add_link(story, Link(start, joint[1], team, "nominal"))
    return add_link(story, Link(start, joint[1], joined(story.cast, joint[0]), "nominal"))
