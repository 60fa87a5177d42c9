"""One article at a time: what was annotated, what was found, and which answers which."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from analysis.accuracy.match import Matching, match
from analysis.accuracy.records import Gold, GoldArticle, GoldQuote
from analysis.accuracy.spans import Spans, alphanumeric, kind_of, marked, normalise, quoted
from analysis.errors import InputError, listed
from analysis.lexicons import load_lexicon
from analysis.tables import Tables, check

NEEDED = ("quote_id", "article_id", "spans", "cue_spans", "source_spans", "kind", "parent_quote_id")


@dataclass(frozen=True)
class Attribution:
    """One quotation, annotated or found, trimmed for comparison.

    `row` is its position in the gold article's quotes, or in the table of found quotations;
    `letters` are the positions of the source's letters and digits.
    """

    content: Spans
    cue: Spans
    source: Spans
    kind: str
    letters: frozenset[int]
    row: int
    is_statement: bool = False


@dataclass(frozen=True)
class Compared:
    """One article's annotated and found quotations with their matching."""

    article_id: str
    outlet: str
    text: str
    in_tables: bool
    gold: tuple[Attribution, ...]
    found: tuple[Attribution, ...]
    pairs: Matching
    skipped: np.ndarray
    n_nested: int
    n_empty: int
    n_skipped: int

    def same_source(self, one: int, other: int) -> bool:
        """Say whether the sources share a letter, or both are absent."""
        return _same_source(self.gold[one], self.found[other])


def compare_articles(tables: Tables, gold: Gold) -> list[Compared]:
    """Match the found with the annotated quotations of every article of the gold.

    Articles that the tables hold and the gold does not are left out; annotated articles that
    the tables lack count as articles in which nothing was found.

    Raises
    ------
    InputError
        If tables and gold have no article in common (unless the tables hold none at all: then
        everything was missed), their texts differ, or an offset lies outside its text.
    """
    check(tables.quotes, "quotes", needs=NEEDED)
    articles = check(tables.articles, "articles", needs=("article_id", "text", "outlet"))
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    outlets = dict(zip(articles["article_id"], articles["outlet"], strict=True))
    _check_texts(gold, texts)
    found = _by_article(tables.quotes, {article.article_id for article in gold.articles})
    return [
        _compare(
            article, _text(article, texts), found.get(article.article_id, []),
            outlet=_outlet(article, outlets), carries=gold.carries,
            in_tables=article.article_id in texts,
        )
        for article in gold.articles
    ]


def _check_texts(gold: Gold, texts: Mapping[str, str]) -> None:
    names = [article.article_id for article in gold.articles]
    if texts and not any(name in texts for name in names):
        raise InputError(
            f"The tables hold no article of {gold.path} (gold: {listed(names, most=3)}; tables: "
            f"{listed(texts, most=3)}). Extract the gold's own texts, or give another gold."
        )
    differ = [article.article_id for article in gold.articles
              if article.text is not None and texts.get(article.article_id, article.text)
              != article.text]
    if differ:
        raise InputError(
            f"{gold.path}: the text of {len(differ)} article(s) is not the tables' text "
            f"({listed(differ, most=3)}), so offsets cannot agree. Extract without repair, "
            "from the gold's own texts."
        )


def _by_article(quotes: pd.DataFrame, wanted: Iterable[str]) -> dict[str, list[tuple]]:
    taken = quotes.reset_index(drop=True)
    taken = taken[taken["article_id"].isin(list(wanted))]
    rows: dict[str, list[tuple]] = {}
    for row in taken[list(NEEDED)].itertuples():
        rows.setdefault(row.article_id, []).append(row)
    return rows


def _text(article: GoldArticle, texts: Mapping[str, str]) -> str:
    if article.text is not None:
        return article.text
    # The gold brings no texts and the tables rejected this one: its quotations count as
    # missed, and any letters of the right length will do to count them.
    ends = [end for quote in article.quotes for spans in (quote.content, quote.cue, quote.source)
            for _, end in spans]
    ends += [end for _, end in article.skipped]
    return texts.get(article.article_id, "x" * max(ends, default=0))


def _outlet(article: GoldArticle, outlets: Mapping[str, object]) -> str:
    known = outlets.get(article.article_id)
    return known if isinstance(known, str) and known else article.outlet or "unknown"


def _compare(
    article: GoldArticle, text: str, rows: list[tuple], *, outlet: str,
    carries: frozenset[str], in_tables: bool,
) -> Compared:
    reader = _Reader(article.article_id, text, alphanumeric(text), quoted(text))
    gold = [item for row, quote in enumerate(article.quotes)
            if (item := reader.gold(row, quote)).content]
    outer = [row for row in rows
             if "nested" not in carries or not isinstance(row.parent_quote_id, str)]
    stated = "kind" in carries
    every = [item for row in outer if (item := reader.found(row, stated=stated)).content]
    skipped = marked(len(text), article.skipped)
    found = [item for item in every if not _is_skipped(item, skipped & reader.letters, reader)]
    pairs = match(
        [item.content for item in gold], [item.content for item in found],
        prefer=lambda one, other: _same_source(gold[one], found[other]),
    )
    return Compared(
        article.article_id, outlet, text, in_tables, tuple(gold), tuple(found), pairs, skipped,
        n_nested=len(rows) - len(outer), n_empty=len(outer) - len(every),
        n_skipped=len(every) - len(found),
    )


@dataclass(frozen=True)
class _Reader:
    """Trims the quotations of one article; holds what is computed once per text."""

    article_id: str
    text: str
    letters: np.ndarray
    inside: np.ndarray

    def gold(self, row: int, quote: GoldQuote) -> Attribution:
        cue = " ".join(self.text[start:end] for start, end in sorted(quote.cue))
        return self._read(
            row, quote.content, quote.cue, quote.source, quote.kind, has_cue=is_statement(cue)
        )

    def found(self, row: tuple, *, stated: bool) -> Attribution:
        kind = row.kind if stated and isinstance(row.kind, str) else None
        return self._read(row.Index, row.spans, row.cue_spans, row.source_spans, kind)

    def _read(  # noqa: PLR0913, PLR0917
        self, row: int, content: Spans, cue: Spans, source: Spans, kind: str | None,
        *, has_cue: bool = False,
    ) -> Attribution:
        try:
            content, cue, source = (normalise(self.text, each) for each in (content, cue, source))
        except ValueError as error:
            raise InputError(
                f"Article {self.article_id}: {error}. Gold and tables must be made from the "
                "same text, offsets in characters."
            ) from error
        marks = kind_of(content, letters=self.letters, inside=self.inside)
        letters = frozenset(i for start, end in source for i in range(start, end)
                            if self.letters[i])
        return Attribution(content, cue, source, kind or marks, letters, row, has_cue)


def _is_skipped(item: Attribution, skipped_letters: np.ndarray, reader: _Reader) -> bool:
    """Say whether half of the quotation's letters stand in text that is not the story."""
    taken = marked(len(reader.text), item.content)
    n_letters = int((taken & reader.letters).sum())
    return bool(n_letters) and 2 * int((taken & skipped_letters).sum()) >= n_letters


def _same_source(gold: Attribution, found: Attribution) -> bool:
    return bool(gold.letters & found.letters) if gold.letters else not found.letters


def is_statement(cue: str) -> bool:
    """Say whether a cue holds a verb of speech or "according to".

    Examples
    --------
    >>> is_statement("has been telling"), is_statement("hopes")
    (True, False)
    """
    words = re.findall(r"[a-z]+", cue.lower())
    return not _speech_forms().isdisjoint(words) or "according to" in " ".join(words)


@cache
def _speech_forms() -> frozenset[str]:
    return frozenset(_all_forms())


def _all_forms() -> Iterator[str]:
    for row in load_lexicon("scored_verbs"):
        yield row["verb"]
        yield from row["forms"].split(";")
