"""Spreadsheets (xlsx, xls, ods) by calamine, and Parquet by Arrow."""

import io
from collections.abc import Iterator, Sequence

from analysis.articles.columns import match_columns
from analysis.articles.decoding import read_bytes
from analysis.articles.readers.documents import office_bytes
from analysis.articles.records import Event, Fact, Options, Record, Source, Unreadable

_PARQUET_MOST = 2**30


def read_sheet(source: Source, options: Options) -> Iterator[Event]:
    """Give one record per row of every sheet that has a column for the text.

    `row` is the row's number in its sheet. Sheets without such a column are noted; if no sheet
    has one, the file is refused.
    """
    from python_calamine import CalamineWorkbook

    data = read_bytes(source, most=2**28) if source.suffix == ".xls" else office_bytes(source)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    first_error, used, passed = None, 0, []
    for name in book.sheet_names:
        rows = enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1)
        header = next((cells for _, cells in rows if any(cells)), None)
        if header is None:
            continue
        try:
            places = match_columns(header, columns=options.columns, where=source.name)
        except Unreadable as error:
            first_error = first_error or error
            passed.append(name)
            continue
        used += 1
        yield from _sheet_rows(rows, places)
    if not used:
        raise first_error or Unreadable("empty file", f"{source.name} has no filled sheet.")
    if passed:
        yield Fact("note", f"sheets without a text column: {', '.join(passed)}")


def _sheet_rows(rows: Iterator[tuple[int, Sequence]], places: dict[str, int]) -> Iterator[Event]:
    for number, cells in rows:
        if any(cell not in ("", None) for cell in cells):
            yield Record(number, {field: cells[place] for field, place in places.items()
                                  if place < len(cells)})


def read_parquet(source: Source, options: Options) -> Iterator[Event]:
    """Give one record per row; only the columns needed are read, in batches."""
    import pyarrow.parquet as pq

    file = source.path or io.BytesIO(read_bytes(source, most=_PARQUET_MOST))
    with pq.ParquetFile(file) as table:
        yield Fact("declared", table.metadata.num_rows)
        names = table.schema_arrow.names
        places = match_columns(names, columns=options.columns, where=source.name)
        wanted = {field: names[place] for field, place in places.items()}
        number = 0
        for batch in table.iter_batches(batch_size=1000, columns=sorted(set(wanted.values()))):
            columns = {field: batch.column(name).to_pylist() for field, name in wanted.items()}
            for values in zip(*columns.values(), strict=True):
                number += 1
                yield Record(number, dict(zip(columns, values, strict=True)))
