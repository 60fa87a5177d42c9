"""Bylines to names: "By Jane Doe and Roe, John" → two names."""

import ast
import re

_BY = re.compile(r"^\s*(?:(?:story|words|text|reporting|written|posted|interview)\s+)?by\b[\s:]*",
                 re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|&|with)\s+|\s*[|/\n]\s*", re.IGNORECASE)
_EMAIL = re.compile(r"[<(\[]?\S+@\S+\.\w+[>)\]]?")
_ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|staff|desk|bureau|contributor|agency|"
    r"critic|producer|journalist|chief|newsroom|press|news|media|special to|for the)\b",
    re.IGNORECASE)
_PLACE = re.compile(r"\s+(?:in|at|for)\s+(?:the\s+)?[A-Z][\w .'’-]+$")
_STOP = re.compile(r"(?<=[a-z]{2})\.$")
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|md|phd|ph\.d|m\.d|mp)\.?$", re.IGNORECASE)


def split_authors(value: object) -> list[str]:
    """Give the names in a byline, a list, or a list written as text; in order, without repeats.

    Roles after a comma are dropped ("Jane Doe, Political Editor"), "Doe, Jane" is turned, and
    a place of reporting is cut ("Jane Doe in Oslo"). A desk or agency that stands alone
    ("Herald Newsdesk") is kept as it is.

    Examples
    --------
    >>> split_authors("By Jane Doe, Political Editor, and John Roe in Oslo")
    ['Jane Doe', 'John Roe']
    >>> split_authors("Doe, Jane; Roe, John")
    ['Jane Doe', 'John Roe']
    """
    names = [name for part in _parts(value) for name in _names(part)]
    return list(dict.fromkeys(name for name in names if name))


def _parts(value: object) -> list[str]:
    if isinstance(value, dict):
        return _parts(value.get("name"))
    if isinstance(value, list | tuple | set) or hasattr(value, "tolist"):
        return [part for item in value for part in _parts(item)]
    if not isinstance(value, str) or not value.strip():
        return []
    if value.strip().startswith("[") and value.strip().endswith("]"):
        return _listed(value.strip())
    return value.split(";")


def _listed(text: str) -> list[str]:
    """Read a list written as text, as pandas writes it into a csv: "['Jane Doe', 'John Roe']"."""
    try:
        found = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text[1:-1].split(";")
    return [part for part in found if isinstance(part, str)] if isinstance(found, list) else []


def _names(part: str) -> list[str]:
    text = " ".join(_EMAIL.sub(" ", _BY.sub("", part)).split()).strip(" ,;()<>-–—")
    text = _STOP.sub("", text)
    pieces = [piece.strip() for chunk in _AND.split(text) for piece in chunk.split(",")]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) == 2 and "," in text and _is_turned(pieces):
        return [f"{pieces[1]} {pieces[0]}"]
    people = _with_suffixes([piece for piece in pieces if not _ROLE.search(piece)])
    return [_PLACE.sub("", name) for name in people] or pieces[:1]


def _is_turned(pieces: list[str]) -> bool:
    """Tell "Doe, Jane" and "Doe, Jane A." from "Jane Doe, John Roe" and "Reuters, AFP"."""
    last, first = pieces
    given = first.split()
    turned = len(last.split()) == 1 and 1 <= len(given) <= 2 and not _SUFFIX.match(first)
    acronyms = last.isupper() and len(last) < 4 or last.isupper() != first.isupper()
    return turned and not acronyms and not _ROLE.search(first)


def _with_suffixes(pieces: list[str]) -> list[str]:
    people: list[str] = []
    for piece in pieces:
        if people and _SUFFIX.match(piece):
            people[-1] = f"{people[-1]}, {piece}"
        else:
            people.append(piece)
    return people
