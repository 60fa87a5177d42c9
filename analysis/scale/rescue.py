"""A piece that stopped its worker: tried again alone, then searched by halves for the article."""

from collections.abc import Callable, Iterator

from analysis.errors import InputError
from analysis.scale import place as files
from analysis.scale.busy import Run, Task, Work
from analysis.scale.piece import try_on, work_on
from analysis.scale.place import Place

_ROUNDS = 5
_SURE = 3  # how often an article must stop a worker before it is rejected
_PATIENCE = 30  # tries until a worker must live


def seconds_for(n_words: int) -> float:
    """Give the time after which a worker counts as hung.

    Three minutes to start on a machine that is busy with other things, and ten times what one
    core needs for the words.
    """
    return 180 + n_words / 500


def rescue(run: Run, task: Task, n_words: int) -> None:
    """Get a piece done that failed: alone, then without the articles that stop a worker.

    Those are named in the piece's `bad.json`, and land in the table `rejected`.

    Raises
    ------
    InputError
        If the piece fails though none of its articles does alone.
    """
    root, key, *_ = task
    piece = Place(root).under(key)
    why = _once(run, work_on, task, n_words)
    for _round in range(_ROUNDS):
        if not why:
            break
        bad = _culprits(run, task)
        files.write_json(piece, "bad.json", {**files.read_json(piece, "bad.json"), **bad})
        why = _once(run, work_on, task, n_words)
    if why:
        raise InputError(
            f"{piece.root} cannot be worked on ({why}), though each of its articles can alone. "
            "Give each worker more memory, then run the same command again."
        )


def insist(run: Run, function: Work, task: Task, n_words: int) -> None:
    """Do a task that failed once more, and again if need be.

    Raises
    ------
    InputError
        If it fails every time.
    """
    for _round in range(_ROUNDS):
        why = _once(run, function, task, n_words)
        if not why:
            return
    raise InputError(
        f"The topics of {Place(task[0]).under(task[1]).root} cannot be told ({why}). "
        "Give each worker more memory, then run the same command again."
    )


def _culprits(run: Run, task: Task) -> dict[str, str]:
    """Name the articles that stop a worker, with the reason."""
    root, key, settings, *_ = task
    columns = ["article_id", "n_words"]
    table = files.read_parquet(Place(root).under(key), "input.parquet", columns)
    names, sizes = (table.column(name).to_pylist() for name in columns)

    def fails(low: int, high: int) -> str:
        return _once(run, try_on, (root, key, settings, (low, high)), sum(sizes[low:high]))

    def stops(row: int) -> str:
        """Say why an article stops a worker that was well just before, time after time."""
        why = ""
        for _time in range(_SURE):
            _wait_for_workers(lambda: fails(0, 0))
            why = fails(row, row + 1)
            if not why:
                break
        return why

    return {names[row]: why for row in _suspects(fails, 0, len(names)) if (why := stops(row))}


def _wait_for_workers(fails: Callable[[], str]) -> None:
    """Wait until a worker does the task of no article: they may be dying of something else."""
    why = ""
    for _time in range(_PATIENCE):
        why = fails()
        if not why:
            return
    raise InputError(
        f"Workers cannot work even without an article ({why}). "
        "See what ends them (memory?), then run the same command again."
    )


def _suspects(
    fails: Callable[[int, int], str], low: int, high: int
) -> Iterator[int]:
    """Halve rows that failed together until those that fail stand alone."""
    if high - low == 1:
        yield low
        return
    middle = (low + high) // 2
    for part in ((low, middle), (middle, high)):
        if fails(*part):
            yield from _suspects(fails, *part)


def _once(run: Run, function: Work, task: Task, n_words: int) -> str:
    """Do one task, alone in the engine; give "" or why it failed."""
    ((_task, why),) = run(function, [task], seconds=lambda _task: seconds_for(n_words))
    return why
