"""Quotations as a table that can be searched and sorted in the exported page."""

from html import escape

import pandas as pd

from analysis.reading.rich import Rich, cell

_SHOWN = {"speaker": "Speaker", "content": "What is said", "kind": "Kind", "cue": "Cue",
          "outlet": "Outlet", "published": "Date", "article_id": "Article"}


def quote_table(quotes: pd.DataFrame, *, most: int = 200, caption: str = "Quotations") -> Rich:
    """Show quotations as a table that can be searched and sorted in the exported page.

    Parameters
    ----------
    quotes
        One row per quotation; shows those of `speaker`, `content`, `kind`, `cue`, `outlet`,
        `published`, `article_id` it has.
    most
        Show at most so many rows; the caption says how many there are in all.
    caption
        What they are.
    """
    columns = [name for name in _SHOWN if name in quotes]
    shown = quotes.head(most)
    total = f"{len(quotes):,}" if len(quotes) <= most else f"{most:,} of {len(quotes):,}"
    head = "".join(f'<th scope="col">{_SHOWN[name]}</th>' for name in columns)
    rows = "".join(
        f'<tr id="quote-{number}"><th scope="row">{number}</th>'
        + "".join(f"<td>{cell(getattr(row, name))}</td>" for name in columns) + "</tr>"
        for number, row in enumerate(shown.itertuples(), 1)
    )
    html = (
        f'<table class="or-quotes"><caption>{escape(caption)} ({total})</caption>'
        f'<thead><tr><th scope="col">No.</th>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )
    return Rich(html, shown[columns].to_string())
