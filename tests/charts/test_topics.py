import pandas as pd
import pytest
from measures.frames import voices_of

from analysis.charts import (
    plot_distinctive_words,
    plot_heatmap,
    plot_spread,
    plot_who_about_whom,
)
from analysis.measures import compare_words, count_spread, count_topics, count_who_about_whom
from analysis.tables import Tables

ROWS = [(f"{outlet}{n}", who, 4) for n in range(7) for outlet, who in
        (("a", "ann"), ("a", "ann"), ("a", "bob"), ("b", "bob"), ("b", "cid"))]
DATES = {f"{outlet}{n}": f"2026-03-{2 + 4 * n:02d}" for n in range(7) for outlet in "ab"}
TOPICS = {"ann": ["Tunnel"], "bob": ["Tunnel", "Money"], "cid": ["Strike"]}


@pytest.fixture(scope="module")
def voices():
    found = voices_of(ROWS, dates=DATES)
    return found.assign(topics=[TOPICS[who] for who in found["speaker_id"]])


def texts(chart):
    return [text.get_text() for axes in chart.figure.axes for text in axes.texts]


def fits(chart):
    assert 60 <= len(chart.alt) <= 300, chart.alt
    assert chart.png().startswith(b"\x89PNG")


def test_heat_map_writes_shares_and_counts_where_there_are_too_few(voices):
    chart = plot_heatmap(count_topics(voices, within="speaker"))
    fits(chart)
    rows, columns = (chart.figure.axes[0].get_yticklabels(), chart.figure.axes[0].get_xticklabels())
    assert [label.get_text() for label in rows] == ["Ann Vale", "Bob Orr", "Cid Ash"]
    assert {label.get_text() for label in columns} == {"Tunnel", "Money", "Strike"}
    assert "100\u2009%" in texts(chart)
    assert "(7)" in texts(chart)  # seven quotations of Cid are too few for a share
    assert "Ann Vale on Tunnel, 100 %" in chart.alt
    assert "no topic" not in set(chart.table["group"])


def test_who_about_whom_is_a_map_of_counts(voices):
    ids = voices[voices["speaker_id"] == "ann"]["quote_id"].tolist()
    named = pd.DataFrame({"quote_id": ids[:3], "about": ["Cid Ash", "Cid Ash", "Ministry"]})
    chart = plot_who_about_whom(count_who_about_whom(voices, named))
    fits(chart)
    assert texts(chart) == ["2", "1"]
    assert "Ann Vale names Cid Ash, 2 quotations" in chart.alt
    assert "quote_ids" not in chart.table


def test_who_about_whom_counts_the_quotations_it_shows_and_starts_with_the_most_quoted(voices):
    ids = voices.groupby("speaker_id")["quote_id"].agg(list)
    named = pd.DataFrame({"quote_id": [ids["bob"][0], ids["bob"][0], ids["cid"][0], ids["ann"][0]],
                          "about": ["Ann Vale", "Ministry", "Ann Vale", "Ministry"]})
    chart = plot_who_about_whom(count_who_about_whom(voices, named))
    rows = [label.get_text() for label in chart.figure.axes[0].get_yticklabels()]
    assert rows == ["Ann Vale", "Bob Orr", "Cid Ash"]  # though Ann Vale is named, too
    assert "(n = 3 of the 35 quotations of these speakers)" in (
        chart.figure.get_suptitle().replace("\n", " "))


def test_distinctive_words_are_dots_by_z(voices):
    rows = [(row.quote_id, f"word{row.speaker_id}", "NOUN") for row in voices.itertuples()]
    terms = pd.DataFrame(rows, columns=["quote_id", "lemma", "pos"]).astype("str")
    chart = plot_distinctive_words(compare_words(voices, Tables(terms=terms)))
    fits(chart)
    assert "Ann Vale: wordann" in chart.alt
    assert len(chart.figure.axes) == 3


def test_spread_is_a_line_of_dots(voices):
    families = voices.assign(quote_family=["f" if n == "b" else None for n in
                                           voices["article_id"].str[0]])
    chart = plot_spread(count_spread(families))
    fits(chart)
    assert "7 articles of 1 outlet from 2026-03-02, first in B" in chart.alt
    assert len(chart.figure.axes[0].lines) == 3
    assert "uses" not in chart.table


def test_spread_over_outlets_that_are_not_known_names_none(voices):
    families = voices.assign(outlet=None, speaker=None, quote_family=[
        "f" if n == "b" else None for n in voices["article_id"].str[0]])
    chart = plot_spread(count_spread(families))
    assert "of 1 quotation. " in chart.alt
    assert chart.alt.endswith("(speaker unknown), 7 articles from 2026-03-02.")


@pytest.mark.parametrize("draw", [
    lambda voices: plot_heatmap(count_topics(voices.head(0), within="speaker")),
    lambda voices: plot_spread(count_spread(voices)),
    lambda voices: plot_distinctive_words(compare_words(voices, Tables())),
], ids=["topics", "spread", "words"])
def test_nothing_to_draw_is_a_sentence(voices, draw):
    fits(draw(voices))
