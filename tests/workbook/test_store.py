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
