"""Where tasks run: in this process, in worker processes (pebble), or on a Dask cluster.

An engine takes tasks as they come, keeps only a few in flight, and gives each back with "" or
the reason why it failed. A worker that dies or hangs costs the tasks it held, nobody else's, and
is replaced.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from analysis.scale.busy import Run, Task, Work, nothing, reason_of


@contextmanager
def engine(
    *, workers: int, cluster: object, first: Callable[[], None] = nothing
) -> Iterator[Run]:
    """Open an engine; it closes its workers at the end.

    Parameters
    ----------
    workers
        Worker processes; 0 runs everything in this process (no guard against a crash).
    cluster
        "" for this machine, "local" for a Dask cluster on it, a scheduler's address, or any
        cluster object of Dask.
    first
        What a worker process of this machine does before its first task, such as loading a model.
    """
    if cluster != "":
        from analysis.scale.dask import on_dask

        with on_dask(cluster, workers) as run:
            yield run
    elif workers:
        from analysis.scale.processes import in_processes

        with in_processes(workers, first=first) as run:
            yield run
    else:
        yield _here


def _here(
    function: Work, tasks: Iterable[Task], *, seconds: Callable[[Task], float],  # noqa: ARG001
) -> Iterator[tuple[Task, str]]:
    for task in tasks:
        try:
            function(*task)
        except Exception as error:  # noqa: BLE001 - whatever an article does, the others go on
            yield task, reason_of(error)
        else:
            yield task, ""
