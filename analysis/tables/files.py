"""Tables as Parquet files: written whole or not at all, read back with the same types."""

from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.errors import InputError
from analysis.tables.columns import columns_of, schema
from analysis.tables.frames import conform, typed

_ROWS_AT_ONCE = 500_000
_BYTES_AT_ONCE = 64_000_000


def to_arrow(frame: pd.DataFrame, name: str) -> pa.Table:
    """Give the frame as an Arrow table of the table's schema."""
    frame = conform(frame, name)
    arrays = []
    for column in columns_of(name):
        values = frame[column.name]
        if column.name == "skipped":
            values = [[dict(zip(("start", "end", "reason"), item, strict=True)) for item in row]
                      for row in values]
        arrays.append(pa.array(values, type=column.type, from_pandas=True))
    return pa.Table.from_arrays(arrays, schema=schema(name))


def from_arrow(table: pa.Table, name: str) -> pd.DataFrame:
    """Give an Arrow table as a frame of the table `name`; nested values become plain lists."""
    nested = [column.name for column in columns_of(name)
              if pa.types.is_list(column.type) and column.name in table.column_names]
    flat = table.drop_columns(nested).to_pandas()
    for column in nested:
        flat[column] = pd.Series(table.column(column).to_pylist(), dtype=object)
    if "skipped" in flat:
        flat["skipped"] = pd.Series(
            [[[item["start"], item["end"], item["reason"]] for item in row or []]
             for row in flat["skipped"]], dtype=object)
    return conform(flat, name)


def framed(table: pa.Table, name: str) -> pd.DataFrame:
    """Give the columns an Arrow table has; lists stay in Arrow, a row gives plain ones."""
    lists = [field.name for field in table.schema if pa.types.is_list(field.type)]
    flat = typed(table.drop_columns(lists).to_pandas(), name)
    return flat.assign(**{
        column: pd.Series(pd.arrays.ArrowExtensionArray(table.column(column)))
        for column in lists
    })


def write_table(frame: pd.DataFrame, name: str, path: str | Path) -> Path:
    """Write the frame as Parquet to `path` (whole or not at all) and give the path."""
    path = Path(path)
    part = path.with_name(path.name + ".part")
    pq.write_table(to_arrow(frame, name), part, compression="zstd")
    return part.replace(path)


def read_table(path: str | Path, name: str) -> pd.DataFrame:
    """Read the table `name` from a Parquet file, or a folder of Parquet partitions.

    Raises
    ------
    InputError
        If there is no such file, or it is not Parquet.
    """
    with _readable(Path(path)) as found:
        return from_arrow(pq.read_table(found), name)


def read_whole_parts(opened: IO[bytes], name: str) -> Iterator[pd.DataFrame]:
    """Read the table `name` from an opened file part by part, as `read_table` reads it whole."""
    with pq.ParquetFile(opened) as file:
        for part in _parts_of(file, [column.name for column in columns_of(name)]):
            yield from_arrow(part, name)


def read_columns(path: str | Path, name: str, columns: Sequence[str]) -> pd.DataFrame:
    """Read some columns of the table `name`; lists stay in Arrow, a row gives plain ones."""
    with _readable(Path(path)) as found, pq.ParquetFile(found) as file:
        return framed(file.read(list(columns)), name)[list(columns)]


def read_rows(
    path: str | Path, name: str, column: str, values: Sequence[str]
) -> pd.DataFrame:
    """Read the rows of the table `name` that have one of the values in a column."""
    wanted = pc.field(column).isin(pa.array(values, pa.string()))
    with _readable(Path(path)) as found:
        return from_arrow(pq.read_table(found, filters=wanted), name)


def read_parts(path: str | Path, name: str, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
    """Read some columns of the table `name` part by part: whole row groups, some MB at once."""
    with _readable(Path(path)) as found, pq.ParquetFile(found) as file:
        for part in _parts_of(file, columns):
            yield framed(part, name)[list(columns)]


def _parts_of(file: pq.ParquetFile, columns: Sequence[str]) -> Iterator[pa.Table]:
    for groups in _bunches(file.metadata, set(columns)):
        yield file.read_row_groups(groups, list(columns))


@contextmanager
def _readable(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise InputError(
            f"{path} does not exist. Make the tables first: on-record extract PATHS --out "
            f"{path.parent}."
        )
    try:
        yield path
    except pa.ArrowInvalid as error:
        raise InputError(
            f"{path} is not a Parquet file ({error}). Make the tables again."
        ) from error


def _bunches(metadata: pq.FileMetaData, columns: Set[str]) -> Iterator[list[int]]:
    """Give the row groups in bunches: one group is a few hundred articles, too few to be fast."""
    bunch, n_rows, n_bytes = [], 0, 0
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        chunks = (group.column(at) for at in range(group.num_columns))
        bunch.append(number)
        n_rows += group.num_rows
        n_bytes += sum(chunk.total_uncompressed_size for chunk in chunks
                       if chunk.path_in_schema.split(".")[0] in columns)
        if n_rows >= _ROWS_AT_ONCE or n_bytes >= _BYTES_AT_ONCE:
            yield bunch
            bunch, n_rows, n_bytes = [], 0, 0
    if bunch or not metadata.num_row_groups:
        yield bunch
