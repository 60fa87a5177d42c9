"""Accuracy drawn: a rate per group with its interval."""

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.base import MUTED, PALETTE, STYLE, Chart, new_figure, no_chart

_RATES = {"f1": "F1", "precision": "Precision", "recall": "Recall", "share": "Share right"}


def plot_accuracy(
    rates: pd.DataFrame, *, by: str, value: str = "f1", measure: str = "", title: str = ""
) -> Chart:
    """Draw a rate per group as a point with its 95 % interval.

    Parameters
    ----------
    rates
        A frame of `score_tables` (`by_kind`, `by_outlet`, `overall`, `speakers`, `topics`); needs
        the columns `by`, `value`, `low`, `high`, and `n_gold` or `n`.
    by
        Column that names the rows.
    value
        Column to draw: f1, precision, recall or share. The interval is drawn only for the rate
        it belongs to (F1, or recall and share where there is no F1).
    measure
        Only rows with this `measure`; "" for all.
    title
        Heading; "" for one made of value and measure.

    Returns
    -------
    Chart
        Its table holds what is drawn.
    """
    shown = rates[rates["measure"] == measure] if measure else rates
    size = "n_gold" if "n_gold" in rates else "n"
    shown = shown[shown[size] > 0].dropna(subset=value).reset_index(drop=True)
    if shown.empty:
        return no_chart("The gold says nothing on this, so there is no accuracy to draw.", shown)
    table = shown[[by, value, "low", "high", size]]
    if value in {"precision", "recall"} and "f1" in rates:
        table = table.assign(low=float("nan"), high=float("nan"))
    title = title or " – ".join(part for part in (_RATES[value], measure.replace("_", " ")) if part)
    return Chart(_draw(table, title), _describe(table, title), table)


def _draw(table: pd.DataFrame, title: str) -> Figure:
    label, value, low, high, size = table.columns
    figure = new_figure(rows=len(table))
    axes = figure.axes[0]
    rows = range(len(table))
    with mpl.rc_context(STYLE):
        axes.hlines(rows, table[low], table[high], color=MUTED, linewidth=3)
        axes.plot(table[value], rows, "o", color=PALETTE[0], markersize=8)
        for row, (rate, top) in enumerate(zip(table[value], table[high], strict=True)):
            edge = max(rate, top) if pd.notna(top) else rate
            axes.annotate(f"{rate:.0%}", (edge, row), xytext=(8, 0), va="center",
                          textcoords="offset points")
        axes.set_yticks(rows, [f"{name} (n = {n:,})" for name, n
                               in zip(table[label], table[size], strict=True)])
        axes.set_xlim(0, 1.12)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
        axes.invert_yaxis()
        axes.set_title(title)
        axes.set_xlabel(f"{_RATES[value]}; line: 95 % interval, articles drawn anew")
    return figure


def _describe(table: pd.DataFrame, title: str) -> str:
    label, value, low, high, size = table.columns
    best, worst = table.loc[table[value].idxmax()], table.loc[table[value].idxmin()]
    text = (
        f"Points with intervals: {title}, {len(table)} rows. "
        f"Highest: {_short(best[label])}, {best[value]:.0%}{_interval(best[low], best[high])} "
        f"(n = {best[size]:,}). "
    )
    if len(table) > 1:
        text += (
            f"Lowest: {_short(worst[label])}, {worst[value]:.0%}"
            f"{_interval(worst[low], worst[high])} (n = {worst[size]:,})."
        )
    return text[:300]


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"


def _interval(low: float, high: float) -> str:
    return "" if pd.isna(low) else f", {low:.0%} to {high:.0%}"
