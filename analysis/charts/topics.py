"""Topics drawn: who on what, who about whom, whose words, and how far the same words spread."""

import numpy as np
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
    set_title,
    shorten,
    styled,
)
from analysis.charts.fonts import drawable
from analysis.charts.words import word
from analysis.errors import some

_MOST_ROWS = 20
_MOST_COLUMNS = 10
_DARK = 0.55  # from this shade on, white figures are read better than black ones
_PANELS = 4
_LABEL = 60


def plot_heatmap(table: pd.DataFrame, *, title: str = "", top_n: int = 12) -> Chart:
    """Draw shares of topics by speaker, outlet or role as a map of cells with their figures.

    Parameters
    ----------
    table
        From `count_topics` with `within`, or `count_who_about_whom`.
    title
        What the chart shows, in place of "Share of quotations by topic, of each speaker".
    top_n
        Draw at most so many rows, those with most quotations (20 is the most).

    Returns
    -------
    Chart
        A cell shows the share and, where it rests on fewer than ten quotations, the count in
        brackets instead: "(2)". An empty cell is none.
    """
    cells = _cells(table, min(top_n, _MOST_ROWS))
    if cells.empty:
        return no_chart("Nothing was counted for these choices, so there is nothing to draw.",
                        table)
    what, rows = word(str(table["by"].iloc[0])), word(str(table["within_by"].iloc[0]))
    counts = table["by"].iloc[0] == "about"
    heading = title or f"Share of each {rows}'s quotations by {what}"
    n = int(cells.drop_duplicates("within")["n_of"].sum())
    size = some(n, "quotation")
    if counts:
        size = f"{_naming(table, cells):,} of the {size} of these speakers"
    figure = _map(cells, heading=f"{heading} (n = {size})", counts=counts)
    return Chart(figure, _map_alt(cells, heading, counts=counts), cells)


def _naming(table: pd.DataFrame, cells: pd.DataFrame) -> int:
    """Count the quotations that the cells show; one that names two stands in two cells."""
    drawn = table.merge(cells[["within", "group"]], on=["within", "group"])
    return len({quote_id for ids in drawn["quote_ids"] for quote_id in ids})


def plot_who_about_whom(table: pd.DataFrame, *, title: str = "") -> Chart:
    """Draw in how many quotations speakers (rows) name others (columns)."""
    return plot_heatmap(table, title=title or "Who talks about whom: quotations that name them")


def _cells(table: pd.DataFrame, top_n: int) -> pd.DataFrame:
    drawn = [name for name in table.columns if name != "quote_ids"]
    named = table[table["group"] != "no topic"][drawn]
    named = named[~named["within"].str.startswith("no known ")]
    if named.empty or not named["n"].sum():
        return named.head(0)
    sizes = named.drop_duplicates("within").set_index("within")["n_of"].astype(int)
    rows = sizes.sort_index().sort_values(ascending=False, kind="stable").index[:top_n]
    named = named[named["within"].isin(rows)]
    columns = named.groupby("group")["n"].sum().sort_values(ascending=False, kind="stable")
    columns = columns[columns > 0].index[:_MOST_COLUMNS]
    # Each by its own order: who speaks may also be named.
    order = {side: {name: place for place, name in enumerate(names)}
             for side, names in (("within", rows), ("group", columns))}
    kept = named[named["group"].isin(columns)]
    return kept.sort_values(["within", "group"], key=lambda names: names.map(order[names.name]),
                            ignore_index=True)


def _map(cells: pd.DataFrame, *, heading: str, counts: bool) -> Figure:
    rows, columns = (list(dict.fromkeys(cells[name])) for name in ("within", "group"))
    table = cells.set_index(["within", "group"])
    values = np.array([[_number(table, row, column, counts=counts) for column in columns]
                       for row in rows])
    figure = new_figure(height=2.2 + 0.36 * len(rows))
    with styled():
        axes = figure.axes[0]
        top = float(values.max()) or 1.0
        axes.imshow(values / top, cmap="Blues", vmin=0, vmax=1.15, aspect="auto")
        for place, row in enumerate(rows):
            for at, column in enumerate(columns):
                text = _figure_of(table.loc[(row, column)], counts=counts)
                axes.text(at, place, text, ha="center", va="center", fontsize=9,
                          color="white" if values[place, at] / top > _DARK else INK)
        _name_cells(axes, rows, columns)
        set_title(axes, heading)
    return figure


def _number(table: pd.DataFrame, row: str, column: str, *, counts: bool) -> float:
    value = table.loc[(row, column), "n" if counts else "value"]
    return 0.0 if pd.isna(value) else float(value)


def _figure_of(cell: pd.Series, *, counts: bool) -> str:
    if not cell["n"]:
        return ""
    if counts:
        return f"{int(cell['n']):,}"
    if cell.get("note") == "too few to say" or cell["n_of"] < 10:  # noqa: PLR2004 - see docstring
        return f"({int(cell['n'])})"
    return percent(cell["value"]).replace(" ", "\u2009")


def _name_cells(axes: Axes, rows: list[str], columns: list[str]) -> None:
    names = [drawable(str(name), otherwise=f"(column {at + 1})") for at, name in
             enumerate(columns)]
    axes.set_xticks(range(len(columns)), [shorten(name, 24) for name in names],
                    rotation=40, ha="left", rotation_mode="anchor", fontsize=9.5)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(rows)), [
        shorten(drawable(str(name), otherwise=f"(row {at + 1})"), 26)
        for at, name in enumerate(rows)], fontsize=9.5)
    axes.tick_params(length=0)
    axes.set_xticks(np.arange(len(columns)) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(rows)) - 0.5, minor=True)
    axes.grid(which="minor", color="white", linewidth=1.5)
    axes.tick_params(which="minor", length=0)
    axes.spines[:].set_visible(False)


def _map_alt(cells: pd.DataFrame, heading: str, *, counts: bool) -> str:
    best = cells.sort_values(["n" if counts else "value", "n"], ascending=False).iloc[0]
    figure = some(int(best["n"]), "quotation") if counts else percent(best["value"])
    first = shorten(str(best["within"]), 40), shorten(str(best["group"]), 40)
    rows, columns = cells["within"].nunique(), cells["group"].nunique()
    return (f"Heat map, {some(rows, 'row')} by {some(columns, 'column')}: "
            f"{shorten(heading, 90)}. Highest: {first[0]} {'names' if counts else 'on'} "
            f"{first[1]}, {figure} (n = {int(best['n'])} of {int(best['n_of'])}).")[:300]


def plot_distinctive_words(table: pd.DataFrame, *, title: str = "") -> Chart:
    """Draw the words that set groups apart, one panel a group, by z-score.

    Parameters
    ----------
    table
        From `compare_words`.
    title
        What the chart shows.
    """
    groups = list(dict.fromkeys(table["group"]))[:_PANELS]
    if not groups:
        return no_chart("No word is said so much more by one group than by the others that it "
                        "could not be chance.", table)
    drawn = table[table["group"].isin(groups)].reset_index(drop=True)
    sizes = [int((drawn["group"] == group).sum()) for group in groups]
    figure = new_figure(height=1.5 + 0.26 * sum(sizes) + 0.45 * len(groups))
    figure.clear()
    with styled():
        panels = figure.subplots(len(groups), 1, sharex=True, squeeze=False,
                                 height_ratios=[size + 1 for size in sizes])[:, 0]
        for axes, group in zip(panels, groups, strict=True):
            _words(axes, drawn[drawn["group"] == group], group)
        panels[-1].set_xlabel("z-score (1.96 and more; surer from 3 on); in brackets: quotations",
                              loc="left")
        set_title(panels[0], title or "Words said more than by the others")
        panels[0].set_title(shorten(str(groups[0]), _LABEL), fontsize=11.5, pad=3, loc="left")
    first = drawn.iloc[0]
    alt = (f"Dots by z-score, groups drawn: {len(groups)}; the words that set each apart from the "
           f"others. {shorten(str(first['group']), 40)}: {_listed(drawn, groups[0])}.")
    if len(groups) > 1:
        alt += f" {shorten(str(groups[1]), 40)}: {_listed(drawn, groups[1])}."
    return Chart(figure, alt[:300], drawn)


def _listed(drawn: pd.DataFrame, group: str) -> str:
    terms = drawn[drawn["group"] == group]["term"].head(3)
    return ", ".join(shorten(term, 25) for term in terms)


def _words(axes: Axes, words: pd.DataFrame, group: str) -> None:
    places = range(len(words))
    axes.hlines(places, 0, words["z"], color=MUTED, linewidth=1)
    axes.plot(words["z"], places, "o", color=PALETTE[0], markersize=6)
    labels = [shorten(drawable(str(term), otherwise="(word)"), 32) for term in words["term"]]
    axes.set_yticks(places, labels, fontsize=10)
    for place, (z, n) in enumerate(zip(words["z"], words["n"], strict=True)):
        axes.annotate(f"{z:.1f} ({n:,})", (z, place), xytext=(7, 0), textcoords="offset points",
                      va="center", fontsize=9, color=SOFT)
    axes.set(ylim=(len(words) - 0.4, -0.6), xlim=(0, float(words["z"].max()) * 1.3))
    axes.tick_params(axis="y", length=0)
    axes.set_title(shorten(drawable(str(group), otherwise="(group)"), _LABEL), fontsize=11.5,
                   pad=3, loc="left")


def plot_spread(table: pd.DataFrame, *, title: str = "", top_n: int = 10) -> Chart:
    """Draw when and where the same words ran: a line a quotation, a dot an article.

    Parameters
    ----------
    table
        From `count_spread`.
    title
        What the chart shows.
    top_n
        Draw at most so many quotations, the widest first (20 is the most).
    """
    dated = table[table["first_published"].notna()].head(min(top_n, _MOST_ROWS))
    if dated.empty:
        return no_chart("No quotation with a date runs in more than one of these articles.", table)
    figure = new_figure(height=1.8 + 0.52 * len(dated))
    with styled():
        axes = figure.axes[0]
        for place, (_index, row) in enumerate(dated.iterrows()):
            _uses(axes, row, place)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_ylim(len(dated) - 0.35, -0.95)
        axes.margins(x=0.04)
        for label in axes.get_xticklabels():
            label.set(rotation=25, ha="right")
        heading = title or "The same words in several articles"
        set_title(axes, f"{heading} (n = {len(table):,})",
                  note="filled: first use; hollow: later uses")
    first = dated.iloc[0]
    outlet = first["first_outlet"]
    alt = (f"Timeline of the {len(dated)} widest-spread of {some(len(table), 'quotation')}. "
           "Widest: "
           f"{shorten(str(first['content']), 80)} ({_who(first['speaker'])}), "
           f"{_where(first, ' of ')} from {first['first_published']:%Y-%m-%d}"
           + (f", first in {outlet}." if isinstance(outlet, str) else "."))
    return Chart(figure, alt[:300], dated.drop(columns="uses").reset_index(drop=True))


def _who(speaker: object) -> str:
    return speaker if isinstance(speaker, str) else "speaker unknown"


def _where(row: pd.Series, between: str) -> str:
    """Say in how many articles, and of how many outlets where these are known."""
    outlets = f"{between}{some(row['n_outlets'], 'outlet')}" if row["n_outlets"] else ""
    return some(row["n_articles"], "article") + outlets


def _uses(axes: Axes, row: pd.Series, place: int) -> None:
    days = [published for published, *_ in row["uses"] if pd.notna(published)]
    days = [day.tz_convert(None).to_pydatetime() for day in days]
    axes.plot([days[0], days[-1]], [place, place], color=MUTED, linewidth=1)
    axes.plot(days[1:], [place] * (len(days) - 1), "o", color=PALETTE[0], markersize=7,
              markerfacecolor="white", markeredgewidth=1.5)
    axes.plot(days[:1], [place], "o", color=PALETTE[0], markersize=8)
    who = _who(row["speaker"])
    label = f"{who}: {shorten(str(row['content']), 62 - min(len(who), 25))}"
    outlets = _where(row, ", ")
    text = axes.annotate(
        drawable(f"{shorten(label, 52)}  ({outlets})", otherwise=f"({outlets})"),
        (0.0, place), xycoords=("axes fraction", "data"), xytext=(0, 8),
        textcoords="offset points", fontsize=9.5, va="bottom")
    text.set_in_layout(False)  # else the time axis is squeezed to half the width
