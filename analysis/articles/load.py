"""Files in, articles out, and nothing lost on the way: read = used + rejected, file by file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from analysis.articles.columns import check_columns
from analysis.articles.dates import parse_date
from analysis.articles.languages import check_language
from analysis.articles.metadata import join_metadata
from analysis.articles.reading import (
    FILES,
    Row,
    Seen,
    broken,
    is_documentation,
    read_source,
    report_problems,
)
from analysis.articles.records import Only, Options, Problem, Source
from analysis.articles.sources import find_sources, is_archive, unpack
from analysis.errors import wrong_value
from analysis.progress import progress_bar
from analysis.tables import conform

if TYPE_CHECKING:
    from tqdm import tqdm

Paths = str | Path | Iterable[str | Path]


class Loaded(NamedTuple):
    """The articles that can be used, what cannot be, and the loss report by file."""

    articles: pd.DataFrame
    rejected: pd.DataFrame
    files: pd.DataFrame


def load_articles(paths: Paths, *, columns: Mapping[str, str] | None = None,
                  language: str | None = "en", repair: bool = False, only: Only | None = None
                  ) -> Loaded:
    """Read articles from files and folders in any of the formats the README lists.

    Parameters
    ----------
    paths
        A path or several; folders are walked, `.zip` and `.gz` looked into.
    columns
        Field → column name for tables whose columns are not recognised, such as
        `{"text": "story_copy", "section": ""}` ("" leaves a field out).
    language
        Articles surely in another language are rejected (ISO 639-1: "en", "de"); None or ""
        keeps all.
    repair
        Mend mojibake and hard-wrapped lines. Otherwise `text` is what the source holds.
    only
        Keep only some hosts or a span of time; meant for WARC files.

    Returns
    -------
    Loaded
        `articles` and `rejected` as the data dictionary has them; `files`: one row per file with
        `declared` (records the file says it has), `read` = `used` + `rejected`,
        `missing_fields`, `encoding` and `note`. A file that breaks off counts one rejected
        record for its unreadable rest.

    Raises
    ------
    InputError
        If a path does not exist, a folder is empty, or a file given by name has no text column
        or an unknown format. Inside a folder such a file becomes a rejected row.
    """
    rows = _rows_of(paths, columns=columns, language=language, repair=repair, only=only)
    with progress_bar("Reading articles", unit="articles") as bar:
        batches = _batches(_counted(rows, bar), 10**9)
        return next(batches, _loaded({"articles": [], "rejected": [], "files": []}))


def iter_articles(paths: Paths, *, batch_size: int = 500, columns: Mapping[str, str] | None = None,
                  language: str | None = "en", repair: bool = False, only: Only | None = None
                  ) -> Iterator[Loaded]:  # noqa: PLR0913 - the options of load_articles
    """Read articles in batches of at most `batch_size`, in memory that does not grow with them.

    The batches joined are what `load_articles` gives; a file's row in `files` comes with the
    batch in which the file ends. See `load_articles` for the parameters.
    """
    rows = _rows_of(paths, columns=columns, language=language, repair=repair, only=only)
    return _batches(rows, batch_size)


def _rows_of(paths: Paths, *, columns: Mapping[str, str] | None, language: str | None,
             repair: bool, only: Only | None) -> Iterator[Row]:
    """Check what was asked for at once; read when the rows are taken."""
    options = Options(columns=check_columns(columns), language=check_language(language),
                      repair=repair, only=_checked(only or Only()))
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    return _all_rows(find_sources(given), options)


def _checked(only: Only) -> Only:
    """Give the filter with its dates as moments; a day means its first or last moment."""
    moments = {}
    for name in ("since", "until"):
        value = getattr(only, name)
        moments[name] = parse_date(value)
        if value is not None and moments[name] is None:
            raise wrong_value(name, value, expected="a date such as 2024-03-31")
    until = moments["until"]
    if until is not None and until == until.replace(hour=0, minute=0, second=0, microsecond=0):
        moments["until"] = until + timedelta(days=1, microseconds=-1)
    return replace(only, **moments)


def _counted(rows: Iterator[Row], bar: "tqdm") -> Iterator[Row]:
    for row in rows:
        bar.update(row.table == "articles")
        yield row


def _batches(rows: Iterator[Row], batch_size: int) -> Iterator[Loaded]:
    batch: dict[str, list[dict]] = {"articles": [], "rejected": [], "files": []}
    for row in rows:
        batch[row.table].append(row.values)
        if len(batch["articles"]) >= batch_size or len(batch["rejected"]) >= 10 * batch_size:
            yield _loaded(batch)
            batch = {name: [] for name in batch}
    if any(batch.values()):
        yield _loaded(batch)


def _loaded(batch: dict[str, list[dict]]) -> Loaded:
    files = pd.DataFrame(batch["files"], columns=list(FILES))
    types = dict.fromkeys(FILES, "str") | dict.fromkeys(
        ("declared", "read", "used", "rejected"), "Int64")
    return Loaded(conform(pd.DataFrame(batch["articles"]), "articles"),
                  conform(pd.DataFrame(batch["rejected"]), "rejected"), files.astype(types))


def _all_rows(sources: list[Source], options: Options) -> Iterator[Row]:
    seen = Seen({}, [])
    texts, tables = join_metadata(sources, options.columns)
    for table in tables:
        yield from report_problems(table.source, [], kind="metadata", note=table.note)
    for source in texts:
        yield from _file_rows(source, options, seen)


def _file_rows(source: Source, options: Options, seen: Seen) -> Iterator[Row]:
    """Give the rows of one path; an archive's own row comes after its members'."""
    problems: list[Problem] = []
    for item in _unpacked(source):
        if isinstance(item, Problem):
            problems.append(item)
        elif is_documentation(item):
            yield from report_problems(item, [], kind="documentation",
                                       note="documentation, not read")
        else:
            yield from read_source(item, options, seen)
    if problems or is_archive(source):
        yield from report_problems(source, problems, kind=source.suffix[1:])


def _unpacked(source: Source) -> Iterator[Source | Problem]:
    try:
        yield from unpack(source)
    except Exception as error:  # noqa: BLE001 - whatever a broken archive does to its reader
        yield broken(error, source)
