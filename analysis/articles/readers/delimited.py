"""Tables as text: csv and tsv, streamed; delimiter and encoding are found out, not asked."""

import csv
from collections.abc import Iterator

from analysis.articles.columns import looks_like_header, match_columns
from analysis.articles.decoding import MOST_LINE, find_encoding, text_stream
from analysis.articles.records import Event, Fact, Options, Problem, Record, Source, Unreadable

DELIMITERS = (",", ";", "\t", "|")


def read_delimited(source: Source, options: Options) -> Iterator[Event]:
    """Give one record per row; row 1 is the header, as the spreadsheet shows it."""
    encoding = find_encoding(source)
    yield Fact("encoding", encoding.name)
    with text_stream(source, encoding) as stream:
        lines = _Lines(stream, source.name)
        header, delimiter = _header(lines, source)
        places = match_columns(header, columns=options.columns, where=source.name)
        yield from _rows(lines, delimiter, places=places, width=len(header))


class _Lines:
    """The lines of a stream, bounded; counts quotation marks to notice one left open."""

    def __init__(self, stream: object, name: str) -> None:
        self.stream, self.name, self.marks, self.back = stream, name, 0, []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.back.pop() if self.back else self.stream.readline(MOST_LINE)
        if not line:
            raise StopIteration
        if len(line) >= MOST_LINE:
            raise Unreadable("line too long", f"{self.name} has a line of more than "
                             f"{MOST_LINE // 2**20} million characters. Is it a table?")
        self.marks += line.count('"')
        return line


def _header(lines: _Lines, source: Source) -> tuple[list[str], str]:
    first = next(lines, "")
    while first and not first.strip():
        first = next(lines, "")
    if not first:
        raise Unreadable("empty file", f"{source.name} is empty.")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        # Excel's own hint, a line "sep=;" before the header.
        return next(csv.reader(lines, delimiter=first.strip()[4])), first.strip()[4]
    delimiter = max(DELIMITERS, key=lambda sign: _fits(first, sign))
    lines.back.append(first)
    lines.marks = 0
    return next(csv.reader(lines, delimiter=delimiter)), delimiter


def _fits(line: str, sign: str) -> tuple[int, int]:
    cells = next(csv.reader([line], delimiter=sign), [])
    return looks_like_header(cells), len(cells)


def _rows(lines: _Lines, delimiter: str, *, places: dict[str, int], width: int
          ) -> Iterator[Event]:
    # The limit of one cell is the csv module's own, one for the whole process.
    csv.field_size_limit(MOST_LINE)
    rows = csv.reader(lines, delimiter=delimiter)
    number, held = 1, None
    lines.marks = 0
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield from _flush(held)
            yield Problem(number + 1, "broken row", f"Row {number + 1} and what follows cannot be "
                          f"read ({error}). Is a quotation mark left open?")
            return
        if cells is None:
            yield from _flush(_unclosed(held, lines.marks))
            return
        yield from _flush(held)
        number += 1
        held, marks = _record(cells, number, places=places, width=width), lines.marks
        lines.marks = 0
        held = (held, marks) if held else None


def _flush(held: tuple[Event, int] | None) -> Iterator[Event]:
    if held:
        yield held[0]


def _unclosed(held: tuple[Event, int] | None, marks: int) -> tuple[Event, int] | None:
    """Refuse a last row with an odd number of quotation marks: the file was cut inside a cell."""
    if held and (held[1] + marks) % 2 and isinstance(held[0], Record):
        row = held[0].row
        return Problem(row, "broken row", f"Row {row} ends inside a quotation mark: the file was "
                       "cut, or a mark was left open."), 0
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
