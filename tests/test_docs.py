"""What the README and the data dictionary say is so."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.__main__ import app
from analysis.reports import list_notebooks
from analysis.tables import TABLES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DICTIONARY = (ROOT / "data" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TABLES)
def test_the_dictionary_lists_the_tables_columns_in_order(name):
    section = DICTIONARY.split(f"### {name}\n")[1].split("### ")[0]
    row = r"^\| `(\w+)` \| (?:[^|\\]|\\\|)+ \| (.+) \| \w+ \|$"
    listed = re.findall(row, section, re.MULTILINE)
    stated = [(column.name, column.meaning.replace("|", "\\|")) for column in TABLES[name]]
    assert listed == stated


def test_the_readme_names_only_paths_that_exist():
    paths = set(re.findall(r"`((?:analysis|notebooks|data|tests|seeds)/[\w./-]*)`", README))
    made = {"data/raw/", "data/processed/"}
    assert [path for path in sorted(paths - made) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("command", [item.callback.__name__ for item in app.registered_commands])
def test_every_command_stands_in_the_readme_and_has_help(command):
    assert f"on-record {command}" in README
    assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0


def test_every_notebook_stands_in_the_readme():
    assert [name for name in list_notebooks() if name not in README] == []
