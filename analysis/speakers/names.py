"""Personal names taken apart, and whether two of them can be one person's."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from analysis.speakers import lists


class Name(NamedTuple):
    """A personal name: folded parts for comparison, and how it is written."""

    first: str
    middle: str
    last: str
    suffix: str
    text: str


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Give `text` for comparison: no accents, plain marks, lower case, single spaces.

    Examples
    --------
    >>> fold("James O’Neill")
    "james o'neill"
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
        text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(text.lower().split())


@lru_cache(maxsize=16_384)
def read_name(text: str) -> Name:
    """Take a title-less personal name apart.

    Particles belong to the surname ("Bill de Blasio", "Ursula von der Leyen"), initials and
    further given names are the middle ("Donald J. Trump"); a single word is a surname until
    the article says otherwise.

    Examples
    --------
    >>> read_name("John G. Roberts Jr.")[:4]
    ('john', 'g', 'roberts', 'jr')
    """
    words = fold(text).replace(",", " ").split()
    suffix = words.pop().rstrip(".") if len(words) > 1 and words[-1] in lists.SUFFIXES else ""
    words = [word.rstrip(".") for word in words]
    if len(words) < 2:
        return Name("", "", words[0] if words else "", suffix, text)
    at = len(words) - 1
    while at > 1 and words[at - 1] in lists.PARTICLES:
        at -= 1
    particle = words[0] in lists.PARTICLES and words[0] not in lists.nicknames()  # not "Ben Roe"
    if particle and at == len(words) - 1 and len(words) == 2:
        return Name("", "", " ".join(words), suffix, text)
    middle = " ".join(words[1:at]).replace(".", " ")
    return Name(words[0], middle, " ".join(words[at:]), suffix, text)


def surname(text: str) -> str:
    """Give the surname as it is written: "Bill de Blasio" → "de Blasio"."""
    words = [word for word in text.split() if word.lower() not in lists.SUFFIXES]
    size = len(read_name(text).last.split())
    return " ".join(words[-size:]).rstrip(",") if size else text


def may_be_one(one: Name, other: Name) -> bool:
    """Say whether two full names can be one person's within an article.

    The surname has to agree, first names may be short forms or initials ("Bill Gates", "William
    Gates"), middle names and suffixes must not clash ("George W. Bush" is not "George H. W.
    Bush", "Sr." is not "Jr.").
    """
    if one.last != other.last or (one.suffix and other.suffix and one.suffix != other.suffix):
        return False
    if not one.first or not other.first:
        return True
    return _first_agrees(one, other) and _middle_agrees(one.middle, other.middle)


def _first_agrees(one: Name, other: Name) -> bool:
    a, b = one.first, other.first
    if a == b or a in lists.nicknames().get(b, ()):
        return True
    # "Vik" and "Viktor", "Tom" and "Tomas"
    if min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a)):
        return True
    if min(len(a), len(b)) == 1 or "." in a or "." in b:
        return a[0] == b[0]
    # "J. Robert Hale" and "Robert Hale": the middle name is the one in use
    return a in other.middle.split() or b in one.middle.split()


def _middle_agrees(one: str, other: str) -> bool:
    a, b = one.split(), other.split()
    return all(x[0] == y[0] and (len(x) == 1 or len(y) == 1 or x == y)
               for x, y in zip(a, b, strict=False)) and (not a or not b or len(a) == len(b))


def fuller(one: str, other: str) -> str:
    """Give the fuller of two forms of one name; of equals, the one not in capitals."""
    def rank(text: str) -> tuple[bool, int, bool, int]:
        words = text.split()
        spelled = sum(len(word.rstrip(".")) > 1 for word in words)
        return spelled > 1, min(spelled, 4), not text.isupper(), len(text)
    return one if rank(one) >= rank(other) else other


_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def without_article(text: str) -> str:
    """Drop a leading article: "the White House" → "White House"."""
    return _ARTICLE.sub("", text)


def names_several(text: str, last: str) -> bool:
    """Say whether an article calls several by a surname: "the Pettigrews"."""
    return not _plurals(text).isdisjoint((last + "s", last + "es"))


@lru_cache(maxsize=8)
def _plurals(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b[Tt]he ([A-Z][\w'’-]*s)\b", text))
