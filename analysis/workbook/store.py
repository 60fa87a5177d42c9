"""Tables and results on disk: a folder of Parquet files with `run.json`, and safe CSV."""

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import InputError
from analysis.tables import FORMULA_STARTS, SPANS, TABLES, Tables, neutralise, write_table

RUN_FILE = "run.json"
_ROWS_AT_ONCE = 100_000
_SPANS = pd.ArrowDtype(SPANS)


def save_tables(tables: Tables, out: str | Path, *, csv: bool = False) -> Path:
    """Write every table as Parquet (and CSV if asked) and `run.json` into the folder `out`.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    out = Path(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, frame in tables.frames().items():
            write_table(frame, name, out / f"{name}.parquet")
            if csv:
                write_csv(frame, out / f"{name}.csv")
        (out / RUN_FILE).write_text(json.dumps(tables.run, indent=1), encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{out} cannot be written ({error.strerror}). Choose another folder with --out."
        ) from error
    return out


def write_csv(frame: pd.DataFrame, path: str | Path) -> Path:
    """Write a frame as CSV that a spreadsheet opens without running anything in it.

    Text that starts with a formula character (= + - @, tab, carriage return) gets an
    apostrophe in front, as OWASP's "CSV Injection" page advises.
    """
    with Path(path).open("w", encoding="utf-8-sig", newline="") as stream:
        for start in range(0, max(len(frame), 1), _ROWS_AT_ONCE):
            part = frame.iloc[start:start + _ROWS_AT_ONCE]
            safe = part.apply(_safe) if len(part) else part.copy()
            safe.columns = [neutralise(str(column)) for column in frame.columns]
            safe.to_csv(stream, index=False, header=not start, lineterminator="\r\n")
    return Path(path)


def _safe(column: pd.Series) -> pd.Series:
    """Give a column with formulas neutralised and lists as JSON; whole columns of text at once."""
    if column.dtype == _SPANS:
        return _json_of_spans(column)
    if isinstance(column.dtype, pd.StringDtype):
        return column.mask(column.str.startswith(FORMULA_STARTS, na=False), "'" + column)
    return column.map(_flat) if column.dtype == object else column


def _flat(value: object) -> object:
    is_list = isinstance(value, list | tuple)
    return neutralise(json.dumps(value, ensure_ascii=False) if is_list else value)


def _json_of_spans(column: pd.Series) -> pd.Series:
    """Write `[[1, 2], [3, 4]]` for each row, in Arrow: a report has four million of them."""
    rows = pa.table([column], names=["rows"])["rows"].combine_chunks()
    inner = pc.list_flatten(rows)
    texts = _bracketed(inner.offsets, pc.cast(inner.values, pa.string()))
    whole = _bracketed(pc.subtract(rows.offsets, rows.offsets[0]), texts)
    return whole.to_pandas().set_axis(column.index)


def _bracketed(offsets: pa.Array, items: pa.Array) -> pa.Array:
    joined = pc.binary_join(pa.ListArray.from_arrays(offsets, items), ", ")
    return pc.binary_join_element_wise("[", joined, "]", "")


def load_tables(folder: str | Path) -> Tables:
    """Open a folder of tables that `on-record extract` wrote; each is read when first asked for.

    Raises
    ------
    InputError
        If the folder or one of its tables is missing.
    """
    folder = Path(folder)
    if not (folder / RUN_FILE).is_file():
        raise InputError(
            f"{folder} holds no tables (no {RUN_FILE} in it). "
            f"Make them: on-record extract PATHS --out {folder}."
        )
    for name in TABLES:
        if not (folder / f"{name}.parquet").is_file():
            raise InputError(f"{folder} lacks {name}.parquet. Make the tables again: "
                             f"on-record extract PATHS --out {folder}.")
    return Tables.in_folder(folder, read_run(folder))


def read_run(folder: str | Path) -> Mapping[str, object]:
    """Read `run.json` of a folder of tables; empty if there is none or it is broken."""
    try:
        return json.loads((Path(folder) / RUN_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def save_results(
    output_dir: str | Path, *, charts: Mapping[str, object] | None = None,
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Write charts (picture and the table of what is drawn) and tables beside a report.

    Parameters
    ----------
    output_dir
        Folder of the report; `figures/` and `tables/` are made in it.
    charts
        `Chart`s by file name.
    tables
        Frames by file name, written as CSV with formulas neutralised.

    Returns
    -------
    pandas.DataFrame
        `file`, `rows`: what was written.
    """
    out = Path(output_dir)
    written = []
    for name, chart in (charts or {}).items():
        (out / "figures").mkdir(parents=True, exist_ok=True)
        chart.save(out / "figures", name)
        written.append((f"figures/{name}.png", len(chart.table)))
    frames = {**{name: chart.table for name, chart in (charts or {}).items()}, **(tables or {})}
    for name, frame in frames.items():
        (out / "tables").mkdir(parents=True, exist_ok=True)
        write_csv(frame, out / "tables" / f"{name}.csv")
        written.append((f"tables/{name}.csv", len(frame)))
    return pd.DataFrame(written, columns=["file", "rows"])
