"""Rich output: HTML in a notebook and on a report's page, plain text elsewhere.

Everything from an article is untrusted and is escaped where it enters HTML. Colours are
see-through tints, so that they read on light and dark pages, and no meaning hangs on colour
alone: each mark also carries a line style.
"""

from dataclasses import dataclass
from html import escape

import pandas as pd

_STYLE = """<style>
.or-text { max-width: 46rem; line-height: 1.75; overflow-wrap: anywhere; }
.or-text p { margin: 0 0 .8rem; }
.or-text .or-content { background: rgba(250, 190, 40, .28); border-bottom: 2px solid #b07d00; }
.or-text .or-mixed { border-bottom-style: dashed; }
.or-text .or-indirect { background: rgba(60, 170, 120, .22); border-bottom: 2px dotted #2c8a5f; }
.or-text .or-source { font-weight: 700; text-decoration: underline; }
.or-text .or-cue { font-style: italic; text-decoration: underline dotted; }
.or-text .or-skipped { opacity: .75; text-decoration: line-through; }
.or-text sup { font-size: .7em; }
.or-quotes td { max-width: 34rem; overflow-wrap: anywhere; }
</style>"""


@dataclass(frozen=True)
class Rich:
    """Something that shows as HTML in a notebook and as plain text elsewhere."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        """Give the HTML a notebook shows."""
        return _STYLE + self.html

    def __repr__(self) -> str:
        """Give the plain text."""
        return self.text


def show_table(frame: pd.DataFrame, *, caption: str, empty: str = "None.") -> Rich:
    """Show a small frame as an escaped table with a caption; a sentence where it is empty.

    Parameters
    ----------
    frame
        What to show; column names become headings.
    caption
        What the table holds.
    empty
        The sentence shown in place of a table without rows.
    """
    if frame.empty:
        return Rich(f"<p>{escape(empty)}</p>", empty)
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in frame.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell(value)}</td>" for value in row) + "</tr>"
        for row in frame.itertuples(index=False)
    )
    return Rich(
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>",
        f"{caption}\n{frame.to_string(index=False)}",
    )


def cell(value: object) -> str:
    """Give one value as escaped text; a dash where it is missing."""
    if value is None or (not isinstance(value, list) and pd.isna(value)):
        return "–"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:.2f}"
    return escape(", ".join(map(str, value)) if isinstance(value, list) else str(value))
