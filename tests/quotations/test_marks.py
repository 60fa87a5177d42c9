import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.quotations.marks import kind_of, mask_of, quoted_regions, unmarked

CASES = [
    pytest.param("He said “yes” and “no”.", ["yes", "no"], id="curly"),
    pytest.param('He said "yes" and "no".', ["yes", "no"], id="straight"),
    pytest.param("He said ``yes'' twice.", ["yes"], id="doubled"),
    pytest.param("''Yes,'' he said. ''And no.''", ["Yes,", "And no."], id="two apostrophes"),
    pytest.param("He said «yes» twice.", ["yes"], id="guillemets"),
    pytest.param("‘It was Tom’s,’ she said.", ["It was Tom’s,"], id="british single"),
    pytest.param("'It wasn't us,' she said.", ["It wasn't us,"], id="straight single"),
    pytest.param("The workers' union didn't vote in '97.", [], id="apostrophes"),
    pytest.param("“Never closed, she said.\nA new line.", ["Never closed, she said."],
                 id="never closed"),
    pytest.param("“Opened “twice,” he said.", ["twice,"], id="opened twice"),
    pytest.param("“It is done. It is over, “Hale said.", ["It is done. It is over, "],
                 id="closed with an opening mark"),
    pytest.param("“First part.\n\n“Second part,” he said.", ["First part.", "Second part,"],
                 id="re-opened each paragraph"),
    pytest.param("“He said ‘no’ to us,” she said.", ["He said ‘no’ to us,"], id="marks inside"),
    pytest.param('A 5" pipe, and a 6" one.', [], id="inches"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_regions_lie_between_the_marks(text, expected):
    assert [text[r.start : r.end] for r in quoted_regions(text)] == expected


@given(st.text(alphabet="ab .,\n\"'“”‘’`«»", max_size=60))
@settings(max_examples=300, deadline=None)
def test_regions_are_ordered_and_apart(text):
    edges = [edge for region in quoted_regions(text) for edge in region[:2]]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


@pytest.mark.parametrize(("content", "kind"), [
    ("It is late,", "direct"), ("that “it is late,” now", "mixed"), ("now", "indirect"),
])
def test_kind_counts_letters_in_marks(content, kind):
    text = "She says that “it is late,” now. “It is late,” he adds."
    mask = mask_of(len(text), quoted_regions(text))
    at = text.index(content)
    assert kind_of(text, [(at, at + len(content))], mask) == kind


def test_no_letters_are_indirect():
    assert kind_of("...", [(0, 3)], np.zeros(3, bool)) == "indirect"


@pytest.mark.parametrize(("fragment", "expected"), [
    ("“It is late,”", "It is late"), ("It is late,” ", "It is late"),
    ("that it is “a disaster”", "that it is “a disaster”"), ("the miners’", "the miners’"),
    ("“”", None),
])
def test_outer_marks_go_unless_the_fragment_is_mixed(fragment, expected):
    text = "“It is late,” he said, that it is “a disaster” of the miners’ making “” today."
    at = text.index(fragment)
    regions = quoted_regions(text)
    span = unmarked(text, at, at + len(fragment), regions=regions, mask=mask_of(len(text), regions))
    assert (span and text[slice(*span)]) == expected


def test_ten_thousand_marks_are_quick():
    for mark in "\"'“‘’`":
        quoted_regions(f"{mark}a " * 10_000)
        quoted_regions(mark * 10_000)
