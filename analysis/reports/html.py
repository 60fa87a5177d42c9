"""An executed notebook as one self-contained HTML page: no code, no network, alt text kept.

nbconvert's own templates either drop alt text or link scripts on other hosts (field.md, 0.7);
`template/` is ours: outputs and prose only, a contents list, print and dark styles.
"""

import html
import re
from collections.abc import Mapping
from pathlib import Path

import nbformat

from analysis.reports.parameters import Parameter

TEMPLATE = Path(__file__).parent / "template"
_HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_ANCHOR = re.compile(r'<a class="anchor-link"[^>]*>.*?</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def add_provenance(
    executed: str | Path, parameters: Mapping[str, Parameter], values: Mapping[str, object]
) -> None:
    """Add a last cell to an executed notebook: the parameters it was made with.

    The table goes into the notebook itself, so that a shared .ipynb carries it too.
    """
    notebook = nbformat.read(executed, as_version=4)
    rows = "".join(
        f"<tr><th scope='row'><code>{html.escape(name)}</code></th>"
        f"<td>{html.escape(_shown(values.get(name, item.default)))}</td>"
        f"<td>{html.escape(item.help)}</td></tr>"
        for name, item in parameters.items()
    )
    source = (
        "## Made with\n\n<table><thead><tr><th scope='col'>Parameter</th>"
        "<th scope='col'>Value</th><th scope='col'>What it is</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
    cell = nbformat.v4.new_markdown_cell(source, metadata={"tags": ["provenance"]})
    cell.id = "provenance"
    notebook.cells.append(cell)
    nbformat.write(notebook, executed)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "all"
    return str(value) if value != "" else "–"


def export_html(executed: str | Path, *, error: str = "", lang: str = "en") -> Path:
    """Export an executed notebook as `NAME.html` beside it and give the path.

    Parameters
    ----------
    executed
        The executed notebook.
    error
        One line that says why the run failed; shown at the top of the page.
    lang
        Language of the page.
    """
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    executed = Path(executed)
    exporter = HTMLExporter(
        config=Config({"HTMLExporter": {"sanitize_html": False}}),
        template_name="on_record", extra_template_basedirs=[str(TEMPLATE)],
        exclude_input=True, exclude_input_prompt=True, exclude_output_prompt=True,
    )
    notebook = _presentable(nbformat.read(executed, as_version=4))
    body, _resources = exporter.from_notebook_node(notebook, resources={"on_record": {
        "lang": lang, "error": error, "title": title_of(notebook),
    }})
    page = executed.with_suffix(".html")
    page.write_text(_with_contents(_ANCHOR.sub("", body)), encoding="utf-8")
    return page


def title_of(notebook: nbformat.NotebookNode) -> str:
    """Give the notebook's title: its first heading."""
    first = next((c.source for c in notebook.cells if c.cell_type == "markdown"), "Report")
    return first.splitlines()[0].lstrip("# ")


def _presentable(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Without papermill's error banners (the template shows the error itself) and stderr."""
    cells = []
    for cell in notebook.cells:
        if "papermill-error-cell-tag" in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "code":
            cell.outputs = [item for item in cell.outputs if item.get("name") != "stderr"]
        cells.append(cell)
    notebook.cells = cells
    return notebook


def _with_contents(page: str) -> str:
    """Fill the contents list from the page's second- and third-level headings."""
    items = [
        f'<li class="level-{level}"><a href="#{anchor}">{_TAG.sub("", text).strip()}</a></li>'
        for level, anchor, text in _HEADING.findall(page)
    ]
    return page.replace("<!--contents-->", "\n".join(items), 1)
