"""The tables that flow between the stages: columns, types, one check each, Parquet in and out.

Offsets are characters of the article's untouched `text`, `start` inclusive, `end` exclusive.
Span columns hold lists of `[start, end]`; a missing list is the empty list, a missing string
is missing (`isna()`), so that "nobody is named" is counted and never mistaken for a name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import pandas as pd

from analysis.tables.columns import TABLES, Column, columns_of, schema
from analysis.tables.files import from_arrow, read_table, to_arrow, write_table
from analysis.tables.formulas import neutralise
from analysis.tables.frames import check, conform, empty

__all__ = [
    "TABLES", "Column", "Tables", "check", "columns_of", "conform", "empty", "from_arrow",
    "neutralise", "read_table", "schema", "to_arrow", "write_table",
]


@dataclass(frozen=True)
class Tables:
    """One corpus: all its tables, and what `run.json` says of how they were made."""

    articles: pd.DataFrame = field(default_factory=lambda: empty("articles"))
    rejected: pd.DataFrame = field(default_factory=lambda: empty("rejected"))
    quotes: pd.DataFrame = field(default_factory=lambda: empty("quotes"))
    mentions: pd.DataFrame = field(default_factory=lambda: empty("mentions"))
    terms: pd.DataFrame = field(default_factory=lambda: empty("terms"))
    speakers: pd.DataFrame = field(default_factory=lambda: empty("speakers"))
    quote_topics: pd.DataFrame = field(default_factory=lambda: empty("quote_topics"))
    run: Mapping[str, object] = field(default_factory=dict)

    def frames(self) -> dict[str, pd.DataFrame]:
        """Give the tables by name, without `run`."""
        return {item.name: getattr(self, item.name) for item in fields(self) if item.name != "run"}
