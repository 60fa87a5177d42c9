from typing import NamedTuple

import pytest

from analysis.quotations.marks import quoted_regions
from analysis.quotations.repair import repair_spans


class Given(NamedTuple):
    label: str
    start: int
    end: int
    score: float = 1.0


def repaired(text, **spans):
    given = [Given(label, text.index(words), text.index(words) + len(words))
             for label, words in spans.items()]
    pieces = repair_spans(text, sorted(given, key=lambda g: g.start), quoted_regions(text))
    return [text[p.start : p.end] for p in pieces if p.label == "content"]


@pytest.mark.parametrize(("text", "cue", "content", "expected"), [
    ("Hale told officials that it rained.", "told", "officials that it rained",
     ["that it rained"]),
    ("Hale told him it rained.", "told", "him it rained", ["it rained"]),
    ("Hale told that story twice.", "told", "that story", ["that story"]),
    ("Hale asked him to stay.", "asked", "him to stay", ["him to stay"]),
    ("Bridge shut, Hale says\nThe bridge at Orland is shut.", "says",
     "\nThe bridge at Orland is shut", ["The bridge at Orland is shut"]),
    ("“It rains.\n“It pours,” Hale said.", "said", "It rains.\n“It pours",
     ["It rains.\n“It pours"]),
])
def test_contents_begin_and_end_where_they_must(text, cue, content, expected):
    assert repaired(text, cue=cue, content=content) == expected


def test_who_was_quoted_as_saying_something_is_the_source():
    text = "“We will not pay,” Mr Holm was quoted as saying."
    assert repaired(text, content="Mr Holm", cue="was quoted as saying") == []


def test_what_was_said_to_be_so_stays_content():
    text = "Mr Holm was reported to be ill."
    assert repaired(text, content="Mr Holm", cue="was reported") == ["Mr Holm"]
