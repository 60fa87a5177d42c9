"""A table beside a folder of texts: `metadata.csv` gives outlet, date and author of each file.

Recognised are files named `metadata.csv` or `metadata.tsv` that have a column with the text's
file name (`filename`, `file`, `name`, `stem`, or the id). One in a folder speaks for the texts in
and below it; one given by name speaks for all texts of the call.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple

from analysis.articles.columns import match_columns
from analysis.articles.decoding import decode, read_bytes
from analysis.articles.records import Source, Unreadable
from analysis.errors import listed

_NAMES = ("filename", "file_name", "file", "source_file", "name", "stem", "article_id", "id")
_TEXTS = (".txt", ".text", ".docx")


class Metadata(NamedTuple):
    """One such table: the file, and what it did, in words."""

    source: Source
    note: str


def join_metadata(sources: list[Source], columns: Mapping[str, str]
                  ) -> tuple[list[Source], list[Metadata]]:
    """Give the sources with what the tables say of them, and the tables, taken out of the sources.

    A row whose text is not among the files is noted: it is no article, so none is lost.
    """
    rest, found = list(sources), []
    for table in [source for source in sources if _is_metadata(source)]:
        rows = _read(table, columns)
        if rows is None:
            continue
        rest.remove(table)
        rest, used = _joined(rest, table, rows)
        absent = [stem for stem in rows if stem not in used]
        note = f"metadata of {len(used)} texts"
        if absent:
            note += f"; {len(absent)} rows name a text that is not here: {listed(absent, most=3)}"
        found.append(Metadata(table, note))
    return rest, found


def _is_metadata(source: Source) -> bool:
    path = PurePosixPath(source.name)
    return path.stem.lower() == "metadata" and path.suffix.lower() in (".csv", ".tsv")


def _joined(sources: list[Source], table: Source, rows: Mapping[str, dict]
            ) -> tuple[list[Source], set[str]]:
    folder = PurePosixPath(table.name).parent
    joined, used = [], set()
    for source in sources:
        path = PurePosixPath(source.name)
        speaks = table.given or folder in path.parents
        if speaks and path.suffix.lower() in _TEXTS and path.stem in rows:
            used.add(path.stem)
            source = replace(source, extra={**source.extra, **rows[path.stem]})
        joined.append(source)
    return joined, used


def _read(table: Source, columns: Mapping[str, str]) -> dict[str, dict] | None:
    """Give stem → fields; None where the file is no such table, but perhaps one of articles."""
    try:
        text, _ = decode(read_bytes(table), name=table.name)
    except Unreadable:
        return None
    sign = "\t" if table.suffix == ".tsv" else max(",;\t|", key=text.partition("\n")[0].count)
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    header = [name.strip().lower() for name in lines[0]] if lines else []
    key = next((header.index(name) for name in _NAMES if name in header), None)
    if key is None:
        return None
    places = match_columns(lines[0], columns=columns, where=table.name, needs_text=False)
    if "text" in places:
        return None
    places = {field: place for field, place in places.items()
              if place != key or field == "article_id"}
    rows = {}
    for cells in lines[1:]:
        if len(cells) > key and cells[key].strip():
            stem = PurePosixPath(cells[key].strip()).name
            stem = stem.rsplit(".", 1)[0] if stem.lower().endswith(_TEXTS) else stem
            rows[stem] = {field: cells[place] for field, place in places.items()
                          if place < len(cells) and cells[place].strip()}
    return rows
