"""The panel of widgets: filters on the left, bars to click, the quotations behind a bar.

The only place besides the correction desk that knows ipywidgets. Without a running kernel (an
exported page, a shared notebook) a table of the same numbers stands in its place.
"""

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from analysis.explore.choice import Choice, choose, count_bars
from analysis.reading import Rich, show_quotes_behind, show_table
from analysis.tables import Tables

if TYPE_CHECKING:
    import ipywidgets

_BARS = {"Speaker": "speaker", "Outlet": "outlet", "Topic": "topics", "Role": "role_class",
         "Kind of quotation": "kind", "Kind of source": "speaker_kind"}
_COLOUR = "#9fc5e8"  # dark text on it has a contrast of more than 7 to 1
_MOST = 40


@dataclass(frozen=True)
class Explorer:
    """The panel in JupyterLab; where no kernel runs, a table of the same numbers.

    Parameters
    ----------
    panel
        The widgets.
    filters
        The filters by name: set one's `value` to filter from code.
    static
        What is shown without a kernel.
    """

    panel: "ipywidgets.Widget"
    filters: "dict[str, ipywidgets.Widget]"
    static: Rich

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        """Give the widgets, and the table for readers without a kernel."""
        del include, exclude
        return {**self.panel._repr_mimebundle_(), "text/html": self.static._repr_html_(),
                "text/plain": self.static.text}


def explore_corpus(tables: Tables, voices: pd.DataFrame) -> Explorer:
    """Explore one corpus: filter, search, click a bar, read the quotations it counts.

    Parameters
    ----------
    tables
        The corpus: gives each quotation its paragraph.
    voices
        One row per quotation, from `gather_voices(tables)`.

    Returns
    -------
    Explorer
        Shows as widgets in JupyterLab, as a table elsewhere.
    """
    import ipywidgets

    filters = _filters(voices)
    status = ipywidgets.HTML()
    bars = ipywidgets.VBox(layout=ipywidgets.Layout(width="29rem"))
    reading = ipywidgets.HTML(layout=ipywidgets.Layout(flex="1 1 20rem", min_width="18rem"))

    def chosen() -> pd.DataFrame:
        return choose(voices, _choice(filters))

    def read(by: str, value: str) -> None:
        # What the filters say now, not when the bar was drawn: a click may overtake a redraw.
        shown = show_quotes_behind(tables, chosen(), by=by, values=[value], most=_MOST)
        opened = shown._repr_html_().replace("<details", "<details open")
        reading.value = f'<div class="or-reading">{opened}</div>'

    def refresh(_change: object = None) -> None:
        left, by = chosen(), _BARS[filters["Bars"].value]
        bars.children = _bars(count_bars(left, by), lambda value: read(by, value))
        reading.value = "<p>Click a bar to read the quotations it counts.</p>"
        status.value = _status(left, voices)

    for widget in filters.values():
        widget.observe(refresh, names="value")
    refresh()
    side_by_side = _wrap([bars, reading])
    panel = ipywidgets.VBox([_wrap(list(filters.values())), status, side_by_side])
    return Explorer(panel, filters, _static(voices))


def _filters(voices: pd.DataFrame) -> "dict[str, ipywidgets.Widget]":
    import ipywidgets

    outlets = sorted(voices["outlet"].dropna().unique())
    topics = sorted(set(voices["topics"].explode().dropna()))
    wide = ipywidgets.Layout(width="22rem")
    made = {
        "Outlets": ipywidgets.SelectMultiple(options=outlets, rows=min(5, len(outlets) or 1)),
        "From": ipywidgets.DatePicker(),
        "To": ipywidgets.DatePicker(),
        "Topic": ipywidgets.Dropdown(options=[("all", ""), *zip(topics, topics, strict=True)]),
        "Speaker": ipywidgets.Text(placeholder="part of a name", continuous_update=False),
        "Search": ipywidgets.Text(placeholder="words that were said", continuous_update=False),
        "Bars": ipywidgets.Dropdown(options=list(_BARS)),
    }
    for name, widget in made.items():
        widget.description, widget.layout = name, wide
    return made


def _choice(filters: "dict[str, ipywidgets.Widget]") -> Choice:
    return Choice(
        outlets=filters["Outlets"].value, first=filters["From"].value, last=filters["To"].value,
        topic=filters["Topic"].value, speaker=filters["Speaker"].value,
        words=filters["Search"].value,
    )


def _bars(counted: pd.DataFrame, read: object) -> "tuple[ipywidgets.Widget, ...]":
    """Make one row per bar: the name, and a button as long as its count."""
    import ipywidgets

    longest = max(counted["n"], default=1)
    rows = []
    for row in counted.itertuples():
        label = ipywidgets.Label(row.value, layout=ipywidgets.Layout(width="12rem"))
        bar = ipywidgets.Button(
            description=f"{row.n:,}", tooltip=f"Read the quotations: {row.value}",
            layout=ipywidgets.Layout(width=f"{3.2 + 12 * row.n / longest:.1f}rem"),
            style={"button_color": _COLOUR, "text_color": "#111111"},
        )
        bar.on_click(lambda _button, value=row.value: read(value))
        rows.append(ipywidgets.HBox([label, bar]))
    return tuple(rows)


def _wrap(widgets: "list[ipywidgets.Widget]") -> "ipywidgets.Widget":
    import ipywidgets

    return ipywidgets.Box(widgets, layout=ipywidgets.Layout(flex_flow="row wrap"))


def _status(chosen: pd.DataFrame, voices: pd.DataFrame) -> str:
    speakers, articles = chosen["speaker"].nunique(), chosen["article_id"].nunique()
    text = (f"{len(chosen):,} of {len(voices):,} quotations, {speakers:,} speakers, "
            f"{articles:,} articles")
    return f'<p role="status"><b>{escape(text)}</b></p>'


def _static(voices: pd.DataFrame) -> Rich:
    counted = count_bars(voices, "speaker")
    frame = counted.rename(columns={"value": "Speaker", "n": "Quotations"})
    shown = show_table(frame, caption="Most quoted", empty="There is no quotation to explore.")
    note = "Open this notebook in JupyterLab and run it to filter, search and click."
    return Rich(f"<p>{escape(note)}</p>{shown.html}", f"{note}\n{shown.text}")
