"""The plan: pieces in order, those done left out, and what the progress line knows."""

import re

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.scale.partitions import Cut
from analysis.scale.plan import Plan


def cut(key, n_words, done=False):
    return Cut(key, 1, n_words, pd.DataFrame(), pd.DataFrame(), done)


def open_pieces(plan, ahead=True):
    with plan.reading():
        yield from plan.open_pieces(ahead=ahead)


def test_pieces_that_are_done_are_not_opened_but_kept_in_order():
    plan = Plan(iter([cut("a", 10), cut("b", 10, done=True), cut("", 0), cut("c", 10)]))
    assert list(open_pieces(plan)) == ["a", "c"]
    assert plan.keys == ["a", "b", "c"]


def test_what_goes_wrong_in_reading_is_told_where_the_pieces_are_taken():
    def broken():
        yield cut("a", 10)
        raise InputError("a file is broken")

    opened = open_pieces(Plan(broken()))
    assert next(opened) == "a"
    with pytest.raises(InputError, match="a file is broken"):
        next(opened)


def test_the_line_says_how_far_how_fast_and_how_long(monkeypatch):
    clock = iter([100.0, 110.0, 120.0])
    monkeypatch.setattr("analysis.scale.plan.time.monotonic", lambda: next(clock))
    plan = Plan(iter([cut("a", 1000), cut("b", 3000), cut("c", 9000, done=True)]))
    list(open_pieces(plan, ahead=False))
    assert plan.tick("a") == "1 pieces done, 1,000 of 4,000 words, 100 words/s, 30 s left"
    assert plan.tick("b").endswith("4,000 of 4,000 words, 200 words/s, 0 s left")


def test_the_line_claims_no_time_left_while_the_reader_is_at_work():
    plan = Plan(iter([cut("a", 1000), cut("b", 3000)]))
    plan._note(cut("a", 1000))
    assert plan.tick("a").endswith("words/s, still reading")


@pytest.mark.parametrize(("words", "left"), [(100, "10 s"), (12_000, "20 min"),
                                             (120_000, "3 h 20 min")])
def test_the_time_left_is_in_units_a_person_thinks_in(monkeypatch, words, left):
    clock = iter([0.0, 10.0])
    monkeypatch.setattr("analysis.scale.plan.time.monotonic", lambda: next(clock))
    plan = Plan(iter([cut("a", 100), cut("b", words)]))
    list(open_pieces(plan, ahead=False))
    assert re.search(rf", {left} left$", plan.tick("a"))
