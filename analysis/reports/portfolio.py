"""Many reports and an index page; what to make is in `plan`, how at once in `workers`."""

from collections.abc import Callable
from pathlib import Path

from analysis.errors import InputError
from analysis.reports.execute import Report, unchanged_report
from analysis.reports.index import write_index
from analysis.reports.plan import read_plan
from analysis.reports.workers import run_reports

Say = Callable[[str], None]


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
        raise InputError(
            f"{reports} has no report whose name contains '{only}'. Leave --only out." if only else
            f"{reports} makes no report: for_each matches nothing in the tables. Mend it."
        )
    base = reports.parent.resolve()
    known = {item.name: unchanged_report(
        item.notebook, item.parameters, out=out / item.name, name=item.name, base=base,
        cover=item.cover,
    ) for item in plan}
    made = {name: report for name, report in known.items() if report}
    for count, report in enumerate(made.values(), 1):
        say(_line(report, count, len(plan)))
    todo = [item for item in plan if item.name not in made]
    for report in run_reports(todo, out=out, base=base, workers=workers):
        made[report.name] = report
        say(_line(report, len(made), len(plan)))
        if not report.ok and not continue_on_error:
            break
    write_index(out, title, [(item, made[item.name]) for item in plan if item.name in made])
    return [made[item.name] for item in plan if item.name in made]


def _line(report: Report, done: int, of: int) -> str:
    state = "unchanged" if report.reused else "made" if report.ok else "FAILED"
    rest = f": {report.error}" if report.error else f" in {report.seconds:.0f} s"
    return f"[{done}/{of}] {report.name} {state}{'' if report.reused else rest}"
