"""Reports are run, kept, exported and honest about failure. Each test runs a tiny notebook."""

import json

import nbformat
import pytest
from typer.testing import CliRunner

from analysis.__main__ import app
from analysis.reports import run_report

OK = [
    ("md", "# Does it run?\n\nYes."), ("parameters", 'who: str = "Ann"  # a name'),
    ("md", "## Who"), ("code", "who"),
]
CHART = """from IPython.display import publish_display_data
png = ("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
       "awAAAABJRU5ErkJggg==")
publish_display_data({"image/png": png}, {"image/png": {"alt": "Bars: Ann leads with 3 of 5."}})"""


def write(folder, cells, name="05_try"):
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    for kind, source in cells:
        cell = (nbformat.v4.new_markdown_cell(source) if kind == "md"
                else nbformat.v4.new_code_cell(source))
        cell.metadata["tags"] = ["parameters"] if kind == "parameters" else []
        notebook.cells.append(cell)
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook, path)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ok")
    notebook = write(folder, [*OK, ("md", "## A chart"), ("code", CHART)])
    given = {"who": "<script>alert(1)</script>"}
    return notebook, given, run_report(notebook, given, out=folder / "out")


def test_a_report_leaves_notebook_page_and_record(made):
    _notebook, _given, report = made
    assert report.ok
    assert report.html.is_file()
    assert (report.folder / "05_try.ipynb").is_file()
    record = json.loads((report.folder / "05_try.run.json").read_text())
    assert record["parameters"]["who"].startswith("<script>")


def test_the_page_has_language_one_title_contents_and_no_code(made):
    page = made[2].html.read_text()
    assert '<html lang="en">' in page
    assert page.count("<h1") == 1
    assert '<a href="#Who">Who</a>' in page
    assert "publish_display_data" not in page


def test_the_page_loads_nothing_from_elsewhere(made):
    page = made[2].html.read_text()
    assert "http://" not in page
    assert "https://" not in page


def test_the_alt_text_reaches_the_page(made):
    assert 'alt="Bars: Ann leads with 3 of 5."' in made[2].html.read_text()


def test_no_socket_of_the_kernel_is_left(made):
    notebook, _given, report = made
    assert [path.name for folder in (notebook.parent, report.folder)
            for path in folder.iterdir() if "ipc" in path.name or path.is_socket()] == []


def test_a_hostile_parameter_is_escaped(made):
    assert "<script>alert" not in made[2].html.read_text()


def test_an_unchanged_report_is_not_run_again(made):
    notebook, given, report = made
    again = run_report(notebook, given, out=report.folder)
    assert again.reused


def test_changed_parameters_run_again(made, tmp_path):
    notebook, _given, report = made
    assert not run_report(notebook, {"who": "Bea"}, out=report.folder).reused


def test_a_file_of_the_output_folder_that_changed_runs_again(tmp_path):
    asks = """checks: str = ""  # file, made if missing; empty for checks.csv in the output folder
output_dir: str = "out"  # folder for results, made if missing"""
    notebook = write(tmp_path, [("md", "# Is it?"), ("parameters", asks), ("code", "1")])
    out = tmp_path / "out"
    assert not run_report(notebook, {}, out=out).reused
    assert run_report(notebook, {}, out=out).reused
    (out / "checks.csv").write_text("checked")
    assert not run_report(notebook, {}, out=out).reused


def test_a_failed_run_keeps_its_notebook_and_still_becomes_a_page(tmp_path):
    notebook = write(tmp_path, [*OK, ("md", "## Here it breaks"), ("code", "1 / 0")])
    report = run_report(notebook, {}, out=tmp_path / "out")
    assert not report.ok
    assert "ZeroDivisionError: division by zero (under 'Here it breaks'" in report.error
    assert "This report is incomplete" in report.html.read_text()
    assert (tmp_path / "out" / "05_try.ipynb").is_file()


def test_a_title_can_be_given_on_the_command_line(tmp_path):
    given = ["report", str(write(tmp_path, OK)), "--title", "Ann", "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 0, result.output
    assert "<title>Ann</title>" in (tmp_path / "out" / "05_try.html").read_text()
