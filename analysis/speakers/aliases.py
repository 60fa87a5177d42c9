"""The user's own list of names: it wins over everything found out."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.errors import InputError, listed, nearest
from analysis.lexicons import load_lexicon
from analysis.speakers.names import fold, without_article
from analysis.tables import read_delimited

COLUMNS = ("alias", "name", "kind", "gender", "role", "role_class", "outlet")
KINDS = ("person", "organization", "group", "unnamed_person", "document", "author", "other")
_GENDERS = {"f": "f", "m": "m", "female": "f", "male": "m", "woman": "f", "man": "m",
            "unknown": "unknown", "": ""}


class Alias(NamedTuple):
    """One line of the list: this form, in this outlet ('' = any), is this speaker."""

    alias: str
    name: str
    kind: str
    gender: str
    role: str
    role_class: str
    outlet: str


def load_aliases(aliases: str | Path | pd.DataFrame) -> tuple[Alias, ...]:
    """Read the alias list: columns alias, name[, kind, gender, role, role_class, outlet].

    Raises
    ------
    InputError
        If the file is missing or cannot be read, a column is missing or unknown, a cell is empty
        or holds a value that is not allowed, or one alias is given two names or one name two
        genders; every message says
        in which row (as a spreadsheet counts, the heading is row 1).
    """
    where = "aliases" if isinstance(aliases, pd.DataFrame) else str(aliases)
    rows = _frame(aliases, where)
    _check_columns(rows, where)
    found = [_read_row(row, f"{where}, row {at}") for at, row in
             enumerate(rows.to_dict("records"), start=2)]
    _check_clashes(found, where)
    return tuple(found)


def _frame(aliases: str | Path | pd.DataFrame, where: str) -> pd.DataFrame:
    if isinstance(aliases, pd.DataFrame):
        return aliases.fillna("").astype(str)
    path = Path(aliases)
    if not path.is_file():
        raise InputError(f"{where} does not exist. Give a csv file with the columns alias, name.")
    try:
        return read_delimited(path)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{where} is not a readable csv file ({reason}). Save it as UTF-8 csv "
                         "with the columns alias, name.") from error


def _check_columns(rows: pd.DataFrame, where: str) -> None:
    found = [str(column) for column in rows.columns]
    for column in ("alias", "name"):
        if column not in found:
            raise InputError(f"{where} has no column '{column}' (found: {listed(found)}). Name the "
                             "columns alias (a name as articles print it), name (who that is) "
                             f"and, if you like, {listed(COLUMNS[2:])}.")
    strange = [column for column in found if column not in COLUMNS and column != "source"]
    if strange:
        guess = nearest(strange[0], COLUMNS)
        hint = f" Did you mean '{guess}'?" if guess else ""
        raise InputError(f"{where} has no use for the column '{strange[0]}' (known: "
                         f"{listed(COLUMNS)}).{hint}")


def _read_row(row: dict, where: str) -> Alias:
    values = {column: " ".join(str(row.get(column, "")).split()) for column in COLUMNS}
    for column in ("alias", "name"):
        if not values[column]:
            raise InputError(f"{where}: '{column}' is empty. Fill it in or delete the row.")
    for column, known in (("kind", KINDS), ("role_class", role_classes())):
        values[column] = values[column].lower()
        _check_known(column, values[column], known, where)
    gender = values["gender"].lower()
    if gender not in _GENDERS:
        raise InputError(f"{where}: gender = '{values['gender']}' is not one of f, m, unknown. "
                         "Give one of them or leave it empty.")
    return Alias(**{**values, "gender": _GENDERS[gender]})


@cache
def role_classes() -> tuple[str, ...]:
    """Give the classes of roles there are."""
    return tuple(sorted({row["role_class"] for row in load_lexicon("role_nouns")}))


def _check_known(column: str, value: str, known: Sequence[str], where: str) -> None:
    if value and value not in known:
        guess = nearest(value, known)
        hint = f" Did you mean '{guess}'?" if guess else ""
        raise InputError(f"{where}: {column} = '{value}' is not one of "
                         f"{listed(known, most=len(known))}.{hint}")


def _check_clashes(found: list[Alias], where: str) -> None:
    seen: dict[tuple[str, str], tuple[str, int]] = {}
    for at, alias in enumerate(found, start=2):
        key = (alias_key(alias.alias), fold(alias.outlet))
        name, row = seen.setdefault(key, (alias.name, at))
        if fold(name) != fold(alias.name):
            raise InputError(f"{where}, row {at}: '{alias.alias}' is given as '{alias.name}', but "
                             f"row {row} gives it as '{name}'. Keep one of the two, or tell them "
                             "apart by outlet.")
    genders: dict[str, tuple[str, int]] = {}
    for at, alias in enumerate(found, start=2):
        if alias.gender:
            gender, row = genders.setdefault(fold(alias.name), (alias.gender, at))
            if gender != alias.gender:
                raise InputError(f"{where}, row {at}: gender of '{alias.name}' is given as "
                                 f"{alias.gender}, but in row {row} as {gender}. Keep one of the "
                                 "two.")


def alias_key(text: str) -> str:
    """Give the form under which an alias is looked up."""
    return fold(without_article(text.replace(".", " ")))
