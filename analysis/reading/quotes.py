"""Quotations to look at: one in its context, and many as a table to search and sort."""

import re
from collections.abc import Mapping
from html import escape

import pandas as pd

from analysis.reading.context import context
from analysis.reading.rich import Rich, cell, sentence
from analysis.tables import Tables

_SHOWN = {"speaker": "Speaker", "content": "What is said", "kind": "Kind", "cue": "Cue",
          "outlet": "Outlet", "published": "Date", "article_id": "Article"}


def quote_table(
    quotes: pd.DataFrame, *, tables: Tables | None = None, most: int = 200,
    caption: str = "Quotations", full: str = "",
) -> Rich:
    """Show quotations as a table that can be searched and sorted in the exported page.

    Parameters
    ----------
    quotes
        One row per quotation; shows those of `speaker`, `content`, `kind`, `cue`, `outlet`,
        `published`, `article_id` it has.
    tables
        The corpus; if given, each quotation opens into its paragraph of the article.
    most
        Show at most so many rows; the caption says how many there are in all.
    caption
        What they are.
    full
        Path of the CSV with all of them, from the report's folder; linked where rows are cut.
    """
    if quotes.empty:
        return sentence("There is no quotation to show.")
    shown = quotes.head(most)
    columns = _columns(quotes, shown)
    total = f"{len(quotes):,}" if len(quotes) <= most else f"{most:,} of {len(quotes):,}"
    head = "".join(f'<th scope="col">{_SHOWN[name]}</th>' for name in columns)
    texts = {} if tables is None else tables.texts(shown["article_id"])
    rows = "".join(_row(row, number, columns, texts)
                   for number, row in enumerate(shown.itertuples(), 1))
    rest = ""
    if full and len(quotes) > most:
        rest = f'<p>All {len(quotes):,}: <a href="{escape(full)}">{escape(full)}</a></p>'
    html = (
        f'<table class="or-quotes"><caption>{escape(caption)} ({total})</caption><thead><tr>'
        f'<th scope="col" class="or-number">No.</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{rest}"
    )
    return Rich(html, shown[columns].to_string())


def _columns(quotes: pd.DataFrame, shown: pd.DataFrame) -> list[str]:
    """Give the columns worth showing: not all missing, and no article that is always the same."""
    return [name for name in _SHOWN if name in quotes and shown[name].notna().any()
            and not (name == "article_id" and len(quotes[name].unique()) == 1)]


def _row(row: object, number: int, columns: list[str], texts: Mapping[str, str]) -> str:
    identity = getattr(row, "quote_id", None)
    place = f' id="quote-{escape(identity)}"' if isinstance(identity, str) else ""
    cells = "".join(
        f'<td class="or-said" data-label="{_SHOWN[name]}">{_said(row, texts)}</td>'
        if name == "content" else
        f'<td data-label="{_SHOWN[name]}">{cell(getattr(row, name))}</td>' for name in columns
    )
    return f'<tr{place}><th scope="row" class="or-number">{number}</th>{cells}</tr>'


def _said(row: object, texts: Mapping[str, str]) -> str:
    """Give what is said; where the article is known, it opens into its paragraph."""
    text = texts.get(getattr(row, "article_id", ""))
    if not text:
        return cell(row.content)
    return (f"<details><summary>{cell(_words(row, text))}</summary>"
            f"{context(row, text)}</details>")


def _words(row: object, text: str) -> str:
    """Give the quoted words, an ellipsis where the article puts its own words between."""
    words, before = "", None
    for start, end in row.spans:
        if before is not None:
            words += " … " if re.search(r"\w", text[before:start]) else " "
        words, before = words + text[start:end], end
    return words or row.content
