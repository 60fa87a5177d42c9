"""Dates of publication in the forms that exports use, as UTC moments.

A date without a time zone is taken as UTC; a date without a year, month or day, and one that
does not exist (31/02/2024), is missing rather than guessed.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

_HOUR = 3600
ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "BST": _HOUR, "WET": 0, "WEST": _HOUR, "CET": _HOUR,
    "CEST": 2 * _HOUR, "EET": 2 * _HOUR, "EEST": 3 * _HOUR, "MSK": 3 * _HOUR,
    "EST": -5 * _HOUR, "EDT": -4 * _HOUR, "ET": -5 * _HOUR, "CST": -6 * _HOUR,
    "CDT": -5 * _HOUR, "MST": -7 * _HOUR, "MDT": -6 * _HOUR, "PST": -8 * _HOUR,
    "PDT": -7 * _HOUR, "AEST": 10 * _HOUR, "AEDT": 11 * _HOUR, "JST": 9 * _HOUR,
}
"""Zone abbreviations as newsrooms of the English-speaking world use them (CST: US Central)."""

_SLASHED = re.compile(r"^\D{0,12}(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})\b")
_BASIC = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_NOISE = re.compile(
    r"^\s*(?:published|updated|posted|first published|date|load-date)\s*:?\s*(?:on|at)?\s+"
    r"|(?<=\d)(?=[ap]\.m\.)|\(.*?\)\s*$", re.IGNORECASE)
_FIRST, _LAST = datetime(1690, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def parse_date(value: object, *, day_first: bool = False) -> datetime | None:
    """Give the moment in UTC, or None where the value is no complete, existing date.

    Takes dates and datetimes, ISO 8601, `YYYYMMDD`, seconds or milliseconds since 1970, and
    written dates ("March 3, 2021 Wednesday 10:15 PM GMT"). `day_first` reads 03/04/2024 as
    3 April.

    Examples
    --------
    >>> parse_date("3 March 2021 10:15 PM EST").isoformat()
    '2021-03-04T03:15:00+00:00'
    >>> parse_date("31/02/2024") is None
    True
    """
    moment = _moment(value, day_first)
    if moment is None:
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment if _FIRST <= moment < _LAST else None


def is_day_first(values: Iterable[object]) -> bool | None:
    """Tell whether 03/04/2024 means 3 April in these values; None where nothing tells.

    One value settles it for the file: 25/12/2024 has no other reading, nor has 12/25/2024.
    Dotted dates (3.4.2024) are always day first.
    """
    for value in values:
        found = _SLASHED.match(value) if isinstance(value, str) else None
        if found and int(found[1]) > 12:
            return True
        if found and int(found[2]) > 12:
            return False
    return None


def is_ambiguous(value: object) -> bool:
    """Tell whether the value is a date such as 03/04/2024 whose order the sign does not tell."""
    found = _SLASHED.match(value) if isinstance(value, str) else None
    return bool(found) and max(int(found[1]), int(found[2])) <= 12 and found[1] != found[2]


def _moment(value: object, day_first: bool) -> datetime | None:
    if hasattr(value, "to_pydatetime"):
        return None if value != value else value.to_pydatetime()  # noqa: PLR0124 - NaT
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    return _from_text(value, day_first) if isinstance(value, str) else None


def _from_number(value: float) -> datetime | None:
    """YYYYMMDD, seconds or milliseconds since 1970, or the day number of a spreadsheet."""
    if value != value or value <= 0:  # noqa: PLR0124 - NaN
        return None
    if _BASIC.match(str(int(value))):
        return _from_text(str(int(value)), False)
    if 20_000 < value < 80_000:
        return datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=float(value))
    seconds = value / 1000 if value > 1e11 else value
    return datetime.fromtimestamp(seconds, UTC) if 1e8 < seconds < 4.2e9 else None


def _from_text(text: str, day_first: bool) -> datetime | None:
    text = _NOISE.sub(" ", text).strip().rstrip(".")
    if not 6 <= len(text) <= 60:
        return None
    if text.isdigit() and len(text) in (10, 13):
        return _from_number(int(text))
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return _written(text, day_first)


def _written(text: str, day_first: bool) -> datetime | None:
    from dateutil import parser

    slashed = _SLASHED.match(text)
    dotted = bool(slashed) and "." in text[:slashed.end()]
    found = []
    for default in (datetime(1896, 1, 1), datetime(1904, 2, 2)):  # noqa: DTZ001
        # Whatever differs between the two readings stood not in the text but in the default.
        try:
            found.append(parser.parse(text, default=default, dayfirst=day_first or dotted,
                                      tzinfos=ZONES))
        except (ValueError, OverflowError, TypeError):
            return None
    if found[0] != found[1] or _swapped(slashed, found[0], day_first or dotted):
        return None
    return found[0]


def _swapped(slashed: re.Match[str] | None, moment: datetime, day_first: bool) -> bool:
    """Dateutil turns 31/02 round until it fits; a date whose day does not exist is no date."""
    if not slashed or len(slashed[1]) > 2:
        return False
    first, second = int(slashed[1]), int(slashed[2])
    if first > 12 or (day_first and second <= 12):
        return (moment.day, moment.month) != (first, second)
    return (moment.month, moment.day) != (first, second)
