"""Tables as text: csv and tsv, streamed; delimiter and encoding are found out, not asked."""

import csv
from collections.abc import Iterator
from itertools import chain
from typing import TextIO

from analysis.articles.columns import looks_like_header, match_columns
from analysis.articles.decoding import MOST_LINE, find_encoding, text_stream
from analysis.articles.records import Event, Fact, Options, Problem, Record, Source, Unreadable

DELIMITERS = (",", ";", "\t", "|")


def read_delimited(source: Source, options: Options) -> Iterator[Event]:
    """Give one record per row; row 1 is the header, as the spreadsheet shows it."""
    encoding = find_encoding(source)
    yield Fact("encoding", encoding.name)
    with text_stream(source, encoding) as stream:
        lines = _bounded_lines(stream, source.name)
        header, delimiter = _header(lines, source)
        places = match_columns(header, columns=options.columns, where=source.name)
        yield from _rows(lines, delimiter, places=places, width=len(header))


def _bounded_lines(stream: TextIO, name: str) -> Iterator[str]:
    while line := stream.readline(MOST_LINE):
        if len(line) >= MOST_LINE:
            raise Unreadable("line too long", f"{name} has a line of more than "
                             f"{MOST_LINE // 2**20} million characters. Is it a table?")
        yield line


def _header(lines: Iterator[str], source: Source) -> tuple[list[str], str]:
    first = next((line for line in lines if line.strip()), "")
    if not first:
        raise Unreadable("empty file", f"{source.name} is empty.")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        # Excel's own hint, a line "sep=;" before the header.
        return next(csv.reader(lines, delimiter=first.strip()[4]), []), first.strip()[4]
    delimiter = max(DELIMITERS, key=lambda sign: _fits(first, sign))
    return next(csv.reader(chain([first], lines), delimiter=delimiter)), delimiter


def _fits(line: str, sign: str) -> tuple[int, int]:
    cells = next(csv.reader([line], delimiter=sign), [])
    return looks_like_header(cells), len(cells)


def _rows(lines: Iterator[str], delimiter: str, *, places: dict[str, int], width: int
          ) -> Iterator[Event]:
    """Give a record or a problem per row, each held back until the next one shows it is whole."""
    # The limit of one cell is the csv module's own, one for the whole process.
    csv.field_size_limit(MOST_LINE)
    raw: list[str] = []
    rows = csv.reader(_kept(lines, raw), delimiter=delimiter)
    number, held, last = 1, None, []
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield from [held] if held else []
            yield Problem(number + 1, "broken row", f"Row {number + 1} and what follows cannot be "
                          f"read ({error}). Is a quotation mark left open?")
            return
        if cells is None:
            yield from [_unless_open(held, last, delimiter)] if held else []
            return
        yield from [held] if held else []
        number += 1
        held, last = _record(cells, number, places=places, width=width), raw[:]
        if len(last) > 1:
            held = _unless_open(held, last, delimiter)
        raw.clear()


def _kept(lines: Iterator[str], raw: list[str]) -> Iterator[str]:
    for line in lines:
        raw.append(line)
        yield line


def _unless_open(held: Event | None, lines: list[str], delimiter: str) -> Event | None:
    """Refuse a row with a quotation mark left open: the file was cut, or the next row is in it.

    Where a mark is left open, the row ends inside it, or runs on to the mark that opens a cell of
    a later row. Only the strict reader tells; it is not used throughout because it also refuses
    `"a"b`, which does no harm within a line, and `"a" ,b`.
    """
    strict = (line.replace(f'" {delimiter}', f'"{delimiter}') for line in lines)
    try:
        list(csv.reader(strict, delimiter=delimiter, strict=True))
    except csv.Error as error:
        if isinstance(held, Record) and "unexpected end" in str(error):
            return Problem(held.row, "broken row", f"Row {held.row} ends inside a quotation mark: "
                           "the file was cut, or a mark was left open.")
        if isinstance(held, Record) and len(lines) > 1:
            return Problem(held.row, "broken row", f"Row {held.row} runs over {len(lines)} lines, "
                           "perhaps into the next row, for a quotation mark is left open. Close "
                           "it, and double the marks that stand in a cell (\"\").")
    return held


def _record(cells: list[str], number: int, *, places: dict[str, int], width: int
            ) -> Event | None:
    if not any(cells):
        return None
    if any(cell.strip() for cell in cells[width:]):
        return Problem(number, "broken row", f"Row {number} has {len(cells)} cells where the "
                       f"header has {width}. Quote cells that hold the delimiter.")
    return Record(number, {field: cells[place] for field, place in places.items()
                           if place < len(cells)})
