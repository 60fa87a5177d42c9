"""Reports in worker processes (pebble): one that dies costs its own report, nobody else's."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed
from multiprocessing import get_context
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from analysis.errors import InputError
from analysis.reports.execute import Report, broken_report, run_report
from analysis.reports.plan import Planned


def run_reports(
    plan: Sequence[Planned], *, out: Path, base: Path, workers: int = 0
) -> Iterator[Report]:
    """Run reports at once and give each as it ends; closing it drops those that wait.

    Parameters
    ----------
    plan
        What to make.
    out
        Folder; each report gets a sub-folder of its name.
    base
        Folder against which relative paths in parameters count.
    workers
        Worker processes; 0 for one per core.

    Yields
    ------
    Report
        One for each of `plan`: one whose process was killed is shown as failed.
    """
    if not plan:
        return
    cores = os.cpu_count() or 1
    width = min(workers or cores, len(plan))
    pool = ProcessPool(width, context=get_context("spawn"), initializer=_share,
                       initargs=[max(1, cores // width)])
    jobs = {pool.schedule(_make, args=[item, out, base]): item for item in plan}
    try:
        for job in as_completed(jobs):
            error = job.exception()
            if error is None:
                yield job.result()
            else:
                yield _broken(jobs[job], out, base, error)
    finally:
        for job in jobs:
            if not job.running():
                job.cancel()
        pool.close()
        pool.join()


def _share(threads: int) -> None:
    """Let this worker's kernels use no more threads than their share of the cores.

    Arrow, OpenBLAS, MKL and numexpr all read this one variable when they start.
    """
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))


def _make(item: Planned, out: Path, base: Path) -> Report:
    return run_report(
        item.notebook, item.parameters, out=out / item.name, name=item.name, base=base,
        cover=item.cover,
    )


def _broken(item: Planned, out: Path, base: Path, error: BaseException) -> Report:
    reason = f"{type(error).__name__}: {error}"
    if isinstance(error, ProcessExpired):
        reason = (f"The process that made this report died (exit code {error.exitcode}; -9 is "
                  "often a lack of memory). Try again with fewer --workers.")
    elif isinstance(error, InputError):
        reason = str(error)
    return broken_report(item.notebook, item.parameters, out=out / item.name, name=item.name,
                         base=base, error=reason, cover=item.cover)
