"""A quotation in its text, as HTML; and what a correction does, in words."""

from collections.abc import Mapping
from html import escape

import pandas as pd

from analysis.tables import Tables

_AROUND = 350
_WORDS = {
    "accept": "right", "reject": "no quotation", "merge": "same person",
    "split": "someone else in this article", "add": "a missed quotation",
}


def describe(do: str, what: Mapping[str, object]) -> str:
    """Say in words what a correction does."""
    if do == "speaker":
        return f"said by {what.get('speaker') or 'nobody'}"
    if do == "topic":
        return f"about {', '.join(what.get('topics') or ()) or 'no topic'}"
    return _WORDS.get(do, do)


def in_context(tables: Tables, row: pd.Series) -> str:
    """Give the text around a quotation: words marked, source bold, cue italic."""
    article = tables.rows("articles", "article_id", [row["article_id"]]).iloc[0]
    text = article["text"]
    marks = sorted(
        (start, end, tag) for tag, column in (("mark", "spans"), ("b", "source_spans"),
                                              ("i", "cue_spans"))
        for start, end in row[column])
    low = max(min(start for start, _, _ in marks) - _AROUND, 0)
    high = min(max(end for _, end, _ in marks) + _AROUND, len(text))
    pieces, at = [], low
    for start, end, tag in marks:
        if start < at:
            continue
        pieces += [escape(text[at:start]), f"<{tag}>{escape(text[start:end])}</{tag}>"]
        at = end
    body = "".join([*pieces, escape(text[at:high])]).replace("\n\n", "<br><br>")
    where = " · ".join(str(value) for value in (article["outlet"], article["title"],
                                                 article["article_id"]) if pd.notna(value))
    return (f'<p style="color:#4b5563">{escape(where)}</p>'
            f'<p style="max-width:48em;line-height:1.5">{"… " if low else ""}{body}'
            f'{" …" if high < len(text) else ""}</p>')
