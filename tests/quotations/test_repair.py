from typing import NamedTuple

import pytest

from analysis.quotations.marks import quoted_regions
from analysis.quotations.repair import Piece, repair_spans
from analysis.quotations.transcripts import read_turns


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


def test_transcript_gives_its_turns():
    text = ("The talk ran long.\nSTEIN: Will you go?\nMR. ODUYA: I will not.\nSTEIN: Why?\n"
            "MR. ODUYA: It is late.\n")
    wrong = Piece("content", text.index("Will"), text.index("not"), 0.9)
    pieces = read_turns(text, [wrong])
    turns = [[text[p.start : p.end] for p in pieces[i : i + 3]] for i in range(0, len(pieces), 3)]
    assert turns == [["STEIN", ":", "Will you go?"], ["MR. ODUYA", ":", "I will not."],
                     ["STEIN", ":", "Why?"], ["MR. ODUYA", ":", "It is late."]]


def test_headings_are_no_transcript():
    text = "BREAKING: Fire in Orland\nWATCH: The film\nREAD: More\nLIVE: Now\n"
    assert read_turns(text, []) == []
