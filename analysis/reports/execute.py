"""One report: a notebook run with parameters, kept, and exported as HTML, whatever happens.

papermill runs the notebook; the kernel's connections use IPC, so nothing listens on the
network and no warning about unencrypted transport appears. A run that fails keeps its partial
notebook, still becomes HTML, and says in one line what went wrong, where.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from analysis.errors import InputError
from analysis.reports.html import PLAIN, Cover
from analysis.reports.parameters import check_parameters, read_parameters

if TYPE_CHECKING:
    from traitlets.config import Config

REPORT_FILE = "run.json"


@dataclass(frozen=True)
class Report:
    """What became of one report."""

    name: str
    folder: Path
    ok: bool
    seconds: float
    error: str = ""
    reused: bool = False

    @property
    def html(self) -> Path:
        """The page."""
        return self.folder / f"{self.name}.html"


def run_report(
    notebook: str | Path, given: Mapping[str, object], *, out: str | Path, name: str = "",
    base: str | Path = ".", progress: bool = False, cover: Cover = PLAIN,
) -> Report:
    """Run one notebook with the given parameters and export it.

    Parameters
    ----------
    notebook
        Path of the notebook.
    given
        Parameter values by name; the rest keep the notebook's defaults.
    out
        Folder for the report: `NAME.ipynb`, `NAME.html`, `tables/`, `figures/`, `run.json`.
    name
        Name of the report; default the notebook's.
    base
        Folder against which relative paths in `given` count.
    progress
        Whether papermill shows a progress bar.
    cover
        A title of the report's own, and the index it belongs to.

    Returns
    -------
    Report
        `ok` is False if the notebook failed; `error` then says why in one line. A report whose
        notebook, parameters, tables and package are unchanged is not run again (`reused`).

    Raises
    ------
    InputError
        If a parameter is unknown or does not fit: nothing is started then.
    """
    notebook, out = Path(notebook), Path(out)
    name = name or notebook.stem
    values = _values(notebook, given, out, base)
    done = _finished(out, name, _key(notebook, values, cover))
    if done:
        return done
    _make_folder(out)
    _forget(out, name)
    started = time.monotonic()
    error = _execute(notebook, values, out / f"{name}.ipynb", progress=progress)
    seconds = round(time.monotonic() - started, 1)
    report = Report(name, out, ok=not error, seconds=seconds, error=error)
    return _finish(report, notebook, values, cover)


def broken_report(
    notebook: str | Path, given: Mapping[str, object], *, out: str | Path, name: str, error: str,
    base: str | Path = ".", cover: Cover = PLAIN,
) -> Report:
    """Make the page of a report whose process died: what it had done so far, shown as failed."""
    notebook, out = Path(notebook), Path(out)
    _make_folder(out)
    if not _is_notebook(out / f"{name}.ipynb"):
        shutil.copyfile(notebook, out / f"{name}.ipynb")
    report = Report(name, out, ok=False, seconds=0.0, error=error)
    return _finish(report, notebook, _values(notebook, given, out, base), cover)


def _finish(
    report: Report, notebook: Path, values: Mapping[str, object], cover: Cover
) -> Report:
    _export(report, notebook, values, cover)
    record = {
        # The key of what stands now: a notebook may itself bring the tables up to date.
        "key": _key(notebook, values, cover), "name": report.name, "notebook": notebook.name,
        "parameters": values, "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "ok": report.ok, "error": report.error, "seconds": report.seconds,
    }
    path = report.folder / f"{report.name}.{REPORT_FILE}"
    path.write_text(json.dumps(record, indent=1), encoding="utf-8")
    return report


def _forget(out: Path, name: str) -> None:
    """Drop an earlier run's record and notebook, so that neither passes for this run's."""
    for ending in (REPORT_FILE, "ipynb"):
        (out / f"{name}.{ending}").unlink(missing_ok=True)


def _is_notebook(path: Path) -> bool:
    """Whether it is there and whole: a process may die while it writes."""
    try:
        return bool(nbformat.read(path, as_version=4).cells)
    except (OSError, ValueError, AttributeError, nbformat.ValidationError):
        return False


def unchanged_report(
    notebook: str | Path, given: Mapping[str, object], *, out: str | Path, name: str = "",
    base: str | Path = ".", cover: Cover = PLAIN,
) -> Report | None:
    """Give the report that is there already, if nothing that decides it has changed."""
    notebook, out = Path(notebook), Path(out)
    values = _values(notebook, given, out, base)
    return _finished(out, name or notebook.stem, _key(notebook, values, cover))


def _values(
    notebook: Path, given: Mapping[str, object], out: Path, base: str | Path
) -> dict[str, object]:
    values = check_parameters(notebook, given, base=base)
    if "output_dir" in read_parameters(notebook):
        values["output_dir"] = str(out.resolve())
    return values


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{out} cannot be made ({error.strerror}). Choose another folder with --out."
        ) from error


def _key(notebook: Path, values: Mapping[str, object], cover: Cover) -> str:
    """One hash of all that decides a report: notebook, parameters, cover, inputs, package."""
    digest = hashlib.sha256(notebook.read_bytes())
    digest.update(json.dumps([values, asdict(cover)], sort_keys=True).encode())
    package = Path(__file__).resolve().parents[1]
    for path in [*_inputs(notebook, values), package]:
        digest.update(_stamp(path).encode())
    return digest.hexdigest()


def _inputs(notebook: Path, values: Mapping[str, object]) -> Iterator[Path]:
    """Give the files and folders a report reads, those of its output folder included."""
    for name, parameter in sorted(read_parameters(notebook).items()):
        value = values.get(name, parameter.default)
        if parameter.is_path and name != "output_dir" and value:
            yield notebook.parent / str(value)
        elif parameter.beside:
            yield Path(str(values.get("output_dir", ""))) / parameter.beside


def _stamp(path: Path) -> str:
    """Names, sizes and times of a file or of all files of a folder (cheaper than contents)."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return "\n".join(
        f"{item}:{item.stat().st_size}:{item.stat().st_mtime_ns}"
        for item in files
        if item.is_file() and "__pycache__" not in item.parts
    )


def _finished(out: Path, name: str, key: str) -> Report | None:
    try:
        record = json.loads((out / f"{name}.{REPORT_FILE}").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if record.get("key") != key or not record.get("ok") or not (out / f"{name}.html").is_file():
        return None
    return Report(name, out, ok=True, seconds=record["seconds"], reused=True)


def _execute(
    notebook: Path, values: Mapping[str, object], target: Path, *, progress: bool
) -> str:
    """Run the notebook; give "" or one line that says what failed, under which heading."""
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import execute_notebook

    try:
        with (warnings.catch_warnings(), _without_bars(),
              tempfile.TemporaryDirectory(prefix="or-") as sockets):
            warnings.simplefilter("ignore")
            execute_notebook(
                notebook, target, parameters=dict(values), cwd=notebook.parent,
                config=_connections(Path(sockets)), extra_arguments=["--log-level=50"],
                progress_bar={"desc": target.stem, "leave": False} if progress else False,
                kernel_name="python3", language="python", log_output=False,
            )
    except PapermillExecutionError as error:
        heading = _heading(target, error.cell_index)
        return f"{error.ename}: {error.evalue} (under '{heading}'; partial notebook: {target})"
    except RuntimeError as error:  # the kernel died or could not start
        return f"{type(error).__name__}: {error} (partial notebook: {target})"
    return ""


@contextmanager
def _without_bars() -> Iterator[None]:
    """Let a kernel that starts here draw no progress bars: a report would keep them."""
    name = "TQDM_DISABLE"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        os.environ.pop(name)
        if before is not None:
            os.environ[name] = before


def _connections(folder: Path) -> "Config":
    """Let a kernel talk through sockets in a folder of its own.

    jupyter_client would put them all into the working folder under one name, where kernels
    that start at once take each other's ("Invalid Signature").
    """
    from traitlets.config import Config

    if os.name == "nt":  # Windows has no such sockets; there the loopback interface has to do
        return Config({"KernelManager": {"transport": "tcp"}})
    return Config({"KernelManager": {"transport": "ipc", "ip": str(folder / "k")}})


def _heading(notebook: Path, index: int) -> str:
    """Give the last heading above a cell."""
    cells = nbformat.read(notebook, as_version=4).cells[: index + 1]
    lines = [line for cell in cells if cell.cell_type == "markdown"
             for line in cell.source.splitlines() if line.startswith("#")]
    headings = [line.lstrip("# ") for line in lines if "papermill" not in line]
    return headings[-1] if headings else "start"


def _export(report: Report, notebook: Path, values: Mapping[str, object], cover: Cover) -> None:
    from analysis.reports.html import export_html
    from analysis.reports.provenance import add_provenance

    made, executed = datetime.now(UTC), report.folder / f"{report.name}.ipynb"
    facts = {
        "Made": made.isoformat(timespec="seconds"),
        "on-record": version("on-record"),
        "Notebook": f"{notebook.name}, SHA-256 {_sha256(notebook)[:16]}",
    }
    add_provenance(executed, read_parameters(notebook), values, facts=facts)
    export_html(executed, error=report.error, made=f"Made {made.day} {made:%B %Y}", cover=cover)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
