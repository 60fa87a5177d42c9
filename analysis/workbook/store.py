"""Tables on disk (a folder of Parquet files with `run.json`), and results beside a report."""

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.tables import TABLES, Tables, write_table
from analysis.workbook.spreadsheets import write_csv

RUN_FILE = "run.json"


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
    """Write charts (`figures/`, and what they draw as tables) and tables beside a report.

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
        (out / "figures" / f"{name}.png").write_bytes(chart.png())
        written.append((f"figures/{name}.png", len(chart.table)))
    frames = {**{name: chart.table for name, chart in (charts or {}).items()}, **(tables or {})}
    for name, frame in frames.items():
        (out / "tables").mkdir(parents=True, exist_ok=True)
        write_csv(frame, out / "tables" / f"{name}.csv")
        written.append((f"tables/{name}.csv", len(frame)))
    return pd.DataFrame(written, columns=["file", "rows"])
