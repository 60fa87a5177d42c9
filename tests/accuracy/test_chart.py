import pandas as pd
import pytest

from analysis.charts.accuracy import plot_accuracy

RATES = pd.DataFrame({
    "kind": ["direct", "mixed", "indirect"], "measure": "content_partial",
    "precision": [0.9, 0.8, 0.7], "recall": [0.95, 0.7, 0.6], "f1": [0.92, 0.75, 0.65],
    "low": [0.9, 0.7, float("nan")], "high": [0.95, 0.8, float("nan")], "n_gold": [100, 50, 200],
})


def test_the_alt_text_names_best_and_worst_from_the_table():
    chart = plot_accuracy(RATES, by="kind", measure="content_partial", title="F1 by kind")
    assert "Highest: direct, 92%, 90% to 95% (n = 100)" in chart.alt
    assert "Lowest: indirect, 65% (n = 200)" in chart.alt
    assert 60 <= len(chart.alt) <= 300
    assert chart.table["f1"].tolist() == [0.92, 0.75, 0.65]


def test_rows_are_labelled_with_their_number():
    axes = plot_accuracy(RATES, by="kind").figure.axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "direct (n = 100)", "mixed (n = 50)", "indirect (n = 200)"]


@pytest.mark.parametrize("value", ["precision", "recall"])
def test_the_interval_of_f1_is_not_drawn_around_another_rate(value):
    assert plot_accuracy(RATES, by="kind", value=value).table[["low", "high"]].isna().all(axis=None)


def test_a_gold_that_says_nothing_gives_a_sentence():
    chart = plot_accuracy(RATES.head(0), by="kind")
    assert "no accuracy to draw" in chart.alt
