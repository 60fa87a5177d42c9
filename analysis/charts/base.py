"""A chart: the figure, what it says in words, and the table of what it draws.

The alt text is computed from the same table as the drawing, travels in the output's metadata and
in the PNG's own description, and so reaches an exported page and a screen reader.
"""

import io
import textwrap
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# Okabe and Ito (2008): told apart with every common colour vision; order by contrast on white.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
MUTED = "#8a929d"
HATCHES = ("", "///", "...", "xxx", "\\\\\\", "ooo", "---")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
STYLE = {
    "font.size": 11, "axes.titlesize": 13, "axes.titleweight": "bold", "axes.titlelocation": "left",
    "axes.spines.top": False, "axes.spines.right": False, "axes.labelsize": 11,
    "figure.dpi": 110, "savefig.dpi": 110, "figure.facecolor": "white", "axes.axisbelow": True,
    "font.family": ["DejaVu Sans"], "svg.fonttype": "none", "legend.frameon": False,
    "axes.formatter.use_mathtext": False, "text.parse_math": False,
}
_WIDTH = 7.2  # inches: readable when a phone shows it 360 pixels wide


@dataclass(frozen=True)
class Chart:
    """A figure, its alt text, and the small table it draws.

    Shows as a picture with alt text in a notebook; `save` writes picture and table.
    """

    figure: Figure
    alt: str
    table: pd.DataFrame

    def png(self) -> bytes:
        """Give the picture, its description inside."""
        stream = io.BytesIO()
        with mpl.rc_context(STYLE):
            self.figure.savefig(stream, format="png", metadata={"Description": self.alt},
                                bbox_inches="tight")
        return stream.getvalue()

    def save(self, folder: str | Path, name: str) -> Path:
        """Write `name.png` into a folder and give its path."""
        path = Path(folder) / f"{name}.png"
        path.write_bytes(self.png())
        return path

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict, dict]:
        """Give the picture with its alt text in the metadata."""
        del include, exclude
        return {"image/png": self.png(), "text/plain": self.alt}, {"image/png": {"alt": self.alt}}


def new_figure(*, rows: int = 1, height: float = 0.0) -> Figure:
    """Give an empty figure in the house style.

    Parameters
    ----------
    rows
        How many bars or lines of text it must hold; sets the height if none is given.
    height
        Height in inches.
    """
    with mpl.rc_context(STYLE):
        size = (_WIDTH, height or 1.5 + 0.38 * max(rows, 2))
        figure = Figure(figsize=size, layout="constrained")
        figure.add_subplot()
    return figure


def set_title(axes: Axes, title: str, *, note: str = "") -> None:
    """Put a bold title over the whole figure, from its left edge, and a grey note under it."""
    axes.figure.suptitle(textwrap.fill(title, 68), x=0.01, ha="left", fontweight="bold",
                         fontsize=13)
    if note:
        axes.set_title(textwrap.fill(note, 82), loc="left", fontsize=10, fontweight="normal",
                       color="#4b5563")


def no_chart(sentence: str, table: pd.DataFrame) -> Chart:
    """Give a chart that says why there is nothing to draw."""
    figure = new_figure(height=1.2)
    axes = figure.axes[0]
    axes.set_axis_off()
    axes.text(0, 0.5, sentence, va="center", wrap=True)
    return Chart(figure, sentence, table)
