"""One row per quotation with all a measure needs to know of it: the voices."""

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from analysis.errors import InputError, listed
from analysis.measures.protagonists import quotes_protagonist
from analysis.tables import Tables, columns_of, flat_spans, paired, places_in, split_pair

_ARTICLE = ["outlet", "title", "published", "section", "copy_of", "copy_kind"]
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
    quotes = tables.columns("quotes", [column.name for column in columns_of("quotes")])
    articles = tables.columns("articles", ["article_id", *_ARTICLE]).assign(
        length=_lengths(tables))
    speakers = tables.columns("speakers", ["speaker_id", *_SPEAKER]).rename(columns=_SPEAKER)
    voices = quotes.assign(**_looked_up(articles, quotes["article_id"]),
                           **_looked_up(speakers, quotes["speaker_id"]))
    voices = voices.assign(
        position=_starts(quotes["spans"]) / voices.pop("length"),
        naming=_naming(voices),
        protagonist=quotes_protagonist(tables, voices),
        topics=_topics(tables, voices["quote_id"]),
    )
    # An outlet whose articles quote nobody is none the less one that can be asked for.
    voices.attrs["outlet"] = sorted(articles["outlet"].dropna().unique())
    days = articles["published"].dropna()
    voices.attrs["days"] = [f"{day:%Y-%m-%d}" for day in (days.min(), days.max()) if len(days)]
    return voices


def _looked_up(table: pd.DataFrame, ids: pd.Series) -> dict[str, pd.Series]:
    """Give the columns of a table at the ids, which are its first column; missing where none is."""
    key, *columns = table.columns
    found = table[columns].reindex(places_in(table[key], ids))
    return dict(found.set_axis(ids.index).items())


def _lengths(tables: Tables) -> np.ndarray:
    """Give how many characters each article has, 1 at least; text by text, there are many."""
    lengths = [part["text"].str.len() for part in tables.parts("articles", ["text"])]
    return pd.concat(lengths).astype("float64").clip(lower=1).to_numpy()


def _starts(spans: pd.Series) -> np.ndarray:
    """Give the character of its article with which each quotation starts."""
    each = flat_spans(spans).drop_duplicates("row")
    first = np.zeros(len(spans))
    first[each["row"]] = each["first"]
    return first


def _topics(tables: Tables, quote_ids: pd.Series) -> list[list[str]]:
    """Give the topics of each quotation as a list: one for each combination, not a million."""
    filed = tables.columns("quote_topics", ["quote_id", "topic"])
    rows = places_in(quote_ids, filed["quote_id"])
    topics, names = pd.factorize(filed["topic"][rows >= 0])
    rows = rows[rows >= 0]
    turns = pd.Series(rows).groupby(rows).cumcount().to_numpy()
    lists, of_row = [[]], np.zeros(len(quote_ids), dtype="int64")
    for turn in range(turns.max(initial=-1) + 1):  # the first topic of each, the second, …
        here = rows[turns == turn]
        numbers, longer = pd.factorize(paired(of_row[here], topics[turns == turn]))
        of_row[here] = numbers + len(lists)
        lists += [[*lists[before], names[topic]] for before, topic in map(split_pair, longer)]
    return [lists[number] for number in of_row.tolist()]


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
        If a date is none, the first day lies after the last, all articles are from before the
        first or after the last, or an outlet, kind or act stands nowhere in the corpus.
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
    _check_days(voices, start_date, end_date)
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


def _check_days(voices: pd.DataFrame, start_date: str | date, end_date: str | date) -> None:
    """Refuse days that leave out every article; days written so sort as texts do."""
    days = voices.attrs.get("days")  # not there for a table of somebody's own making
    if days == [] and len(voices) and (start_date or end_date):
        raise InputError("No article here has a date, so none can be chosen by its day. "
                         "Leave start_date and end_date empty.")
    if days and start_date and str(start_date) > days[1]:
        raise InputError(f"start_date = '{start_date}': no article is from this day on; the last "
                         f"is from {days[1]}. Choose an earlier day.")
    if days and end_date and str(end_date) < days[0]:
        raise InputError(f"end_date = '{end_date}': no article is from this day or before; the "
                         f"first is from {days[0]}. Choose a later day.")


def read_day(value: str | date, name: str) -> pd.Timestamp:
    """Read a day (YYYY-MM-DD, or a date); a month or 03/04/2026 would be taken as some one day."""
    text = value.strftime("%Y-%m-%d") if isinstance(value, date) else str(value)
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return pd.Timestamp(text, tz="UTC")
    except ValueError:
        pass
    raise InputError(f"{name} = '{value}' is not a date. Write the day as 2026-03-02.")
