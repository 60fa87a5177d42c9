"""What a portfolio file asks for: its title and one planned report after another.

```yaml
title: The demo corpus
defaults: {tables_dir: tables/demo}
reports:
  - notebook: 02_who_is_quoted
    name: who
    title: Who is quoted
    parameters: {top_n: 15}
  - notebook: 04_speaker
    for_each: {table: speakers, column: name, parameter: speaker, top: 5}
  - notebook: 02_who_is_quoted
    name: month
    for_each: {table: articles, column: published, every: month}
```
Paths count from the YAML file's folder. `for_each` makes one report for each value of a column,
the most frequent first; with `every`, one for each period, as `start_date` and `end_date`. A
`title` stands over its page, above the question that the notebook answers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
import yaml
from pandas.api.types import is_datetime64_any_dtype, is_hashable

from analysis.errors import InputError, listed, unknown, wrong_value
from analysis.reports.html import Cover
from analysis.reports.parameters import Parameter, find_notebook, read_parameters
from analysis.tables import TABLES, read_table

_TOP_KEYS = {"title", "defaults", "reports"}
_KEYS = {"notebook", "name", "title", "parameters", "for_each"}
_EACH_KEYS = {"table", "column", "parameter", "top", "kind", "every"}
_PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}


@dataclass(frozen=True)
class Planned:
    """One report to make."""

    name: str
    title: str
    notebook: Path
    parameters: Mapping[str, object] = field(default_factory=dict)

    @property
    def cover(self) -> Cover:
        """What its page says of itself; the index is one folder up."""
        return Cover(self.title, "../index.html")


def read_plan(path: str | Path) -> tuple[str, list[Planned]]:
    """Read the title and the reports of a portfolio file.

    Raises
    ------
    InputError
        If it is not there, is no YAML, or names an unknown key, notebook, column or default.
    """
    path = Path(path)
    content = _content(path)
    defaults = _mapping(content, "defaults", path)
    entries = [(entry, _notebook(entry, path)) for entry in content["reports"]]
    takes = {notebook: read_parameters(notebook) for _entry, notebook in entries}
    # A default need not fit every notebook, but one that fits none is mistyped.
    _check_keys(defaults, {name for known in takes.values() for name in known},
                f"{path}: defaults", what="parameter")
    plan = [item for entry, notebook in entries
            for item in _planned(entry, notebook, takes[notebook], defaults, path)]
    names = [item.name for item in plan]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"{path} names reports twice: {listed(twice)}. Give each its own `name:`.")
    return _text(content, "title", "Reports"), plan


def _content(path: Path) -> Mapping[str, object]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}). Give a YAML file.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        detail = " ".join(str(error).split())
        raise InputError(f"{path} is not valid YAML: {detail}. Mend that line.") from error
    reports = content.get("reports") if isinstance(content, dict) else None
    if not isinstance(reports, list) or not reports:
        raise InputError(f"{path} has no list 'reports:'. Write one entry per report under it.")
    _check_keys(content, _TOP_KEYS, str(path))
    return content


def _mapping(entry: Mapping[str, object], key: str, path: Path) -> Mapping[str, object]:
    value = entry.get(key)
    if not isinstance(value, dict | None):
        raise wrong_value(key, value, expected="names with values (`name: value`)", where=str(path))
    return value or {}


def _text(entry: Mapping[str, object], key: str, otherwise: str) -> str:
    """Give the text under a key; a key with nothing after it counts as not written."""
    value = entry.get(key)
    return otherwise if value is None or value == "" else str(value)


def _notebook(entry: object, path: Path) -> Path:
    name = entry.get("notebook") if isinstance(entry, dict) else None
    name = f"{name:02d}" if type(name) is int else name  # YAML takes an unquoted 02 for a number
    if not isinstance(name, str) or not name:
        raise InputError(f"{path}: the entry {entry!r} has no `notebook:`. Name one.")
    _check_keys(entry, _KEYS, str(path))
    beside = path.parent / name
    return find_notebook(beside if beside.is_file() else name)


def _planned(
    entry: Mapping[str, object], notebook: Path, takes: Mapping[str, Parameter],
    defaults: Mapping[str, object], path: Path,
) -> Iterator[Planned]:
    shared = {name: value for name, value in defaults.items() if name in takes}
    own = {**shared, **_mapping(entry, "parameters", path)}
    planned = Planned(slug(_text(entry, "name", notebook.stem)), _text(entry, "title", ""),
                      notebook, own)
    if "for_each" not in entry:
        yield planned
        return
    taken: set[str] = set()
    for label, given in _each(entry["for_each"], own, path):
        name = _free(slug(f"{planned.name}-{label}"), taken)
        values = {key: _fitting(value, takes.get(key)) for key, value in given.items()}
        yield replace(planned, name=name, title=f"{planned.title} {label}".strip(),
                      parameters={**own, **values})


def _check_keys(
    entry: Mapping[str, object], known: set[str], where: str, *, what: str = "key"
) -> None:
    for key in entry:
        if key not in known:
            raise unknown(what, str(key), sorted(known), where=where)


def _fitting(value: object, parameter: object) -> object:
    return [value] if parameter is not None and parameter.type == "list[str]" else value


def _free(name: str, taken: set[str]) -> str:
    """Give the name, numbered if another value made the same ("Ann B." and "Ann B")."""
    number, free = 2, name
    while free in taken:
        number, free = number + 1, f"{name}-{number}"
    taken.add(free)
    return free


def _each(
    each: object, own: Mapping[str, object], path: Path
) -> list[tuple[str, Mapping[str, object]]]:
    """Read what to repeat for: a label and the parameters of each."""
    each = each if isinstance(each, dict) else {}
    _check_keys(each, _EACH_KEYS, str(path))
    needed = {"table", "column"} | (set() if "every" in each else {"parameter"})
    missing = sorted(needed - set(each)) or ([] if "tables_dir" in own else ["tables_dir"])
    if missing:
        raise InputError(
            f"{path}: for_each needs table, column and parameter (or every), and the report "
            f"tables_dir (missing: {listed(missing)}). Add it."
        )
    top = each.get("top") or 0
    if type(top) is not int or top < 0:
        raise wrong_value("top", top, expected="a whole number, 0 for all", where=str(path))
    values = _column(each, path.parent / str(own["tables_dir"]), path)
    if "every" in each:
        return _periods(values, str(each["every"]), path)[:top or None]
    return [(str(value), {str(each["parameter"]): value}) for value in _distinct(values)][
        :top or None]


def _column(each: Mapping[str, object], folder: Path, path: Path) -> pd.Series:
    table, column = str(each["table"]), str(each["column"])
    if table not in TABLES:
        raise unknown("table", table, TABLES, where=str(path))
    frame = read_table(folder / f"{table}.parquet", table)
    for needed in (column, *({"kind"} & set(each))):
        if needed not in frame:
            raise unknown("column", needed, frame.columns, where=f"{path}: table {table}")
    if "kind" in each:
        frame = _of_kind(frame, str(each["kind"]), f"{path}: table {table}")
    if not all(map(is_hashable, frame[column])):
        raise wrong_value("column", column, expected="a column of single values", where=str(path))
    if table == "speakers":  # one row a speaker: how often it is quoted decides, not the rows
        frame = frame[frame["n_quotes"] > 0]
        frame = frame.sort_values(["n_quotes", "name"], ascending=[False, True])
        return frame[column].dropna().drop_duplicates()
    return frame[column].dropna()


def _of_kind(frame: pd.DataFrame, kind: str, where: str) -> pd.DataFrame:
    known = sorted(frame["kind"].dropna().unique())
    if known and kind not in known:
        raise unknown("kind", kind, known, where=where)
    return frame[frame["kind"] == kind]


def _distinct(values: pd.Series) -> Sequence[object]:
    if values.is_unique:
        return values.tolist()
    return values.value_counts().index.tolist()


def _periods(
    moments: pd.Series, every: str, path: Path
) -> list[tuple[str, Mapping[str, object]]]:
    if not is_datetime64_any_dtype(moments):
        raise wrong_value("column", moments.name, expected="a column of dates", where=str(path))
    if every not in _PERIODS:
        raise wrong_value("every", every, expected=f"one of {listed(_PERIODS)}", where=str(path))
    periods = moments.dt.tz_localize(None).dt.to_period(_PERIODS[every]).sort_values().unique()
    return [
        (f"{item.start_time:%Y-%m-%d}" if every == "week" else str(item),
         {"start_date": f"{item.start_time:%Y-%m-%d}", "end_date": f"{item.end_time:%Y-%m-%d}"})
        for item in periods
    ]


def slug(text: object) -> str:
    """Give a name for files: word characters, dots and dashes."""
    return re.sub(r"[^\w.-]+", "-", str(text)).strip("-.").lower()[:80] or "report"
