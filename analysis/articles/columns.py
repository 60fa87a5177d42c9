"""Which column of a table is the text, which the date: a list of synonyms, or the user's word."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from analysis.articles.records import Unreadable
from analysis.errors import InputError, listed, nearest, unknown
from analysis.lexicons import load_lexicon

FIELDS = ("article_id", "outlet", "title", "published", "authors", "section", "url", "text")
"""What an article may have; only `text` is needed."""


def check_columns(columns: Mapping[str, str] | None) -> Mapping[str, str]:
    """Give the user's field → column mapping back if its fields exist.

    Raises
    ------
    InputError
        If a field is unknown; the message names the nearest.
    """
    for field in columns or {}:
        if field not in FIELDS:
            raise unknown("field", field, FIELDS, where="columns")
    return columns or {}


def match_columns(header: Sequence[object], *, columns: Mapping[str, str], where: str,
                  needs_text: bool = True) -> dict[str, int]:
    """Give the position of the column for each field that the header has.

    `columns` (field → column name) comes first; a field mapped to "" is left out; the rest is
    guessed from the synonyms in `lexicons/column_synonyms.csv`, best synonym first.

    Raises
    ------
    Unreadable
        If no column is the text, or a column that the user named is not there.
    """
    names = ["" if name is None else str(name).strip().lstrip("\ufeff") for name in header]
    places = _guessed(names)
    for field, column in columns.items():
        places.pop(field, None)
        if column:
            places[field] = _named(column, names, field=field, where=where)
    if needs_text and "text" not in places:
        raise _no_text(names, where)
    return places


def looks_like_header(header: Sequence[object]) -> int:
    """Count the cells that are known column names."""
    return sum(_plain(str(name)) in _synonyms() for name in header if name is not None)


def _named(column: str, names: list[str], *, field: str, where: str) -> int:
    if column in names:
        return names.index(column)
    guess = nearest(column, names)
    hint = f" Did you mean '{guess}'?" if guess else ""
    raise Unreadable("no such column", f"{where} has no column '{column}' for {field} "
                     f"(found: {listed(filter(None, names))}).{hint}")


def _no_text(names: list[str], where: str) -> Unreadable:
    found = [name for name in names if name]
    example = nearest("text", found) or "NAME"
    return Unreadable(
        "no text column",
        f"{where} has no column 'text' (found: {listed(found)}). Rename the column that holds "
        f"the article's text, or name it: --column text={example[:40]} "
        f"(in Python: columns={{\"text\": \"{example[:40]}\"}}).")


def _guessed(names: list[str]) -> dict[str, int]:
    best: dict[str, tuple[int, int]] = {}
    for place, name in enumerate(names):
        field, rank = _synonyms().get(_plain(name), ("", 0))
        if field and (rank, place) < best.get(field, (99, 0)):
            best[field] = (rank, place)
    return {field: place for field, (_, place) in best.items()}


@cache
def _synonyms() -> dict[str, tuple[str, int]]:
    rows = load_lexicon("column_synonyms")
    unknown_fields = {row["field"] for row in rows} - set(FIELDS)
    if unknown_fields:
        raise InputError(f"column_synonyms.csv names unknown fields: {listed(unknown_fields)}.")
    return {_plain(row["name"]): (row["field"], int(row["priority"])) for row in rows}


def _plain(name: str) -> str:
    """Make "Publication Date", "publicationDate" and "publication-date" the same."""
    return re.sub(r"[^0-9a-z]+", "", name.casefold())
