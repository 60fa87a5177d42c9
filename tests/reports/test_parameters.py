"""Parameters are checked before a kernel starts."""

import nbformat
import pytest

from analysis.errors import InputError
from analysis.reports import check_parameters, find_notebook, read_parameters

CELL = """top_n: int = 15  # how many speakers to draw, 1..100
share: float = 0.5  # smallest share, 0..1
period: str = "week"  # one of day, week, month
outlets: list[str] = []  # only these outlets, empty for all
with_copies: bool = True  # whether wire copies count
articles: str = ""  # folder of articles
output_dir: str = "out"  # folder for results, made if missing"""


@pytest.fixture
def notebook(tmp_path):
    return write(tmp_path, CELL)


def write(folder, source, tags=("parameters",)):
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})
    path = folder / "02_demo.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return path


def test_names_types_defaults_and_help_are_read(notebook):
    found = read_parameters(notebook)
    assert found["top_n"].type == "int"
    assert found["top_n"].default == 15
    assert found["period"].choices == ["day", "week", "month"]
    assert found["outlets"].default == []


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("top_n", "7", 7), ("share", "0.25", 0.25), ("with_copies", "no", False),
        ("outlets", "A, B", ["A", "B"]), ("outlets", "", []), ("period", "month", "month"),
    ],
)
def test_typed_values_get_their_type(notebook, name, typed, value):
    assert check_parameters(notebook, {name: typed}) == {name: value}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"outlt": "A"}, r"02_demo has no parameter 'outlt' .*Did you mean 'outlets'\?"),
        ({"top_n": "many"}, "02_demo: top_n = 'many' is not a whole number"),
        ({"top_n": "0"}, "top_n = '0' is not between 1 and 100"),
        ({"share": "1.5"}, "share = '1.5' is not between 0 and 1"),
        ({"period": "weak"}, r"is not one of day, week, month \('week'\?\)"),
        ({"with_copies": "maybe"}, "is not true or false"),
        ({"articles": "nowhere"}, "articles = 'nowhere' does not exist"),
    ],
)
def test_what_does_not_fit_is_refused(notebook, given, message):
    with pytest.raises(InputError, match=message):
        check_parameters(notebook, given)


def test_a_path_counts_from_the_callers_folder(notebook, tmp_path):
    (tmp_path / "mine").mkdir()
    given = check_parameters(notebook, {"articles": "mine"}, base=tmp_path)
    assert given == {"articles": str(tmp_path / "mine")}


@pytest.mark.parametrize("own", ["articles", "tables_dir"])
def test_a_corpus_of_ones_own_puts_the_demo_aside(tmp_path, own):
    notebook = write(tmp_path, """articles: str = "demo"  # folder of articles; empty for none
topics: str = "demo.csv"  # file of topics; empty for none
tables_dir: str = "tables"  # folder of tables, made if missing
gold: str = "gold"  # folder of gold""")
    given = {own: str(tmp_path)}
    assert check_parameters(notebook, given) == {"articles": "", "topics": ""} | given


@pytest.mark.parametrize(
    "line",
    [
        "top_n: int = 3  # a = b", "top_n: int | None = None  # no", "top_n = 3",
        "top_n: int = three  # a name",
    ],
)
def test_a_line_papermill_would_drop_is_refused(tmp_path, line):
    with pytest.raises(InputError, match="is not of the form"):
        read_parameters(write(tmp_path, line))


def test_a_notebook_without_a_parameters_cell_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"has no cell\(s\) tagged 'parameters'"):
        read_parameters(write(tmp_path, CELL, tags=()))


def test_something_else_than_a_notebook_is_refused(tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_text("{}")
    with pytest.raises(InputError, match="is not a notebook"):
        read_parameters(path)


def test_a_notebook_is_found_by_name_and_number(notebook, tmp_path):
    assert find_notebook("02", folder=tmp_path) == notebook
    assert find_notebook("02_demo", folder=tmp_path) == notebook
    with pytest.raises(InputError, match=r"no notebook '02_dmo'.*Did you mean '02_demo'"):
        find_notebook("02_dmo", folder=tmp_path)
