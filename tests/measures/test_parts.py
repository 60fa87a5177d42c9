"""Measured part by part from a folder, as a million quotations are, results equal those at once."""

import re
from dataclasses import replace

import pandas as pd
import pyarrow.parquet as pq
import pytest
from gold_tables import DEMO, gold_tables

from analysis.measures import compare_words, gather_voices
from analysis.tables import Tables, conform, files, schema, to_arrow
from analysis.topics import find_talked_about, load_topics
from analysis.topics import unmatched as matching

MEASURES = {
    "named": lambda tables, voices: find_talked_about(voices, tables),
    "words": lambda tables, voices: compare_words(voices, tables, by="outlet"),
    "unmatched": lambda tables, _: pd.DataFrame(
        matching.find_unmatched(load_topics(DEMO / "topics.csv"), tables)),
}


def capitalised(articles):
    """Call each two capitalised words a person, and each one an organisation."""
    rows = [(article.article_id, *match.span(), match.group(),
             "person" if " " in match.group() else "organization")
            for article in articles.itertuples()
            for match in re.finditer(r"[A-Z]\w+(?: [A-Z]\w+)?", article.text)]
    columns = ["article_id", "start", "end", "text", "label"]
    return conform(pd.DataFrame(rows, columns=columns), "mentions")


@pytest.fixture(scope="module")
def whole():
    tables = gold_tables()
    return replace(tables, mentions=capitalised(tables.articles))


@pytest.fixture(scope="module")
def folder(whole, tmp_path_factory):
    """The same in a folder, every five articles a row group."""
    path = tmp_path_factory.mktemp("parted")
    for name, frame in whole.frames().items():
        key = next((key for key in ("quote_id", "article_id") if key in frame), None)
        homes = frame[key].str.split(":").str[0] if key else pd.Series("", index=frame.index)
        with pq.ParquetWriter(path / f"{name}.parquet", schema(name)) as writer:
            for _, part in frame.groupby(pd.factorize(homes)[0] // 5, sort=False):
                writer.write_table(to_arrow(part, name))
    return path


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_parts_measure_as_the_whole_does(whole, folder, measure, monkeypatch):
    monkeypatch.setattr(files, "_ROWS_AT_ONCE", 1)
    monkeypatch.setattr(matching, "_FIRST", 50)
    parted = Tables.in_folder(folder, {})
    expected = measure(whole, gather_voices(whole))
    assert len(expected) > 3
    pd.testing.assert_frame_equal(measure(parted, gather_voices(parted)), expected)


def test_some_of_the_quotations_give_some_of_the_names(whole):
    every = find_talked_about(whole.quotes, whole)
    some = whole.quotes[whole.quotes["kind"] == "direct"]
    kept = every[every["quote_id"].isin(some["quote_id"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(find_talked_about(some, whole), kept)
