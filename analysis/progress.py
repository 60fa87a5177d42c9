"""One tqdm bar for whatever takes long: at a terminal and in a notebook, silent elsewhere.

Executed reports, logs, worker processes and pipes get none; `TQDM_DISABLE=1` turns it off.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from threading import RLock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tqdm import tqdm

_LOCK = RLock()
_open: list["tqdm"] = []


@contextmanager
def progress_bar(
    what: str, *, unit: str, total: int | None = None, delay: float = 2.0
) -> Iterator["tqdm"]:
    """Show a bar while the block runs; count with its `update`.

    Within the block of another bar there is still one bar only: the outer one shows what is
    under way, and goes on counting if it counts the same.

    Parameters
    ----------
    what
        What is being done, such as "Reading articles".
    unit
        What is counted, in the plural.
    total
        How many there will be, if that is known.
    delay
        Seconds before the bar appears.
    """
    from tqdm import tqdm

    # tqdm's own lock is shared between processes, and lies about when a worker is stopped
    tqdm.set_lock(_LOCK)
    if _open:
        _open[-1].set_description_str(what)
        yield _open[-1] if _open[-1].unit == f" {unit}" else tqdm(disable=True)
        return
    notebook = _is_kernel(sys.stderr)
    stream = sys.stdout if notebook else sys.stderr  # JupyterLab shows stderr like an alarm
    with tqdm(desc=what, unit=f" {unit}", total=total, delay=delay, file=stream, leave=notebook,
              disable=not _is_watched()) as bar:
        bar.unit = f" {unit}"  # a bar that is off does not keep it
        _open.append(bar)
        try:
            yield bar
        finally:
            _open.remove(bar)


def _is_watched() -> bool:
    quiet = os.environ.get("TQDM_DISABLE", "") not in ("", "0") or parent_process() is not None
    return not quiet and (_is_kernel(sys.stderr) or sys.stderr.isatty())


def _is_kernel(stream: object) -> bool:
    """Whether it is a Jupyter kernel's stream: no terminal, but somebody may be looking."""
    return type(stream).__module__.startswith("ipykernel")
