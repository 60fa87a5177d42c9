"""One identity across the corpus: local speakers joined where there is evidence."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.speakers.dealing import merge_parts
from analysis.tables import check, empty, to_arrow


class Merged(NamedTuple):
    """The corpus's speakers, and local id → speaker_id with the reason (frame `mapping`)."""

    speakers: pd.DataFrame
    mapping: pd.DataFrame


def merge_speakers(
    local_speakers: pd.DataFrame, *, aliases: str | Path | pd.DataFrame | None = None,
) -> Merged:
    """Join the local speakers of all articles that are one person or organisation.

    Persons are joined by their full name; by a short form, another spelling or a surname alone
    only if role, affiliation or the people named beside them agree too (Bill and Hillary Clinton
    stay two); so is a full name that one article calls Mrs. and the others Mr. Organisations and
    groups are joined by the same words. Unnamed persons, documents and generic sources stay in
    their article: the spokesman of two articles is two sources.

    Parameters
    ----------
    local_speakers : as `resolve_in_articles` gives them, of any number of articles.
    aliases : the user's list, path or frame; it always wins.

    Raises
    ------
    InputError
        If a column is missing or the alias list has an error.

    Notes
    -----
    Costs grow with the number of rows: names are compared within blocks of one surname only.
    """
    check(local_speakers, "speakers", needs=["speaker_id", "name", "kind"])
    table = to_arrow(local_speakers, "speakers")
    merged = merge_parts(lambda columns: [table.select(columns)], aliases=aliases)
    speakers = [*merged.speakers] or [empty("speakers")]
    mapping = pd.DataFrame({
        "local_id": pd.Series(table.column("speaker_id").to_pylist(), dtype="str"),
        "speaker_id": pd.Series(merged.speaker_ids(slice(None)), dtype="str"),
        "reason": pd.Series([merged.reasons[code] for code in merged.codes], dtype="str"),
    })
    return Merged(pd.concat(speakers, ignore_index=True), mapping)
