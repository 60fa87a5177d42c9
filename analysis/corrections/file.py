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

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from analysis.errors import InputError, listed, unknown

ACTIONS = {
    "accept": ("article", "at", "words"),
    "reject": ("article", "at", "words"),
    "speaker": ("article", "at", "words", "speaker"),
    "topic": ("article", "at", "words", "topics"),
    "add": ("article", "at", "words"),
    "merge": ("people", "speaker"),  # with one of the people: a new name
    "split": ("people", "speaker", "articles"),
}
_LISTS = ("people", "articles", "topics")
# Fields that may be empty, since that says something; left out, it may have been forgotten.
_EMPTY = {"speaker": "speaker: '' for nobody", "topic": "topics: [] for none"}
_EXAMPLE = "- {do: reject, article: wire-01, at: 229-283, words: This city has waited}"
_KINDS = ("direct", "mixed", "indirect")


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
        Who said it; "" (written out) for nobody. For merge and split, the name of the result.
    topics
        For topic: all topics of the quotation; [] (written out) for none. For add: its topics,
        where known.
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
        If it is not YAML, or entries have an unknown action, field, kind or type of value, or
        lack a field; the message names all of them by their number.
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
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}). Give a YAML file.") from error
    if not isinstance(entries, list):
        raise InputError(f"{path} holds no list of corrections (found: {type(entries).__name__}). "
                         f"Each begins with '- do: ', as in {_EXAMPLE}.")
    problems = [f"no. {number}: {problem}" for number, entry in enumerate(entries, start=1)
                if (problem := _problem(entry))]
    if problems:
        raise InputError(f"{path}: {listed(problems, most=5)}. Mend these entries; one "
                         f"reads {_EXAMPLE}, others stand in data/README.md.")
    return tuple(_read(entry) for entry in entries)


def _problem(entry: object) -> str:
    if not isinstance(entry, dict) or not entry.get("do"):
        return f"no 'do' (one of {listed(ACTIONS)})"
    if str(entry["do"]) not in ACTIONS:
        return str(unknown("action", str(entry["do"]), ACTIONS)).rstrip(".")
    odd = [str(name) for name in entry if name not in _KNOWN]
    if odd:
        return f"unknown field {listed(odd)} (there are: {listed(_KNOWN, most=20)})"
    return _lacking(entry) or _odd_type(entry) or _odd_kind(entry) or _odd_spans(entry)


def _lacking(entry: dict) -> str:
    do = str(entry["do"])
    may_be_empty = {"speaker", "topics"} if do in _EMPTY else set()
    lacking = [name for name in ACTIONS[do] if entry.get(name) is None
               or (name not in may_be_empty and entry[name] in ("", []))]
    if not lacking:
        return ""
    hint = f" ({_EMPTY[do]})" if may_be_empty.intersection(lacking) else ""
    return f"{do} lacks {listed(lacking)}{hint}"


def _odd_type(entry: dict) -> str:
    for name, value in entry.items():
        if name in _LISTS and value is not None and not isinstance(value, list):
            return f"{name} = '{value}' is no list; write {name}: [one, another]"
        for item in (value or ()) if name in _LISTS else [value]:
            if isinstance(item, list | dict):
                return f"{name} = '{item}' is not one text"
    return ""


def _odd_kind(entry: dict) -> str:
    kind = entry.get("kind") or ""
    return "" if not kind or kind in _KINDS else str(unknown("kind", str(kind), _KINDS)).rstrip(".")


def _odd_spans(entry: dict) -> str:
    text = str(entry.get("at") or "")
    fine = all(re.fullmatch(r"[0-9]+-[0-9]+", piece)
               and int(piece.split("-")[0]) < int(piece.split("-")[1]) for piece in text.split())
    return "" if fine else f"at = '{text}' is not like 229-283 298-371"


def _read(entry: dict) -> Correction:
    values = {}
    for name, value in entry.items():
        if name in _LISTS:
            values[name] = tuple(_text(item) for item in value or () if item is not None)
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
