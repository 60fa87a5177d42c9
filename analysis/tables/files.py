"""Tables as Parquet files: written whole or not at all, read back with the same types."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import InputError
from analysis.tables.columns import columns_of, schema
from analysis.tables.frames import conform


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
    path = Path(path)
    if not path.exists():
        raise InputError(
            f"{path} does not exist. Make the tables first: on-record extract PATHS --out "
            f"{path.parent}."
        )
    try:
        return from_arrow(pq.read_table(path), name)
    except pa.ArrowInvalid as error:
        raise InputError(
            f"{path} is not a Parquet file ({error}). Make the tables again."
        ) from error
