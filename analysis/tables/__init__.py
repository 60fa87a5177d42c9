"""The tables that flow between the stages: columns, types, one check each, Parquet in and out.

Offsets are characters of the article's untouched `text`, `start` inclusive, `end` exclusive.
Span columns hold lists of `[start, end]`; a missing list is the empty list, a missing string
is missing (`isna()`), so that "nobody is named" is counted and never mistaken for a name.
"""

from analysis.tables.buckets import Buckets, Shelf, numbers_of, waiting_in
from analysis.tables.columns import SPANS, TABLES, Column, columns_of, schema
from analysis.tables.corpus import Tables
from analysis.tables.delimited import delimiter_of, read_delimited
from analysis.tables.files import (
    framed,
    from_arrow,
    read_table,
    read_whole_parts,
    to_arrow,
    write_table,
)
from analysis.tables.formulas import FORMULA_STARTS, neutralise
from analysis.tables.frames import check, conform, empty, flat_spans, places_in
from analysis.tables.pairs import paired, split_pair

__all__ = [
    "FORMULA_STARTS", "SPANS", "TABLES", "Buckets", "Column", "Shelf", "Tables", "check",
    "columns_of", "conform", "delimiter_of", "empty", "flat_spans", "framed", "from_arrow",
    "neutralise", "numbers_of", "paired", "places_in", "read_delimited", "read_table",
    "read_whole_parts", "schema", "split_pair", "to_arrow", "waiting_in", "write_table",
]
