"""The explorer filters, counts and shows what a reader asked for; no browser needed."""

from datetime import date

import pandas as pd
import pytest

from analysis.explore import Choice, choose, count_bars, explore_corpus
from analysis.tables import Tables, conform


@pytest.fixture
def voices():
    return pd.DataFrame({
        "quote_id": ["q1", "q2", "q3"], "article_id": ["a", "a", "b"],
        "outlet": ["Gull", "Gull", "Wire"], "speaker": ["Ann Roe", None, "Bea <b>"],
        "published": pd.to_datetime(["2026-03-01T23:30", "2026-03-02T00:00", None], utc=True),
        "topics": [["Rain", "Money"], [], ["Rain"]], "content": ["It RAINS.", "No (really).", "x"],
        "role_class": ["official", None, None], "kind": ["direct", "mixed", "indirect"],
        "speaker_kind": ["person", None, "person"], "spans": [[[0, 9]], [[10, 22]], [[0, 1]]],
        "source_spans": [[], [], []], "cue_spans": [[], [], []], "title": ["t", "t", "u"],
    })


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (Choice(), ["q1", "q2", "q3"]),
        (Choice(outlets=("Wire",)), ["q3"]),
        (Choice(first=date(2026, 3, 2)), ["q2"]),
        (Choice(last=date(2026, 3, 1)), ["q1"]),
        (Choice(speaker=" roe"), ["q1"]),
        (Choice(topic="Rain"), ["q1", "q3"]),
        (Choice(words="(really) no"), ["q2"]),
        (Choice(words="rains", topic="Money"), ["q1"]),
        (Choice(words="nothing"), []),
    ],
)
def test_a_choice_keeps_what_fits(voices, choice, left):
    assert choose(voices, choice)["quote_id"].tolist() == left


def test_bars_count_each_topic_of_a_quotation(voices):
    assert count_bars(voices, "topics").to_dict("list") == {"value": ["Rain", "Money"],
                                                            "n": [2, 1]}


@pytest.fixture
def explorer(voices):
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": ["It RAINS. No (really).", "x"]})
    return explore_corpus(Tables(articles=conform(articles, "articles")), voices)


def test_a_click_shows_the_quotations_behind_a_bar(explorer):
    _filters, status, both = explorer.panel.children
    bars, reading = both.children
    assert "3 of 3 quotations, 2 speakers, 2 articles" in status.value
    names = [row.children[0].value for row in bars.children]
    assert names == ["Ann Roe", "Bea <b>"]
    bars.children[1].children[1].click()
    assert "<b>Bea &lt;b&gt;</b> 1 quotation" in reading.value


def test_a_filter_changes_the_bars(explorer):
    explorer.filters["Outlets"].value = ("Wire",)
    _filters, status, both = explorer.panel.children
    bars = both.children[0]
    assert "1 of 3 quotations" in status.value
    assert len(bars.children) == 1
    explorer.filters["Bars"].value = "Outlet"
    assert [row.children[0].value for row in bars.children] == ["Wire"]


def test_without_a_kernel_a_table_stands_in_its_place(explorer):
    bundle = explorer._repr_mimebundle_()
    assert "Bea &lt;b&gt;" in bundle["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_nothing_to_explore_is_a_sentence(voices):
    shown = explore_corpus(Tables(), voices.iloc[:0])
    assert "no quotation to explore" in shown.static.html
