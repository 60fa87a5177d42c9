"""The one error a user can cause, and the builders of its and other messages.

Every message says what is wrong, where, what was found and what to do, in one line.
Programming errors stay built-in exceptions.
"""

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["InputError"]


class InputError(ValueError):
    """Something the user gave cannot be used; the message says what to do."""


def some(n: int, one: str) -> str:
    """Give a number with its word.

    Examples
    --------
    >>> some(1, "article"), some(2000, "article")
    ('1 article', '2,000 articles')
    """
    return f"{n:,} {one}{'' if n == 1 else 's'}"


def listed(values: Iterable[object], *, most: int = 8) -> str:
    """Join values for a message, cut after `most` of them."""
    texts = [str(value) for value in values]
    more = f", … ({len(texts) - most} more)" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more if texts else "nothing"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Give the known name most like `name`, or None where nothing is close."""
    matches = get_close_matches(name, [str(value) for value in known], n=1, cutoff=0.55)
    return matches[0] if matches else None


def unknown(what: str, name: str, known: Iterable[str], *, where: str = "") -> InputError:
    """Build the error for a name that is not among the known ones.

    Examples
    --------
    >>> print(unknown("parameter", "outlt", ["outlets", "top_n"], where="02_who_is_quoted"))
    02_who_is_quoted has no parameter 'outlt' (there are: outlets, top_n). Did you mean 'outlets'?
    """
    known = list(known)
    guess = nearest(name, known)
    hint = f" Did you mean '{guess}'?" if guess else ""
    place = f"{where} has" if where else "There is"
    return InputError(f"{place} no {what} '{name}' (there are: {listed(known)}).{hint}")


def wrong_value(what: str, value: object, *, expected: str, where: str = "") -> InputError:
    """Build the error for a value of the wrong type or outside its range.

    Examples
    --------
    >>> print(wrong_value("top_n", "many", expected="a whole number", where="02_who_is_quoted"))
    02_who_is_quoted: top_n = 'many' is not a whole number. Give a whole number.
    """
    place = f"{where}: " if where else ""
    return InputError(f"{place}{what} = {value!r} is not {expected}. Give {expected}.")
