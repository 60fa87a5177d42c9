"""Speech whose print says who speaks: transcripts and signed quotations."""

import pytest

from analysis.quotations.printed import is_turn, read_printed
from analysis.quotations.repair import Piece


def test_transcript_gives_its_turns():
    text = ("The talk ran long.\nSTEIN: Will you go?\nMR. ODUYA: I will not.\nSTEIN: Why?\n"
            "MR. ODUYA: It is late.\n")
    wrong = Piece("content", text.index("Will"), text.index("not"), 0.9)
    pieces = read_printed(text, [wrong])
    turns = [[text[p.start : p.end] for p in pieces[i : i + 3]] for i in range(0, len(pieces), 3)]
    assert turns == [["STEIN", ":", "Will you go?"], ["MR. ODUYA", ":", "I will not."],
                     ["STEIN", ":", "Why?"], ["MR. ODUYA", ":", "It is late."]]


def test_questions_and_answers_are_turns():
    text = "Q: Why now?\nA: It was time.\nQ: And then?\nA: Home.\nA. Lists are none.\n"
    pieces = read_printed(text, [])
    assert [text[p.start : p.end] for p in pieces if p.label == "source"] == ["Q", "A", "Q", "A"]
    assert [text[p.start : p.end] for p in pieces if p.label == "content"][-1] == "Home."


def test_a_questioner_called_q_between_named_turns_is_one_more():
    text = "ORR: Why now?\nROE: It was time.\nORR: So?\nROE: Yes.\nQ: And then?\nA: Home.\n"
    assert [text[p.start : p.end] for p in read_printed(text, []) if p.label == "source"] == [
        "ORR", "ROE", "ORR", "ROE", "Q", "A"]


@pytest.mark.parametrize(("text", "is_one"), [
    ("It began.\nROE: I will not.", True), ("It began.\nROE: He said I will not.", False),
    ("It began.\nRoe: I will not.", False)])
def test_only_the_words_after_a_turns_colon_are_the_turn(text, is_one):
    assert is_turn(text, text.lower().index("roe:"), text.index("I will")) is is_one


def test_headings_are_no_transcript():
    text = "BREAKING: Fire in Orland\nWATCH: The film\nREAD: More\nLIVE: Now\n"
    assert read_printed(text, []) == []


def parts(text):
    return [(piece.label, text[piece.start : piece.end]) for piece in read_printed(text, [])]


@pytest.mark.parametrize(("text", "said", "dash", "name"), [
    ("“The bridge must open.” ― Ana Ruiz, nurse\n", "“The bridge must open.”", "―", "Ana Ruiz"),
    ("\"The bridge must open.\"\n\n- Hale.\nMore.", "\"The bridge must open.\"", "-", "Hale"),
    ("‘The bridge must open’ -- Bob de Vries Jr. (Orland)", "‘The bridge must open’", "--",
     "Bob de Vries Jr."),
])
def test_signed_quotation_belongs_to_its_name(text, said, dash, name):
    assert parts(text) == [("content", said), ("cue", dash), ("source", name)]


@pytest.mark.parametrize("text", [
    "“The bridge must open.” — Hale said it twice.\n",
    "“No,” he said. “The bridge must open.” — Ana Ruiz\n",
    "“The bridge must open and stay open.”\n\n- Reuters\n",
    "He called it “a bridge too many.” — Ana Ruiz\n",
])
def test_dash_after_a_quotation_signs_nothing_else(text):
    assert parts(text) == []


def test_signature_takes_the_place_of_what_the_tagger_found():
    text = "“Too late.” — Bo Hale\n“The bridge must open.” — Ana Ruiz\n"
    start = text.index("“The")
    wrong = Piece("content", start, start + 22, 0.4)
    assert [text[p.start : p.end] for p in read_printed(text, [wrong])][-1] == "Ana Ruiz"
    assert wrong not in read_printed(text, [wrong])
