"""Many reports from one YAML file, in parallel processes, with an index page.

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
```
Paths count from the YAML file's folder. `for_each` makes one report for each value of a column.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import yaml

from analysis.errors import InputError, listed, unknown
from analysis.reports.execute import Report, run_report
from analysis.reports.index import write_index
from analysis.reports.parameters import check_parameters, find_notebook, read_parameters

Say = Callable[[str], None]
_KEYS = {"notebook", "name", "title", "parameters", "for_each"}


@dataclass(frozen=True)
class Planned:
    """One report to make."""

    name: str
    title: str
    notebook: Path
    parameters: Mapping[str, object] = field(default_factory=dict)


def run_portfolio(
    reports: str | Path, *, out: str | Path, only: str = "", limit: int = 0, workers: int = 0,
    continue_on_error: bool = True, say: Say = lambda _line: None,
) -> list[Report]:
    """Make the reports of a YAML file and an index page of all.

    Parameters
    ----------
    reports
        The YAML file.
    out
        Folder for the reports, one sub-folder each, and `index.html`.
    only
        Only reports whose name contains this.
    limit
        At most so many; 0 for all.
    workers
        Worker processes; 0 for one per core.
    continue_on_error
        Whether to go on after a report failed.
    say
        Called with one line per report as it ends.

    Returns
    -------
    list of Report
        In the file's order. Every parameter of every report is checked before the first starts.

    Raises
    ------
    InputError
        If the file cannot be read, or a notebook or parameter does not fit.
    """
    reports, out = Path(reports), Path(out)
    title, plan = read_plan(reports)
    plan = [item for item in plan if only in item.name][: limit or None]
    if not plan:
        raise InputError(f"{reports} has no report whose name contains '{only}'. Leave --only out.")
    for item in plan:
        check_parameters(item.notebook, item.parameters, base=reports.parent)
    made = _run_all(plan, out, reports.parent.resolve(), workers, continue_on_error, say)
    write_index(out, title, [(item, made[item.name]) for item in plan if item.name in made])
    return [made[item.name] for item in plan if item.name in made]


def _run_all(  # noqa: PLR0917 - private, called once
    plan: list[Planned], out: Path, base: Path, workers: int, go_on: bool, say: Say
) -> dict[str, Report]:
    made: dict[str, Report] = {}
    pool = ProcessPoolExecutor(workers or os.cpu_count() or 1, mp_context=get_context("spawn"))
    with pool:
        jobs = {pool.submit(_make, item, out, base): item for item in plan}
        for job in as_completed(jobs):
            if job.cancelled():
                continue
            report = job.result()
            made[report.name] = report
            say(_line(report, len(made), len(plan)))
            if not report.ok and not go_on:
                pool.shutdown(wait=False, cancel_futures=True)
    return made


def _make(item: Planned, out: Path, base: Path) -> Report:
    return run_report(
        item.notebook, item.parameters, out=out / item.name, name=item.name, base=base
    )


def _line(report: Report, done: int, of: int) -> str:
    state = "unchanged" if report.reused else "made" if report.ok else "FAILED"
    rest = f": {report.error}" if report.error else f" in {report.seconds:.0f} s"
    return f"[{done}/{of}] {report.name} {state}{'' if report.reused else rest}"


def read_plan(path: str | Path) -> tuple[str, list[Planned]]:
    """Read the title and the reports of a portfolio file.

    Raises
    ------
    InputError
        If it is not there, is no YAML, or names an unknown key, notebook or column.
    """
    path = Path(path)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}). Give a YAML file.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        detail = " ".join(str(error).split())
        raise InputError(f"{path} is not valid YAML: {detail}. Mend that line.") from error
    if not isinstance(content, dict) or not isinstance(content.get("reports"), list):
        raise InputError(f"{path} has no list 'reports:'. Write one entry per report under it.")
    defaults = content.get("defaults") or {}
    plan = [item for entry in content["reports"] for item in _planned(entry, defaults, path)]
    names = [item.name for item in plan]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"{path} names reports twice: {listed(twice)}. Give each its own `name:`.")
    return str(content.get("title", "Reports")), plan


def _planned(entry: object, defaults: Mapping[str, object], path: Path) -> Iterator[Planned]:
    if not isinstance(entry, dict) or "notebook" not in entry:
        raise InputError(f"{path}: the entry {entry!r} has no `notebook:`. Name one.")
    for key in entry:
        if key not in _KEYS:
            raise unknown("key", key, _KEYS, where=str(path))
    notebook = find_notebook(entry["notebook"])
    takes = read_parameters(notebook)
    shared = {name: value for name, value in defaults.items() if name in takes}
    own = {**shared, **(entry.get("parameters") or {})}
    name, title = entry.get("name", notebook.stem), entry.get("title", "")
    if "for_each" not in entry:
        yield Planned(_slug(name), title, notebook, own)
        return
    parameter, values = _each(entry["for_each"], own, path)
    for value in values:
        given = {**own, parameter: [value] if takes[parameter].type == "list[str]" else value}
        yield Planned(_slug(f"{name}-{value}"), f"{title} {value}".strip(), notebook, given)


def _each(each: Mapping[str, object], own: Mapping[str, object], path: Path) -> tuple[str, list]:
    """Read the distinct values of one column of the tables, the most frequent first."""
    from analysis.tables import TABLES, read_table

    missing = {"table", "column", "parameter"} - set(each)
    if missing or "tables_dir" not in own:
        raise InputError(
            f"{path}: for_each needs table, column and parameter, and the report `tables_dir` "
            f"(missing: {listed(sorted(missing) or ['tables_dir'])})."
        )
    table, column = str(each["table"]), str(each["column"])
    if table not in TABLES:
        raise unknown("table", table, TABLES, where=str(path))
    frame = read_table(path.parent / str(own["tables_dir"]) / f"{table}.parquet", table)
    if column not in frame:
        raise unknown("column", column, frame.columns, where=f"{path}: table {table}")
    if "kind" in each:
        frame = frame[frame["kind"] == each["kind"]]
    if table == "speakers":
        frame = frame.sort_values(["n_quotes", "name"], ascending=[False, True])
        values = frame[column].dropna().drop_duplicates().tolist()
    else:
        values = frame[column].dropna().value_counts().index.tolist()
    return str(each["parameter"]), values[: int(each.get("top", 0)) or None]


def _slug(text: object) -> str:
    return re.sub(r"[^\w.-]+", "-", str(text)).strip("-.").lower()[:80] or "report"
