"""Lines over time: one a group, told apart by marker, dash and a label at its end."""

import numpy as np
import pandas as pd

from analysis.charts.base import MARKERS, PALETTE, Chart, new_figure, no_chart, set_title

_DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)))
_FEW = 2  # periods; fewer are no trend


def plot_trend(
    table: pd.DataFrame, *, by: str = "speaker", column: str = "n", title: str = "",
    what: str = "quotations",
) -> Chart:
    """Draw counts (or shares) of some groups over time.

    Parameters
    ----------
    table
        From `count_over_time`.
    by
        Column that names the lines; at most 7 are told apart.
    column
        `n` for counts, `value` for shares.
    title
        What the chart shows; the count is added.
    what
        What was counted.
    """
    if table.empty or table["period"].nunique() < _FEW:
        return no_chart(f"Too few dated {what} to draw a trend.", table)
    groups = table[by].drop_duplicates().tolist()[: len(PALETTE)]
    drawn = table[table[by].isin(groups)].reset_index(drop=True)
    figure = new_figure(height=4.4)
    axes = figure.axes[0]
    ends = []
    for place, name in enumerate(groups):
        line = drawn[drawn[by] == name]
        values = line[column].where(line["total"] > 0).astype("float64")
        axes.plot(line["period"], values, color=PALETTE[place], marker=MARKERS[place],
                  linestyle=_DASHES[place], markersize=5, linewidth=1.8)
        ends.append((float(values.dropna().iloc[-1]), place, str(name)))
    _label_ends(axes, drawn["period"].max(), ends)
    n = int(drawn.groupby("period")["total"].first().sum())
    set_title(axes, f"{title or f'{what.capitalize()} over time'} (n = {n:,} {what})")
    axes.set_ylabel(f"share of {what}" if column == "value" else what)
    axes.set_ylim(bottom=0)
    figure.autofmt_xdate()
    return Chart(figure, _alt(drawn, by=by, column=column, what=what), drawn)


def _label_ends(axes: object, last: pd.Timestamp, ends: list[tuple[float, int, str]]) -> None:
    """Write each line's name at its end, pushed apart where ends lie close."""
    low, high = axes.get_ylim()
    step = (high - low) * 0.055
    height = -np.inf
    for value, place, name in sorted(ends):
        height = max(value, height + step)
        axes.annotate(f"{MARKERS_TEXT[place]} {name[:28]}", (last, height), xytext=(8, 0),
                      textcoords="offset points", va="center", fontsize=10,
                      color=PALETTE[place], annotation_clip=False)


MARKERS_TEXT = ("●", "■", "▲", "◆", "▼", "+", "×")


def _alt(drawn: pd.DataFrame, *, by: str, column: str, what: str) -> str:
    periods = drawn["period"].drop_duplicates()
    best = drawn.loc[drawn["n"].idxmax()]
    shown = f"{best['value']:.0%} of" if column == "value" else f"{best['n']:,}"
    names = ", ".join(map(str, drawn[by].drop_duplicates().head(5)))
    return (
        f"Line chart of {what} over {len(periods)} periods from {periods.min():%-d %B %Y} for "
        f"{names}. The peak is {best[by]} with {shown} {what} in the period that starts on "
        f"{best['period']:%-d %B %Y}."
    )[:300]
