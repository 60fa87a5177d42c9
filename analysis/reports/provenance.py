"""What a report was made with, as its last cell: so a shared notebook carries it too."""

from collections.abc import Mapping
from pathlib import Path

import nbformat

from analysis.reports.html import one_line
from analysis.reports.parameters import Parameter

_KEPT = 2  # last parts of a path


def add_provenance(
    executed: str | Path, parameters: Mapping[str, Parameter], values: Mapping[str, object], *,
    facts: Mapping[str, object],
) -> None:
    """Add a last cell to an executed notebook: the parameters and versions it was made with.

    Widget state is taken out: a page or a reader's notebook cannot use it, and it is large.

    Parameters
    ----------
    executed
        The executed notebook, changed in place.
    parameters
        What the notebook takes.
    values
        What it was given; the rest had their defaults.
    facts
        Name → value: when it was made, by which version, from which notebook.
    """
    notebook = nbformat.read(executed, as_version=4)
    given = [
        (f"<code>{one_line(name)}</code>", _given(item, values.get(name, item.default)), item.help)
        for name, item in parameters.items()
    ]
    made = [(one_line(name), _shown(value), "") for name, value in facts.items()]
    source = "## Made with\n\n" + _table("Parameters", given) + "\n\n" + _table("Report", made)
    cell = nbformat.v4.new_markdown_cell(source, metadata={"tags": ["provenance"]})
    cell.id = "provenance"
    notebook.cells = [item for item in notebook.cells if item.get("id") != cell.id] + [cell]
    notebook.metadata.pop("widgets", None)
    nbformat.write(notebook, executed)


def _table(caption: str, rows: list[tuple[str, str, str]]) -> str:
    with_help = any(row[2] for row in rows)
    names = ("Name", "Value", *(["What it is"] if with_help else []))
    head = "".join(f"<th scope='col'>{name}</th>" for name in names)
    body = "".join(
        f"<tr><th scope='row'>{name}</th><td>{one_line(value)}</td>"
        + (f"<td>{one_line(text)}</td>" if with_help else "") + "</tr>"
        for name, value, text in rows
    )
    return (f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>")


def _given(parameter: Parameter, value: object) -> str:
    """Show a value; of a path its end only, as a shared page should not tell whose computer."""
    parts = Path(str(value)).parts if parameter.is_path else ()
    return f"…/{'/'.join(parts[-_KEPT:])}" if len(parts) > _KEPT else _shown(value)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "all"
    return str(value) if value != "" else "–"
