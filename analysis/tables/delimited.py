"""Text tables that people make in spreadsheets: CSV, with commas or with semicolons."""

from pathlib import Path

import pandas as pd


def delimiter_of(header: str) -> str:
    """Give what parts the columns: spreadsheets of many countries write ";".

    Examples
    --------
    >>> delimiter_of("alias;name"), delimiter_of("alias,name")
    (';', ',')
    """
    return ";" if ";" in header and "," not in header else ","


def read_delimited(path: Path) -> pd.DataFrame:
    """Read a CSV in UTF-8 as text; an empty cell is the empty text.

    Raises
    ------
    OSError, UnicodeDecodeError, pandas.errors.ParserError, pandas.errors.EmptyDataError
        If there is no such file or it is none: the caller knows what it should hold.
    """
    with path.open(encoding="utf-8-sig") as lines:
        mark = delimiter_of(lines.readline())
    return pd.read_csv(path, sep=mark, dtype="str", keep_default_na=False, encoding="utf-8-sig")
