"""Pieces, engines and joining, tried with a stand-in for the extraction: fast, no model."""

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.scale import extract_corpus, piece
from analysis.scale.corpus import open_tables
from analysis.scale.partitions import cut_corpus
from analysis.scale.place import Place, names_in, read_json, write_json
from analysis.tables import Tables
from analysis.workbook import Settings, kept_settings, read_run, save_tables


def write_corpus(folder, n, skip=()):
    rows = [{"id": f"a{i}", "title": f"T{i}", "text": f'Mayor Ann Lee said "it is day {i}".'}
            for i in range(n) if i not in skip]
    path = folder / "articles.csv"
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


def cut(path, work, typical=8):
    return list(cut_corpus([path], Settings(language=""), work, made_by="x", typical=typical))


def test_no_article_is_lost_or_doubled_in_cutting(tmp_path):
    cuts = cut(write_corpus(tmp_path, 100), Place(str(tmp_path / "w")))
    assert sum(item.n_articles for item in cuts) == 100
    assert max(item.n_articles for item in cuts) <= 16


def test_one_article_less_changes_few_pieces(tmp_path):
    work = Place(str(tmp_path / "w"))
    before = {item.key for item in cut(write_corpus(tmp_path, 200), work)}
    after = {item.key for item in cut(write_corpus(tmp_path, 200, skip={3}), work)}
    assert len(after - before) <= 2


def test_a_piece_that_is_done_is_not_written_again(tmp_path):
    work, path = Place(str(tmp_path / "w")), write_corpus(tmp_path, 10)
    key = cut(path, work)[0].key
    write_json(work.under(key), "done.json", {})
    (tmp_path / "w" / key / "input.parquet").unlink()
    cut(path, work)
    assert names_in(work.under(key)) == ["done.json"]


def test_a_place_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write_json(Place(str(tmp_path / "file")), "x.json", {})


def test_a_broken_record_reads_as_empty(tmp_path):
    (tmp_path / "x.json").write_text("{")
    assert read_json(Place(str(tmp_path)), "x.json") == {}


def test_the_counts_are_those_after_the_corrections(tmp_path, monkeypatch):
    monkeypatch.setattr(
        piece, "quote_articles", lambda articles, settings, threads: Tables(articles=articles))
    (tmp_path / "mine.yml").write_text(
        "- {do: add, article: a0, at: 20-31, words: it is day 0, speaker: Ann Lee}\n")
    settings = Settings(language="", corrections=str(tmp_path / "mine.yml"))
    corpus = write_corpus(tmp_path, 2)
    assert "1 quotations, 1 speakers" in extract_corpus([corpus], out=tmp_path, settings=settings)
    counts = read_run(tmp_path)["counts"]
    assert (counts["quotes"], counts["speakers"]) == (1, 1)
    assert read_run(tmp_path)["corrections"][0]["status"] == "applied"


def test_tables_made_again_keep_the_settings_of_last_time(tmp_path, monkeypatch):
    monkeypatch.setattr(
        piece, "quote_articles", lambda articles, settings, threads: Tables(articles=articles))
    (tmp_path / "mine.csv").write_text("name,alias\nAnn Lee,Annie\n")
    settings = Settings(language="", aliases=str(tmp_path / "mine.csv"),
                        columns=(("title", "title"),), repair=True)
    extract_corpus([write_corpus(tmp_path, 2)], out=tmp_path / "tables", settings=settings)
    write_corpus(tmp_path, 3)
    monkeypatch.chdir(tmp_path)
    tables = open_tables("tables", articles=tmp_path / "articles.csv")
    assert len(tables.articles) == 3
    assert kept_settings(read_run("tables")) == settings


def test_tables_of_other_articles_are_not_written_over(tmp_path):
    run = {"paths": [str(tmp_path / "mine.csv")]}
    save_tables(Tables(run=run), tmp_path / "tables")
    with pytest.raises(InputError, match=r"tables of other articles \(.*mine.csv\), not of"):
        open_tables(tmp_path / "tables", articles=write_corpus(tmp_path, 2))
