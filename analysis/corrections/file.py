"""The file of corrections: YAML, one field a line, so that a change is one changed line.

```yaml
- do: speaker
  article: wire-01
  at: 229-283 298-371
  words: This city has waited forty years for a dry crossing, and we intend to build it
  speaker: Anneke Grell
  by: kim
  when: 2026-11-23T21:04:00+00:00
```
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from analysis.errors import InputError, listed, unknown

ACTIONS = {
    "accept": ("article", "at", "words"),
    "reject": ("article", "at", "words"),
    "speaker": ("article", "at", "words"),
    "topic": ("article", "at", "words"),
    "add": ("article", "at", "words"),
    "merge": ("people", "speaker"),  # with one of the people: a new name
    "split": ("people", "speaker", "articles"),
}
_LISTS = ("people", "articles", "topics")


@dataclass(frozen=True)
class Correction:
    """One human correction.

    Parameters
    ----------
    do
        accept (the quotation is right), reject (it is none), speaker (someone else said it),
        topic (it is about these topics), add (a missed quotation), merge (these people are
        one), split (in these articles the person is someone else).
    article, at, words
        Which quotation: the article's id, its spans, and its words, which find it again
        where the offsets or the id changed.
    speaker
        Who said it; "" for nobody. For merge and split, the name of the result.
    topics
        For topic: all topics of the quotation; empty for none.
    people
        For merge: the names or ids to join; for split: the one to split.
    articles
        For split: ids of the articles where it is someone else.
    kind, cue, source
        For add: direct, mixed or indirect, and the words of cue and source, where known.
    by, when
        Who corrected, and when (ISO 8601, UTC).
    note
        Anything worth keeping.
    """

    do: str
    article: str = ""
    at: str = ""
    words: str = ""
    speaker: str = ""
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    kind: str = ""
    cue: str = ""
    source: str = ""
    by: str = ""
    when: str = ""
    note: str = ""

    @property
    def spans(self) -> list[list[int]]:
        """Give the spans of `at`: "229-283 298-371" → [[229, 283], [298, 371]]."""
        return [[int(end) for end in piece.split("-")] for piece in self.at.split()]


_KNOWN = tuple(field.name for field in fields(Correction))


def now() -> str:
    """Give the time for `when`."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def spans_text(spans: Iterable[Iterable[int]]) -> str:
    """Write spans for `at`.

    Examples
    --------
    >>> spans_text([[229, 283], [298, 371]])
    '229-283 298-371'
    """
    return " ".join("-".join(str(end) for end in span) for span in spans)


def load_corrections(path: str | Path) -> tuple[Correction, ...]:
    """Read a file of corrections, in the order they were made.

    Parameters
    ----------
    path
        A YAML file; one that does not exist yet holds none.

    Raises
    ------
    InputError
        If it is not YAML, or entries have an unknown action or field or lack one; the
        message names all of them by their number.
    """
    import yaml

    path = Path(path)
    if not path.exists():
        return ()
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" line {where.line + 1}" if where else ""
        raise InputError(
            f"{path}{line} is not YAML. Mend it, or restore it from a copy.") from error
    if not isinstance(entries, list):
        raise InputError(f"{path} holds no list of corrections (found: {type(entries).__name__}). "
                         "Each correction starts with '- do: …'.")
    problems = [f"no. {number}: {problem}" for number, entry in enumerate(entries, start=1)
                if (problem := _problem(entry))]
    if problems:
        raise InputError(f"{path}: {listed(problems, most=5)}. Mend these entries.")
    return tuple(_read(entry) for entry in entries)


def _problem(entry: object) -> str:
    if not isinstance(entry, dict) or not entry.get("do"):
        return "no 'do'"
    if str(entry["do"]) not in ACTIONS:
        return str(unknown("action", str(entry["do"]), ACTIONS)).rstrip(".")
    odd = [str(name) for name in entry if name not in _KNOWN]
    if odd:
        return f"unknown field {listed(odd)} (there are: {listed(_KNOWN, most=20)})"
    lacking = [name for name in ACTIONS[str(entry["do"])] if not entry.get(name)]
    if lacking:
        return f"{entry['do']} lacks {listed(lacking)}"
    return _odd_spans(str(entry.get("at") or ""))


def _odd_spans(text: str) -> str:
    pieces = [piece.split("-") for piece in text.split()]
    fine = all(len(piece) == 2 and all(end.isdigit() for end in piece)  # noqa: PLR2004
               for piece in pieces)
    return "" if fine else f"at = '{text}' is not like 229-283 298-371"


def _read(entry: dict) -> Correction:
    values = {}
    for name, value in entry.items():
        if name in _LISTS:
            items = value if isinstance(value, list) else [value]
            values[name] = tuple(str(item) for item in items if item is not None)
        else:
            values[name] = "" if value is None else _text(value)
    return Correction(**values)


def _text(value: object) -> str:
    """YAML reads an unquoted time or number as such; here every field is text."""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def save_corrections(corrections: Iterable[Correction], path: str | Path) -> Path:
    """Write the corrections, whole or not at all, and give the path.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    import yaml

    path = Path(path)
    entries = [_plain(correction) for correction in corrections]
    text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=10**6) \
        if entries else "[]\n"
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}). Choose another file.") \
            from error
    return path


def _plain(correction: Correction) -> dict[str, object]:
    found = {name: getattr(correction, name) for name in _KNOWN}
    entry = {name: list(value) if isinstance(value, tuple) else value
             for name, value in found.items() if value}
    if correction.do == "topic":
        entry.setdefault("topics", [])
    if correction.do == "speaker":
        entry.setdefault("speaker", "")
    return entry


def add_corrections(path: str | Path, corrections: Iterable[Correction]) -> Path:
    """Add corrections at the end of the file, dated now where they have no date."""
    from dataclasses import replace

    dated = [item if item.when else replace(item, when=now()) for item in corrections]
    return save_corrections((*load_corrections(path), *dated), path)
