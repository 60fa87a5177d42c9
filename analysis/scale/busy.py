"""What every engine does: a few tasks in flight, each given back with "" or why it failed."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Protocol

from analysis.errors import InputError

Task = tuple[Any, ...]
Work = Callable[..., None]
STOPPED = "its worker died, hung or ran out of memory"
IN_FLIGHT = 3  # tasks per worker: enough that none waits, few enough to bound what is queued
PATIENCE = 5  # seconds after which an engine looks after its workers
_STOPS = {"ProcessExpired", "BrokenProcessPool", "TimeoutError", "KilledWorker"}


class Run(Protocol):
    """What an engine does; `seconds` says how long a task may take before it is stopped."""

    def __call__(  # noqa: D102 - said above
        self, function: Work, tasks: Iterable[Task], *, seconds: Callable[[Task], float],
    ) -> Iterator[tuple[Task, str]]: ...


def nothing() -> None:
    """Do nothing: a task that only starts a worker."""


def keep_busy(
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
            yield waiting.pop(future), reason_of(future.exception())


def reason_of(error: BaseException | None) -> str:
    """Say in one line why a task failed; "" if it did not."""
    if error is None:
        return ""
    if isinstance(error, InputError):
        raise error  # the user's to mend (disk full, model missing): no retry can help
    if type(error).__name__ in _STOPS:
        return STOPPED  # one wording for every engine, as the tables must not tell which it was
    return f"{type(error).__name__}: {error}".splitlines()[0][:300]
