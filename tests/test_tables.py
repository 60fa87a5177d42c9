"""The tables keep their columns and types, in memory and on disk."""

from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pytest

from analysis.errors import InputError
from analysis.tables import (
    SPANS,
    TABLES,
    Tables,
    check,
    conform,
    empty,
    flat_spans,
    places_in,
    read_table,
    write_table,
)


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_survives_parquet(tmp_path, name):
    path = write_table(empty(name), name, tmp_path / "t.parquet")
    pd.testing.assert_frame_equal(read_table(path, name), empty(name))


def test_nested_columns_and_missing_values_survive_parquet(tmp_path):
    frame = conform(
        pd.DataFrame({
            "article_id": ["a", "b"], "skipped": [[(0, 4, "teaser")], None],
            "authors": [("Ann",), None], "published": ["2026-03-02", None], "n_words": [1, None],
        }),
        "articles",
    )
    again = read_table(write_table(frame, "articles", tmp_path / "a.parquet"), "articles")
    pd.testing.assert_frame_equal(again, frame)
    assert again["skipped"].tolist() == [[[0, 4, "teaser"]], []]
    assert again["published"].isna().tolist() == [False, True]


def test_conform_drops_unknown_columns_and_keeps_the_tables_order():
    frame = conform(pd.DataFrame({"reason": ["x"], "colour": ["red"]}), "rejected")
    assert list(frame.columns) == ["source_file", "row", "reason", "detail"]


def test_conform_names_the_column_whose_values_do_not_fit():
    with pytest.raises(InputError, match="column n_words holds values that are not int64"):
        conform(pd.DataFrame({"n_words": ["many"]}), "articles")


def test_check_lists_missing_columns():
    with pytest.raises(InputError, match=r"quotes lacks the column\(s\) spans \(found: content\)"):
        check(pd.DataFrame({"content": []}), "quotes", needs=["content", "spans"])


def test_reading_a_missing_table_says_how_to_make_it(tmp_path):
    with pytest.raises(InputError, match="does not exist. Make the tables first"):
        read_table(tmp_path / "quotes.parquet", "quotes")


def test_reading_something_else_than_parquet_says_so(tmp_path):
    path = tmp_path / "quotes.parquet"
    path.write_text("no parquet")
    with pytest.raises(InputError, match="is not a Parquet file"):
        read_table(path, "quotes")


def test_tables_start_empty_and_typed():
    assert {name: len(frame) for name, frame in Tables().frames().items()} == dict.fromkeys(
        TABLES, 0
    )


@pytest.mark.parametrize("of", [list, lambda spans: pd.arrays.ArrowExtensionArray(
    pa.chunked_array([pa.array(spans[:2], SPANS), pa.array(spans[2:], SPANS)]))])
def test_spans_are_flattened_with_their_rows(of):
    spans = pd.Series(of([[[9, 9]], [[0, 3], [5, 6]], [], [[7, 8]]]))[1:]
    assert flat_spans(spans).to_numpy().tolist() == [[0, 0, 3], [0, 5, 6], [2, 7, 8]]


@pytest.fixture
def folder(tmp_path):
    articles = conform(pd.DataFrame({"article_id": ["a", "b"], "text": ["one", "two"]}), "articles")
    quotes = conform(pd.DataFrame({"quote_id": ["a:0-3"], "article_id": ["a"],
                                   "spans": [[[0, 3]]]}), "quotes")
    for name, frame in Tables(articles=articles, quotes=quotes).frames().items():
        write_table(frame, name, tmp_path / f"{name}.parquet")
    return tmp_path


def test_a_table_of_a_folder_is_read_only_when_asked_for(folder):
    (folder / "terms.parquet").write_text("broken")
    tables = Tables.in_folder(folder, {})
    assert tables.quotes["spans"].tolist() == [[[0, 3]]]
    with pytest.raises(InputError, match=r"terms.parquet is not a Parquet file"):
        _ = tables.terms


def test_tables_of_a_folder_can_be_replaced_and_misspelt(folder):
    tables = Tables.in_folder(folder, {"made": "today"})
    changed = replace(tables, quotes=empty("quotes"))
    assert (len(changed.quotes), len(changed.articles), changed.run["made"]) == (0, 2, "today")
    with pytest.raises(AttributeError, match="quotas"):
        _ = tables.quotas


@pytest.mark.parametrize("in_memory", [False, True])
def test_some_columns_and_texts_come_without_the_rest(folder, in_memory):
    tables = Tables.in_folder(folder, {})
    if in_memory:
        tables = replace(tables)
    assert list(tables.columns("quotes", ["spans", "quote_id"])) == ["spans", "quote_id"]
    assert next(tables.columns("quotes", ["spans"]).itertuples()).spans == [[0, 3]]
    assert [len(part) for part in tables.parts("terms", ["lemma"])] == [0]
    assert tables.texts(pd.Series(["b"])) == {"b": "two"}


@pytest.mark.parametrize("in_memory", [False, True])
def test_rows_are_found_by_a_value_and_nothing_by_a_missing_one(folder, in_memory):
    tables = Tables.in_folder(folder, {})
    if in_memory:
        tables = replace(tables)
    found = tables.rows("articles", "article_id", ["b", "none such", None, float("nan")])
    pd.testing.assert_frame_equal(found, tables.articles[1:].reset_index(drop=True))
    assert tables.rows("quotes", "speaker_id", [None]).empty


def test_places_are_those_of_the_texts_and_of_nothing_else():
    values = pd.Series(["c", None, "a", "x", "a"], dtype="str")
    assert places_in(["a", "b", "c"], values).tolist() == [2, -1, 0, -1, 0]
    assert places_in([], values).tolist() == [-1] * 5
