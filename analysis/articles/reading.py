"""One file → its articles, its rejected records and its line in the loss report."""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice
from pathlib import PurePosixPath
from typing import NamedTuple

from analysis.articles.dates import is_day_first, parse_date
from analysis.articles.kinds import check_kind
from analysis.articles.normalise import Tally, make_article
from analysis.articles.readers import choose_reader
from analysis.articles.readers.web_archives import is_host
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

FILES = ("source_file", "format", "sha256", "declared", "read", "used", "rejected",
         "missing_fields", "encoding", "note")
"""Columns of the loss report."""
STOPS_ALL = {"no text column", "no such column", "unknown format"}
"""What a file given by name must not be; inside a folder it is one rejected row."""

_HEAD = 500
_DOCUMENTATION = re.compile(r"^(?:readme|licen[cs]e|copying|notice|changelog)\b", re.IGNORECASE)


class Row(NamedTuple):
    """A row for one of the tables `articles`, `rejected` and `files`."""

    table: str
    values: dict[str, object]


class Seen(NamedTuple):
    """The ids of a run so far, and where each stood: two whole numbers an article."""

    places: dict[int, int]
    files: list[str]

    def find(self, article_id: str, source: Source, row: int | None) -> str | None:
        """Give where the id stood before; None, and remember it, if it is new."""
        key = int.from_bytes(hashlib.blake2b(
            article_id.encode("utf-8", "replace"), digest_size=8).digest())
        if key in self.places:
            file, number = divmod(self.places[key], 2**40)
            return f"{self.files[file]} row {number}" if number else self.files[file]
        if not self.files or self.files[-1] != source.name:
            self.files.append(source.name)
        self.places[key] = (len(self.files) - 1) * 2**40 + (row or 0)
        return None


def is_documentation(source: Source) -> bool:
    """Tell whether the file describes the folder (README, LICENSE) rather than the news."""
    return not source.given and bool(_DOCUMENTATION.match(PurePosixPath(source.name).name))


def read_source(source: Source, options: Options, seen: Seen) -> Iterator[Row]:
    """Give the rows of one file; its `files` row comes last.

    `seen` is shared by all files of a run and filled here.
    """
    try:
        choice = choose_reader(source)
        check_kind(source, choice.format)
    except Unreadable as error:
        stop_if_given(error, source)
        yield from report_problems(source, [broken(error, source)], kind=None)
        return
    tally = Tally()
    events = _guarded(choice.read(source, options), source)
    yield from _rows(events, source, options=options, tally=tally, seen=seen)
    yield Row("files", _file_row(source, choice.format, tally))


def report_problems(source: Source, problems: list[Problem], *, kind: str | None,
                    note: str | None = None) -> Iterator[Row]:
    """Give the rows of a file that holds no articles itself: an archive, a table of metadata."""
    tally = Tally(read=len(problems), rejected=len(problems), notes=[note] if note else [])
    for problem in problems:
        yield Row("rejected", {"source_file": source.name, **problem._asdict()})
    yield Row("files", _file_row(source, kind, tally))


def stop_if_given(error: Unreadable, source: Source) -> None:
    """Raise the error again if the user named this very file and would learn of it too late."""
    if source.given and error.reason in STOPS_ALL:
        raise error


def broken(error: Exception, source: Source) -> Problem:
    """Give the problem for whatever stopped a reader."""
    if isinstance(error, Unreadable):
        return Problem(None, error.reason, str(error))
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return Problem(None, "damaged file", f"{source.name} breaks off or is damaged ({what}). "
                   "What was read before that is kept.")


def _guarded(events: Iterator[Event], source: Source) -> Iterator[Event]:
    """Pass on the events; whatever breaks the reader becomes one problem, and the rest goes on."""
    try:
        yield from events
    except Unreadable as error:
        stop_if_given(error, source)
        yield broken(error, source)
    except Exception as error:  # noqa: BLE001 - parsers of ten libraries, fed damaged files
        yield broken(error, source)


def _rows(events: Iterator[Event], source: Source, *, options: Options, tally: Tally,
          seen: Seen) -> Iterator[Row]:
    head = list(islice(events, _HEAD))
    day_first = is_day_first(event.fields.get("published") for event in head
                             if isinstance(event, Record))
    for event in chain(head, events):
        if isinstance(event, Fact):
            _learn(event, tally)
            continue
        found: dict[str, object] | Problem | None = event if isinstance(event, Problem) else None
        if isinstance(event, Record):
            found = make_article(event, options=options, tally=tally, day_first=day_first)
            if isinstance(found, dict) and (reason := _left_out(found, event, options.only)):
                tally.left_out += 1
                tally.undated += reason == "undated"
                continue
        if isinstance(found, dict):
            found = _repeated(found, event, source, seen) or found
        yield _counted(found, source, tally)


def _counted(found: dict[str, object] | Problem, source: Source, tally: Tally) -> Row:
    tally.read += 1
    if isinstance(found, Problem):
        tally.rejected += 1
        return Row("rejected", {"source_file": source.name, **found._asdict()})
    tally.use(found)
    return Row("articles", found | {"source_file": source.name})


def _learn(fact: Fact, tally: Tally) -> None:
    if fact.name == "note":
        tally.notes.append(str(fact.value))
    elif fact.name == "left_out":
        tally.left_out += int(fact.value)
    else:
        tally.facts[fact.name] = fact.value


def _left_out(article: dict[str, object], record: Record, only: Only) -> str:
    """Say why an article is not among those asked for; "" where it is."""
    if only.hosts and not is_host(str(article["url"] or ""), only.hosts):
        return "other host"
    if not (only.since or only.until):
        return ""
    moment = article["published"] or parse_date(record.fields.get("crawled"))
    if moment is None:
        return "undated"
    return "" if _lies_between(moment, only) else "other date"


def _lies_between(moment: datetime, only: Only) -> bool:
    return (only.since is None or only.since <= moment) and (
        only.until is None or moment <= only.until)


def _repeated(article: dict, record: Record, source: Source, seen: Seen
              ) -> Problem | None:
    """Refuse an id that was there before; the first keeps it."""
    article_id = article["article_id"]
    place = seen.find(article_id, source, record.row)
    if place is None:
        return None
    if not record.fields.get("article_id"):
        return Problem(record.row, "duplicate article", "An article with this outlet, title and "
                       f"text was there before, in {place}.")
    advice = "Give one of the two files another name." if article_id == source.stem else (
        "Give every article an id of its own, or leave the column out: --column article_id= "
        "(in Python: columns={\"article_id\": \"\"}).")
    return Problem(record.row, "duplicate id", f"The id '{article_id[:60]}' was there before, in "
                   f"{place}. {advice}")


def _file_row(source: Source, kind: str | None, tally: Tally) -> dict[str, object]:
    missing = ", ".join(f"{name}: {count}" for name, count in tally.missing.items())
    declared = tally.facts.get("declared")
    return {"source_file": source.name, "format": tally.facts.get("format", kind),
            "sha256": _sha256(source), "declared": declared, "read": tally.read,
            "used": tally.used, "rejected": tally.rejected, "missing_fields": missing or None,
            "encoding": tally.facts.get("encoding"), "note": "; ".join(_notes(tally)) or None}


def _notes(tally: Tally) -> Iterator[str]:
    yield from tally.notes
    declared = tally.facts.get("declared")
    if declared is not None and declared != tally.read + tally.left_out:
        yield f"the file declares {declared} records, {tally.read} were found"
    if tally.bad_dates:
        yield f"dates that do not exist or cannot be read: {', '.join(tally.bad_dates)}"
    if tally.ambiguous:
        yield f"{tally.ambiguous} dates such as 03/04/2024 were read month first"
    if tally.repaired:
        yield f"{tally.repaired} texts repaired"
    if tally.left_out > tally.undated:
        others = tally.left_out - tally.undated
        yield f"{others} records of other hosts or dates left out, as asked"
    if tally.undated:
        yield f"{tally.undated} records without a date left out, since days were asked for"


def _sha256(source: Source) -> str | None:
    """Hash the file as it is given: for a `.gz` the bytes on disk, in an archive the member."""
    try:
        with (source.packed or source.opener)() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except Exception:  # noqa: BLE001 - a truncated archive has no whole content to hash
        return None
