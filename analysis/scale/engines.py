"""Where tasks run: in this process, in worker processes (pebble), or on a Dask cluster.

An engine takes tasks as they come, keeps only a few in flight, and gives each back with "" or
the reason why it failed. A worker that dies or hangs costs its own task, nobody else's.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import Any

from analysis.errors import InputError

Task = tuple[Any, ...]
Run = Callable[[Callable[..., None], Iterable[Task]], Iterator[tuple[Task, str]]]
_IN_FLIGHT = 3  # tasks per worker: enough that none waits, few enough to bound what is queued


@contextmanager
def engine(*, workers: int, cluster: str, seconds: float) -> Iterator[Run]:
    """Open an engine; it closes its workers at the end.

    Parameters
    ----------
    workers
        Worker processes; 0 runs everything in this process (no guard against a crash).
    cluster
        "" for this machine, "local" for a Dask cluster on it, or a scheduler's address.
    seconds
        A task that takes longer is stopped and failed.
    """
    if cluster:
        with _dask(cluster, workers) as run:
            yield run
    elif workers:
        with _processes(workers, seconds) as run:
            yield run
    else:
        yield _here


def _here(function: Callable[..., None], tasks: Iterable[Task]) -> Iterator[tuple[Task, str]]:
    for task in tasks:
        function(*task)
        yield task, ""


@contextmanager
def _processes(workers: int, seconds: float) -> Iterator[Run]:
    from concurrent.futures import FIRST_COMPLETED, Future, wait

    from pebble import ProcessPool

    def run(function: Callable[..., None], tasks: Iterable[Task]) -> Iterator[tuple[Task, str]]:
        waiting: dict[Future, Task] = {}
        source = iter(tasks)
        while True:
            for task in islice(source, _IN_FLIGHT * workers - len(waiting)):
                waiting[pool.schedule(function, args=task, timeout=seconds)] = task
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), _reason(future.exception())

    # Spawned, not forked: onnxruntime's threads do not survive a fork.
    with ProcessPool(workers, context=get_context("spawn")) as pool:
        yield run


@contextmanager
def _dask(cluster: str, workers: int) -> Iterator[Run]:
    try:
        from distributed import Client, LocalCluster, as_completed
    except ImportError as error:
        raise InputError(
            "--cluster needs Dask, which is not installed. Run: pip install 'on-record[cluster]'."
        ) from error

    def run(function: Callable[..., None], tasks: Iterable[Task]) -> Iterator[tuple[Task, str]]:
        source = iter(tasks)
        width = _IN_FLIGHT * max(1, sum(client.nthreads().values()))
        owners = {client.submit(function, *task, pure=False): task
                  for task in islice(source, width)}
        done = as_completed(list(owners))
        for future in done:
            yield owners.pop(future), _reason(future.exception())
            for task in islice(source, 1):
                new = client.submit(function, *task, pure=False)
                owners[new] = task
                done.add(new)

    if cluster == "local":
        own = LocalCluster(n_workers=workers or 1, threads_per_worker=1, dashboard_address=None)
        with own, Client(own) as client:
            yield run
        return
    try:
        client = Client(cluster, timeout=20)
    except (OSError, ValueError) as error:
        raise InputError(
            f"No Dask scheduler answers at {cluster} ({error}). Start one, or use --workers."
        ) from error
    with client:
        yield run


def _reason(error: BaseException | None) -> str:
    if error is None:
        return ""
    if isinstance(error, InputError):
        raise error  # the user's to mend (disk full, model missing): no retry can help
    return f"{type(error).__name__}: {error}".splitlines()[0][:300]
