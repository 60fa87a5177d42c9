"""What a notebook takes, and whether given values fit, before any kernel starts.

papermill only logs an unknown parameter and injects a value of any type; here both are refused.
A parameter's line is `name: type = value  # help`. The help's last words may bound it:
`1..100` gives a range, `one of day, week, month` the choices; `folder` or `file` as its first
word makes it a path, which is resolved against the folder the command was called from; `empty`
says that it may be left empty, `empty for NAME in the output folder` which file is meant then.
"""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import ValidationError

from analysis.errors import InputError, listed, nearest, unknown, wrong_value

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
_LINE = re.compile(r"^(?P<name>\w+): (?P<type>[\w\[\]]+) = (?P<value>.+?)(?:\s+# (?P<help>.+))?$")
_RANGE = re.compile(r"(-?[\d.]*\d)\.\.(-?\d[\d.]*)$")
_BESIDE = re.compile(r"empty for (\S+) in the output folder")
_CHOICES = re.compile(r"one of ([\w, -]+)$")
_TYPES = {
    "str": "a text", "int": "a whole number", "float": "a number", "bool": "true or false",
    "list[str]": "a list of texts, comma-separated",
}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a notebook, as its `parameters` cell states it."""

    name: str
    type: str
    default: object
    help: str

    @property
    def choices(self) -> list[str]:
        """The allowed values, if the help names them."""
        match = _CHOICES.search(self.help)
        return [item.strip() for item in match[1].split(",")] if match else []

    @property
    def is_path(self) -> bool:
        """Whether it names a file or a folder."""
        return self.help.startswith(("folder", "file"))

    @property
    def beside(self) -> str:
        """The file of the output folder that an empty value means, if the help names one."""
        match = _BESIDE.search(self.help)
        return match[1] if match else ""


def list_notebooks(folder: str | Path = NOTEBOOKS) -> dict[str, str]:
    """Give the notebooks of a folder: name → the question it answers (its title)."""
    titles = {}
    for path in sorted(Path(folder).glob("[0-9]*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        titles[path.stem] = cells[0].source.splitlines()[0].lstrip("# ") if cells else ""
    return titles


def find_notebook(name: str | Path, *, folder: str | Path = NOTEBOOKS) -> Path:
    """Give the path of a notebook named by its path, its name or its number.

    Raises
    ------
    InputError
        If there is none; the message names the nearest.
    """
    path = Path(name)
    if path.suffix == ".ipynb" and path.is_file():
        return path.resolve()
    known = [item.stem for item in sorted(Path(folder).glob("[0-9]*.ipynb"))]
    stem = path.name.removesuffix(".ipynb")
    hits = [item for item in known if item == stem or item.split("_")[0] == stem]
    if not hits:
        raise unknown("notebook", str(name), known)
    return Path(folder) / f"{hits[0]}.ipynb"


def read_parameters(notebook: str | Path) -> dict[str, Parameter]:
    """Read the cell tagged `parameters`.

    Raises
    ------
    InputError
        If there is no such cell, or more than one, or a line in it that papermill would not
        read as a parameter (it would be dropped without a word).
    """
    path = Path(notebook)
    try:
        cells = nbformat.read(path, as_version=4).cells
    except (OSError, ValueError, AttributeError, KeyError, ValidationError) as error:
        raise InputError(f"{path} is not a notebook ({error}). Give an .ipynb file.") from error
    tagged = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise InputError(
            f"{path.name} has {len(tagged) or 'no'} cell(s) tagged 'parameters'. "
            "Tag exactly one code cell that holds lines `name: type = value  # help`."
        )
    lines = [line for line in tagged[0].source.splitlines() if line and not line.startswith("#")]
    return {item.name: item for item in (_parse(line, path.name) for line in lines)}


def _parse(line: str, where: str) -> Parameter:
    match = _LINE.match(line)
    fits = match and "=" not in (match["help"] or "") and match["type"] in _TYPES
    try:
        if not fits:
            raise ValueError("not a parameter line")
        return Parameter(
            match["name"], match["type"], ast.literal_eval(match["value"]), match["help"] or ""
        )
    except (ValueError, SyntaxError) as error:
        raise InputError(
            f"{where}, parameters cell: `{line}` is not of the form `name: type = value  # help` "
            f"(types: {listed(_TYPES)}; no '=' or '#' in the help)."
        ) from error


def check_parameters(
    notebook: str | Path, given: Mapping[str, object], *, base: str | Path = "."
) -> dict[str, object]:
    """Give the values with their right types, ready to inject.

    Who names articles or tables of her own does not mean the demo's that stand beside them as
    defaults: of `articles` and `topics`, what is not given is then empty.

    Parameters
    ----------
    notebook
        Path of the notebook.
    given
        Values by name: texts as typed on the command line, or Python values.
    base
        Folder against which relative paths count.

    Raises
    ------
    InputError
        For an unknown name (with the nearest), a value of the wrong type, outside its range or
        not among its choices, and a path that does not exist.
    """
    where = Path(notebook).stem
    known = read_parameters(notebook)
    for name in given:
        if name not in known:
            raise unknown("parameter", name, known, where=where)
    values = {name: _value(known[name], value, where, Path(base)) for name, value in given.items()}
    return _no_demo(known, given) | values


def _no_demo(known: Mapping[str, Parameter], given: Mapping[str, object]) -> dict[str, object]:
    """Empty the rest of the demo's defaults where a part of another corpus is given."""
    if "tables_dir" not in given and not given.get("articles"):
        return {}
    return {name: "" for name in ("articles", "topics")
            if name in known and "empty" in known[name].help}


def _value(parameter: Parameter, value: object, where: str, base: Path) -> object:
    typed = _cast(parameter, value, where)
    if parameter.choices and typed not in parameter.choices:
        guess = nearest(str(typed), parameter.choices)
        raise wrong_value(
            parameter.name, value, where=where,
            expected=f"one of {listed(parameter.choices)}" + (f" ('{guess}'?)" if guess else ""),
        )
    match = _RANGE.search(parameter.help)
    if match and not float(match[1]) <= typed <= float(match[2]):
        raise wrong_value(
            parameter.name, value, expected=f"between {match[1]} and {match[2]}", where=where
        )
    return _path(parameter, str(typed), where, base) if parameter.is_path and typed else typed


def _cast(parameter: Parameter, value: object, where: str) -> object:
    error = wrong_value(parameter.name, value, expected=_TYPES[parameter.type], where=where)
    if parameter.type == "list[str]":
        items = value.split(",") if isinstance(value, str) else value
        if not isinstance(items, list | tuple):
            raise error
        return [str(item).strip() for item in items if str(item).strip()]
    if parameter.type == "bool":
        truth = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
        if str(value).lower() not in truth:
            raise error
        return truth[str(value).lower()]
    if parameter.type == "str":
        return str(value)
    try:
        return (int if parameter.type == "int" else float)(str(value))
    except ValueError:
        raise error from None


def _path(parameter: Parameter, value: str, where: str, base: Path) -> str:
    path = (base / value).resolve()
    if "made if missing" not in parameter.help and not path.exists():
        raise InputError(
            f"{where}: {parameter.name} = '{value}' does not exist (looked for {path}). "
            "Give an existing path."
        )
    return str(path)
