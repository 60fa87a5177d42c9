"""One record → one row of `articles`, or the reason why not."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from analysis.articles.authors import split_authors
from analysis.articles.dates import is_ambiguous, parse_date
from analysis.articles.languages import foreign_language
from analysis.articles.records import Options, Problem, Record
from analysis.articles.repairs import repair_text

WATCHED = ("outlet", "title", "published", "authors", "section", "url")
"""Fields whose absence is counted in `files.missing_fields`."""

_BLANK = {"", "nan", "none", "null", "n/a", "na", "nil", "-"}
_SPACE = re.compile(r"\s+")


@dataclass
class Tally:
    """What is counted while one file is read; it grows, so it is not frozen."""

    read: int = 0
    used: int = 0
    rejected: int = 0
    repaired: int = 0
    missing: dict[str, int] = field(default_factory=dict)
    bad_dates: list[str] = field(default_factory=list)
    ambiguous: int = 0
    left_out: int = 0
    undated: int = 0  # of those left out
    notes: list[str] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)

    def use(self, article: Mapping[str, object]) -> None:
        """Count an article that is used, and what it lacks."""
        self.used += 1
        for name in WATCHED:
            if not article[name]:
                self.missing[name] = self.missing.get(name, 0) + 1


def make_article(record: Record, *, options: Options, tally: Tally, day_first: bool | None
                 ) -> dict[str, object] | Problem:
    """Give the row for `articles` (without `skipped` and the copies), or why there is none."""
    text = _text_of(record.fields.get("text"))
    problem = _unusable(text, record, options)
    if problem:
        return problem
    if options.repair:
        text, changed = repair_text(text)
        tally.repaired += changed
    row = {name: _short(record.fields.get(name)) for name in ("outlet", "title", "section", "url")}
    row |= {"text": text, "n_words": len(text.split()),
            "authors": split_authors(record.fields.get("authors")),
            "published": _published(record.fields.get("published"), tally, day_first)}
    row["article_id"] = _short(record.fields.get("article_id")) or hash_id(row)
    return row


def hash_id(row: Mapping[str, object]) -> str:
    """Give the id of an article that came without one: a hash of outlet, title and text."""
    parts = "\x1f".join(str(row.get(name) or "") for name in ("outlet", "title", "text"))
    return hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _unusable(text: str, record: Record, options: Options) -> Problem | None:
    where = "The record" if record.row is None else f"Record {record.row}"
    if not text.strip():
        return Problem(record.row, "empty text", f"{where} has no text.")
    if "\0" in text:
        return Problem(record.row, "not text", f"{where} holds nul characters in its text.")
    language = foreign_language(text, wanted=options.language) if options.language else None
    if language:
        return Problem(record.row, "other language", f"{where} looks like '{language}', not "
                       f"'{options.language}'. To keep every language: "
                       "--language '' (in Python: language=None).")
    return None


def _text_of(value: object) -> str:
    if isinstance(value, str):
        # Lone surrogates (a broken "\ud83d" in JSON) cannot be written to any file.
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list | tuple):
        return "\n\n".join(item for item in value if isinstance(item, str))
    return ""


def _short(value: object) -> str | None:
    """Join the spaces of a one-line value; the ways of writing "nothing" become missing."""
    if isinstance(value, list | tuple):
        value = next((item for item in value if item), None)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or isinstance(value, dict) or value != value:  # noqa: PLR0124 - NaN
        return None
    text = _SPACE.sub(" ", _text_of(str(value)).replace("\0", "")).strip()
    return None if text.casefold() in _BLANK else text


def _published(value: object, tally: Tally, day_first: bool | None) -> datetime | None:
    moment = parse_date(value, day_first=bool(day_first))
    if moment is None and isinstance(value, str) and value.strip().casefold() not in _BLANK:
        tally.bad_dates += [value.strip()[:40]] if len(tally.bad_dates) < 3 else []
    tally.ambiguous += day_first is None and is_ambiguous(value)
    return moment
