"""What readers hand on: records, problems and facts about a file; and the files themselves."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from analysis.errors import InputError


class Unreadable(InputError):  # noqa: N818 - it names a state of the file, as `rejected` shows it
    """A file, or the rest of it, that cannot be read; `reason` is the short form."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class Record(NamedTuple):
    """One article as the file gives it: field → value, not yet interpreted."""

    row: int | None
    fields: Mapping[str, object]


class Problem(NamedTuple):
    """One record, or what is left of a file, that cannot be used."""

    row: int | None
    reason: str
    detail: str


class Fact(NamedTuple):
    """Something a reader found out about the file: `declared`, `encoding` or a `note`."""

    name: str
    value: object


Event = Record | Problem | Fact


@dataclass(frozen=True)
class Only:
    """Keep only articles of these hosts and this time; empty means all.

    A host also stands for its subdomains: "example.org" keeps "news.example.org". `since` and
    `until` (both inclusive; a day without a time is the whole day; written or as a date) are
    compared with the publication date, and in a WARC with the date of the crawl where the
    page gives none. What is left out is counted in `files.note`.
    """

    hosts: tuple[str, ...] = ()
    since: datetime | date | str | None = None
    until: datetime | date | str | None = None


@dataclass(frozen=True)
class Options:
    """How to read: see `load_articles`."""

    columns: Mapping[str, str] = field(default_factory=dict)
    language: str | None = "en"
    repair: bool = False
    only: Only = field(default_factory=Only)


@dataclass(frozen=True)
class Source:
    """One file, on disk or inside an archive; `opener` may be called again and again.

    `given`: the user named this very file; `path`: where it lies on disk, if it does; `packed`:
    opens the compressed file it came from; `extra`: fields that a table of metadata gives.
    """

    name: str
    opener: Callable[[], BinaryIO]
    stem: str
    given: bool = False
    depth: int = 0
    path: Path | None = None
    packed: Callable[[], BinaryIO] | None = None
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def suffix(self) -> str:
        """The last suffix, lower case; `.warc` for `.warc.gz`, which its reader unpacks."""
        name = self.name.lower()
        return ".warc" if name.endswith(".warc.gz") else Path(name).suffix


Reader = Callable[[Source, Options], Iterator[Event]]
