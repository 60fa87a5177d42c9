"""What the README and the data dictionary say is so."""

import re
from pathlib import Path

import pandas as pd
import pytest
from typer.main import get_command
from typer.testing import CliRunner

from analysis.__main__ import app
from analysis.corrections import load_corrections
from analysis.corrections.file import ACTIONS
from analysis.reports import list_notebooks
from analysis.speakers.aliases import COLUMNS, KINDS, load_aliases, role_classes
from analysis.tables import TABLES
from analysis.topics import load_topics

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


def example(name, language):
    """Give the example that the dictionary prints of a file the user writes."""
    section = DICTIONARY.split(f"### {name}:")[1].split("\n### ")[0]
    return re.search(rf"```{language}\n(.*?)```", section, re.DOTALL)[1], section


def saved(path, language):
    path.write_text(example(path.name, language)[0], encoding="utf-8")
    return path


def test_the_printed_aliases_load_and_their_columns_and_values_are_listed(tmp_path):
    names = {item.alias: item.name for item in load_aliases(saved(tmp_path / "aliases.csv", "csv"))}
    assert names["Ferry King"] == "Bastian Crole"
    section = example("aliases.csv", "csv")[1]
    assert tuple(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == COLUMNS
    for column, known in (("kind", KINDS), ("role_class", role_classes())):
        listed = re.search(rf"^\| `{column}` \| (.*?);", section, re.MULTILINE)[1]
        assert tuple(listed.split(" \\| ")) == known


def test_the_printed_corrections_load_and_fit_the_demo(tmp_path):
    found = load_corrections(saved(tmp_path / "corrections.yml", "yaml"))
    demo = pd.read_csv(ROOT / "data" / "demo" / "articles" / "wire.csv").set_index("id")["text"]
    for item in found:
        stands = " ".join(demo[item.article][start:end] for start, end in item.spans) \
            if item.article else item.words
        assert stands == item.words
    table = re.findall(r"^\| `(\w+)` \| .* \| (`.*) \|$", example("corrections.yml", "yaml")[1],
                       re.MULTILINE)
    assert {do: tuple(re.findall(r"\w+", needs)) for do, needs in table} == ACTIONS


def test_the_printed_topics_load(tmp_path):
    found = load_topics(saved(tmp_path / "topics.csv", "csv"))
    assert [topic.name for topic in found] == ["Harbour tunnel", "Teachers' strike"]
    assert all(topic.keywords and topic.exclusions and topic.iptc for topic in found)


@pytest.mark.parametrize("name", ["aliases.csv", "corrections.yml", "topics.csv"])
def test_the_command_beside_each_example_takes_that_file(name):
    command = example(name, "console")[0].split()
    known = {option for item in get_command(app).commands["extract"].params
             for option in item.opts}
    assert command[:2] == ["on-record", "extract"]
    assert command[command.index(name) - 1] == f"--{name.split('.')[0]}"
    assert {word for word in command if word.startswith("--")} <= known
