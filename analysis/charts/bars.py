"""Bars of shares with their intervals: the name over the bar, the figure at its end."""

import textwrap
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.base import (
    EDGE,
    INK,
    MUTED,
    PALETTE,
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
from analysis.charts.words import groups_word, n_words, needs, of_what

_MOST = 40  # bars a page can show
_LABEL = 52  # letters of a name on one line over its bar
# As in `analysis.measures.labels`; a test holds the two together.
NOT_KNOWN = ("no known speaker", "role not stated", "not stated", "nobody named", "not resolved",
             "no reason stated", "no cue", "no topic", "outlet not stated", "no section")


def plot_shares(
    table: pd.DataFrame, *, title: str = "", top_n: int = 15, note: str = ""
) -> Chart:
    """Draw shares as horizontal bars in the table's order, with 95 % intervals.

    Parameters
    ----------
    table
        From `count_groups`, `count_speakers`, `count_roles`, … without `within`.
    title
        What the chart shows, in place of "Share of quotations by role"; n is added.
    top_n
        Draw at most so many bars (40 is the most); a note says what the rest has together.
    note
        A sentence under the title, in place of the one on the rest.

    Returns
    -------
    Chart
        A sentence in place of bars where too little was counted to say anything.
    """
    if table.empty:
        return no_chart("Nothing was counted, so there is nothing to draw.", table)
    if table["note"].eq("too few to say").all():
        return no_chart(f"Too few to draw shares: {n_words(table)}; a share needs {needs(table)}. "
                        "The table has the counts.", table)
    drawn, rest = _cut(table, min(top_n or _MOST, _MOST))
    left_out = _told(rest, table)
    heading = f"{title or f'Share of {of_what(table)} by {groups_word(table)}'} ({n_words(table)})"
    return Chart(_figure(drawn, heading=heading, note=note or left_out, table=table),
                 _alt(drawn, table), pd.concat([drawn, rest], ignore_index=True))


def plot_roles(table: pd.DataFrame, *, title: str = "", top_n: int = 15) -> Chart:
    """Draw the shares of officials, experts, citizens and other roles."""
    return plot_shares(table, title=title or f"Share of {of_what(table)} by role", top_n=top_n)


def plot_naming(table: pd.DataFrame, *, title: str = "") -> Chart:
    """Draw how sources are named; unnamed people and quotations of nobody stand out."""
    return plot_shares(table, title=title or f"How sources are named, share of {of_what(table)}")


def _cut(table: pd.DataFrame, top_n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the rows to draw, and the rest: as one bar it would dwarf them all."""
    pooled = _is_pooled(table)
    unknown = table["group"].isin(NOT_KNOWN)
    named = table[~pooled & ~unknown]
    drawn = pd.concat([named.head(top_n), table[unknown]], ignore_index=True)
    rest = pd.concat([named.iloc[top_n:], table[pooled]])
    if table["by"].iloc[0] != "speaker":  # ranks of a few groups: the unknown keeps its place
        drawn = drawn.sort_values("n", ascending=False, kind="stable", ignore_index=True)
    return drawn, rest


def _is_pooled(table: pd.DataFrame) -> pd.Series:
    return table["group"].str.match(r"others \(\d+ speakers?\)$")


def _told(rest: pd.DataFrame, table: pd.DataFrame) -> str:
    """Tell what is not drawn."""
    if rest.empty:
        return ""
    pooled = _is_pooled(rest)
    if pooled.any() and len(rest) == 1:
        name = rest["group"].iloc[0].removeprefix("others (").removesuffix(")")
        found = f"not drawn: {name} more"
    else:
        found = f"not drawn: {len(rest) - int(pooled.sum()):,} smaller"
    # Shares of articles and people overlap, so that only the others can be added up.
    adds = table["unit"].iloc[0] in ("quotations", "words")
    return f"{found}, together {percent(rest['value'].sum())}" if adds else found


def _figure(drawn: pd.DataFrame, *, heading: str, note: str, table: pd.DataFrame) -> Figure:
    labels = label_lines(drawn["group"], width=_LABEL)
    heights = [0.36 + 0.19 * (1 + label.count("\n")) for label in labels]
    figure = new_figure(height=1.35 + 0.22 * bool(note) + sum(heights))
    with styled():
        axes = figure.axes[0]
        _draw(axes, drawn, labels, heights)
        set_title(axes, heading, note=note)
        few = " (few articles)" if (table["note"] == "few articles").any() else ""
        axes.set_xlabel(f"share of {of_what(table)}; lines: 95 % intervals over articles{few}",
                        loc="left")
    return figure


def label_lines(names: Sequence[str], *, width: int) -> list[str]:
    """Give names as lines that fit, without letters that no font here has."""
    return [textwrap.fill(drawable(str(name), otherwise=f"(row {row} of the table)"), width)
            for row, name in enumerate(names, start=1)]


def _draw(axes: Axes, drawn: pd.DataFrame, labels: list[str], heights: list[float]) -> None:
    top = float(drawn[["value", "high"]].max(axis=1).max())
    place = 0.0
    for row, label, height in zip(drawn.itertuples(), labels, heights, strict=True):
        grey = row.group in NOT_KNOWN
        axes.barh(place + height - 0.17, row.value, height=0.26, edgecolor="white",
                  color=MUTED if grey else PALETTE[0], hatch="////" if grey else "", linewidth=0)
        axes.annotate(label, (0, place + height - 0.34), xytext=(0, 0), va="bottom", ha="left",
                      textcoords="offset points", linespacing=1.05)
        end = row.value
        if pd.notna(row.low):
            axes.plot([row.low, row.high], [place + height - 0.17] * 2, color=INK, linewidth=1.3,
                      marker="|", markersize=7, path_effects=list(EDGE))
            end = max(end, row.high)
        axes.annotate(f"{percent(row.value)}  ({row.n:,})", (end, place + height - 0.17),
                      xytext=(6, 0), textcoords="offset points", va="center", fontsize=11)
        place += height
    axes.set(ylim=(place + 0.08, 0), xlim=(0, top * 1.28 or 1))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(_ticks(top))
    axes.xaxis.set_major_formatter(percent_tick)


def _ticks(top: float) -> object:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=5, steps=[1, 2, 5, 10], min_n_ticks=2, integer=False, prune=None) \
        if top > 0.06 else MaxNLocator(nbins=3)


def _alt(drawn: pd.DataFrame, table: pd.DataFrame) -> str:
    known = drawn[~drawn["group"].isin(NOT_KNOWN)]
    first = (known if len(known) else drawn).iloc[0]
    spread = ("" if pd.isna(first["low"]) else
              f", 95 % interval {percent(first['low'])} to {percent(first['high'])}")
    n = len(drawn)
    text = (f"Bar chart with {n} {'bar' if n == 1 else 'bars'}: share of {of_what(table)} by "
            f"{groups_word(table)}, {n_words(table)}. Most: {shorten(str(first['group']), 50)}, "
            f"{percent(first['value'])}{spread}.")
    if len(known) > 1:
        last = known.iloc[-1]
        text += f" Last: {shorten(str(last['group']), 40)}, {percent(last['value'])}."
    return text[:300]
