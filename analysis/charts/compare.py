"""Two sides or many beside each other: points with intervals, differences against zero."""

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.bars import NOT_KNOWN, label_lines
from analysis.charts.base import (
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
from analysis.charts.words import of_what, word
from analysis.errors import some

_ROW = 0.62
_MEASURES = {
    "effective_speakers": "effective number of speakers", "hhi": "concentration (HHI)",
    "shannon": "Shannon diversity", "evenness": "evenness",
    "top_k_share": "share of the {top_k} most quoted", "speakers": "speakers",
}


def plot_comparison(table: pd.DataFrame, *, title: str = "", top_n: int = 12) -> Chart:
    """Draw the difference of each group's share between two outlets or periods.

    Parameters
    ----------
    table
        From `compare_outlets` or `compare_periods`.
    title
        What is compared, in place of "A against B"; n is added.
    top_n
        Draw at most so many groups, the largest first.

    Returns
    -------
    Chart
        A filled diamond where the 95 % interval leaves out zero, a hollow circle where the
        difference may be chance, words where there is too little to say.
    """
    if table.empty or table["note"].eq("too few to say").all():
        return no_chart("One side has too few articles to compare. The table has the counts.",
                        table)
    drawn = table.head(top_n).reset_index(drop=True)
    first, second = str(table["first"].iloc[0]), str(table["second"].iloc[0])
    labels = label_lines(drawn["group"], width=46)
    figure = new_figure(height=1.75 + _ROW * len(drawn))
    with styled():
        axes = figure.axes[0]
        axes.axvline(0, color=INK, linewidth=1)
        for place, (row, label) in enumerate(zip(drawn.itertuples(), labels, strict=True)):
            _draw_difference(axes, row, label, place)
        _finish(axes, drawn, _more(second), _more(first))
        what = f"{shorten(first, 30)} against {shorten(second, 30)}"
        heading = title or (f"{what}: share of {of_what(table)} by {word(table['by'].iloc[0])}")
        left = len(table) - len(drawn)
        set_title(axes, f"{heading[0].upper()}{heading[1:]} ({_sizes(table)})",
                  note="filled: the 95 % interval leaves out zero; hollow: may be chance"
                  + (f"; not drawn: {left:,} smaller" if left else ""))
    return Chart(figure, _alt_comparison(drawn, first, second), table)


def _draw_difference(axes: Axes, row: tuple, label: str, place: int) -> None:
    axes.annotate(label.replace("\n", " "), (0, place - 0.16), va="bottom", ha="left",
                  xycoords=axes.get_yaxis_transform())
    sides = f"{percent(row.value_first)} : {percent(row.value_second)}"
    axes.annotate(sides, (1, place - 0.16), xycoords=axes.get_yaxis_transform(), ha="right",
                  va="bottom", fontsize=10.5)
    if row.note == "too few to say":
        axes.annotate("too few to say", (0, place + 0.12), xycoords=axes.get_yaxis_transform(),
                      fontsize=10, style="italic", va="center")
        return
    clear = row.note == "differs"
    colour = PALETTE[0 if row.difference >= 0 else 1] if clear else "#5b6470"
    axes.plot([row.low, row.high], [place + 0.12] * 2, color=colour, linewidth=1.8)
    axes.plot(row.difference, place + 0.12, marker="D" if clear else "o", markersize=7.5,
              color=colour, markerfacecolor=colour if clear else "white")


def _more(side: str) -> str:
    return f"more {'' if side.startswith(('from ', 'before ')) else 'in '}{shorten(side, 24)}"


def _finish(axes: Axes, drawn: pd.DataFrame, left: str, right: str) -> None:
    reach = float(drawn[["low", "high", "difference"]].abs().max().max()) * 1.08
    axes.set(ylim=(len(drawn) - 0.45, -0.75), xlim=(-reach, reach))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_formatter(lambda share, _: f"{round(100 * share, 6):+g}" if share else "0")
    axes.set_xlabel(f"← {left}   percentage points   {right} →")


def _sizes(table: pd.DataFrame) -> str:
    one = table[["n_of_first", "n_of_second"]].max().astype(int)
    return f"n = {one.iloc[0]:,} and {one.iloc[1]:,} {table['unit'].iloc[0]}"


def _alt_comparison(drawn: pd.DataFrame, first: str, second: str) -> str:
    clear = drawn[drawn["note"] == "differs"]
    known = drawn.dropna(subset=["low"])
    stated = known[~known["group"].isin(NOT_KNOWN)]
    known = stated if len(stated) else known
    top = known.loc[known["difference"].abs().idxmax()]
    found = (f"{len(clear)} of {len(drawn)} differences leave out zero" if len(clear) else
             "No difference leaves out zero")
    return (f"Differences of shares by {word(drawn['by'].iloc[0])} between "
            f"{shorten(first, 40)} and {shorten(second, 40)}, {_sizes(drawn)}. "
            f"Largest: {shorten(str(top['group']), 40)}, {percent(top['value_first'])} against "
            f"{percent(top['value_second'])}. {found}.")[:300]


def plot_diversity(
    table: pd.DataFrame, *, measure: str = "effective_speakers", title: str = ""
) -> Chart:
    """Draw a measure of diversity per outlet (or other) as points with intervals.

    Parameters
    ----------
    table
        From `count_diversity`.
    measure
        Which of its measures.
    title
        What the chart shows; n is added.
    """
    rows = table[table["measure"] == measure].reset_index(drop=True) if len(table) else table
    if rows.empty or rows["note"].eq("too few to say").all():
        return no_chart("Too few quotations of known speakers to measure diversity.", rows)
    name = _MEASURES.get(measure, measure).format(top_k=rows["top_k"].iloc[0])
    heading = title or f"{name[0].upper()}{name[1:]}"
    figure = new_figure(height=1.7 + _ROW * len(rows))
    shares = measure in {"evenness", "top_k_share"}
    with styled():
        axes = figure.axes[0]
        _draw_points(axes, rows, percent if shares else _number)
        set_title(axes, f"{heading} (n = {some(int(rows['n'].sum()), 'quotation')} "
                  "with a known speaker)")
        axes.set_xlabel(f"{name}; lines: 95 % intervals over articles", loc="left")
    return Chart(figure, _alt_diversity(rows, name, percent if shares else _number), rows)


def _number(value: float) -> str:
    """Give two or three digits that count: 0.026, 0.42, 4.2, 42."""
    digits = next((n for limit, n in ((0.1, 3), (1, 2), (10, 1)) if value < limit), 0)
    return f"{value:,.{digits}f}"


def _draw_points(axes: Axes, rows: pd.DataFrame, write: Callable[[float], str]) -> None:
    labels = label_lines(rows["within"].replace("all", "all together"), width=40)
    for place, (row, label) in enumerate(zip(rows.itertuples(), labels, strict=True)):
        few = row.note == "too few to say"
        size = f"n = {row.n:,}, {some(row.n_articles, 'article')}"
        axes.annotate(label.replace("\n", " "), (0, place - 0.16), va="bottom",
                      xycoords=axes.get_yaxis_transform())
        axes.annotate(size, (1, place - 0.16), va="bottom", ha="right", fontsize=10,
                      xycoords=axes.get_yaxis_transform())
        if few:
            axes.annotate("too few to say", (0, place + 0.12), fontsize=10, style="italic",
                          xycoords=axes.get_yaxis_transform(), va="center")
            continue
        axes.plot([row.low, row.high], [place + 0.12] * 2, color=MUTED, linewidth=3)
        axes.plot(row.value, place + 0.12, "o", color=PALETTE[0], markersize=8)
        end = row.value if pd.isna(row.high) else row.high
        axes.annotate(write(row.value), (end, place + 0.12), xytext=(7, 0), va="center",
                      textcoords="offset points")
    top = float(rows[["value", "high"]].max(axis=1).max())
    axes.set(ylim=(len(rows) - 0.45, -0.75), xlim=(0, top * 1.18))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _alt_diversity(rows: pd.DataFrame, name: str, write: Callable[[float], str]) -> str:
    known = rows[rows["note"] != "too few to say"].sort_values("value", kind="stable")
    most, least = known.iloc[-1], known.iloc[0]
    text = (f"Points with intervals: {name}, {some(len(rows), 'row')}, "
            f"n = {some(int(rows['n'].sum()), 'quotation')}. Highest: "
            f"{shorten(str(most['within']), 40)}, {write(most['value'])}")
    if len(known) > 1:
        text += f"; lowest: {shorten(str(least['within']), 40)}, {write(least['value'])}"
    return (text + ".")[:300]


def plot_corrected(table: pd.DataFrame, *, title: str = "") -> Chart:
    """Draw shares as counted beside shares corrected for the measured error.

    Parameters
    ----------
    table
        From `analysis.accuracy.correct_shares`: `group`, `value`, `low`, `high`, `corrected`,
        `corrected_low`, `corrected_high`, `n`, `n_of`.
    title
        What the chart shows; n is added.
    """
    if table.empty or table["corrected"].isna().all():
        note = "" if table.empty else str(table["corrected_note"].iloc[0])
        return no_chart(f"{note or 'not checked on your corpus'}: no share can be corrected "
                        "for measured error. The table has the shares as counted.", table)
    figure = new_figure(height=1.9 + 0.8 * len(table))
    with styled():
        axes = figure.axes[0]
        for place, (row, label) in enumerate(
                zip(table.itertuples(), label_lines(table["group"], width=50), strict=True)):
            axes.annotate(label.replace("\n", " "), (0, place - 0.22), va="bottom",
                          xycoords=axes.get_yaxis_transform())
            _draw_pair(axes, row, place)
        ends = table[["value", "high", "corrected", "corrected_high"]].max(axis=1).max()
        axes.set(ylim=(len(table) - 0.4, -0.8), xlim=(0, float(ends) * 1.3))
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.xaxis.set_major_formatter(percent_tick)
        axes.set_xlabel("share of quotations; lines: 95 % intervals", loc="left")
        set_title(axes, f"{title or 'As counted, and corrected for measured error'} "
                  f"(n = {some(int(table['n_of'].max()), 'quotation')})",
                  note="hollow square: as counted; filled circle: corrected by the checked sample")
    first = table.iloc[0]
    alt = (f"Pairs of points for {len(table)} groups, shares of {int(table['n_of'].max()):,} "
           f"quotations as counted and corrected. {shorten(str(first['group']), 40)}: "
           f"{percent(first['value'])} counted, {percent(first['corrected'])} corrected, 95 % "
           f"interval {percent(first['corrected_low'])} to {percent(first['corrected_high'])}.")
    return Chart(figure, alt[:300], table)


def _draw_pair(axes: Axes, row: tuple, place: int) -> None:
    pairs = ((0.0, row.value, row.low, row.high, "s", "#5b6470", "white"),
             (0.26, row.corrected, row.corrected_low, row.corrected_high, "o", PALETTE[0],
              PALETTE[0]))
    for down, value, low, high, marker, colour, fill in pairs:
        if pd.isna(value):
            continue
        axes.plot([low, high], [place + down] * 2, color=colour, linewidth=1.8)
        axes.plot(value, place + down, marker, color=colour, markerfacecolor=fill, markersize=7)
        axes.annotate(percent(value), (value if pd.isna(high) else high, place + down),
                      xytext=(7, 0), textcoords="offset points", va="center", fontsize=10.5)
