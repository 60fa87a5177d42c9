"""Bars of shares with their intervals, one bar a group, labelled directly."""

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from analysis.charts.base import MUTED, PALETTE, Chart, new_figure, no_chart, set_title

_FEW = 5  # units; fewer say nothing of shares
_LABEL = 30  # characters on a line of a label
_MOST = 40  # bars a page can show


def plot_shares(
    table: pd.DataFrame, *, by: str, what: str = "quotations", title: str = "", top_n: int = 15
) -> Chart:
    """Draw shares as horizontal bars, the largest on top, with 95 % intervals.

    Parameters
    ----------
    table
        From `count_shares`: `by`, `n`, `value`, `low`, `high`, `total`.
    by
        Column that names the bars.
    what
        What was counted, for title and axis.
    title
        What the chart shows; the count is added.
    top_n
        Draw at most so many bars; a note says how much the rest have.

    Returns
    -------
    Chart
        Says so in place of bars where fewer than 5 units were counted.
    """
    total = int(table["total"].iloc[0]) if len(table) else 0
    if total < _FEW:
        return no_chart(f"Too few {what} to draw shares: {total}.", table)
    drawn, rest = _cut(table, min(top_n or _MOST, _MOST))
    figure = new_figure(rows=len(drawn))
    axes = figure.axes[0]
    _draw_bars(axes, drawn, by)
    set_title(axes, f"{title or f'Share of {what} by {by}'} (n = {total:,} {what})", note=rest)
    axes.set_xlabel(f"share of {what}; lines: 95 % intervals over articles")
    return Chart(figure, _alt(drawn, by=by, what=what, total=total), drawn)


def _cut(table: pd.DataFrame, top_n: int) -> tuple[pd.DataFrame, str]:
    """Give the largest groups, and a sentence on the rest: as a bar it would dwarf them all."""
    top, rest = table.head(top_n).reset_index(drop=True), table.iloc[top_n:]
    if rest.empty:
        return top, ""
    return top, f"not drawn: {len(rest):,} smaller, together {rest['value'].sum():.0%}"


def _draw_bars(axes: Axes, drawn: pd.DataFrame, by: str) -> None:
    names = drawn[by].astype(str)
    plain = names.isin(["speaker unknown", "unknown"])
    places = range(len(drawn))
    colours = [MUTED if grey else PALETTE[0] for grey in plain]
    bars = axes.barh(places, drawn["value"], color=colours, height=0.72)
    for bar, grey in zip(bars, plain, strict=True):
        bar.set_hatch("///" if grey else "")
        bar.set_edgecolor("white")
    known = drawn["low"].notna()
    middle = drawn["value"]
    axes.errorbar(
        middle[known], [place for place, shown in zip(places, known, strict=True) if shown],
        xerr=[(middle - drawn["low"])[known], (drawn["high"] - middle)[known]],
        fmt="none", ecolor="#1b1f24", elinewidth=1.2, capsize=3,
    )
    edge = drawn[["value", "high"]].max(axis=1)
    for place, (end, value, n) in enumerate(zip(edge, middle, drawn["n"], strict=True)):
        axes.annotate(f"{value:.0%} ({n:,})", (end, place), xytext=(5, 0),
                      textcoords="offset points", va="center", fontsize=10)
    axes.set_yticks(list(places), [textwrap.fill(name, _LABEL) for name in names])
    axes.invert_yaxis()
    axes.set_xlim(0, min(1.25, float(edge.max()) * 1.25 + 0.02))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))


def _alt(drawn: pd.DataFrame, *, by: str, what: str, total: int) -> str:
    first, last = drawn.iloc[0], drawn.iloc[-1]
    spread = ("" if pd.isna(first["low"]) else
              f", 95 % interval {first['low']:.0%} to {first['high']:.0%}")
    text = (
        f"Bar chart of shares of {total:,} {what} by {by.replace('_', ' ')}, {len(drawn)} bars. "
        f"Most: {first[by]} with {first['value']:.0%} ({first['n']:,}){spread}."
    )
    if len(drawn) > 1:
        text += f" Last bar: {last[by]} with {last['value']:.0%}."
    return text[:300]
