"""Runs a notebook's cells in this process: seconds less than a kernel, the same outputs."""

import ast
import base64
import contextlib
from pathlib import Path

import nbformat
from IPython.core.formatters import DisplayFormatter

from analysis.reports import read_parameters

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def run_in_process(notebook, given):
    """Give the executed notebook; an error in a cell is raised as it is."""
    executed = nbformat.read(notebook, as_version=4)
    names = {}
    with contextlib.chdir(NOTEBOOKS):
        for cell in executed.cells:
            if cell.cell_type == "code":
                shown = _run(cell.source, names)
                if "parameters" in cell.metadata.get("tags", []):
                    names.update(given)
                cell.outputs = [] if shown is None else [_output(shown)]
                cell.execution_count = 1
    return executed


def _run(source, names):
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    return None if last is None else eval(
        compile(ast.Expression(last.value), "<cell>", "eval"), names)


def _output(shown):
    data, metadata = DisplayFormatter().format(shown)
    data = {kind: base64.b64encode(value).decode() if isinstance(value, bytes) else value
            for kind, value in data.items()}
    return nbformat.v4.new_output("execute_result", data=data, metadata=metadata,
                                  execution_count=1)


def given_for(notebook, tables_dir, output_dir):
    """Give the parameters under which a notebook reads only the tables that are there."""
    demo = NOTEBOOKS.parent / "data" / "demo"
    wanted = {"articles": "", "topics": str(demo / "topics.csv"), "tables_dir": str(tables_dir),
              "output_dir": str(output_dir)}
    return {name: value for name, value in wanted.items() if name in read_parameters(notebook)}
