"""Tables as CSV that a spreadsheet opens without running anything in it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.tables import FORMULA_STARTS, SPANS, neutralise

_ROWS_AT_ONCE = 100_000


def write_csv(frame: pd.DataFrame, path: str | Path) -> Path:
    """Write a frame as CSV that a spreadsheet opens without running anything in it.

    Text that starts with a formula character (= + - @, tab, carriage return) gets an
    apostrophe in front, as OWASP's "CSV Injection" page advises.

    Notes
    -----
    The bytes are those of `DataFrame.to_csv`, but the lines are put together in Arrow, a
    hundred thousand at once, which halves the time that a million quotations take.
    """
    with Path(path).open("wb") as stream:
        write_csv_parts([frame], stream)
    return Path(path)


def write_csv_parts(frames: Iterable[pd.DataFrame], stream: IO[bytes]) -> None:
    """Write frames of the same columns one under the other, as `write_csv` writes one."""
    for number, frame in enumerate(frames):
        if not number:
            head = pd.DataFrame(columns=[neutralise(str(name)) for name in frame.columns])
            stream.write(head.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig"))
        for start in range(0, len(frame), _ROWS_AT_ONCE):
            lines = _lines(frame.iloc[start:start + _ROWS_AT_ONCE])
            stream.write(_bytes_of(pc.binary_join_element_wise(lines, _text(""), _text("\r\n"))))


def _bytes_of(texts: pa.LargeStringArray) -> bytes:
    """Give texts as they lie in memory, one after the other."""
    _, offsets, content = texts.buffers()
    ends = np.frombuffer(offsets, "int64")[texts.offset:texts.offset + len(texts) + 1]
    return bytes(memoryview(content or b"")[ends[0]:ends[-1]])


def _lines(frame: pd.DataFrame) -> pa.LargeStringArray:
    cells = [_quoted(_texts(frame.iloc[:, at])) for at in range(frame.shape[1])]
    if len(cells) == 1:  # a lone empty cell would be an empty line, which readers skip
        return pc.if_else(pc.equal(cells[0], ""), '""', cells[0])
    return pc.binary_join_element_wise(*cells, _text(","))


def _texts(column: pd.Series) -> pa.LargeStringArray:
    """Give the cells of a column as text: lists as JSON, formulas neutralised."""
    if column.dtype == pd.ArrowDtype(SPANS):
        return _json_of_spans(column)
    if isinstance(column.dtype, pd.StringDtype):
        unsafe = column.str.startswith(FORMULA_STARTS, na=False)
        return _arrow(column.mask(unsafe, "'" + column) if unsafe.any() else column)
    if column.dtype == object:
        rows, _ = pd.factorize(column.map(id))  # many rows share one list of topics
        each = column[~pd.Series(rows, column.index).duplicated()]
        return _arrow([_flat(value) for value in each]).take(pa.array(rows))
    if column.dtype in ("float64", "Float64"):
        values = column.to_numpy("float64", na_value=np.nan).tolist()
        return _arrow([None if value != value else repr(value) for value in values])
    rows, values = pd.factorize(column)  # dates, whole numbers, yes and no: few different ones
    return pc.fill_null(_as_pandas_writes(pd.Series(values)).take(
        pa.array(rows, mask=rows < 0)), "")


def _as_pandas_writes(column: pd.Series) -> pa.LargeStringArray:
    """Give numbers and dates as pandas writes them; none of them holds a line break."""
    lines = column.to_csv(index=False, header=False, na_rep="", lineterminator="\n").split("\n")
    return _arrow(["" if line == '""' else line for line in lines[:-1]])


def _flat(value: object) -> str:
    if isinstance(value, list | tuple):
        return str(neutralise(json.dumps(value, ensure_ascii=False)))
    return "" if pd.isna(value) else str(neutralise(value))


def _json_of_spans(column: pd.Series) -> pa.LargeStringArray:
    """Write `[[1, 2], [3, 4]]` for each row, in Arrow: a report has four million of them."""
    rows = pa.table([column], names=["rows"])["rows"].combine_chunks()
    inner = pc.list_flatten(rows)
    texts = _bracketed(inner.offsets, pc.cast(inner.values, pa.string()))
    return _bracketed(pc.subtract(rows.offsets, rows.offsets[0]), texts).cast(pa.large_string())


def _bracketed(offsets: pa.Array, items: pa.Array) -> pa.Array:
    joined = pc.binary_join(pa.ListArray.from_arrays(offsets, items), ", ")
    return pc.binary_join_element_wise("[", joined, "]", "")


def _quoted(cells: pa.LargeStringArray) -> pa.LargeStringArray:
    """Put the cells in quotation marks that would otherwise be read as several."""
    content = _bytes_of(cells)
    if not any(mark in content for mark in (b",", b'"', b"\r", b"\n")):
        return cells
    special = pc.match_substring_regex(cells, '[,"\r\n]')
    doubled = pc.replace_substring(cells, '"', '""')
    marked = pc.binary_join_element_wise(_text('"'), doubled, _text('"'), _text(""))
    return pc.if_else(special, marked, cells)


def _arrow(values: object) -> pa.LargeStringArray:
    made = pa.array(values, pa.large_string())
    made = made.combine_chunks() if isinstance(made, pa.ChunkedArray) else made
    return pc.fill_null(made, "")


def _text(value: str) -> pa.LargeStringScalar:
    return pa.scalar(value, pa.large_string())
