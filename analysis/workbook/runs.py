"""What a run was: its settings, its fingerprint, and the record kept in `run.json`."""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.workbook.losses import count_rejected

_USER_FILES = ("topics", "aliases", "corrections")


@dataclass(frozen=True)
class Settings:
    """How the tables are made; everything here is part of the run's fingerprint.

    Parameters
    ----------
    model
        Name or path of an installed spaCy English pipeline.
    topics, aliases, corrections
        Files of the user's topics, speaker aliases and corrections; "" for none.
    columns
        Which column of the input holds what, where the names are not known synonyms.
    language
        Articles in other languages are rejected; "" takes all.
    repair
        Whether to repair mojibake and hard-wrapped lines (recorded in `run.json`).
    hosts, since, until
        Keep only articles of these hosts and days (meant for web archives); empty keeps all.
    """

    model: str = "en_core_web_sm"
    topics: str = ""
    aliases: str = ""
    corrections: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    repair: bool = False
    hosts: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


def describe_run(
    paths: Sequence[str | Path], settings: Settings, *, files: pd.DataFrame,
    rejected: pd.DataFrame, counts: Mapping[str, int], stamp: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """Give what `run.json` holds: what was read, with what, and how much came of it.

    `counts` has the rows of each table and, as `quoted`, how many speakers are quoted.
    """
    from analysis.quotations import model_hash

    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "fingerprint": stamp or fingerprint(paths, settings),
        "paths": [str(Path(path).resolve()) for path in paths],
        "settings": _recorded(settings),
        "versions": versions(),
        "model_sha256": model_hash(),
        "counts": {"read": counts["articles"] + counts["rejected"], "used": counts["articles"],
                   **counts},
        "rejected": count_rejected(rejected),
        "files": json.loads(files.to_json(orient="records")),
    }


def _recorded(settings: Settings) -> dict[str, object]:
    files = {name: getattr(settings, name) for name in _USER_FILES}
    return {**vars(settings), "columns": dict(settings.columns),
            **{name: str(Path(file).resolve()) for name, file in files.items() if file}}


def kept_settings(run: Mapping[str, object], **given: str) -> Settings:
    """Give the settings of a run, with what is given in place of its own."""
    known = run.get("settings", {})
    kept = {field.name: known[field.name] for field in fields(Settings) if field.name in known}
    kept |= {"columns": tuple(kept.get("columns", {}).items()),
             "hosts": tuple(kept.get("hosts", ()))}
    return Settings(**{**kept, **{name: value for name, value in given.items() if value}})


def versions() -> dict[str, str]:
    """Give the versions of this package and of what the figures depend on."""
    names = ("on-record", "spacy", "onnxruntime", "tokenizers", "pandas", "scikit-learn")
    return {"python": platform.python_version(), **{name: version(name) for name in names}}


def fingerprint(paths: Sequence[str | Path], settings: Settings) -> dict[str, str]:
    """Give one hash of each thing that decides the tables.

    Returns
    -------
    dict
        `articles` (names and contents of the input files), `made_by` (settings, package, model)
        and one for each file of the user: `topics`, `aliases`, `corrections` ("" if not given).
    """
    made = json.dumps(made_by(settings), sort_keys=True).encode()
    given = {name: getattr(settings, name) for name in _USER_FILES}
    return {
        "articles": _hash_files(_files(paths)),
        "made_by": hashlib.sha256(made).hexdigest(),
        **{name: _hash_files([Path(file)]) if file else "" for name, file in given.items()},
    }


def _hash_files(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + _sha256(path).encode() + b"\0")
    return digest.hexdigest()


def is_current(known: object, stamp: Mapping[str, str]) -> bool:
    """Say whether tables made under one fingerprint serve where another is asked for.

    A user's file that is not asked for does not matter: a notebook that names no topics takes
    tables that have some.
    """
    asked = [name for name, value in stamp.items() if value]
    return isinstance(known, Mapping) and all(known.get(name) == stamp[name] for name in asked)


def made_by(settings: Settings) -> dict[str, object]:
    """Give what, besides the articles, decides what is found in one: settings, package, model."""
    from analysis.quotations import model_hash

    rest = {name: value for name, value in vars(settings).items() if name not in _USER_FILES}
    return {**rest, "columns": dict(settings.columns), "package": code_hash(),
            "weights": model_hash()}


def code_hash() -> str:
    """Give one hash of the package's own files, so that changed code makes tables afresh."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*")):
        if path.suffix in {".py", ".csv"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(paths: Iterable[str | Path]) -> list[Path]:
    found = []
    for path in map(Path, paths):
        if not path.exists():
            raise InputError(f"{path} does not exist. Give a file or a folder of articles.")
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [item for item in inside if item.is_file()]
    return found


def _sha256(path: Path) -> str:
    if not path.exists():
        raise InputError(f"{path} does not exist. Give the file's path, or leave it out.")
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
