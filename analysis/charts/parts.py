"""What each row is made of: stacked bars that fill the width, labelled inside."""

import textwrap
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.bars import NOT_KNOWN, label_lines
from analysis.charts.base import (
    INK,
    MUTED,
    PALETTE,
    Chart,
    new_figure,
    no_chart,
    percent,
    set_title,
    shorten,
    styled,
)
from analysis.charts.words import groups_word, n_words, needs, of_what, too_few, word
from analysis.errors import some

_MOST_ROWS = 25
_MOST_PARTS = 6
_HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\", "oo", "")
_FITS = 0.075  # share from which a figure fits into its part
_STANCES = ("neutral", "doubting", "endorsing")
_KINDS = ("direct", "mixed", "indirect")
_PERIODS = ("day", "week", "month")


def plot_parts(
    table: pd.DataFrame, *, title: str = "", order: Sequence[str] = (), top_n: int = 15
) -> Chart:
    """Draw what share each group has inside each row, as bars stacked to 100 %.

    Parameters
    ----------
    table
        From a count with `within`: the rows of the chart, the largest first; periods as they
        follow one another.
    title
        What the chart shows; n is added.
    order
        Groups from left to right; none: the largest first, at most six, the rest as "other".
    top_n
        Draw at most so many rows.

    Returns
    -------
    Chart
        A row with too little to say has its counts written in place of a bar. The line under a
        bar spans the 95 % interval of its first part. The table has those of the others, and
        the rows for which there was no room.
    """
    if table.empty:
        return no_chart("Nothing was counted, so there is nothing to draw.", table)
    table = _largest_first(table)
    every = table["within"].drop_duplicates().tolist()
    rows = every[: min(top_n or _MOST_ROWS, _MOST_ROWS)]
    shown = table[table["within"].isin(rows)]
    if shown["note"].eq("too few to say").all():
        return no_chart(f"Too few to draw shares: {n_words(shown)}, {_apart(len(rows), table)}; "
                        f"each needs {needs(table)}. The table has the counts.", table)
    drawn = _pooled(shown, order)
    parts = _parts(drawn, order)
    heading = title or (f"{groups_word(table).capitalize()} by {word(table['within_by'].iloc[0])}, "
                        f"share of {of_what(table)}")
    figure = _figure(drawn, rows, parts, heading=f"{heading} ({n_words(shown)})",
                     note=_note(drawn, parts[0], every[len(rows):], table))
    return Chart(figure, _alt(drawn, rows, parts), table)


def plot_stances(table: pd.DataFrame, *, title: str = "", top_n: int = 15) -> Chart:
    """Draw with what stance each speaker's words are attributed: said, claimed, admitted."""
    return plot_parts(table, order=_STANCES, top_n=top_n, title=title or (
        "How the reporter attributes: neutral (said), doubting (claimed), endorsing (revealed)"))


def plot_positions(table: pd.DataFrame, *, title: str = "", top_n: int = 15) -> Chart:
    """Draw in which third of the article each group is heard."""
    return plot_parts(table, order=("first third", "middle third", "last third"), top_n=top_n,
                      title=title or f"Where in the article, share of {of_what(table)}")


def plot_kinds(table: pd.DataFrame, *, title: str = "", top_n: int = 15) -> Chart:
    """Draw how much is quoted directly, in part or indirectly."""
    return plot_parts(table, order=_KINDS, top_n=top_n,
                      title=title or f"Direct and indirect speech, share of {of_what(table)}")


def _largest_first(table: pd.DataFrame) -> pd.DataFrame:
    if table["within_by"].iloc[0] in _PERIODS:
        return table.reset_index(drop=True)
    return table.sort_values("n_of", ascending=False, kind="stable", ignore_index=True)


def _apart(n: int, table: pd.DataFrame) -> str:
    return f"spread over {some(n, word(table['within_by'].iloc[0]))}"


def _note(drawn: pd.DataFrame, lead: str, left: list[str], table: pd.DataFrame) -> str:
    """Say what the lines are, and what was left out: how many rows, and how large."""
    known = drawn[(drawn["group"] == lead) & drawn["low"].notna()]
    notes = [f"line under a bar: 95 % interval of “{lead}” over articles"] if len(known) else []
    if left:
        sizes = table[table["within"].isin(left)].drop_duplicates("within")["n_of"]
        notes.append(f"not drawn: {len(left):,} more, the largest with n = {int(sizes.max()):,}")
    return "; ".join(notes)


def _pooled(table: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """Pool the smallest groups, so that colours and hatches stay apart."""
    sizes = table.groupby("group")["n"].sum().sort_values(ascending=False, kind="stable")
    if order or len(sizes) <= _MOST_PARTS:
        return table.reset_index(drop=True)
    kept = [name for name in sizes.index if name not in {"other", *NOT_KNOWN}][: _MOST_PARTS - 1]
    kept += [name for name in sizes.index if name in NOT_KNOWN]
    pooled = table.assign(group=table["group"].where(table["group"].isin(kept), "other"))
    sums = pooled.groupby(["within", "group"], sort=False).agg(
        {"n": "sum", "n_of": "first", "value": "sum", "n_articles_of": "first", "note": "first",
         "unit": "first", "by": "first", "within_by": "first"}).reset_index()
    ends = table.loc[table["group"].isin(kept), ["within", "group", "low", "high"]]
    return sums.merge(ends, on=["within", "group"], how="left")  # what is pooled has none


def _parts(table: pd.DataFrame, order: Sequence[str]) -> list[str]:
    present = table.groupby("group")["n"].sum().sort_values(ascending=False, kind="stable")
    names = present[present > 0].index.tolist()
    first = [name for name in order if name in names]
    rest = [name for name in names if name not in first]
    last = [name for name in rest if name == "other" or name in NOT_KNOWN]
    return first + [name for name in rest if name not in last] + sorted(last, key=_is_unknown)


def _is_unknown(name: str) -> bool:  # noqa: N802
    """Sort "other" before what is not known."""
    return name in NOT_KNOWN


def _figure(
    table: pd.DataFrame, rows: list[str], parts: list[str], *, heading: str, note: str
) -> Figure:
    labels = label_lines(rows, width=44)
    heights = [0.36 + 0.19 * (1 + label.count("\n")) for label in labels]
    keys = _key_rows(parts)
    notes = 0.2 * (bool(note) + note.count("; "))
    figure = new_figure(height=1.3 + notes + 0.24 * len(keys) + sum(heights))
    unknown = [name for name in parts if name in NOT_KNOWN]
    looks = {name: _look(place, name, unknown) for place, name in enumerate(parts)}
    with styled():
        axes = figure.axes[0]
        place = 0.05
        place = _draw_key(axes, keys, looks, place)
        for name, label, height in zip(rows, labels, heights, strict=True):
            row = table[table["within"] == name].set_index("group")
            _draw_row(axes, row, parts, looks, label=label, place=place, height=height)
            place += height
        axes.set(ylim=(place + 0.06, 0), xlim=(0, 1.0))
        axes.set_axis_off()
        set_title(axes, heading, note=note)
    return figure


def _look(place: int, name: str, unknown: list[str]) -> dict[str, object]:
    if name in unknown:
        hatch = ("----", "||||", "++++")[unknown.index(name) % 3]
        return {"facecolor": "#e5e7eb", "hatch": hatch, "edgecolor": MUTED, "linewidth": 0}
    if name == "other":
        return {"facecolor": "#d1d5db", "edgecolor": MUTED, "linewidth": 0}
    return {"facecolor": PALETTE[place % 6], "hatch": _HATCHES[place % 6], "edgecolor": "white",
            "linewidth": 0}


def _key_rows(parts: list[str]) -> list[list[str]]:
    """Break the key into lines that fit the width."""
    lines: list[list[str]] = [[]]
    for name in parts:
        if lines[-1] and sum(len(one) + 5 for one in (*lines[-1], name)) > 62:
            lines.append([])
        lines[-1].append(name)
    return lines


def _draw_key(axes: Axes, keys: list[list[str]], looks: dict, place: float) -> float:
    for line in keys:
        at = 0.0
        for name in line:
            axes.bar(at, 0.16, width=0.03, bottom=place, align="edge", **looks[name])
            axes.text(at + 0.037, place + 0.08, name, va="center", fontsize=10.5)
            at += 0.037 + 0.0155 * len(name) + 0.035
        place += 0.24
    return place + 0.06


def _draw_row(
    axes: Axes, row: pd.DataFrame, parts: list[str], looks: dict, *, label: str, place: float,
    height: float,
) -> None:
    bottom = place + height - 0.32
    n = int(row["n_of"].iloc[0])
    axes.text(0, bottom - 0.02, f"{label}  ", va="bottom")
    axes.text(1, bottom - 0.02, f"n = {n:,}", va="bottom", ha="right", fontsize=10)
    if row["note"].iloc[0] == "too few to say":
        counts = ", ".join(f"{name} {int(row.loc[name, 'n'])}" for name in parts
                           if name in row.index and row.loc[name, "n"] > 0)
        axes.text(0.01, bottom + 0.13, shorten(f"{too_few(row.iloc[0])}: {counts}", 66),
                  va="center", fontsize=10, style="italic")
        return
    at = 0.0
    for name in parts:
        share = float(row.loc[name, "value"]) if name in row.index else 0.0
        if share <= 0:
            continue
        axes.bar(at, 0.26, width=share, bottom=bottom, align="edge", **looks[name])
        if share >= _FITS:
            axes.text(at + share / 2, bottom + 0.13, f"{100 * share:.0f} %", ha="center",
                      va="center", fontsize=10, color=INK,
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2})
        at += share
    _draw_interval(axes, row.loc[parts[0]] if parts[0] in row.index else None, bottom + 0.3)


def _draw_interval(axes: Axes, first: pd.Series | None, place: float) -> None:
    """Draw under a bar how far its first part could be off; inside, it would cross figures."""
    if first is not None and pd.notna(first["low"]):
        axes.plot([first["low"], first["high"]], [place] * 2, color=INK, linewidth=1.3,
                  marker="|", markersize=5, clip_on=False)


def _alt(table: pd.DataFrame, rows: list[str], parts: list[str]) -> str:
    clear = table[table["note"] != "too few to say"]
    lead = parts[0]
    inside = clear[clear["group"] == lead].sort_values("value", kind="stable")
    text = (f"Stacked bars: {groups_word(table)} inside each of {len(rows)} by "
            f"{word(table['within_by'].iloc[0])}, {n_words(table)}. ")
    if len(inside):
        most, least = inside.iloc[-1], inside.iloc[0]
        text += f"“{lead}” is most in {shorten(str(most['within']), 40)}, {percent(most['value'])}"
        if len(inside) > 1:
            text += f", least in {shorten(str(least['within']), 40)}, {percent(least['value'])}"
    return textwrap.shorten(text + ".", 300, placeholder="…")
