"""One article to look at: every quotation, source and cue marked in its text."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from analysis.errors import InputError, listed, nearest
from analysis.reading.rich import Rich, show_table
from analysis.tables import Tables

_KEY = (
    '<p class="or-key">Key: <span class="or-content">direct</span> · '
    '<span class="or-content or-mixed">mixed</span> · '
    '<span class="or-content or-indirect">indirect</span> · '
    '<span class="or-source">source</span> · <span class="or-cue">cue</span> · '
    '<span class="or-skipped">left out: not the story</span>. '
    "Numbers are the rows of the table.</p>"
)


def pick_article(tables: Tables, article_id: str = "") -> pd.Series:
    """Give one article: the one named, or the first one if none is.

    Raises
    ------
    InputError
        If there is no such article; the message names the nearest id.
    """
    articles = tables.articles
    if articles.empty:
        raise InputError("There is no article to read: all were rejected. See `rejected`.")
    if not article_id:
        return articles.iloc[0]
    hits = articles[articles["article_id"] == article_id]
    if hits.empty:
        guess = nearest(article_id, articles["article_id"])
        raise InputError(
            f"There is no article '{article_id}' (there are: {listed(articles['article_id'])})."
            + (f" Did you mean '{guess}'?" if guess else "")
        )
    return hits.iloc[0]


def read_article(tables: Tables, article_id: str = "") -> Rich:
    """Show one article with every quotation, source and cue marked and what is no story struck.

    Parameters
    ----------
    tables
        The corpus.
    article_id
        Which article; "" for the first.

    Returns
    -------
    Rich
        HTML in a notebook, plain text elsewhere; numbers are those of `quote_table`.
    """
    article = pick_article(tables, article_id)
    quotes = quotes_of(tables, article["article_id"])
    body = mark_text(article["text"], _marks(quotes, article["skipped"]))
    facts = (article["outlet"], _day(article["published"]))
    head = " · ".join(str(value) for value in facts if not pd.isna(value))
    html = f'<div class="or-text">{_KEY}<p><small>{escape(head)}</small></p>{body}</div>'
    return Rich(html, article["text"])


def quotes_of(tables: Tables, article_id: str) -> pd.DataFrame:
    """Give the quotations of one article in reading order, with the speaker's name."""
    quotes = tables.quotes[tables.quotes["article_id"] == article_id]
    order = quotes["spans"].map(lambda spans: spans[0][0] if spans else -1)
    names = tables.speakers.set_index("speaker_id")["name"]
    return quotes.assign(speaker=quotes["speaker_id"].map(names)).iloc[
        order.argsort(kind="stable")
    ].reset_index(drop=True)


def _day(moment: object) -> object:
    return moment if pd.isna(moment) else f"{moment:%-d %B %Y}"


def _marks(
    quotes: pd.DataFrame, skipped: Sequence[Sequence[object]]
) -> list[tuple[int, int, str, str]]:
    """(start, end, class, number) of each span to mark."""
    marks = [(start, end, "or-skipped", "") for start, end, _reason in skipped]
    for number, quote in enumerate(quotes.itertuples(), 1):
        kind = "" if quote.kind == "direct" else f" or-{quote.kind}"
        last = len(quote.spans) - 1
        marks += [(start, end, f"or-content{kind}", str(number) if i == last else "")
                  for i, (start, end) in enumerate(quote.spans)]
        marks += [(start, end, "or-source", "") for start, end in quote.source_spans]
        marks += [(start, end, "or-cue", "") for start, end in quote.cue_spans]
    return marks


def mark_text(text: str, marks: Sequence[tuple[int, int, str, str]]) -> str:
    """Give a text as escaped HTML paragraphs with (possibly nested) spans marked.

    The text is cut at every span's border, and each piece carries the classes of all spans
    over it: spans may so overlap in any way.
    """
    cuts = {0, len(text)} | {cut for start, end, _, _ in marks for cut in (start, end)}
    breaks = [i for i, char in enumerate(text) if char == "\n"]
    borders = sorted(cuts | set(breaks) | {i + 1 for i in breaks})
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    notes: dict[int, list[str]] = {}
    for start, end, names, note in marks:
        opening.setdefault(start, []).append(names)
        closing.setdefault(end, []).append(names)
        if note:
            notes.setdefault(end, []).append(note)
    active: list[str] = []
    pieces = []
    for start, end in zip(borders, borders[1:], strict=False):
        for names in closing.get(start, []):
            active.remove(names)
        active += opening.get(start, [])
        pieces.append(_piece(text[start:end], active) + _notes(notes.get(end, [])))
    paragraphs = [part for part in "".join(pieces).split("\n") if part.strip()]
    return "".join(f"<p>{part}</p>" for part in paragraphs)


def _piece(text: str, active: Sequence[str]) -> str:
    if not active or not text.strip():
        return escape(text)
    names = " ".join(dict.fromkeys(" ".join(active).split()))
    return f'<span class="{names}">{escape(text)}</span>'


def _notes(numbers: Sequence[str]) -> str:
    return "".join(f'<sup><a href="#quote-{number}">{number}</a></sup>' for number in numbers)


def skipped_lines(tables: Tables, article_id: str = "") -> Rich:
    """Show the lines of one article that are not the story, each with the reason."""
    article = pick_article(tables, article_id)
    rows = [(reason, article["text"][start:end].strip()) for start, end, reason
            in article["skipped"]]
    return show_table(
        pd.DataFrame(rows, columns=["Reason", "Line"]), caption="Lines that are not the story",
        empty="Every line of this article is part of the story.",
    )
