"""Many reports from one file: parallel, honest about failure, nothing made twice."""

import json
import re

import nbformat
import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.__main__ import app
from analysis.errors import InputError
from analysis.reports import run_portfolio
from analysis.reports.plan import read_plan
from analysis.tables import Tables, conform, write_table
from analysis.workbook import save_tables

CELLS = [
    ("md", "# Who is it?\n\n**What you get:** a name."),
    ("parameters", 'tables_dir: str = ""  # folder of tables\nspeaker: str = ""  # a name'),
    ("md", "## Name"), ("key-figure", "f'{speaker or 1 / 0}'"),
]
DYING = [
    ("md", "# Who dies?"),
    ("parameters", 'tables_dir: str = ""  # folder of tables\ndies: str = "nobody"  # who'),
    ("key-figure", "'Alive until here'"), ("md", "## Death"),
    ("code", "import os\npids = {'worker': os.getppid(), 'kernel': os.getpid()}\n"
             "dies in pids and os.kill(pids[dies], 9)"),
]
DEATHS = """reports:
  - {notebook: 05_dies.ipynb, name: worker-killed, parameters: {dies: worker}}
  - {notebook: 05_dies.ipynb, name: kernel-killed, parameters: {dies: kernel}}
  - {notebook: 05_dies.ipynb, name: stands}
"""
PLAN = """title: Speakers
defaults: {tables_dir: tables}
reports:
  - {notebook: 04_who.ipynb, name: fails, title: Nobody}
  - notebook: 04_who.ipynb
    name: who
    for_each: {table: speakers, column: name, parameter: speaker, top: 2}
"""


def write_notebook(path, cells):
    notebook = nbformat.v4.new_notebook(metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    for kind, source in cells:
        make = nbformat.v4.new_markdown_cell if kind == "md" else nbformat.v4.new_code_cell
        notebook.cells.append(make(source, metadata={"tags": [kind]}))
    nbformat.write(notebook, path)


@pytest.fixture
def plan(tmp_path):
    write_notebook(tmp_path / "04_who.ipynb", CELLS)
    speakers = pd.DataFrame({"speaker_id": ["a", "b", "c"], "name": ["Ann <b>", "Bea", "Cid"],
                             "n_quotes": [5, 9, 1], "kind": "person"})
    save_tables(Tables(speakers=conform(speakers, "speakers"), run={"made": "x"}),
                tmp_path / "tables")
    path = tmp_path / "reports.yml"
    path.write_text(PLAN.replace("04_who.ipynb", str(tmp_path / "04_who.ipynb")))
    return path


def test_for_each_makes_one_report_per_value_the_most_quoted_first(plan):
    _title, reports = read_plan(plan)
    assert [item.name for item in reports] == ["fails", "who-bea", "who-ann-b"]
    assert [item.title for item in reports] == ["Nobody", "Bea", "Ann <b>"]


def test_every_month_gets_its_first_and_last_day(plan):
    articles = pd.DataFrame({"article_id": ["a", "b"], "published": ["2026-03-31", "2026-05-01"]})
    write_table(conform(articles, "articles"), "articles", plan.parent / "tables/articles.parquet")
    plan.write_text(plan.read_text().replace(
        "for_each: {table: speakers, column: name, parameter: speaker, top: 2}",
        "for_each: {table: articles, column: published, every: month}"))
    march, may = read_plan(plan)[1][1:]
    assert (march.name, may.name) == ("who-2026-03", "who-2026-05")
    assert march.parameters["start_date"] == "2026-03-01"
    assert may.parameters["end_date"] == "2026-05-31"


def test_names_that_look_alike_get_a_number(plan):
    speakers = pd.DataFrame({"speaker_id": ["a", "b"], "name": ["Ann B", "Ann B."],
                             "n_quotes": [1, 1]})
    write_table(conform(speakers, "speakers"), "speakers", plan.parent / "tables/speakers.parquet")
    assert [item.name for item in read_plan(plan)[1][1:]] == ["who-ann-b", "who-ann-b-2"]


def test_one_failure_is_shown_and_the_rest_stand(plan, tmp_path):
    result = CliRunner().invoke(app, ["portfolio", str(plan), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert [line[:6] for line in lines[:3]] == ["[1/3] ", "[2/3] ", "[3/3] "]
    assert re.search(r"fails FAILED: ZeroDivisionError: .* \(under 'Name'", result.output)
    assert lines[-1].endswith("3 reports, 0 unchanged, 1 failed")
    index = (tmp_path / "out" / "index.html").read_text()
    assert "1 failed" in index
    assert '<a href="who-bea/who-bea.html">Bea</a>' in index
    assert "Ann &lt;b&gt;" in index
    for name, title in (("fails", "Nobody"), ("who-bea", "Bea"), ("who-ann-b", "Ann &lt;b&gt;")):
        page = (tmp_path / "out" / name / f"{name}.html").read_text()
        assert f"<title>{title}</title>" in page
        assert re.search(rf"<h1[^>]*>{title}</h1>\s*<p>Who is it\?</p>", page)
        assert '<a href="../index.html">All reports</a>' in page
    again = run_portfolio(plan, out=tmp_path / "out", only="who")
    assert [item.reused for item in again] == [True, True]
    record = json.loads((tmp_path / "out" / "fails" / "fails.run.json").read_text())
    assert record["ok"] is False


def test_a_report_with_another_title_is_made_anew(plan, tmp_path):
    run_portfolio(plan, out=tmp_path / "out", only="who-bea")
    plan.write_text(plan.read_text().replace("    name: who\n", "    name: who\n    title: Is\n"))
    (report,) = run_portfolio(plan, out=tmp_path / "out", only="who-bea")
    assert "<title>Is Bea</title>" in report.html.read_text()


def test_a_killed_process_fails_its_own_report_and_no_other(tmp_path):
    write_notebook(tmp_path / "05_dies.ipynb", DYING)
    (tmp_path / "plan.yml").write_text(DEATHS)
    out = tmp_path / "out"
    worker, kernel, stands = run_portfolio(tmp_path / "plan.yml", out=out, workers=2)
    assert "process that made this report died (exit code -9" in worker.error
    assert "Kernel died" in kernel.error
    assert stands.ok
    for report in (worker, kernel):
        page = report.html.read_text()
        assert "This report is incomplete" in page
        assert "Alive until here" in page
    assert "2 failed" in (out / "index.html").read_text()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("table: speakers", "table: speekers", r"no table 'speekers'.*Did you mean 'speakers'"),
        ("column: name", "column: nam", r"table speakers has no column 'nam'.*'name'"),
        ("table: speakers, column: name, parameter: speaker", "table: articles, "
         "column: published, every: moon", "every = 'moon' is not one of day, week"),
        ("title: Nobody", "titel: Nobody", r"no key 'titel'.*Did you mean 'title'"),
        ("for_each: {table: speakers, ", "for_each: {", r"for_each needs table, column"),
        ("parameter: speaker", "parameter: speker", r"no parameter 'speker'.*'speaker'"),
        ("reports:", "report:", r"has no list 'reports:'"),
        ("title: Speakers", "title: [", r"is not valid YAML"),
        ("title: Speakers", "titel: Speakers", r"no key 'titel'.*Did you mean 'title'"),
        ("{tables_dir: tables}", "{tabels_dir: tables}",
         r"defaults has no parameter 'tabels_dir'.*Did you mean 'tables_dir'"),
        ("{tables_dir: tables}", "[tables]", r"defaults = \['tables'\] is not names with values"),
        ("title: Nobody", "parameters: [a]", r"parameters = \['a'\] is not names with values"),
        ("{notebook: 04_who.ipynb, ", "{notebook: , ", "has no `notebook:`"),
        ("{notebook: 04_who.ipynb, ", "{notebook: [2], ", "has no `notebook:`"),
        ("top: 2", "top: many", "top = 'many' is not a whole number"),
        ("top: 2", "kind: persn", "table speakers has no kind 'persn'"),
        ("table: speakers, column: name", "table: mentions, kind: person, column: text",
         "table mentions has no column 'kind'"),
        ("table: speakers, column: name, parameter: speaker, top: 2",
         "table: articles, column: outlet, every: month", "outlet' is not a column of dates"),
        ("column: name", "column: aliases", "aliases' is not a column of single values"),
    ],
)
def test_a_plan_that_cannot_work_is_refused_before_anything_runs(plan, old, new, message):
    text = plan.read_text().replace(str(plan.parent / "04_who.ipynb"), "04_who.ipynb")
    assert old in text
    plan.write_text(text.replace(old, new, 1))
    with pytest.raises(InputError, match=message):
        run_portfolio(plan, out=plan.parent / "out")


def test_an_unquoted_number_names_a_notebook_and_blanks_count_as_unwritten(tmp_path):
    (tmp_path / "plan.yml").write_text("title:\nreports:\n  - {notebook: 02, name: , title: }\n")
    title, (report,) = read_plan(tmp_path / "plan.yml")
    assert (title, report.name, report.title) == ("Reports", "02_who_is_quoted", "")


def test_a_for_each_that_matches_nothing_is_told(plan):
    empty = conform(pd.DataFrame({"name": []}), "speakers")
    write_table(empty, "speakers", plan.parent / "tables/speakers.parquet")
    lines = plan.read_text().splitlines(keepends=True)
    plan.write_text("".join(line for line in lines if "name: fails" not in line))
    with pytest.raises(InputError, match="for_each matches nothing"):
        run_portfolio(plan, out=plan.parent / "out")
