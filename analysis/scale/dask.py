"""Tasks on a Dask cluster: one of our own on this machine, or somebody's by its address."""

import faulthandler
import gc
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.scale.busy import IN_FLIGHT, PATIENCE, Run, Task, Work, keep_busy
from analysis.scale.processes import SHARED, START

_TILL_A_WORKER = 300  # seconds; a queue may hold workers back
_HABITS = {  # of a cluster of our own
    # One death fails a task: it is tried again alone, where it cannot take others with it.
    "distributed.scheduler.allowed-failures": 0,
    # A worker missed for some seconds is not ended: its nanny is starting it again.
    "distributed.deploy.lost-worker-timeout": "1 day",
    # No task waits for a busy worker while another is idle.
    "distributed.scheduler.worker-saturation": 1.0,
    # Unset, freed memory is kept for the next arrays; set, a task takes a tenth longer.
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,
    # Nobody looks at how workers spend their time: there is no dashboard.
    "distributed.worker.profile.enabled": False,
}


@contextmanager
def on_dask(cluster: object, workers: int) -> Iterator[Run]:
    """Open a cluster's workers as an engine."""
    try:
        _import_dask()
        import distributed
        from distributed.client import FuturesCancelledError
        from distributed.comm import CommClosedError
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
                        list(futures), timeout=PATIENCE, return_when="FIRST_COMPLETED").done
                except TimeoutError:
                    mend()

        return keep_busy(
            tasks, width=lambda: IN_FLIGHT * max(1, workers, _threads(client)), wait=wait,
            submit=lambda task: client.submit(_guarded, function, seconds(task), *task, pure=False),
        )

    # A client that never connected, collected while a cluster starts, would lock Dask up for good.
    gc.collect()
    opened = _own_cluster(workers or 1) if cluster == "local" else _cluster_of_others(cluster)
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    with opened as (client, mend):
        try:
            yield run
        except (FuturesCancelledError, CommClosedError) as error:
            raise InputError(
                "The Dask scheduler went away. Start it again, then run the same command again: "
                "it goes on where it stopped."
            ) from error


def _import_dask() -> None:
    """Import Dask so that workers of our own start as those of `in_processes` do."""
    import dask

    if "distributed" not in sys.modules:  # it chooses as it is imported
        dask.config.set({"distributed.worker.multiprocessing-method": START})
    import distributed  # noqa: F401

    if START == "forkserver":
        get_context(START).set_forkserver_preload(["distributed", *SHARED])


def _threads(client: Any) -> int:  # noqa: ANN401 - Dask is imported only where it is used
    from distributed.comm import CommClosedError

    try:
        return sum(client.nthreads().values())
    except OSError as error:
        raise CommClosedError(str(error)) from error


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
    import dask
    from distributed import Client, LocalCluster, Status

    def mend() -> None:
        for name, nanny in list(own.workers.items()):
            if nanny.status in {Status.closed, Status.failed}:
                own.workers.pop(name, None)
        own.scale(workers)

    no_dashboard = {"dashboard": False, "dashboard_address": "127.0.0.1:0"}
    with (
        dask.config.set(_HABITS),
        LocalCluster(n_workers=0, threads_per_worker=1, silence_logs=logging.CRITICAL,
                     scheduler_kwargs=no_dashboard) as own,
        Client(own) as client,
    ):
        mend()
        yield client, mend


@contextmanager
def _cluster_of_others(cluster: object) -> Iterator[tuple[Any, Callable[[], object]]]:
    """Connect to a cluster that somebody else made, who looks after its workers."""
    from distributed import Client

    try:
        client = Client(cluster, timeout=20)
    except (OSError, ValueError) as error:
        raise InputError(
            f"No Dask scheduler answers at {cluster} ({error}). Start one, or use --workers."
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_TILL_A_WORKER)
        except TimeoutError as error:
            raise InputError(
                f"The Dask scheduler at {cluster} has had no worker for {_TILL_A_WORKER} s. "
                "Start some: dask worker --nthreads 1 ADDRESS."
            ) from error
        yield client, lambda: None
