"""From a number to its quotations, and from a quotation to its sentence in the article."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

import pandas as pd

from analysis.errors import some, unknown
from analysis.reading.article import KEY, day
from analysis.reading.marking import around, mark_text, quote_marks
from analysis.reading.rich import Rich, sentence, stack
from analysis.tables import Tables

_NOBODY = "(not named or not known)"


def context(quote: object, text: str, *, paragraphs: int = 0) -> str:
    """Give a quotation marked in its paragraphs, as escaped HTML.

    Parameters
    ----------
    quote
        A row with `spans`, `source_spans`, `cue_spans`, `kind`.
    text
        The article's text.
    paragraphs
        So many paragraphs more before and after.
    """
    spans = [*quote.spans, *quote.source_spans, *quote.cue_spans]
    within = around(text, spans, paragraphs=paragraphs)
    before = "<p>…</p>" if text[: within[0]].strip() else ""
    after = "<p>…</p>" if text[within[1]:].strip() else ""
    body = mark_text(text, quote_marks(quote), within=within)
    return f'<div class="or-context">{before}{body}{after}</div>'


def show_quote(tables: Tables, quote_id: str = "") -> Rich:
    """Show one quotation in colour in its context, with who is meant and how that was found.

    Parameters
    ----------
    tables
        The corpus.
    quote_id
        Which quotation; "" for the first.

    Raises
    ------
    InputError
        If there is no such quotation; the message names the nearest id.
    """
    ids = tables.columns("quotes", ["quote_id"])["quote_id"]
    if ids.empty and not quote_id:
        return sentence("There is no quotation to show.")
    quote = _pick(tables, quote_id or ids.iloc[0], ids)
    article = tables.rows("articles", "article_id", [quote.article_id]).iloc[0]
    named = tables.rows("speakers", "speaker_id", [quote.speaker_id])["name"].tolist()
    about = tables.rows("quote_topics", "quote_id", [quote.quote_id])["topic"]
    known = {
        "Speaker": (named or [_NOBODY])[0], "found by": quote.speaker_basis,
        "kind": quote.kind, "cue": quote.cue, "about": ", ".join(about),
        "confidence": "" if pd.isna(quote.confidence) else f"{quote.confidence:.2f}",
    }
    facts = " · ".join(f"{name}: {value}" for name, value in known.items()
                       if not pd.isna(value) and value != "")
    where = _where(article["outlet"], article["published"], article["title"])
    html = (f'{KEY}<p class="or-facts">{where}<br>{escape(facts)}</p>'
            f"{context(quote, article['text'], paragraphs=1)}")
    return Rich(html, f"{quote.content}\n{facts}")


def _pick(tables: Tables, quote_id: str, known: pd.Series) -> object:
    hits = tables.rows("quotes", "quote_id", [quote_id])
    if hits.empty:
        raise unknown("quotation", quote_id, known)
    return next(hits.itertuples())


def show_quotes_behind(
    tables: Tables, quotes: pd.DataFrame, *, by: str = "speaker", values: Iterable[object] = (),
    within: str = "", parts: Sequence[str] = (), most: int = 5, most_values: int = 30,
) -> Rich:
    """Show, for each bar of a chart or row of a table, the quotations it counts.

    Parameters
    ----------
    tables
        The corpus: gives each quotation its paragraph.
    quotes
        What was counted: quotations with the column `by` (for example `gather_voices(tables)`).
    by
        The column the bars stand for; a column of lists (topics) counts under each of its items.
    values
        Which bars, in their order; default all, the longest first.
    within, parts
        Where sides were compared: the column that tells them apart (`outlet`), and which of its
        values they are. Only their quotations are shown, one side after the other.
    most
        Show at most so many quotations under each (of each side).
    most_values
        Show at most so many bars.

    Returns
    -------
    Rich
        One block to open per bar, each quotation marked in its paragraph.
    """
    for name in filter(None, (by, within)):
        if name not in quotes:
            raise unknown("column", name, quotes.columns, where="the table of quotations")
    counted = _counted(quotes, by, within, parts)
    totals = counted["value"].value_counts(sort=False).to_dict()
    order = list(values) or sorted(totals, key=lambda value: (-totals[value], str(value)))
    shown = [value for value in order if value in totals][:most_values]
    if not shown:
        return sentence("There is no quotation behind these numbers.")
    sides = counted.groupby(["value", "part"], sort=False)
    sizes = sides.size().to_dict()
    first = sides.head(most)
    first = first[first["value"].isin(shown)]
    texts = tables.texts(quotes.iloc[first.index]["article_id"])

    def side(value: object, part: str) -> _Side:
        rows = first.index[(first["value"] == value) & (first["part"] == part)]
        return _Side(part, sizes.get((value, part), 0), quotes.iloc[rows])

    lead = sentence("Open a line to read the quotations it counts." if len(shown) > 1 else
                    "The quotations it counts:")
    named = parts if within else [""]
    blocks = stack(_block(value, [side(value, part) for part in named], texts) for value in shown)
    return stack([lead, Rich(f'<div class="or-behinds">{blocks.html}</div>', blocks.text)])


class _Side(NamedTuple):
    """Of one bar, what one side has: its name ("" for the whole), how much, the first of it."""

    name: str
    size: int
    first: pd.DataFrame


def _counted(
    quotes: pd.DataFrame, by: str, within: str, parts: Sequence[str]
) -> pd.DataFrame:
    """Give what each quotation (its place is the index) counts under: `value`, `part`."""
    values = quotes[by].reset_index(drop=True)
    of_lists = values.dtype == object and any(isinstance(value, list) for value in values)
    values = values.explode() if of_lists else values
    part = quotes[within].reset_index(drop=True).reindex(values.index) if within else ""
    counted = pd.DataFrame({"value": values, "part": part}).dropna()
    return counted[counted["part"].isin(parts)] if within else counted


def _block(value: object, sides: Sequence[_Side], texts: Mapping[str, str]) -> Rich:
    count = " · ".join((f"{side.name}: " if side.name else "") + some(side.size, "quotation")
                       for side in sides)
    body = "".join(_side(side, texts) for side in sides if side.size)
    html = (f'<details class="or-behind"><summary><b>{escape(str(value))}</b> {escape(count)}'
            f"</summary>{body}</details>")
    return Rich(html, f"{value}: {count}")


def _side(side: _Side, texts: Mapping[str, str]) -> str:
    cut = f"The first {len(side.first)} of {side.size:,}" if side.size > len(side.first) else ""
    lead = ", ".join(filter(None, [side.name, cut[:1].lower() + cut[1:] if side.name else cut]))
    items = "".join(_item(quote, texts) for quote in side.first.itertuples())
    return (f'<p class="or-facts">{escape(lead)}:</p>' if lead else "") + f"<ol>{items}</ol>"


def _item(quote: object, texts: Mapping[str, str]) -> str:
    where = _where(getattr(quote, "outlet", None), getattr(quote, "published", None),
                   getattr(quote, "title", None))
    text = texts.get(quote.article_id)
    said = context(quote, text) if text else f"<p>{escape(quote.content)}</p>"
    return f'<li>{said}<p class="or-facts">{where}</p></li>'


def _where(outlet: object, published: object, title: object) -> str:
    parts = [outlet, day(published), title]
    return " · ".join(escape(str(part)) for part in parts if not pd.isna(part) and part != "")
