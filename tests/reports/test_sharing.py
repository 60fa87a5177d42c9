"""An executed notebook reads well where this package is not installed, and carries its origin."""

import json
import re
import subprocess
import sys

import nbformat
import pytest
from gold_tables import gold_tables
from inprocess import NOTEBOOKS, given_for, run_in_process

from analysis.reports import Cover, export_html, read_parameters
from analysis.reports.html import plain_sentence
from analysis.reports.provenance import add_provenance
from analysis.workbook import save_tables

BARE = """import sys
sys.modules["analysis"] = None
from nbconvert import HTMLExporter
print(HTMLExporter(template_name="basic").from_filename(sys.argv[1])[0])"""


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sharing")
    save_tables(gold_tables(), folder / "tables")
    notebook = NOTEBOOKS / "00_start_here.ipynb"
    given = given_for(notebook, folder / "tables", folder)
    path = folder / "00_start_here.ipynb"
    nbformat.write(run_in_process(notebook, given), path)
    add_provenance(path, read_parameters(notebook), {**given, "quote_id": "<b>\n\n$x$"},
                   facts={"Made": "2026-11-23"})
    return path


def test_it_opens_without_the_package(executed):
    shown = subprocess.run([sys.executable, "-W", "ignore", "-c", BARE, str(executed)],
                           capture_output=True, text=True, check=True).stdout
    assert "Most quoted" in shown
    assert "or-content" in shown
    assert "Error" not in shown


def test_it_needs_no_widget_state_and_is_small(executed):
    notebook = nbformat.read(executed, as_version=4)
    assert "widgets" not in notebook.metadata
    assert executed.stat().st_size < 3_000_000
    shown = [item.data for cell in notebook.cells if cell.cell_type == "code"
             for item in cell.outputs]
    assert all({"text/plain", "text/html", "image/png"} & set(data) for data in shown)


def test_the_last_cell_says_what_it_was_made_with(executed):
    last = nbformat.read(executed, as_version=4).cells[-1].source
    assert last.startswith("## Made with")
    assert "<td>2026-11-23</td>" in last
    assert "&lt;b&gt; &#36;x&#36;" in last
    assert f"…/{executed.parent.name}/tables" in last
    assert str(executed.parent) not in last


def test_the_page_says_which_inputs_and_versions_it_stands_on(executed):
    page = export_html(executed).read_text()
    for fact in ("Input files and their hashes", "wire.csv", "Model (SHA-256)", "rejected"):
        assert fact in page
    assert page.count("<style") == 2
    assert ".ipynb\"" not in page
    policy = re.search(r'<meta content="([^"]+)" http-equiv="Content-Security-Policy"', page)[1]
    assert "default-src 'none'" in policy


def test_a_title_of_its_own_stands_over_the_question_and_is_no_markup(executed):
    page = export_html(executed, cover=Cover("*Ann* <b> $x$\n# y")).read_text()
    assert "<title>*Ann* &lt;b&gt; $x$\n# y</title>" in page
    shown = re.search(r"<h1[^>]*>(.*)</h1>\s*<p>Where do I", page)[1]
    assert shown.replace("&#36;", "$") == "*Ann* &lt;b&gt; $x$ # y"
    assert "All reports" not in page


@pytest.mark.parametrize(
    ("shown", "sentence"), [("'12 quotations'", "12 quotations"), ("12", None), ("<x>", None)],
)
def test_a_shown_text_becomes_a_sentence(shown, sentence):
    assert plain_sentence(shown) == sentence


def test_the_record_is_json(executed):
    assert json.loads(executed.read_text())["nbformat"] == 4
