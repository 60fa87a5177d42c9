"""Tasks in processes of this machine, each guarded in time and replaced when it dies (pebble)."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext

from analysis.scale.busy import IN_FLIGHT, PATIENCE, Run, Task, Work, keep_busy, nothing

# What every worker needs, imported once in the process that workers are forked from.
SHARED = ["analysis.scale.piece", "analysis.articles.teasers", "analysis.quotations.extract",
          "analysis.speakers.stage", "analysis.topics.voices", "analysis.topics.user",
          "onnxruntime", "scipy.sparse", "spacy", "typer"]
START = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@contextmanager
def in_processes(workers: int, *, first: Callable[[], None]) -> Iterator[Run]:
    """Open worker processes as an engine; each does `first` as it starts."""

    def run(
        function: Work, tasks: Iterable[Task], *, seconds: Callable[[Task], float],
    ) -> Iterator[tuple[Task, str]]:
        return keep_busy(
            tasks, width=lambda: IN_FLIGHT * workers, wait=pool.wait,
            submit=lambda task: pool.submit(function, task, seconds(task)),
        )

    with _environment(_ONE_THREAD):
        pool = _Pool(workers, first)
        try:
            yield run
        finally:
            pool.stop()


class _Pool:
    """A pebble pool, opened again when a death broke it.

    pebble replaces a worker that dies at work; one that dies between tasks breaks the pool, and
    all tasks in it fail.
    """

    def __init__(self, workers: int, first: Callable[[], None]) -> None:
        self._workers, self._first = workers, first
        self._open()

    def _open(self) -> None:
        from pebble import ProcessPool

        self._pool = ProcessPool(
            self._workers, context=_context(), initializer=_begin, initargs=(self._first,))
        self._pool.schedule(nothing)  # so that they start now

    def submit(self, function: Work, task: Task, seconds: float) -> Future:
        """Queue a task that may take some seconds once it has begun."""
        if not self._pool.active:
            self.stop()
            self._open()
        try:
            return self._pool.schedule(function, args=task, timeout=seconds)
        except RuntimeError:  # broken just now
            return self.submit(function, task, seconds)

    def wait(self, futures: Iterable[Future]) -> set[Future]:
        """Wait until some are done; if the pool broke, all are."""
        futures = list(futures)
        while True:
            done = wait(futures, timeout=PATIENCE, return_when=FIRST_COMPLETED).done
            if done:
                return done
            if not self._pool.active:
                for future in futures:
                    if not future.done():
                        future.set_exception(BrokenProcessPool())

    def stop(self) -> None:
        """End the workers; what is queued is not done."""
        self._pool.stop()
        self._pool.join()


def _context() -> BaseContext:
    """Give the way to start workers: forked from a process of their own, or else spawned.

    Not forked from this one: threads, such as the reader's, do not survive a fork.
    """
    context = get_context(START)
    if START == "forkserver":
        context.set_forkserver_preload(SHARED)
    return context


def _begin(first: Callable[[], None]) -> None:
    with suppress(Exception):  # the first task will say it
        first()


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
