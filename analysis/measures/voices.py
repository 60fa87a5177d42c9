"""One row per quotation with all a measure needs to know of it: the voices."""

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from analysis.errors import InputError, listed
from analysis.measures.protagonists import find_protagonists
from analysis.tables import Tables, columns_of, flat_spans

_ARTICLE = ["article_id", "outlet", "title", "published", "section", "copy_of", "copy_kind"]
_SPEAKER = {
    "name": "speaker", "kind": "speaker_kind", "role": "role", "role_class": "role_class",
    "affiliation": "affiliation", "gender": "gender", "gender_basis": "gender_basis",
}
_NAMINGS = {
    "person": "named person", "organization": "organisation", "group": "group",
    "unnamed_person": "unnamed person", "document": "document", "author": "the author",
}


def gather_voices(tables: Tables) -> pd.DataFrame:
    """Join each quotation with its article, its speaker and its topics.

    Parameters
    ----------
    tables
        The corpus.

    Returns
    -------
    pandas.DataFrame
        The columns of `quotes`, and: `outlet`, `title`, `published`, `section`, `copy_of`,
        `copy_kind`; `position` (0 at the article's start, 1 at its end); `speaker` (name),
        `speaker_kind`, `role`, `role_class`, `affiliation`, `gender`, `gender_basis`; `naming`
        (named person, organisation, group, unnamed person, document, the author, other, not
        resolved, nobody named); `protagonist` (whether the article is about the speaker);
        `topics` (list). A quotation whose speaker is unknown keeps its row, `speaker` missing.
    """
    speakers = tables.columns("speakers", ["speaker_id", *_SPEAKER]).rename(columns=_SPEAKER)
    voices = (
        tables.columns("quotes", [column.name for column in columns_of("quotes")])
        .merge(tables.columns("articles", _ARTICLE), on="article_id", how="left",
               validate="many_to_one")
        .merge(speakers, on="speaker_id", how="left", validate="many_to_one")
    )
    pairs = pd.MultiIndex.from_frame(voices[["article_id", "speaker_id"]])
    voices = voices.assign(
        position=_position(tables, voices),
        naming=_naming(voices),
        protagonist=pairs.isin(find_protagonists(tables)) & voices["speaker_id"].notna(),
        topics=_topics(tables, voices["quote_id"]),
    )
    # An outlet whose articles quote nobody is none the less one that can be asked for.
    voices.attrs["outlet"] = sorted(
        tables.columns("articles", ["outlet"])["outlet"].dropna().unique())
    return voices


def _position(tables: Tables, voices: pd.DataFrame) -> pd.Series:
    """Give where in its article each quotation starts: 0 at the top, 1 at the end."""
    lengths = pd.concat(part.set_index("article_id")["text"].str.len()
                        for part in tables.parts("articles", ["article_id", "text"]))
    starts = flat_spans(voices["spans"]).drop_duplicates("row")
    first = np.zeros(len(voices))
    first[starts["row"]] = starts["first"]
    ends = voices["article_id"].map(lengths).astype("float64").clip(lower=1)
    return first / ends


def _topics(tables: Tables, quote_ids: pd.Series) -> list[list[str]]:
    """Give the topics of each quotation as a list."""
    filed = tables.columns("quote_topics", ["quote_id", "topic"])
    rows = pd.Index(quote_ids).get_indexer(filed["quote_id"])
    found: dict[int, tuple[str, ...]] = {}
    for row, topic in zip(rows.tolist(), filed["topic"], strict=True):
        found[row] = (*found.get(row, ()), topic)
    # One list per combination of topics, not a million lists.
    lists = {topics: list(topics) for topics in {(), *found.values()}}
    return [lists[found.get(row, ())] for row in range(len(quote_ids))]


def _naming(voices: pd.DataFrame) -> pd.Series:
    """Say how the source is named; "officials said" is a group, "a source said" nobody's name."""
    known = voices["speaker_kind"].map(_NAMINGS)
    known = known.mask(known.isna() & voices["speaker_id"].notna(), "other")
    known = known.mask(known.isna() & voices["source"].notna(), "not resolved")
    return known.fillna("nobody named").astype("str")


def select_voices(
    voices: pd.DataFrame, *, outlets: Sequence[str] = (), start_date: str = "", end_date: str = "",
    kinds: Sequence[str] = (), acts: Sequence[str] = (), with_copies: bool = True,
    exclude_protagonists: bool = False,
) -> pd.DataFrame:
    """Keep the quotations of some outlets, dates, kinds and acts.

    Parameters
    ----------
    voices
        From `gather_voices`.
    outlets, kinds, acts
        Keep only these; empty keeps all.
    start_date, end_date
        First and last day, both inclusive, as YYYY-MM-DD; "" leaves that side open. With either
        given, articles without a date are left out.
    with_copies
        Whether quotations of articles that copy another article count.
    exclude_protagonists
        Leave out people whom their article is about: the BBC's 50:50 project counts only
        people whom the newsroom chose to ask. Their words in other articles stay.

    Raises
    ------
    InputError
        If a date is none, the first day lies after the last, or an outlet, kind or act stands
        nowhere in the corpus.
    """
    keep = pd.Series(True, index=voices.index)
    for column, wanted in (("outlet", outlets), ("kind", kinds), ("act", acts)):
        if wanted:
            _check_known(voices[column], wanted, also=voices.attrs.get(column, ()))
            keep &= voices[column].isin(list(wanted))
    first = read_day(start_date, "start_date") if start_date else None
    last = read_day(end_date, "end_date") if end_date else None
    if first is not None and last is not None and first > last:
        raise InputError(f"start_date = '{start_date}' is later than end_date = '{end_date}'. "
                         "Exchange the two.")
    if first is not None:
        keep &= voices["published"] >= first
    if last is not None:
        keep &= voices["published"] < last + pd.Timedelta(days=1)
    if not with_copies:
        keep &= voices["copy_of"].isna()
    if exclude_protagonists:
        keep &= ~voices["protagonist"]
    # A million quotations are not copied where all are kept.
    return (voices if keep.all() else voices[keep]).reset_index(drop=True)


def _check_known(values: pd.Series, wanted: Sequence[str], *, also: Sequence[str]) -> None:
    known = sorted({*values.dropna(), *also})
    absent = [value for value in wanted if value not in known]
    if absent and known:
        raise InputError(
            f"{values.name}: nothing here has {listed(absent)} (there are: {listed(known)}). "
            "Name one of these, or none for all."
        )


def read_day(value: str | date, name: str) -> pd.Timestamp:
    """Read a day (YYYY-MM-DD, or a date); a month or 03/04/2026 would be taken as some one day."""
    text = value.strftime("%Y-%m-%d") if isinstance(value, date) else str(value)
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return pd.Timestamp(text, tz="UTC")
    except ValueError:
        pass
    raise InputError(f"{name} = '{value}' is not a date. Write the day as 2026-03-02.")
