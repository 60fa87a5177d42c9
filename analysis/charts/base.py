"""A chart: the figure, what it says in words, and the table of what it draws.

The alt text is computed from the same table as the drawing, travels beside the picture and in
the PNG's own description, and so reaches an exported page and a screen reader.
"""

import base64
import io
import textwrap
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import Normal, Stroke

from analysis.charts.fonts import font_families
from analysis.tables import neutralise

# Okabe and Ito (2008): told apart with every common colour vision; order by contrast on white.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
MUTED = "#8a929d"
INK = "#1b1f24"
SOFT = "#4b5563"  # 7.5 : 1 on white
# A dark line that crosses a coloured bar is seen by its white edge.
EDGE = (Stroke(linewidth=3.4, foreground="white"), Normal())
HATCHES = ("", "///", "...", "xxx", "\\\\\\", "ooo", "---")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
STYLE = {
    "font.size": 11.5, "axes.titlesize": 13, "axes.titleweight": "bold",
    "axes.titlelocation": "left", "axes.labelsize": 10.5, "axes.labelcolor": SOFT,
    "xtick.labelsize": 10.5, "ytick.labelsize": 11.5, "xtick.color": SOFT, "ytick.color": INK,
    "text.color": INK, "axes.edgecolor": MUTED, "hatch.linewidth": 0.8,
    "axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True,
    "figure.dpi": 120, "savefig.dpi": 170, "figure.facecolor": "white",
    "legend.frameon": False, "axes.formatter.use_mathtext": False, "text.parse_math": False,
}
_WIDTH = 6.0  # inches: letters stay 9 to 10 pixels high where a phone shows it 360 pixels wide
_SHOWN_WIDTH = 720  # pixels in a notebook; the printing size would fill the screen
_LINE = 58  # letters of a bold title that fit the width
_NOTE = 78


@dataclass(frozen=True)
class Chart:
    """A figure, its alt text, and the small table behind it: what it draws, and the rows left out.

    Shows as a picture with alt text in a notebook; `save` writes picture and table.
    """

    figure: Figure
    alt: str
    table: pd.DataFrame
    _drawn: dict[str, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def png(self) -> bytes:
        """Give the picture, its description inside; drawn once, and anew if the figure changed."""
        if self.figure.stale or "png" not in self._drawn:
            stream = io.BytesIO()
            with styled():
                self.figure.savefig(stream, format="png", metadata={"Description": self.alt},
                                    bbox_inches="tight", pad_inches=0.12)
            self._drawn["png"] = stream.getvalue()
            self.figure.stale = False
        return self._drawn["png"]

    def save(self, folder: str | Path, name: str) -> Path:
        """Write `name.png`, and beside it `name.csv` with what it shows; give the picture's path.

        Text that a spreadsheet would run as a formula gets an apostrophe in front.
        """
        path = Path(folder) / f"{name}.png"
        path.write_bytes(self.png())
        self.table.map(neutralise).to_csv(path.with_suffix(".csv"), index=False,
                                        encoding="utf-8-sig", lineterminator="\r\n")
        return path

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, str]:
        """Give the picture with its alt text, as HTML.

        JupyterLab and nbconvert show an output of type image/png without any alt text.
        """
        del include, exclude
        data = base64.b64encode(self.png()).decode()
        picture = (f'<img class="or-chart" width="{_SHOWN_WIDTH}" alt="{escape(self.alt)}" '
                   f'src="data:image/png;base64,{data}">')
        return {"text/html": picture, "text/plain": self.alt}


def styled() -> AbstractContextManager[None]:
    """Give the context in which every chart is drawn and saved; nothing global is set."""
    return mpl.rc_context({**STYLE, "font.family": list(_families())})


@cache
def _families() -> tuple[str, ...]:
    return font_families()


def new_figure(*, rows: int = 1, height: float = 0.0) -> Figure:
    """Give an empty figure in the house style.

    Parameters
    ----------
    rows
        How many bars or lines of text it must hold; sets the height if none is given.
    height
        Height in inches.
    """
    with styled():
        size = (_WIDTH, height or 1.5 + 0.38 * max(rows, 2))
        figure = Figure(figsize=size, layout="constrained")
        figure.add_subplot()
    return figure


def set_title(axes: Axes, title: str, *, note: str = "") -> None:
    """Put a bold title over the whole figure, from its left edge, and a grey note under it."""
    axes.figure.suptitle(_lines(title), x=0.01, ha="left", fontweight="bold", fontsize=13)
    if note:
        text = textwrap.fill(note, _NOTE)
        # The title of an axes starts at its own left edge; a note over wide labels must not.
        axes.set_title(text, loc="left", fontsize=10, fontweight="normal", color=SOFT)


def _lines(title: str) -> str:
    """Break a title; a count in brackets that does not fit goes on a line of its own."""
    at = title.rfind(" (n = ")
    if len(title) <= _LINE or at < 0:
        return textwrap.fill(title, _LINE)
    return f"{textwrap.fill(title[:at], _LINE)}\n{textwrap.fill(title[at + 1:], _LINE)}"


def no_chart(sentence: str, table: pd.DataFrame) -> Chart:
    """Give a chart that says why there is nothing to draw."""
    figure = new_figure(height=1.2)
    with styled():
        axes = figure.axes[0]
        axes.set_axis_off()
        axes.text(0, 0.5, textwrap.fill(sentence, _LINE), va="center")
    return Chart(figure, sentence, table)


def percent(share: float) -> str:
    """Give a share as people write it.

    Examples
    --------
    >>> percent(0.074), percent(0.004), percent(0.0), percent(float("nan"))
    ('7 %', 'under 1 %', '0 %', 'no value')
    """
    if pd.isna(share):
        return "no value"
    if 0 < share < 0.01:
        return "under 1 %"
    return f"{100 * share:.0f} %"


def percent_tick(share: float, _place: object = None) -> str:
    """Label a tick of an axis of shares with all its digits: rounded, 1.5 % would read 2 %.

    Examples
    --------
    >>> percent_tick(0.2), percent_tick(0.015)
    ('20 %', '1.5 %')
    """
    return f"{round(100 * share, 6):g} %"


def shorten(text: str, most: int = 60) -> str:
    """Cut a text at a word, with an ellipsis, so that an alt text keeps its length.

    Examples
    --------
    >>> shorten("The Marenne Courier and Advertiser", 20)
    'The Marenne Courier…'
    """
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"
