"""Tables and results on disk: whole, safe, honest about what is missing."""

import csv

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.tables import Tables, conform
from analysis.workbook import load_tables, save_results, save_tables, write_csv

CORPUS = Tables(
    articles=conform(pd.DataFrame({"article_id": ["a"], "text": ["=1+1"]}), "articles"),
    run={"counts": {}},
)


def test_tables_come_back_as_they_were(tmp_path):
    again = load_tables(save_tables(CORPUS, tmp_path / "t"))
    pd.testing.assert_frame_equal(again.articles, CORPUS.articles)
    assert again.run == {"counts": {}}


def test_a_folder_without_tables_says_how_to_make_them(tmp_path):
    with pytest.raises(InputError, match=r"holds no tables \(no run.json in it\)"):
        load_tables(tmp_path)


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        save_tables(CORPUS, tmp_path / "file" / "t")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_neutralised_in_csv(tmp_path, start):
    path = write_csv(pd.DataFrame({"x": [start + "1"]}), tmp_path / "x.csv")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        assert list(csv.reader(lines))[1] == ["'" + start + "1"]


def test_results_are_listed(tmp_path):
    done = save_results(tmp_path, tables={"few": pd.DataFrame({"n": [1, 2]})})
    assert done.to_dict("records") == [{"file": "tables/few.csv", "rows": 2}]
    assert (tmp_path / "tables" / "few.csv").is_file()


def test_csv_is_what_pandas_writes(tmp_path):
    frame = pd.DataFrame({
        "text": pd.Series(["a,b", 'say "so"', None, "two\nlines"], dtype="str"),
        "n": pd.Series([1, None, 3, 1], dtype="Int64"), "share": [0.1, 1e-9, None, 1 / 3],
        "sure": pd.Series([2, 1e16, None, 123456.5], dtype="Float64"),
        "when": pd.to_datetime(["2026-03-02", None, "2026-03-02", "2026-03-03"], utc=True),
        "yes": [True, False, True, True],
    })
    expected = frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    assert write_csv(frame, tmp_path / "x.csv").read_bytes() == expected


def test_spans_from_a_folder_are_the_same_in_csv(tmp_path):
    spans = [[[0, 3]], [], [[1, 2], [4, 5]]]
    quotes = conform(pd.DataFrame({"quote_id": ["a", "b", "c"], "spans": spans}), "quotes")
    tables = load_tables(save_tables(Tables(quotes=quotes), tmp_path / "t"))
    plain = write_csv(quotes[["quote_id", "spans"]][1:], tmp_path / "x.csv").read_bytes()
    stored = tables.columns("quotes", ["quote_id", "spans"])[1:]
    assert write_csv(stored, tmp_path / "y.csv").read_bytes() == plain
    assert b'"[[1, 2], [4, 5]]"' in plain
