"""The index page: every report with its status, key figure and a small picture."""

import base64
import html
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from jinja2 import Environment, FileSystemLoader

from analysis.reports.html import TEMPLATE, page_policy, plain_sentence, title_of

if TYPE_CHECKING:
    from analysis.reports.execute import Report
    from analysis.reports.plan import Planned

_CHART = re.compile(
    r'<img class="or-chart"[^>]* alt="([^"]*)" src="data:image/png;base64,([^"]+)">')
_MOST_PICTURE = 200_000  # bytes; a larger picture would make the index heavy


def write_index(
    out: Path, title: str, made: Sequence[tuple["Planned", "Report"]]
) -> Path:
    """Write `index.html` for a folder of reports and give its path."""
    loader = FileSystemLoader(TEMPLATE / "on_record")
    page = Environment(loader=loader, autoescape=True).get_template("portfolio.html.j2")
    entries = [_entry(out, planned, report) for planned, report in made]
    path, today = out / "index.html", datetime.now(UTC)
    path.write_text(
        page.render(
            title=title, entries=entries, failed=sum(not item["ok"] for item in entries),
            made=f"Made {today.day} {today:%B %Y}", policy=page_policy(),
        ),
        encoding="utf-8",
    )
    return path


def _entry(out: Path, planned: "Planned", report: "Report") -> dict[str, object]:
    executed = report.folder / f"{report.name}.ipynb"
    notebook = nbformat.read(executed, as_version=4)
    picture, alt = _first_picture(notebook)
    return {
        "title": planned.title or title_of(notebook),
        "question": title_of(notebook),
        "href": report.html.relative_to(out).as_posix(),
        "notebook": executed.relative_to(out).as_posix(),
        "ok": report.ok,
        "error": report.error,
        "seconds": report.seconds,
        "figure": _key_figure(notebook),
        "parameters": _given(report),
        "picture": picture,
        "alt": alt,
    }


def _given(report: "Report") -> str:
    record = json.loads((report.folder / f"{report.name}.run.json").read_text(encoding="utf-8"))
    return ", ".join(
        f"{name} = {value}" for name, value in record["parameters"].items()
        if value not in ("", []) and not Path(str(value)).is_absolute()
    )


def _outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [item for cell in notebook.cells if cell.cell_type == "code" for item in cell.outputs]


def _first_picture(notebook: nbformat.NotebookNode) -> tuple[str, str]:
    """Find the first chart: its data URI and alt text; empty strings if there is none."""
    for output in _outputs(notebook):
        data = output.get("data", {})
        png = data.get("image/png", "").replace("\n", "")
        alt = output.get("metadata", {}).get("image/png", {}).get("alt", "")
        chart = _CHART.search(data.get("text/html", ""))
        if chart:
            alt, png = html.unescape(chart[1]), chart[2]
        if png and len(base64.b64decode(png)) <= _MOST_PICTURE:
            return f"data:image/png;base64,{png}", alt
    return "", ""


def _key_figure(notebook: nbformat.NotebookNode) -> str:
    """Find the line a notebook shows as its key figure: an output tagged `key_figure`."""
    for cell in notebook.cells:
        if "key-figure" in cell.metadata.get("tags", []) and cell.get("outputs"):
            text = cell.outputs[-1].get("data", {}).get("text/plain", "")
            return plain_sentence(text) or text
    return ""
