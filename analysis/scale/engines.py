"""Where tasks run: in this process, in worker processes (pebble), or on a Dask cluster.

An engine takes tasks as they come, keeps only a few in flight, and gives each back with "" or
the reason why it failed. A worker that dies or hangs costs the tasks it held, nobody else's, and
is replaced.
"""

import faulthandler
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol

from analysis.errors import InputError

Task = tuple[Any, ...]
Work = Callable[..., None]
STOPPED = "its worker died, hung or ran out of memory"
_IN_FLIGHT = 3  # tasks per worker: enough that none waits, few enough to bound what is queued
_PATIENCE = 5  # seconds after which a cluster of our own is looked after
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Run(Protocol):
    """What an engine does; `seconds` says how long a task may take before it is stopped."""

    def __call__(  # noqa: D102 - said above
        self, function: Work, tasks: Iterable[Task], *, seconds: Callable[[Task], float],
    ) -> Iterator[tuple[Task, str]]: ...


@contextmanager
def engine(*, workers: int, cluster: str) -> Iterator[Run]:
    """Open an engine; it closes its workers at the end.

    Parameters
    ----------
    workers
        Worker processes; 0 runs everything in this process (no guard against a crash).
    cluster
        "" for this machine, "local" for a Dask cluster on it, or a scheduler's address.
    """
    if cluster:
        with _dask(cluster, workers) as run:
            yield run
    elif workers:
        with _processes(workers) as run:
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
            yield task, _reason(error)
        else:
            yield task, ""


def _keep_busy(
    tasks: Iterable[Task], *, width: Callable[[], int], submit: Callable[[Task], Any],
    wait: Callable[[Iterable[Any]], Iterable[Any]],
) -> Iterator[tuple[Task, str]]:
    """Keep `width` tasks in flight; give each back when its future is done."""
    waiting: dict[Any, Task] = {}
    source = iter(tasks)
    while True:
        for task in islice(source, max(0, width() - len(waiting))):
            waiting[submit(task)] = task
        if not waiting:
            return
        for future in wait(waiting):
            yield waiting.pop(future), _reason(future.exception())


@contextmanager
def _processes(workers: int) -> Iterator[Run]:
    from concurrent.futures import FIRST_COMPLETED
    from concurrent.futures import wait as wait_for

    from pebble import ProcessPool

    def run(
        function: Work, tasks: Iterable[Task], *, seconds: Callable[[Task], float],
    ) -> Iterator[tuple[Task, str]]:
        return _keep_busy(
            tasks, width=lambda: _IN_FLIGHT * workers,
            submit=lambda task: pool.schedule(function, args=task, timeout=seconds(task)),
            wait=lambda futures: wait_for(futures, return_when=FIRST_COMPLETED).done,
        )

    # Spawned, not forked: onnxruntime's threads do not survive a fork.
    with _environment(_ONE_THREAD), ProcessPool(workers, context=get_context("spawn")) as pool:
        try:
            yield run
        except BaseException:
            pool.stop()  # do not finish what nobody will look at
            raise


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Set variables that processes started meanwhile inherit, unless the user set them."""
    new = {name: value for name, value in values.items() if name not in os.environ}
    os.environ.update(new)
    try:
        yield
    finally:
        for name in new:
            os.environ.pop(name, None)


@contextmanager
def _dask(cluster: str, workers: int) -> Iterator[Run]:
    try:
        import distributed
    except ImportError as error:
        raise InputError(
            "--cluster needs Dask, which is not installed. Run: pip install 'on-record[cluster]'."
        ) from error

    def run(
        function: Work, tasks: Iterable[Task], *, seconds: Callable[[Task], float],
    ) -> Iterator[tuple[Task, str]]:
        def wait(futures: Iterable[Any]) -> Iterable[Any]:
            while True:
                try:
                    return distributed.wait(
                        list(futures), timeout=_PATIENCE, return_when="FIRST_COMPLETED").done
                except TimeoutError:
                    mend()

        return _keep_busy(
            tasks, width=lambda: _IN_FLIGHT * max(1, workers, sum(client.nthreads().values())),
            submit=lambda task: client.submit(_guarded, function, seconds(task), *task, pure=False),
            wait=wait,
        )

    opened = _own_cluster(workers or 1) if cluster == "local" else _scheduler_at(cluster)
    with opened as (client, mend):
        yield run


def _guarded(function: Work, seconds: float, *task: object) -> None:
    """Do a task in a Dask worker; a hang, even within one regular expression, ends the worker.

    The watch is one per process, hence `--nthreads 1` for workers.
    """
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            function(*task)
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _own_cluster(workers: int) -> Iterator[tuple[Any, Callable[[], object]]]:
    """Open a Dask cluster on this machine; `mend` replaces workers that died while they started."""
    import logging

    import dask
    from distributed import Client, LocalCluster, Status

    def mend() -> None:
        for name, nanny in list(own.workers.items()):
            if nanny.status in {Status.closed, Status.failed}:
                own.workers.pop(name, None)
        own.scale(workers)

    # One death fails a task: it is tried again alone, where it cannot take others with it. And
    # Dask is not to end a worker that it misses for some seconds: its nanny is starting it again.
    habits = {"distributed.scheduler.allowed-failures": 0,
              "distributed.deploy.lost-worker-timeout": "1 day"}
    with (
        dask.config.set(habits),
        LocalCluster(n_workers=0, threads_per_worker=1, dashboard_address=None,
                     silence_logs=logging.CRITICAL) as own,
        Client(own) as client,
    ):
        mend()
        yield client, mend


@contextmanager
def _scheduler_at(address: str) -> Iterator[tuple[Any, Callable[[], object]]]:
    """Connect to a cluster of somebody else's, who looks after its workers."""
    from distributed import Client

    try:
        client = Client(address, timeout=20)
    except (OSError, ValueError) as error:
        raise InputError(
            f"No Dask scheduler answers at {address} ({error}). Start one, or use --workers."
        ) from error
    with client:
        yield client, lambda: None


def _reason(error: BaseException | None) -> str:
    if error is None:
        return ""
    if isinstance(error, InputError):
        raise error  # the user's to mend (disk full, model missing): no retry can help
    if type(error).__name__ in {"ProcessExpired", "TimeoutError", "KilledWorker"}:
        return STOPPED  # one wording for every engine, as the tables must not tell which it was
    return f"{type(error).__name__}: {error}".splitlines()[0][:300]
