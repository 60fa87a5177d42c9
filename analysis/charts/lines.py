"""Shares and counts over time, one small panel a group, gaps shown as gaps."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.base import (
    INK,
    MUTED,
    PALETTE,
    SOFT,
    Chart,
    new_figure,
    no_chart,
    percent,
    percent_tick,
    set_title,
    shorten,
    styled,
)
from analysis.charts.fonts import drawable
from analysis.charts.words import groups_word, n_words, of_what

_MOST = 8  # panels
_PANEL = 1.15  # inches
_COUNTS = {"quotations": "quotations", "words": "quoted words", "articles": "articles",
           "people": "people"}


def plot_trend(table: pd.DataFrame, *, title: str = "", draw: str = "value") -> Chart:
    """Draw shares (or counts) of some groups over time.

    Parameters
    ----------
    table
        From `count_over_time`.
    title
        What the chart shows; n is added.
    draw
        `value` for shares with their interval as a band, `n` for counts.

    Returns
    -------
    Chart
        One panel a group under one time axis: lines that cross cannot be mistaken. Hollow
        points rest on too little to have an interval; a shaded stretch had no articles.
    """
    periods = pd.to_datetime(table["within"]).drop_duplicates() if len(table) else []
    if len(periods) < 2:  # noqa: PLR2004 - a line needs two points
        return no_chart("Fewer than two periods with quotations: there is no trend to draw.", table)
    groups = table["group"].drop_duplicates().tolist()[:_MOST]
    drawn = table[table["group"].isin(groups)].reset_index(drop=True)
    period = str(table["within_by"].iloc[0])
    what = f"Share of {of_what(table)}" if draw == "value" else _COUNTS[table["unit"].iloc[0]]
    heading = title or f"{what[0].upper()}{what[1:]} by {groups_word(table)}, each {period}"
    note = _note(drawn, draw)
    figure = _figure(drawn, groups, heading=f"{heading} ({_n(drawn)})", note=note, draw=draw)
    return Chart(figure, _alt(drawn, draw=draw), drawn)


def _n(drawn: pd.DataFrame) -> str:
    one = drawn[drawn["group"] == drawn["group"].iloc[0]]
    return n_words(one)


def _note(drawn: pd.DataFrame, draw: str) -> str:
    parts = []
    if drawn["n_of"].eq(0).any():
        parts.append("shaded: no quotations")
    if draw == "value":
        if drawn["low"].notna().any():
            parts.append("bars: 95 % intervals over articles")
        if drawn["note"].eq("too few to say").any():
            parts.append("hollow: too few articles for an interval")
    undated = int(drawn["n_undated"].max()) if "n_undated" in drawn else 0
    if undated:
        parts.append(f"{undated:,} without a date left out")
    return "; ".join(parts)


def _figure(
    drawn: pd.DataFrame, groups: list[str], *, heading: str, note: str, draw: str
) -> Figure:
    figure = new_figure(height=1.2 + 0.2 * bool(note) + _PANEL * len(groups))
    figure.clear()
    with styled():
        panels = figure.subplots(len(groups), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
        for place, (axes, name) in enumerate(zip(panels, groups, strict=True)):
            line = drawn[drawn["group"] == name]
            _draw(axes, line, colour=PALETTE[0], draw=draw)
            label = drawable(str(name), otherwise=f"(group {place + 1} of the table)")
            axes.set_title(shorten(label, 58), fontsize=11.5, fontweight="normal", pad=3)
        top = drawn[["value", "high"]].max(axis=1).max() if draw == "value" else drawn["n"].max()
        panels[0].set_ylim(0, float(top) * 1.12 or 1)
        if draw == "value":
            panels[0].yaxis.set_major_formatter(percent_tick)
        _dates(panels[-1], drawn)
        figure.suptitle("")
        set_title(panels[0], heading)
        panels[0].set_title(panels[0].get_title(loc="left"), fontsize=11.5, fontweight="normal")
        if note:
            figure.supxlabel(note, x=0.01, ha="left", fontsize=10, color=SOFT)
    return figure


def _draw(axes: Axes, line: pd.DataFrame, *, colour: str, draw: str) -> None:
    days = pd.to_datetime(line["within"]).to_numpy()
    step = days[1] - days[0]
    values = line[draw].astype("float64").where(line["n_of"] > 0).to_numpy()
    for day, n_of in zip(days, line["n_of"], strict=True):
        if n_of == 0:
            axes.axvspan(day - step / 2, day + step / 2, color="#eceef1", linewidth=0)
    axes.plot(days, values, color=colour, linewidth=1.6)
    few = (line["note"] == "too few to say").to_numpy() & (draw == "value")
    for hollow in (False, True):
        here = few == hollow
        axes.plot(days[here], values[here], "o", color=colour, markersize=5,
                  markerfacecolor="white" if hollow else colour)
    if draw == "value":
        known = line["low"].notna().to_numpy()
        axes.vlines(days[known], line["low"][known], line["high"][known], color=INK, linewidth=1.1)
    _label_last(axes, days, values, draw)
    axes.grid(axis="y", color="#e5e7eb", linewidth=0.8)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", color=MUTED)


def _label_last(axes: Axes, days: object, values: object, draw: str) -> None:
    """Write the last value beside its point."""
    kept = [(day, value) for day, value in zip(days, values, strict=True) if value == value]
    if not kept:
        return
    day, value = kept[-1]
    axes.annotate(percent(value) if draw == "value" else f"{value:,.0f}", (day, value),
                  xytext=(8, 0), textcoords="offset points", va="center", fontsize=10.5,
                  annotation_clip=False)


def _dates(axes: Axes, drawn: pd.DataFrame) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=6)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(
        locator, offset_formats=["", "%Y", "%Y", "%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d"]))
    days = pd.to_datetime(drawn["within"])
    margin = (days.max() - days.min()) * 0.04
    axes.set_xlim(days.min() - margin, days.max() + margin * 3)


def _alt(drawn: pd.DataFrame, *, draw: str) -> str:
    periods = drawn["within"].drop_duplicates()
    known = drawn[drawn["n_of"] > 0]
    best = known.loc[known[draw].astype("float64").idxmax()]
    gaps = int(drawn.drop_duplicates("within")["n_of"].eq(0).sum())
    shown = percent(best["value"]) if draw == "value" else f"{best['n']:,}"
    names = ", ".join(shorten(str(name), 24) for name in drawn["group"].drop_duplicates()[:4])
    text = (f"Lines over {len(periods)} {drawn['within_by'].iloc[0]}s from {periods.min()} for "
            f"{names}; {_n(drawn)}. Peak: {shorten(str(best['group']), 40)}, {shown} from "
            f"{best['within']}.")
    if gaps:
        text += f" {gaps} without quotations, shown as gaps."
    return text[:300]
