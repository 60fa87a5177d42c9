"""The row of stages: paths in, a folder of tables out.

Notebooks and the command line call this module; it is the only one that knows every stage.
"""

import hashlib
import json
import platform
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.tables import Tables, empty, read_table, write_table

RUN_FILE = "run.json"
Progress = Callable[[str], None]


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
    """

    model: str = "en_core_web_sm"
    topics: str = ""
    aliases: str = ""
    corrections: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    repair: bool = False


def build_tables(
    paths: Sequence[str | Path], *, settings: Settings | None = None,
    progress: Progress | None = None,
) -> Tables:
    """Read articles and make every table of them, in memory.

    Parameters
    ----------
    paths
        Files and folders of articles.
    settings
        How; the defaults suit English news.
    progress
        Called with the name of each stage as it starts.

    Returns
    -------
    Tables
        With `run`: parameters, versions, model hash, input hashes, counts, seconds.

    Raises
    ------
    InputError
        If a path does not exist, holds no article, or a settings file cannot be used.
    """
    settings = settings or Settings()
    say = progress or (lambda _stage: None)
    started = time.monotonic()
    say("reading articles")
    loaded = read_articles(paths, settings)
    say("finding quotations")
    part = quote_articles(loaded.articles, settings)
    say("joining speakers, topics and copies")
    tables = join_corpus(
        replace(part, rejected=_stack("rejected", [loaded.rejected, part.rejected])), settings
    )
    run = describe_run(paths, settings, files=loaded.files, tables=tables)
    run["seconds"] = round(time.monotonic() - started, 1)
    return replace(tables, run=run)


def read_articles(paths: Sequence[str | Path], settings: Settings) -> "Loaded":  # noqa: F821
    """Read the files and mark what in each article is not the story.

    Returns
    -------
    Loaded
        `articles`, `rejected`, and `files`: one row per file with its counts.
    """
    from analysis.articles import load_articles, mark_skipped

    loaded = load_articles(
        paths, columns=dict(settings.columns) or None, language=settings.language or None,
        repair=settings.repair,
    )
    return loaded._replace(articles=mark_skipped(loaded.articles))


def quote_articles(articles: pd.DataFrame, settings: Settings, *, threads: int = 2) -> Tables:
    """Find the quotations of some articles and who is meant within each article.

    This is the work of one partition: it looks at nothing beyond the given articles.
    """
    from analysis.quotations import extract_quotations
    from analysis.speakers import resolve_in_articles

    found = extract_quotations(articles, model=settings.model, threads=threads)
    resolved = resolve_in_articles(found.quotes, found.mentions, articles)
    used = articles[~articles["article_id"].isin(found.rejected.get("article_id", []))]
    return Tables(
        articles=used, rejected=found.rejected, quotes=resolved.quotes,
        mentions=resolved.mentions, terms=found.terms, speakers=resolved.speakers,
    )


def join_corpus(tables: Tables, settings: Settings) -> Tables:
    """Do what needs the whole corpus: copies, one identity per speaker, families, topics."""
    from analysis.articles import find_copies
    from analysis.speakers import merge_speakers
    from analysis.topics import find_families

    articles = find_copies(tables.articles)
    merged = merge_speakers(tables.speakers, aliases=settings.aliases or None)
    known = dict(zip(merged.mapping["local_id"], merged.mapping["speaker_id"], strict=True))
    quotes = tables.quotes.assign(speaker_id=tables.quotes["speaker_id"].map(known))
    mentions = tables.mentions.assign(speaker_id=tables.mentions["speaker_id"].map(known))
    tables = replace(
        tables, articles=articles, mentions=mentions, speakers=merged.speakers,
        quotes=find_families(quotes, articles),
    )
    return _corrected(replace(tables, quote_topics=_topics(tables, settings)), settings)


def _topics(tables: Tables, settings: Settings) -> pd.DataFrame:
    from analysis.topics import assign_topics, discover_topics, load_topics

    if settings.topics:
        topics = load_topics(settings.topics)
        return assign_topics(tables.quotes, tables.terms, tables.articles, topics=topics)
    return discover_topics(tables.quotes, tables.terms).quote_topics


def _corrected(tables: Tables, settings: Settings) -> Tables:
    if not settings.corrections:
        return tables
    from analysis.corrections import apply_corrections, load_corrections

    return apply_corrections(tables, load_corrections(settings.corrections)).tables


def _stack(name: str, frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    full = [frame for frame in frames if len(frame)]
    return pd.concat(full, ignore_index=True) if full else empty(name)


def describe_run(
    paths: Sequence[str | Path], settings: Settings, *, files: pd.DataFrame, tables: Tables
) -> dict[str, object]:
    """Give what `run.json` holds: what was read, with what, and how much came of it."""
    from analysis.quotations import model_hash

    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "fingerprint": fingerprint(paths, settings),
        "paths": [str(path) for path in paths],
        "settings": {**vars(settings), "columns": dict(settings.columns)},
        "versions": versions(),
        "model_sha256": model_hash(),
        "counts": count_rows(tables),
        "files": json.loads(files.to_json(orient="records")),
    }


def count_rows(tables: Tables) -> dict[str, int]:
    """Give how many articles were read, used and rejected, and the rows of each table."""
    used, rejected = len(tables.articles), len(tables.rejected)
    rows = {name: len(frame) for name, frame in tables.frames().items()}
    return {"read": used + rejected, "used": used, **rows}


def versions() -> dict[str, str]:
    """Give the versions of this package and of what the figures depend on."""
    names = ("on-record", "spacy", "onnxruntime", "tokenizers", "pandas", "scikit-learn")
    return {"python": platform.python_version(), **{name: version(name) for name in names}}


def fingerprint(paths: Sequence[str | Path], settings: Settings) -> str:
    """Give one hash of all that decides the tables: input files, settings, package, model."""
    from analysis.quotations import model_hash

    digest = hashlib.sha256()
    extra = [getattr(settings, name) for name in ("topics", "aliases", "corrections")]
    for path in [*_files(paths), *(Path(name) for name in extra if name)]:
        digest.update(str(path.name).encode() + b"\0" + _sha256(path).encode() + b"\0")
    digest.update(json.dumps([*map(str, vars(settings).values())]).encode())
    digest.update(code_hash().encode() + model_hash().encode())
    return digest.hexdigest()


def code_hash() -> str:
    """Give one hash of the package's own files, so that changed code makes tables afresh."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
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


def save_tables(tables: Tables, out: str | Path, *, csv: bool = False) -> Path:
    """Write every table as Parquet (and CSV if asked) and `run.json` into the folder `out`.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    out = Path(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, frame in tables.frames().items():
            write_table(frame, name, out / f"{name}.parquet")
            if csv:
                write_csv(frame, out / f"{name}.csv")
        (out / RUN_FILE).write_text(json.dumps(tables.run, indent=1), encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{out} cannot be written ({error.strerror}). Choose another folder with --out."
        ) from error
    return out


def write_csv(frame: pd.DataFrame, path: str | Path) -> Path:
    """Write a frame as CSV that a spreadsheet opens without running anything in it.

    Text that starts with a formula character (= + - @, tab, carriage return) gets an
    apostrophe in front, as OWASP's "CSV Injection" page advises.
    """
    safe = frame.map(_neutral)
    safe.columns = [_neutral(str(column)) for column in frame.columns]
    safe.to_csv(path, index=False, encoding="utf-8-sig")
    return Path(path)


def _neutral(value: object) -> object:
    if isinstance(value, list | tuple):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return value


def load_tables(folder: str | Path) -> Tables:
    """Read a folder of tables that `on-record extract` wrote.

    Raises
    ------
    InputError
        If the folder or one of its tables is missing.
    """
    folder = Path(folder)
    if not (folder / RUN_FILE).is_file():
        raise InputError(
            f"{folder} holds no tables (no {RUN_FILE} in it). "
            f"Make them: on-record extract PATHS --out {folder}."
        )
    frames = {name: read_table(folder / f"{name}.parquet", name) for name in Tables().frames()}
    return Tables(**frames, run=read_run(folder))


def read_run(folder: str | Path) -> Mapping[str, object]:
    """Read `run.json` of a folder of tables; empty if there is none or it is broken."""
    try:
        return json.loads((Path(folder) / RUN_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def open_tables(
    tables_dir: str | Path, *, articles: str | Path = "", settings: Settings | None = None,
    progress: Progress | None = None,
) -> Tables:
    """Give the tables of a folder, making them first from `articles` if they are not up to date.

    Up to date means: the same input files, settings, package and model as last time.

    Raises
    ------
    InputError
        If neither tables nor articles are there.
    """
    if articles:
        extract_tables([articles], out=tables_dir, settings=settings, progress=progress)
    return load_tables(tables_dir)


def extract_tables(
    paths: Sequence[str | Path], *, out: str | Path, settings: Settings | None = None,
    csv: bool = False, progress: Progress | None = None,
) -> str:
    """Make the tables of some articles in the folder `out`, unless they are up to date there.

    Returns
    -------
    str
        One line that says what was read, used, rejected and found.

    Raises
    ------
    InputError
        As `build_tables` and `save_tables`.
    """
    settings = settings or Settings()
    known = read_run(out)
    fresh = known.get("fingerprint") == fingerprint(paths, settings)
    if not fresh:
        tables = build_tables(paths, settings=settings, progress=progress)
        save_tables(tables, out, csv=csv)
        known = tables.run
    return summary_line(known) + (" (unchanged, not made again)" if fresh else f" → {out}")


def summary_line(run: Mapping[str, object]) -> str:
    """Say in one line what a run read, used, rejected and found."""
    counts = run["counts"]
    return (
        f"read {counts['read']}, used {counts['used']}, rejected {counts['rejected']} articles: "
        f"{counts['quotes']} quotations, {counts['speakers']} speakers"
    )
