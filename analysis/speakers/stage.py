"""The stage itself: frames in, new frames out."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.speakers import local
from analysis.speakers.merge import Merged, merge_speakers
from analysis.speakers.resolve import Told, read_article
from analysis.speakers.story import Said
from analysis.tables import check, conform

__all__ = ["Merged", "Resolved", "merge_speakers", "resolve_in_articles", "resolve_speakers"]

_MARKS = "“”\"‘’'«»„"


class Resolved(NamedTuple):
    """Quotes and mentions with their `speaker_id`, and the speakers."""

    quotes: pd.DataFrame
    mentions: pd.DataFrame
    speakers: pd.DataFrame


def resolve_speakers(
    quotes: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame,
    *, aliases: str | Path | pd.DataFrame | None = None,
) -> Resolved:
    """Find who is meant by every source, within the articles and across them.

    Parameters
    ----------
    quotes : needs quote_id, article_id, spans, source_spans.
    mentions : needs article_id, start, end, label.
    articles : needs article_id, text; uses authors and outlet where present.
    aliases : a list of the user's own, path or frame: alias, name[, kind, gender, role,
        role_class, outlet]; it wins over everything the stage finds out.

    Returns
    -------
    quotes with speaker_id, speaker_basis and anonymity_reason; mentions with speaker_id; speakers.

    Raises
    ------
    InputError
        If a column is missing or the alias list has an error.
    """
    found = resolve_in_articles(quotes, mentions, articles)
    merged = merge_speakers(found.speakers, aliases=aliases)
    return apply_merge(found, merged)


def apply_merge(found: Resolved, merged: Merged) -> Resolved:
    """Put the corpus-wide ids in place of the local ones."""
    to = merged.mapping.set_index("local_id")["speaker_id"].to_dict()
    listed = set(merged.mapping.loc[merged.mapping["reason"] == "alias list", "local_id"])
    quotes = found.quotes.copy()
    by_list = quotes["speaker_id"].isin(listed)
    quotes.loc[by_list, "speaker_basis"] = "alias"
    quotes["speaker_id"] = quotes["speaker_id"].map(to)
    mentions = found.mentions.assign(speaker_id=found.mentions["speaker_id"].map(to))
    return Resolved(conform(quotes, "quotes"), conform(mentions, "mentions"), merged.speakers)


def resolve_in_articles(
    quotes: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame,
) -> Resolved:
    """Find who is meant within each article; ids are local: `article_id#n`.

    The speakers table has one more column, `outlet`, which `merge_speakers` uses for aliases
    that hold for one outlet only.

    Raises
    ------
    InputError
        If a column is missing.
    """
    check(quotes, "quotes", needs=["quote_id", "article_id", "spans", "source_spans"])
    check(mentions, "mentions", needs=["article_id", "start", "end", "label"])
    check(articles, "articles", needs=["article_id", "text"])
    quotes, mentions = conform(quotes, "quotes"), conform(mentions, "mentions")
    values: dict[int, tuple] = {}
    people: dict[int, str] = {}
    speakers: list[dict] = []
    for one in read_articles(quotes, mentions, articles):
        made, ids = local.speaker_rows(one.told, one.article["article_id"])
        speakers += [{**row, "outlet": one.article["outlet"]} for row in made]
        values.update(local.quote_values(one.told, one.said, ids))
        people.update(local.mention_ids(one.told, one.spans, ids))
    return Resolved(_fill_quotes(quotes, values), _fill_mentions(mentions, people),
                    _speakers_frame(speakers))


class Read(NamedTuple):
    """An article read: its row, its quotations, and (row, start, end) of its mentions."""

    article: dict
    told: Told
    said: list[Said]
    spans: list[tuple[int, int, int]]


def read_articles(
    quotes: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame,
) -> Iterator[Read]:
    """Read one article after the other: every mention's entity, every quotation's speaker."""
    quote_rows = quotes.groupby("article_id", sort=False).indices
    mention_rows = mentions.groupby("article_id", sort=False).indices
    spans = list(zip(mentions["start"].tolist(), mentions["end"].tolist(),
                     mentions["label"].tolist(), strict=True))
    said_spans = quotes["spans"].tolist(), quotes["source_spans"].tolist(), \
        quotes["cue_spans"].tolist()
    for article in _article_rows(articles):
        said = [_said(row, said_spans, article["text"]) for row in
                sorted(quote_rows.get(article["article_id"], ()),
                       key=lambda row: said_spans[0][row])]
        rows = mention_rows.get(article["article_id"], ())
        labels: dict[str, list[tuple[int, int]]] = {}
        for row in rows:
            labels.setdefault(spans[row][2], []).append(spans[row][:2])
        told = read_article(article["text"], said, labels, article["authors"],
                            article["outlet"] if isinstance(article["outlet"], str) else "")
        yield Read(article, told, said, [(row, *spans[row][:2]) for row in rows])


def _article_rows(articles: pd.DataFrame) -> list[dict]:
    texts = articles["text"].fillna("").tolist()
    authors = articles["authors"].tolist() if "authors" in articles else [[]] * len(articles)
    outlets = articles["outlet"].tolist() if "outlet" in articles else [None] * len(articles)
    return [
        {"article_id": one, "text": text,
         "authors": list(names) if isinstance(names, list | tuple) else [], "outlet": outlet}
        for one, text, names, outlet in
        zip(articles["article_id"].tolist(), texts, authors, outlets, strict=True)
    ]


def _said(row: int, columns: tuple[list, list, list], text: str) -> Said:
    spans, source, cue = (column[row] for column in columns)
    first = spans[0][0] if spans else 0
    direct = bool(set(text[max(0, first - 1):first + 1]) & set(_MARKS))
    return Said(row, spans or [[0, 0]], source, cue, direct, source[0][0] if source else -1)


def _fill_quotes(quotes: pd.DataFrame, values: dict[int, tuple]) -> pd.DataFrame:
    none = (None, "unresolved", None)
    filled = [values.get(row, none) for row in range(len(quotes))]
    return quotes.assign(
        speaker_id=pd.Series([one[0] for one in filled], dtype="str"),
        speaker_basis=pd.Series([one[1] for one in filled], dtype="str"),
        anonymity_reason=pd.Series([one[2] for one in filled], dtype="str"))


def _fill_mentions(mentions: pd.DataFrame, people: dict[int, str]) -> pd.DataFrame:
    ids = pd.Series([people.get(row) for row in range(len(mentions))], dtype="str")
    return mentions.assign(speaker_id=ids)


def _speakers_frame(rows: list[dict]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    outlets = [row["outlet"] for row in rows]
    return conform(frame, "speakers").assign(outlet=pd.Series(outlets, dtype="str"))
