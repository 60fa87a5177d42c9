import pandas as pd
import pytest

from analysis import InputError
from analysis.measures import gather_voices, select_voices

from .frames import tables_of, voices_of

ROWS = [("a1", "ann", 5), ("a1", "bob", 5), ("a2", None, 5), ("b1", "min", 5), ("b1", "ann", 5)]


def test_every_quotation_keeps_its_row():
    voices = voices_of(ROWS)
    assert len(voices) == len(ROWS)
    assert voices["naming"].tolist() == [
        "named person", "named person", "nobody named", "organisation", "named person"]


def test_a_source_that_nobody_resolved_is_not_a_source_that_nobody_named():
    tables = tables_of([("a1", None, 3)])
    tables.quotes.loc[0, "source"] = "she"
    assert gather_voices(tables)["naming"].tolist() == ["not resolved"]


def test_the_person_in_the_headline_is_a_protagonist_there_only():
    voices = voices_of(ROWS, titles={"a1": "Vale’s bridge opens", "b1": "Prevalence falls"})
    assert voices["protagonist"].tolist() == [True, False, False, False, False]


def test_the_most_mentioned_person_is_a_protagonist():
    seen = [("b1", "ann")] * 3 + [("b1", "bob")] * 2 + [("a1", "bob")] * 2
    voices = voices_of(ROWS, mentions=seen)
    assert voices.loc[voices["protagonist"], "article_id"].tolist() == ["b1"]


def test_protagonists_and_copies_can_be_left_out():
    voices = voices_of(ROWS, titles={"a1": "Vale speaks"}, copies={"b1": "a1"})
    assert len(select_voices(voices, exclude_protagonists=True)) == 4
    assert len(select_voices(voices, with_copies=False)) == 3


def test_dates_are_inclusive_and_undated_articles_left_out():
    dates = {"a1": "2026-03-01T23:00", "a2": "2026-03-02T10:00"}
    voices = voices_of(ROWS, dates=dates)
    chosen = select_voices(voices, start_date="2026-03-01", end_date="2026-03-01")
    assert set(chosen["article_id"]) == {"a1"}


@pytest.mark.parametrize(("wanted", "message"), [
    ({"start_date": "2026-03-03"}, "no article is from this day on; the last is from 2026-03-02"),
    ({"end_date": "2026-02-28"}, "no article is from this day or before; the first is from 2026-0"),
], ids=["after the last", "before the first"])
def test_days_that_leave_no_article_are_refused(wanted, message):
    voices = voices_of(ROWS, dates={"a1": "2026-03-01T23:00", "a2": "2026-03-02T10:00"})
    assert len(select_voices(voices, start_date="2026-03-02")) == 1
    with pytest.raises(InputError, match=message):
        select_voices(voices, **wanted)


def test_days_of_articles_without_any_are_refused():
    with pytest.raises(InputError, match="No article here has a date"):
        select_voices(voices_of(ROWS, dates={}), start_date="2026-03-02")


@pytest.mark.parametrize(("wanted", "message"), [
    ({"outlets": ["C"]}, "outlet: nothing here has C"),
    ({"start_date": "soon"}, "start_date = 'soon' is not a date"),
    ({"end_date": "2026-03"}, "end_date = '2026-03' is not a date"),
    ({"end_date": "03/04/2026"}, "end_date = '03/04/2026' is not a date"),
    ({"start_date": 20260302}, "start_date = '20260302' is not a date"),
    ({"start_date": "2026-13-01"}, "start_date = '2026-13-01' is not a date"),
    ({"start_date": "2026-05-01", "end_date": "2026-03-01"}, "is later than end_date"),
], ids=["outlet", "word", "month", "slashes", "number", "no such day", "backwards"])
def test_a_wish_that_cannot_be_met_is_refused(wanted, message):
    with pytest.raises(InputError, match=message):
        select_voices(voices_of(ROWS), **wanted)


def test_no_quotation_gives_typed_empty_voices():
    voices = gather_voices(tables_of([("a1", "ann", 1)], copies={"a1": "b1"}))
    none = select_voices(voices, with_copies=False)
    assert none.empty
    assert isinstance(none["published"].dtype, pd.DatetimeTZDtype)
