from datetime import UTC, date, datetime

import pandas as pd
import pytest

from analysis.articles.authors import split_authors
from analysis.articles.columns import match_columns
from analysis.articles.dates import is_day_first, parse_date
from analysis.articles.languages import foreign_language
from analysis.lexicons import load_lexicon


@pytest.mark.parametrize(("value", "iso"), [
    ("2024-03-05", "2024-03-05T00:00"), ("2024-03-05T07:30:00Z", "2024-03-05T07:30"),
    ("2024-03-05T07:30:00+01:00", "2024-03-05T06:30"), ("20240305", "2024-03-05T00:00"),
    (20240305, "2024-03-05T00:00"), (1709623800, "2024-03-05T07:30"),
    (1709623800000, "2024-03-05T07:30"), ("1709623800", "2024-03-05T07:30"),
    (45356, "2024-03-05T00:00"), ("5 March 2024", "2024-03-05T00:00"),
    ("March 5, 2024 Tuesday 7:30 AM GMT", "2024-03-05T07:30"),
    ("Tue, 05 Mar 2024 07:30:00 -0500", "2024-03-05T12:30"),
    ("Mar 5, 2024 7:30 a.m. EST", "2024-03-05T12:30"), ("05.03.2024 07:30", "2024-03-05T07:30"),
    ("Published: 5 March 2024", "2024-03-05T00:00"), ("3/25/2024", "2024-03-25T00:00"),
    ("25/3/2024", "2024-03-25T00:00"), (date(2024, 3, 5), "2024-03-05T00:00"),
    (datetime(2024, 3, 5, 7, 30, tzinfo=UTC), "2024-03-05T07:30"),
    (pd.Timestamp("2024-03-05"), "2024-03-05T00:00"),
])
def test_dates_in_common_forms(value, iso):
    assert parse_date(value).strftime("%Y-%m-%dT%H:%M") == iso


@pytest.mark.parametrize("value", [
    "31/02/2024", "2024-02-31", "30 February 2024", "13/13/2024", "March 2024", "2024", "Tuesday",
    "7:30", "yesterday", "", None, float("nan"), pd.NaT, "0001-01-01", "99999999", -5, True, "n/a",
    "31.02.2024", "Feb 30, 2024", "12345678901234567890", "a" * 500,
])
def test_what_is_no_complete_date_is_missing(value):
    assert parse_date(value) is None


def test_one_telling_date_settles_the_order():
    assert is_day_first(["03/04/2024", "25/04/2024"]) is True
    assert is_day_first(["03/04/2024", "04/25/2024"]) is False
    assert is_day_first(["03/04/2024", "2024-04-03", None]) is None
    assert parse_date("03/04/2024", day_first=True).month == 4


@pytest.mark.parametrize(("value", "names"), [
    ("By Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
    ("Jane Doe, John Roe & Una Berg", ["Jane Doe", "John Roe", "Una Berg"]),
    ("Doe, Jane; Roe, John A.", ["Jane Doe", "John A. Roe"]), ("Doe, Jane", ["Jane Doe"]),
    (["Jane Doe", {"name": "John Roe"}], ["Jane Doe", "John Roe"]),
    ("['Jane Doe', 'John Roe']", ["Jane Doe", "John Roe"]),
    ("Jane Doe, Political Editor", ["Jane Doe"]), ("Jane Doe in Oslo", ["Jane Doe"]),
    ("Martin Luther King, Jr.", ["Martin Luther King, Jr."]),
    ("Jane Doe <jane@x.example>", ["Jane Doe"]), ("Herald Newsdesk", ["Herald Newsdesk"]),
    ("Jane Doe and Jane Doe", ["Jane Doe"]), ("", []), (None, []), (float("nan"), []),
    ("Reuters, AFP", ["Reuters", "AFP"]), ("BY MINA ORTEGA", ["MINA ORTEGA"]),
])
def test_authors_are_split(value, names):
    assert split_authors(value) == names


def test_the_best_synonym_wins_and_spelling_does_not_matter():
    header = ["Content", "Full Text", "publishedAt", "Source.Name", "AUTHOR", "id"]
    places = match_columns(header, columns={}, where="a.csv")
    assert places == {"text": 1, "published": 2, "outlet": 3, "authors": 4, "article_id": 5}


def test_short_texts_are_never_called_foreign():
    assert foreign_language("Guten Morgen, Marenne", wanted="en") is None
    assert foreign_language("会议将于明年举行。" * 20, wanted="en") == "zh"


@pytest.mark.parametrize("name", ["agencies", "column_synonyms", "teaser_phrases"])
def test_lexicons_are_sorted_unique_and_sourced(name):
    rows = load_lexicon(name)
    first = [next(iter(row.values())) for row in rows]
    assert first == sorted(first)
    assert len(set(first)) == len(first)
    assert all(row["source"] for row in rows)
