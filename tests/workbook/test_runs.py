"""When tables count as up to date."""

import pytest

from analysis.errors import InputError
from analysis.tables import Tables
from analysis.workbook import Settings, build_tables, fingerprint, is_current, loss_lines


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("One.")
    return path


def test_the_same_input_has_the_same_fingerprint(article):
    assert fingerprint([article], Settings()) == fingerprint([article], Settings())


def test_a_changed_article_a_changed_setting_and_a_topics_file_all_show(article, tmp_path):
    before = fingerprint([article], Settings())
    (tmp_path / "t.csv").write_text("topic,keywords\n")
    topics = fingerprint([article], Settings(topics=str(tmp_path / "t.csv")))
    language = fingerprint([article], Settings(language=""))
    article.write_text("Two.")
    changed = fingerprint([article], Settings())
    assert [name for name in before if before[name] != topics[name]] == ["topics"]
    assert [name for name in before if before[name] != language[name]] == ["made_by"]
    assert [name for name in before if before[name] != changed[name]] == ["articles"]


def test_tables_with_topics_serve_where_none_are_asked_for():
    made = {"articles": "a", "topics": "t"}
    assert is_current(made, {"articles": "a", "topics": ""})
    assert not is_current({"articles": "a", "topics": ""}, made)


def test_a_missing_settings_file_is_one_line(article):
    with pytest.raises(InputError, match="nowhere.csv does not exist"):
        fingerprint([article], Settings(topics="nowhere.csv"))


def test_corrections_that_do_not_fit_are_told():
    fates = [{"no": 1, "do": "add", "status": "applied", "detail": ""},
             {"no": 2, "do": "reject", "status": "does not fit", "detail": "no such article"}]
    assert loss_lines({"corrections": fates}) == [
        "  corrections: 1 of 2 do not fit, the first no. 2 (reject): no such article; "
        "all in run.json"]


def test_a_run_in_memory_keeps_what_became_of_the_corrections(article, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.workbook.stages.quote_articles",
                        lambda articles, _settings: Tables(articles=articles))
    (tmp_path / "c.yml").write_text("- {do: reject, article: a, at: 0-4, words: One.}\n")
    tables = build_tables([article], settings=Settings(corrections=str(tmp_path / "c.yml")))
    assert [fate["do"] for fate in tables.run["corrections"]] == ["reject"]
