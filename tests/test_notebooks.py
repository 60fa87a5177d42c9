"""The notebooks keep their rules, and each runs on the demo and on an empty corpus."""

import ast
import copy
import re
from dataclasses import replace
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from gold_tables import gold_tables
from inprocess import given_for, run_in_process
from nbstripout import strip_output

from analysis.reports import check_parameters, read_parameters
from analysis.tables import Tables
from analysis.workbook import save_tables

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
LOGIC = (
    ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.Try, ast.With,
)
pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_no_default_belongs_to_the_demo_but_its_folders(path):
    known = gold_tables()
    demo = {*known.articles["outlet"], *known.articles["article_id"], *known.speakers["name"]}
    texts = [item.default for item in read_parameters(path).values() if item.type == "str"]
    assert demo & set(texts) == set()
    assert [text for text in texts if re.search(r"\d{4}-\d\d-\d\d", text)] == []


def code_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_outputs_are_stripped(path):
    assert all(not cell.outputs and cell.execution_count is None for cell in code_cells(path))


def test_nbstripout_finds_nothing_to_strip(path):
    notebook = nbformat.read(path, as_version=4)
    kept = strip_output(copy.deepcopy(notebook), keep_output=False, keep_count=False, keep_id=True)
    assert kept == notebook


def test_every_parameter_can_be_read_and_has_help(path):
    assert all(item.help for item in read_parameters(path).values())


def test_every_path_among_the_parameters_is_read_as_one(path):
    found = read_parameters(path).values()
    paths = [item for item in found if "/" in str(item.default) or re.search(
        r"\b(file|folder|csv|yml)\b", item.help, re.IGNORECASE)]
    assert [item.name for item in paths if not item.is_path] == []


def test_a_file_that_a_notebook_makes_may_be_missing(path, tmp_path):
    made = {item.name for item in read_parameters(path).values() if item.beside}
    given = check_parameters(path, dict.fromkeys(made, "new"), base=tmp_path)
    assert given == dict.fromkeys(made, str(tmp_path / "new"))


def test_the_title_is_a_question_or_a_call(path):
    first = nbformat.read(path, as_version=4).cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    for promise in ("**What you get:**", "**What you need:**", "**How long it takes:**"):
        assert promise in first.source


def test_cells_are_short(path):
    assert max(len(cell.source.splitlines()) for cell in code_cells(path)
               if "parameters" not in cell.metadata.get("tags", [])) <= 8
    assert len(code_cells(path)) <= 25


def test_no_logic_stands_in_a_notebook(path):
    for cell in code_cells(path):
        assert not cell.source.lstrip().startswith(("%", "!"))
        found = [type(node).__name__ for node in ast.walk(ast.parse(cell.source))
                 if isinstance(node, LOGIC)
                 or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print")]
        assert found == []


def test_it_ends_with_its_limits(path):
    headings = [line for cell in nbformat.read(path, as_version=4).cells
                if cell.cell_type == "markdown"
                for line in cell.source.splitlines() if line.startswith("## ")]
    assert headings[-1] == "## Limits"


def test_no_path_stands_outside_the_parameters(path):
    for cell in code_cells(path):
        if "parameters" not in cell.metadata.get("tags", []):
            texts = [node.value for node in ast.walk(ast.parse(cell.source))
                     if isinstance(node, ast.Constant) and isinstance(node.value, str)]
            assert [text for text in texts if "../" in text or text.startswith("/")] == []


CORPORA = {
    "demo": gold_tables,
    "empty": lambda: Tables(run={"made": "never"}),
    "quoteless": lambda: only_articles(gold_tables()),
}
LEAVES_NOTHING = {"start_date": "2050-01-01", "end_date": "1990-01-02", "outlets": ["Courier"]}


def only_articles(tables):
    return Tables(articles=tables.articles, rejected=tables.rejected, run=tables.run)


@pytest.fixture(scope="module", params=list(CORPORA))
def tables_dir(request, tmp_path_factory):
    """The demo from its gold, no article at all, and articles in which nothing was found."""
    return save_tables(CORPORA[request.param](), tmp_path_factory.mktemp(request.param))


def test_it_runs_and_every_picture_says_what_it_shows(path, tables_dir, tmp_path):
    check_outputs(run_in_process(path, given_for(path, tables_dir, tmp_path)))


def test_filters_that_leave_nothing_give_sentences(path, tmp_path):
    filters = {name: value for name, value in LEAVES_NOTHING.items()
               if name in read_parameters(path)}
    if not filters:
        pytest.skip("takes no filter")
    save_tables(silent_courier(), tmp_path / "tables")
    given = given_for(path, tmp_path / "tables", tmp_path)
    for name, value in filters.items():
        check_outputs(run_in_process(path, {**given, name: value}))


def silent_courier():
    """The demo with one more outlet, which quotes nobody, long before the others and long after."""
    tables = gold_tables()
    early, late = tables.articles["article_id"].iloc[:2]
    days = {early: "1990-01-01", late: "2050-01-01"}
    ids = tables.articles["article_id"]
    published = pd.to_datetime(ids.map(days), utc=True).fillna(tables.articles["published"])
    outlets = tables.articles["outlet"].mask(ids.isin(days), "Courier")
    return replace(tables, quotes=tables.quotes[~tables.quotes["article_id"].isin(days)],
                   articles=tables.articles.assign(outlet=outlets, published=published))


def check_outputs(executed):
    outputs = [item for cell in executed.cells if cell.cell_type == "code"
               for item in cell.outputs]
    assert outputs
    pictures = [tag for item in outputs
                for tag in re.findall("<img[^>]*>", item.data.get("text/html", ""))]
    assert [tag[:80] for tag in pictures if not re.search(r'alt="[^"]{20,}"', tag)] == []
    assert not any("image/png" in item.data for item in outputs)
