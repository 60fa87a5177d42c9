"""Quotations that their surroundings announce and the tagger passes over."""

import pytest

from analysis.quotations.announced import add_announced
from analysis.quotations.marks import quoted_regions
from analysis.quotations.repair import Piece


def added(text, pieces=()):
    found = add_announced(text, pieces, quoted_regions(text))
    return [(piece.label, text[piece.start : piece.end]) for piece in found]


@pytest.mark.parametrize(("text", "source", "cue"), [
    ("“It is heavier than it looks,” one said.\n", "one", "said"),
    ("'It is heavier than it looks,' Mr. Doyle told the crowd.\n", "Mr. Doyle", "told"),
    ("\"Is it heavier than it looks?\" asked Ana Ruiz.\n", "Ana Ruiz", "asked"),
])
def test_sentence_in_marks_before_who_said_it_is_content(text, source, cue):
    assert {("source", source), ("cue", cue)} < set(added(text))
    assert [label for label, _ in added(text)].count("content") == 1


@pytest.mark.parametrize("text", [
    "“It is heavier than it looks” one said.\n",  # no comma: the marks may end a title
    "“Too late,” one said.\n",
    "“It is heavier than it looks,” the paper of record for all of the north coast said.\n",
    "He read “The Bridge That Never Was,” and said little.\n",
])
def test_other_marks_announce_nothing(text):
    assert added(text) == []


LEAD = "In her letter, Doyle wrote:"
BLOCK = "The bridge must open before winter comes to the valley."


def test_paragraph_after_who_wrote_and_a_colon_is_content():
    assert added(f"{LEAD}\n\n{BLOCK}\n\nIt is shut.\n") == [("cue", "wrote"), ("content", BLOCK)]


def test_what_was_found_of_the_announced_paragraph_gives_way_to_the_whole():
    text = f"{LEAD}\n\n{BLOCK}\n"
    at = text.index("winter")
    assert ("content", "winter") not in added(text, [Piece("content", at, at + 6, 0.5)])


def test_who_was_found_stays():
    text = f"{LEAD}\n\n{BLOCK}\n"
    at = text.index("Doyle")
    assert added(text, [Piece("source", at, at + 5, 0.5)])[0] == ("source", "Doyle")


@pytest.mark.parametrize("after", [
    "Read more.\n",
    "- The bridge must open before winter comes to the valley.\n",
    "bridge and road must open before winter comes to the valley.\n",
])
def test_headings_and_lists_after_a_colon_are_no_content(after):
    assert added(f"{LEAD}\n\n{after}") == []


def test_paragraph_with_a_cue_of_its_own_is_left_alone():
    text = f"{LEAD}\n\nThe bridge must open, said Hale, before winter comes to the valley.\n"
    said = Piece("cue", text.index("said"), text.index("said") + 4, 0.9)
    assert added(text, [said]) == [("cue", "said")]


def test_what_the_tagger_found_whole_is_not_touched():
    text = "“It is heavier than it looks,” one said.\n"
    whole = Piece("content", 0, text.index(" one"), 0.9)
    assert added(text, [whole]) == [("content", "“It is heavier than it looks,”")]
