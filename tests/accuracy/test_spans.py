import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.accuracy.match import match
from analysis.accuracy.spans import alphanumeric, kind_of, normalise, overlap, quoted, shared

from .frames import span


@pytest.mark.parametrize(("text", "words", "kind"), [
    pytest.param('"We will win," Roe said.', "We will win", "direct", id="all-inside"),
    pytest.param("Roe said the plan “is dead” now.", "the plan “is dead” now", "mixed", id="some"),
    pytest.param("Roe said it failed.", "it failed", "indirect", id="none"),
    pytest.param("Roe said: “First part.\n“Second part.”", "First part", "direct", id="left-open"),
    pytest.param("They said “mostly false.“ Later on.", "Later on", "indirect", id="wrong-close"),
    pytest.param('"Never closed. "Good one," he said.', "Good one", "direct", id="opened-twice"),
    pytest.param("It was over\" he said there.", "he said", "indirect", id="stray-close"),
    pytest.param("Read ``now and here'' today.", "now and here", "direct", id="doubled-single"),
])
def test_marks_decide_the_kind(text, words, kind):
    found = kind_of(
        normalise(text, [span(text, words)]), letters=alphanumeric(text), inside=quoted(text)
    )
    assert found == kind


def test_marks_and_space_at_the_ends_do_not_count():
    text = "“One two.”\n\n“Three.”"
    assert normalise(text, [span(text, "“One two.”"), span(text, "“Three.”")]) == ((1, 18),)
    assert normalise(text, [[0, 1], [9, 13]]) == ()


def test_a_span_outside_the_text_is_refused():
    with pytest.raises(ValueError, match=r"span \(2, 9\) outside the text of 5 characters"):
        normalise("short", [[2, 9]])


_SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted), max_size=6)


@given(_SPANS, _SPANS)
def test_overlap_is_that_of_the_sets_of_characters(one, other):
    text = "a" * 60
    one, other = normalise(text, one), normalise(text, other)
    first, second = ({i for s, e in spans for i in range(s, e)} for spans in (one, other))
    assert shared(one, other) == len(first & second)
    union = len(first | second)
    assert overlap(one, other) == (len(first & second) / union if union else 0)


def test_each_item_is_matched_once_and_the_preferred_twin_first():
    spans = ((0, 10),)
    pairs = match([spans], [spans, spans], prefer=lambda _one, other: other == 1)
    assert pairs.exact == pairs.partial == {0: 1}


def test_a_quotation_over_two_neighbours_answers_one_of_them_at_most():
    pairs = match([((0, 10),), ((11, 21),)], [((0, 21),)])
    assert pairs.partial == {}
    assert match([((0, 11),), ((12, 21),)], [((0, 21),)]).partial == {0: 0}


def test_alphanumeric_counts_letters_of_any_script():
    assert np.array_equal(alphanumeric("é, 4 ж"), [True, False, False, True, False, True])
