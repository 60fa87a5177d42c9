"""One article to look at: every quotation, source and cue marked in its text."""

from html import escape

import pandas as pd

from analysis.errors import InputError, listed, nearest
from analysis.reading.marking import Mark, mark_text, quote_marks
from analysis.reading.rich import Rich, show_table
from analysis.tables import Tables

KEY = (
    '<p class="or-key">Key: <span class="or-content">direct</span> · '
    '<span class="or-content or-mixed">mixed</span> · '
    '<span class="or-content or-indirect">indirect</span> · '
    '<span class="or-source">source</span> · <span class="or-cue">cue</span> · '
    "struck through: not the story, left out. Numbers lead to the rows of the table.</p>"
)


def pick_article(tables: Tables, article_id: str = "") -> pd.Series | None:
    """Give one article: the one named, or the first one if none is; None if there is none.

    Raises
    ------
    InputError
        If there is no such article; the message names the nearest id.
    """
    known = tables.columns("articles", ["article_id"])["article_id"]
    if known.empty:
        return None
    hits = tables.rows("articles", "article_id", [article_id or known.iloc[0]])
    if hits.empty:
        guess = nearest(article_id, known)
        raise InputError(
            f"There is no article '{article_id}' (there are: {listed(known)})."
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

    Raises
    ------
    InputError
        If there is no such article.
    """
    article = pick_article(tables, article_id)
    if article is None:
        return Rich("<p>There is no article to read: none was used.</p>", "No article to read.")
    quotes = quotes_of(tables, article["article_id"])
    marks = [Mark(start, end, "or-skipped") for start, end, _reason in article["skipped"]]
    for number, quote in enumerate(quotes.itertuples(), 1):
        marks += quote_marks(quote, number=str(number))
    title = "" if pd.isna(article["title"]) else escape(article["title"])
    headline = f'<p class="or-headline">{title}</p>' if title else ""
    html = (f'{KEY}<article class="or-text">{headline}<p class="or-facts">{facts(article)}</p>'
            f"{mark_text(article['text'], marks)}</article>")
    return Rich(html, article["text"])


def facts(article: object) -> str:
    """Say in escaped HTML whose article it is: outlet, day, authors."""
    authors = article["authors"] if isinstance(article["authors"], list) else []
    parts = [article["outlet"], day(article["published"]), ", ".join(map(str, authors))]
    return " · ".join(escape(str(part)) for part in parts if part and not pd.isna(part))


def day(moment: object) -> object:
    """Give a moment as "3 March 2026"; missing stays missing."""
    return moment if pd.isna(moment) else f"{moment.day} {moment:%B %Y}"


def quotes_of(tables: Tables, article_id: str = "") -> pd.DataFrame:
    """Give the quotations of one article (default: the first) in reading order, with the speaker.

    Returns
    -------
    pandas.DataFrame
        The columns of `quotes`, and `speaker`: the speaker's name, missing where unknown.
    """
    article = pick_article(tables, article_id)
    identity = "" if article is None else article["article_id"]
    quotes = tables.rows("quotes", "article_id", [identity])
    order = quotes["spans"].map(lambda spans: spans[0][0] if spans else -1).astype("int64")
    names = tables.columns("speakers", ["speaker_id", "name"]).set_index("speaker_id")["name"]
    named = quotes.assign(speaker=quotes["speaker_id"].map(names).astype("str"))
    return named.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def skipped_lines(tables: Tables, article_id: str = "") -> Rich:
    """Show the lines of one article that are not the story, each with the reason."""
    article = pick_article(tables, article_id)
    rows = [] if article is None else [
        (reason, article["text"][start:end].strip()) for start, end, reason in article["skipped"]
    ]
    return show_table(
        pd.DataFrame(rows, columns=["Reason", "Line"]), caption="Lines that are not the story",
        empty="Every line of this article is part of the story.",
    )
