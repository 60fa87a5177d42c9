"""Rich output: HTML in a notebook and on a report's page, plain text elsewhere.

Everything from an article is untrusted and is escaped where it enters HTML. Colours are
see-through tints, so that they read on light and dark pages, and no meaning hangs on colour
alone: each mark also carries a line style.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

import pandas as pd

_FEW_COLUMNS = 4
_PASSAGE = 40  # characters


@dataclass(frozen=True)
class Rich:
    """Something that shows as HTML in a notebook and as plain text elsewhere."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        """Give the HTML a notebook shows."""
        return style() + self.html

    def __repr__(self) -> str:
        """Give the plain text."""
        return self.text


@cache
def style() -> str:
    """Give the style every rich output carries; an exported page keeps one of them."""
    css = (files("analysis.reading") / "style.css").read_text(encoding="utf-8")
    return f'<style data-on-record="reading">{css}</style>'


def stack(parts: Iterable[Rich]) -> Rich:
    """Put rich outputs one under the other."""
    parts = list(parts)
    return Rich("".join(part.html for part in parts), "\n".join(part.text for part in parts))


def sentence(text: str) -> Rich:
    """Show one sentence, escaped."""
    return Rich(f"<p>{escape(text)}</p>", text)


def show_table(frame: pd.DataFrame, *, caption: str, empty: str = "None.") -> Rich:
    """Show a small frame as an escaped table with a caption; a sentence where it is empty.

    Parameters
    ----------
    frame
        What to show; column names become headings, in plain words.
    caption
        What the table holds.
    empty
        The sentence shown in place of a table without rows.
    """
    if frame.empty:
        return sentence(empty)
    numbers = [pd.api.types.is_numeric_dtype(frame[name]) for name in frame.columns]
    marks = [' class="or-number"' if number else "" for number in numbers]
    head = "".join(f'<th scope="col"{mark}>{escape(_heading(name))}</th>'
                   for name, mark in zip(frame.columns, marks, strict=True))
    labels = [f' data-label="{escape(_heading(name))}"' for name in frame.columns]
    rows = "".join(
        "<tr>" + "".join(f"<td{mark}{label}>{cell(value)}</td>"
                         for value, mark, label in zip(row, marks, labels, strict=True)) + "</tr>"
        for row in frame.itertuples(index=False)
    )
    kind = "or-table or-passages" if _holds_passages(frame) else "or-table"
    return Rich(
        f'<table class="{kind}"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>",
        f"{caption}\n{frame.to_string(index=False)}",
    )


def _holds_passages(frame: pd.DataFrame) -> bool:
    """Whether it is wide with text: on a small screen its rows are put one under the other."""
    texts = (value for row in frame.itertuples(index=False) for value in row
             if isinstance(value, str))
    return len(frame.columns) > _FEW_COLUMNS and any(len(text) > _PASSAGE for text in texts)


def _heading(name: object) -> str:
    """Give a column's name in plain words: `n_articles` counts, and an id stands for its thing."""
    words = str(name).removesuffix("_id").replace("_", " ")
    return words.removeprefix("n ") if words.startswith("n ") else words


def show_files(written: pd.DataFrame) -> Rich:
    """Show what `save_results` wrote, each file linked (links count from the report's folder)."""
    if written.empty:
        return sentence("There was nothing to save.")
    rows = "".join(
        f'<tr><td><a href="{escape(row.file)}">{escape(row.file)}</a></td>'
        f'<td class="or-number">{cell(row.rows)}</td></tr>' for row in written.itertuples()
    )
    return Rich(
        '<table class="or-table"><caption>Files beside this report</caption><thead><tr>'
        '<th scope="col">File</th><th scope="col" class="or-number">Rows</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>",
        written.to_string(index=False),
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
