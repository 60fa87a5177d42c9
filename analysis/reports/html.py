"""An executed notebook as one self-contained HTML page: no code, no network, alt text kept.

nbconvert's own templates either drop alt text or link scripts on other hosts (field.md, 0.7);
`template/` is ours: outputs and prose only, a contents list, print and dark styles. The page's
own policy lets nothing run but its one script, and nothing load from anywhere.
"""

import ast
import base64
import hashlib
import html
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat

TEMPLATE = Path(__file__).parent / "template"
_HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_ANCHOR = re.compile(r'<a class="anchor-link"[^>]*>.*?</a>', re.DOTALL)
_NOTEBOOK_LINK = re.compile(r'<a href="[^":]+\.ipynb">(.*?)</a>', re.DOTALL)
_STYLE = re.compile(r"<style data-on-record=.*?</style>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SHOWN = ["text/html", "text/markdown", "image/png", "text/plain"]
_FOR_RUNNERS = ("**What you need:**", "**How long it takes:**")
_PAPERMILL = {"papermill-error-cell-tag", "injected-parameters"}


@dataclass(frozen=True)
class Cover:
    """What a page says of itself among others: a title of its own, and where all are listed."""

    title: str = ""
    index: str = ""  # path of the index, from the page's folder


PLAIN = Cover()  # a page that stands alone, under its notebook's question


def export_html(
    executed: str | Path, *, error: str = "", lang: str = "en", made: str = "",
    cover: Cover = PLAIN,
) -> Path:
    """Export an executed notebook as `NAME.html` beside it and give the path.

    Parameters
    ----------
    executed
        The executed notebook.
    error
        One line that says why the run failed; shown at the top of the page.
    lang
        Language of the page.
    made
        When the report was made; shown at the top.
    cover
        The page's own title (else the notebook's question stands there alone) and a way back.
    """
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    executed = Path(executed)
    exporter = HTMLExporter(
        config=Config({"NbConvertBase": {"display_data_priority": _SHOWN}}),
        template_name="on_record", extra_template_basedirs=[str(TEMPLATE)],
        exclude_input=True, exclude_input_prompt=True, exclude_output_prompt=True,
    )
    notebook = _presentable(nbformat.read(executed, as_version=4))
    title = cover.title or title_of(notebook)
    _entitle(notebook, cover.title)
    script = (TEMPLATE / "on_record" / "page.js").read_text(encoding="utf-8")
    body, _resources = exporter.from_notebook_node(notebook, resources={"on_record": {
        "lang": lang, "error": error, "title": title, "made": made, "index": cover.index,
        "script": script, "policy": page_policy(script),
    }})
    page = executed.with_suffix(".html")
    page.write_text(_with_contents(_with_styles(_without_links(body))), encoding="utf-8")
    return page


def page_policy(script: str = "") -> str:
    """Give a page's Content-Security-Policy: its own script and pictures, nothing else."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    scripts = f"'sha256-{digest}'" if script else "'none'"
    return (f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
            f"script-src {scripts}; base-uri 'none'; form-action 'none'")


def title_of(notebook: nbformat.NotebookNode) -> str:
    """Give the notebook's title: its first heading."""
    texts = [item.source for item in notebook.cells if item.cell_type == "markdown"
             and not _PAPERMILL & set(item.metadata.get("tags", []))]
    return next((text.splitlines()[0].lstrip("# ") for text in texts if text.strip()), "Report")


def _presentable(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Without papermill's own cells (the template shows the error itself), stderr and code."""
    cells = []
    _standfirst(notebook)
    for item in notebook.cells:
        tags = set(item.metadata.get("tags", []))
        if tags & _PAPERMILL:
            continue
        if item.cell_type == "code":
            item.outputs = [_readable(output, tags) for output in item.outputs
                            if output.output_type != "stream" or output.name == "stdout"]
        cells.append(item)
    notebook.cells = cells
    return notebook


def _standfirst(notebook: nbformat.NotebookNode) -> None:
    """Keep, of the promise under the title, what a reader gets; the rest is for who runs it."""
    first = notebook.cells[0] if notebook.cells else {"cell_type": ""}
    if first["cell_type"] == "markdown":
        lines = [line for line in first.source.splitlines() if not line.startswith(_FOR_RUNNERS)]
        first.source = re.sub(
            r"^\*\*What you get:\*\* (.)", lambda found: found[1].upper(), "\n".join(lines),
            flags=re.MULTILINE,
        )


def _entitle(notebook: nbformat.NotebookNode, title: str) -> None:
    """Put a page's own title over the notebook's question."""
    first = next((item for item in notebook.cells if item.source.startswith("# ")), None)
    if title and first:
        question, _, rest = first.source.partition("\n")
        first.source = (f"<h1>{one_line(title)}</h1>\n\n"
                        f"<p>{one_line(question.lstrip('# '))}</p>\n{rest}")


def one_line(text: str) -> str:
    """Escape for HTML in Markdown: on one line (an empty one would end the block), no math."""
    return html.escape(" ".join(str(text).split())).replace("$", "&#36;")


def _readable(output: nbformat.NotebookNode, tags: set[str]) -> nbformat.NotebookNode:
    """Show a text result as a sentence, and the key figure as the page's large line."""
    data = output.get("data", {})
    if "text/html" in data or "image/png" in data or "text/plain" not in data:
        return output
    text = plain_sentence(data["text/plain"])
    if text is not None:
        name = ' class="key-figure"' if "key-figure" in tags else ""
        data["text/html"] = f"<p{name}>{html.escape(text)}</p>"
    return output


def plain_sentence(shown: str) -> str | None:
    """Give the text behind a shown Python string, each "%" kept to its number; else None."""
    try:
        value = ast.literal_eval(shown)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return re.sub(r"(\d) %", "\\1\N{NO-BREAK SPACE}%", value) if isinstance(value, str) else None


def _without_links(page: str) -> str:
    """Without headings' anchors, and without links to notebooks, which a page does not carry."""
    return _NOTEBOOK_LINK.sub(r"\1", _ANCHOR.sub("", page))


def _with_styles(page: str) -> str:
    """Keep each of our outputs' style sheets once, in the head."""
    styles = dict.fromkeys(_STYLE.findall(page))
    return _STYLE.sub("", page).replace("<!--styles-->", "".join(styles), 1)


def _with_contents(page: str) -> str:
    """Fill the contents list from the page's second- and third-level headings."""
    items = [
        f'<li class="level-{level}"><a href="#{anchor}">{_TAG.sub("", text).strip()}</a></li>'
        for level, anchor, text in _HEADING.findall(page)
    ]
    return page.replace("<!--contents-->", "\n".join(items), 1)
