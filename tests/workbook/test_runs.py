"""When tables count as up to date."""

import pytest

from analysis.errors import InputError
from analysis.workbook import Settings, fingerprint, is_current


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
