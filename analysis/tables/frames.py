"""Frames of the tables' columns and types: made, checked, empty."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import InputError, listed
from analysis.tables.columns import SPANS, Column, columns_of


def conform(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give a new frame with exactly the columns and types of the table `name`.

    Columns the frame lacks are added as missing (spans and lists as empty lists), columns the
    table does not know are dropped, column order is the table's and the index is 0, 1, 2, ….

    Raises
    ------
    InputError
        If a value does not fit its column's type; the message names the column.
    """
    columns = {
        column.name: _typed(frame[column.name], column) if column.name in frame else
        _missing(column, len(frame))
        for column in columns_of(name)
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(len(frame)))


def typed(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give those columns of the table `name` that the frame has, with their types."""
    return pd.DataFrame({column.name: _typed(frame[column.name], column)
                         for column in columns_of(name) if column.name in frame},
                        index=pd.RangeIndex(len(frame)))


def empty(name: str) -> pd.DataFrame:
    """Give the table `name` with its columns and types and no row."""
    return conform(pd.DataFrame(), name)


def check(frame: pd.DataFrame, name: str, *, needs: Iterable[str] = ()) -> pd.DataFrame:
    """Give `frame` back unchanged if it has the columns `needs` (default: all of the table's).

    Raises
    ------
    InputError
        If columns are missing; the message lists which, and what was found.
    """
    wanted = list(needs) or [column.name for column in columns_of(name)]
    absent = [column for column in wanted if column not in frame]
    if absent:
        raise InputError(
            f"The table {name} lacks the column(s) {listed(absent)} "
            f"(found: {listed(frame.columns)}). Make it again with `on-record extract`."
        )
    return frame


def flat_spans(spans: pd.Series) -> pd.DataFrame:
    """Give `row` (from 0), `first` and `last` of every span, in order; in Arrow, not one by one."""
    lists = pa.table({"spans": spans}, pa.schema([("spans", SPANS)]))["spans"].combine_chunks()
    inner = pc.list_flatten(lists)
    return pd.DataFrame({
        "row": pc.list_parent_indices(lists).to_numpy(),
        "first": pc.list_element(inner, 0).to_numpy(), "last": pc.list_element(inner, 1).to_numpy(),
    })


def places_in(texts: Sequence[str] | pd.Series | pd.Index, values: pd.Series) -> np.ndarray:
    """Give where each value stands in texts that differ, -1 for nowhere and for what is missing.

    In Arrow, which makes no Python text of each; only the values that differ are sought.
    """
    codes, different = pd.factorize(values)
    among, sought = (pa.array(of, pa.large_string(), from_pandas=True) for of in (texts, different))
    found = pc.fill_null(pc.index_in(among, sought), -1).to_numpy(zero_copy_only=False)
    places = np.full(len(different) + 1, -1)
    places[found] = np.arange(len(found))
    places[-1] = -1
    return places[codes]


def _is_list(column: Column) -> bool:
    return pa.types.is_list(column.type)


def _missing(column: Column, n: int) -> pd.Series:
    if _is_list(column):
        return pd.Series([[] for _ in range(n)], dtype=object)
    return _typed(pd.Series([None] * n, dtype=object), column)


def _typed(values: pd.Series, column: Column) -> pd.Series:
    values = values.reset_index(drop=True)
    if _is_list(column):
        return pd.Series([_plain(value) for value in values], dtype=object)
    try:
        if pa.types.is_timestamp(column.type):
            return pd.to_datetime(values, utc=True).astype("datetime64[us, UTC]")
        return values.astype(_PANDAS[str(column.type)])
    except (TypeError, ValueError) as error:
        raise InputError(
            f"The column {column.name} holds values that are not {column.type}: {error}."
        ) from error


_PANDAS = {"string": "str", "int64": "Int64", "double": "Float64"}


_BARE = frozenset({str, int, float, bool, type(None)})


def _plain(value: object) -> list:
    """Nested tuples and arrays as plain lists; a missing value as the empty list."""
    if value is None or isinstance(value, float):
        return []
    # told by their type alone, for a corpus has millions
    return [item if type(item) in _BARE else _plain_item(item) for item in value]


def _plain_item(item: object) -> object:
    if isinstance(item, list | tuple) or hasattr(item, "tolist") and getattr(item, "ndim", 0):
        return _plain(item)
    return _scalar(item)


def _scalar(item: object) -> object:
    return item.item() if hasattr(item, "item") else item
