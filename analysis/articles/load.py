"""Files in, articles out, and nothing lost on the way: read = used + rejected, file by file."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.articles.columns import check_columns
from analysis.articles.dates import is_day_first
from analysis.articles.normalise import Tally, make_article
from analysis.articles.readers import choose_reader
from analysis.articles.records import (
    Event,
    Fact,
    Only,
    Options,
    Problem,
    Record,
    Source,
    Unreadable,
)
from analysis.articles.sources import find_sources, is_archive, unpack
from analysis.tables import conform

FILES = ("source_file", "format", "sha256", "declared", "read", "used", "rejected",
         "missing_fields", "encoding", "note")
"""Columns of the loss report."""
_STOPS_ALL = {"no text column", "no such column", "unknown format"}
_HEAD = 500

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
        Articles surely in another language are rejected; None keeps all.
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
    batches = list(iter_articles(paths, batch_size=10**9, columns=columns, language=language,
                                 repair=repair, only=only))
    return batches[0] if len(batches) == 1 else _joined(batches)


def iter_articles(paths: Paths, *, batch_size: int = 500, columns: Mapping[str, str] | None = None,
                  language: str | None = "en", repair: bool = False, only: Only | None = None
                  ) -> Iterator[Loaded]:  # noqa: PLR0913 - the options of load_articles
    """Read articles in batches of at most `batch_size`, in memory that does not grow with them.

    The batches joined are what `load_articles` gives; a file's row in `files` comes with the
    batch in which the file ends. See `load_articles` for the parameters.
    """
    options = Options(columns=check_columns(columns), language=language, repair=repair,
                      only=only or Only())
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    return _batches(find_sources(given), options, batch_size)


def _joined(batches: list[Loaded]) -> Loaded:
    return Loaded(*(pd.concat(frames, ignore_index=True) for frames in zip(*batches, strict=True)))


def _batches(sources: list[Source], options: Options, batch_size: int) -> Iterator[Loaded]:
    articles: list[dict] = []
    rejected: list[dict] = []
    files: list[dict] = []
    seen: dict[bytes, str] = {}
    for source in _leaves(sources):
        for item in _read_source(source, options, seen):
            kind = articles if "text" in item else files if "sha256" in item else rejected
            kind.append(item)
            if len(articles) >= batch_size or len(rejected) >= 10 * batch_size:
                yield _loaded(articles, rejected, files)
                articles, rejected, files = [], [], []
    if articles or rejected or files:
        yield _loaded(articles, rejected, files)


def _loaded(articles: list[dict], rejected: list[dict], files: list[dict]) -> Loaded:
    return Loaded(conform(pd.DataFrame(articles), "articles"),
                  conform(pd.DataFrame(rejected), "rejected"),
                  _file_frame(files))


def _file_frame(files: list[dict]) -> pd.DataFrame:
    frame = pd.DataFrame(files, columns=list(FILES))
    whole = {name: "Int64" for name in ("declared", "read", "used", "rejected")}
    return frame.astype({name: whole.get(name, "str") for name in FILES})


def _leaves(sources: list[Source]) -> Iterator[Source | tuple[Source, list[Problem]]]:
    """Files that hold articles; an archive comes after its members, with its own problems."""
    for source in sources:
        problems: list[Problem] = []
        try:
            for item in unpack(source):
                if isinstance(item, Problem):
                    problems.append(item)
                else:
                    yield item
        except Exception as error:  # noqa: BLE001 - whatever a broken archive does to its reader
            problems.append(_broken(error, source))
        if problems or is_archive(source):
            yield source, problems


def _read_source(item: Source | tuple[Source, list[Problem]], options: Options,
                 seen: dict[bytes, str]) -> Iterator[dict]:
    source, problems = item if isinstance(item, tuple) else (item, None)
    tally = Tally()
    if problems is None:
        kind = ""
        try:
            choice = choose_reader(source)
            kind = choice.format
            events: Iterator[Event] = choice.read(source, options)
        except Unreadable as error:
            _stop_if_given(error, source)
            events = iter([_broken(error, source)])
        yield from _rows(_guarded(events, source), source, options=options, tally=tally, seen=seen)
    else:
        kind = source.suffix[1:]
        yield from _rows(iter(problems), source, options=options, tally=tally, seen=seen)
    yield _file_row(source, tally.facts.pop("format", kind), tally)


def _guarded(events: Iterator[Event], source: Source) -> Iterator[Event]:
    """The events of one reader; whatever breaks it becomes one problem, and the rest goes on."""
    try:
        yield from events
    except Unreadable as error:
        _stop_if_given(error, source)
        yield _broken(error, source)
    except Exception as error:  # noqa: BLE001 - parsers of ten libraries, fed damaged files
        yield _broken(error, source)


def _stop_if_given(error: Unreadable, source: Source) -> None:
    if source.given and error.reason in _STOPS_ALL:
        raise error


def _broken(error: Exception, source: Source) -> Problem:
    if isinstance(error, Unreadable):
        return Problem(None, error.reason, str(error))
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return Problem(None, "damaged file", f"{source.name} breaks off or is damaged ({what}). "
                   "What was read before it is kept.")


def _rows(events: Iterator[Event], source: Source, *, options: Options, tally: Tally,
          seen: dict[bytes, str]) -> Iterator[dict]:
    head = list(islice(events, _HEAD))
    day_first = is_day_first(event.fields.get("published") for event in head
                             if isinstance(event, Record))
    for event in chain(head, events):
        if isinstance(event, Fact):
            _learn(event, tally)
            continue
        found = event
        if isinstance(event, Record):
            found = make_article(event, options=options, tally=tally, day_first=day_first)
        if isinstance(found, dict):
            found = _repeated(found, event, source, seen) or found
        tally.read += 1
        if isinstance(found, Problem):
            tally.rejected += 1
            yield {"source_file": source.name, "row": found.row, "reason": found.reason,
                   "detail": found.detail}
        else:
            tally.used += 1
            yield found | {"source_file": source.name}


def _learn(fact: Fact, tally: Tally) -> None:
    if fact.name == "note":
        tally.notes.append(str(fact.value))
    else:
        tally.facts[fact.name] = fact.value


def _repeated(article: dict, record: Record, source: Source, seen: dict[bytes, str]
              ) -> Problem | None:
    """An id that was there before; the first keeps it."""
    article_id = article["article_id"]
    key = hashlib.blake2b(article_id.encode("utf-8", "replace"), digest_size=8).digest()
    place = source.name if record.row is None else f"{source.name} row {record.row}"
    if key not in seen:
        seen[key] = place
        return None
    given = bool(record.fields.get("article_id"))
    what = f"The id '{article_id[:60]}'" if given else "An article with this outlet, title and text"
    cure = " Give every article an id of its own, or leave the column out: " \
           "columns={\"article_id\": \"\"}." if given else ""
    return Problem(record.row, "duplicate id" if given else "duplicate article",
                   f"{what} was there before, in {seen[key]}.{cure}")


def _file_row(source: Source, kind: str, tally: Tally) -> dict:
    missing = ", ".join(f"{name}: {count}" for name, count in tally.missing.items())
    notes = list(tally.notes)
    if tally.bad_dates:
        notes.append(f"dates that do not exist or cannot be read: {', '.join(tally.bad_dates)}")
    if tally.ambiguous:
        notes.append(f"{tally.ambiguous} dates such as 03/04/2024 were read month first")
    if tally.repaired:
        notes.append(f"{tally.repaired} texts repaired")
    return {"source_file": source.name, "format": kind or None, "sha256": _sha256(source),
            "declared": tally.facts.get("declared"), "read": tally.read, "used": tally.used,
            "rejected": tally.rejected, "missing_fields": missing or None,
            "encoding": tally.facts.get("encoding"), "note": "; ".join(notes) or None}


def _sha256(source: Source) -> str | None:
    """The hash of the file as it lies on disk or in its archive."""
    try:
        with source.opener() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except Exception:  # noqa: BLE001 - a truncated archive has no whole content to hash
        return None
