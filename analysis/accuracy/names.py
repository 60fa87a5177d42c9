"""Whether the speaker we name is the speaker the gold names."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

# Not part of a name. Longer lists serve the resolver; a scorer forgives only the plainest.
_TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "sen", "senator", "rep",
    "representative", "gov", "governor", "president", "prof", "professor", "jr", "sr", "ii",
    "iii", "iv",
})
_EMPTY_WORDS = frozenset({
    "the", "a", "an", "of", "for", "in", "on", "at", "to", "and", "or", "by", "with", "from",
    "as", "who", "that", "his", "her", "its", "their", "our", "my", "some", "many", "several",
    "other", "one",
})
_ENOUGH = 0.5
_POSSESSIVE = re.compile(r"['’]s\s+(?=\w)")
_AFTER_HEAD = re.compile(
    r"(?:^|\s)(?:of|to|in|on|at|by|for|from|with|who|that|which|inside|near|named|about|among)\s"
)


class Named(NamedTuple):
    """A speaker as the tables have it: its name, every other form, and its kind."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""


def same_speaker(
    speaker: str, found: Named, *, kind: str = "", others: Collection[str] = ()
) -> bool:
    """Say whether the found speaker is the annotated one.

    Parameters
    ----------
    speaker
        The annotated name or description.
    found
        The speaker the tables name.
    kind
        Annotated kind; it decides how strictly names are compared.
    others
        The other speakers of that kind annotated in the article.

    Notes
    -----
    All comparisons ignore case, accents, titles and punctuation.

    - persons: the same words, or the words of the shorter name all in the longer ("Obama",
      "Barack Obama"), unless the found one fits another speaker of the article as well:
      "Clinton" is nobody where both Clintons speak. A short first name counts ("Tom" for
      "Tomas" with the same surname), and so does a full alias.
    - organisations: the same, and initials ("RNC").
    - of a possessive only what follows it names somebody: "Ann Roe's chief" is not Ann Roe,
      and "the city's council" is a council.
    - all others: the annotated head noun and more than half of the content words of the
      shorter description occur in the other ("city officials", "officials"); of joint
      speakers ("Ann Roe and Bo Lee") each must occur.
    - the author: whatever the tables call the author.

    Examples
    --------
    >>> same_speaker("Hillary Clinton", Named("Clinton"), kind="person")
    True
    >>> same_speaker("Hillary Clinton", Named("Clinton"), kind="person", others=["Bill Clinton"])
    False
    >>> same_speaker("city officials", Named("officials"), kind="group")
    True
    """
    if kind == "author":
        return found.kind == "author" or _fits(words(speaker), words(found.name))
    if kind in {"person", "organization"} or (not kind and _looks_named(speaker)):
        return _same_name(speaker, found, others, initials=kind != "person")
    return _same_description(speaker, found.name)


def words(name: str) -> tuple[str, ...]:
    """Give the words of a name as compared: no case, accents, titles, initials, possessives.

    Examples
    --------
    >>> words("Sen. Émile B. Roux Jr.'s")
    ('emile', 'roux')
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    tokens = re.findall(r"\w+", re.sub(r"['’]s?\b", "", plain.replace(".", " ")))
    kept = tuple(token for token in tokens if token not in _TITLES and len(token) > 1)
    return kept or tuple(tokens)


def _same_name(
    speaker: str, found: Named, others: Iterable[str], *, initials: bool
) -> bool:
    own = _POSSESSIVE.search(speaker)
    plain = found.name.partition(",")[0]  # Ann Roe, Elder's director
    name = plain if own else _POSSESSIVE.split(plain)[-1]
    wanted, given = words(speaker), words(name)
    if wanted == given:
        return True
    if any(words(other) == given for other in others):
        return False
    if any(_same_alias(wanted, words(alias)) for alias in found.aliases):
        return True
    if initials and (_initials(speaker) in given or _initials(name) in wanted):
        return True
    fits = _fits(wanted, given) or _is_short_form(wanted, given)
    return fits and not any(_fits(words(other), given) for other in others)


def _is_short_form(one: Sequence[str], other: Sequence[str]) -> bool:
    if len(one) != len(other) or len(one) < 2 or one[1:] != other[1:]:
        return False
    shorter, longer = sorted((one[0], other[0]), key=len)
    return len(shorter) > 2 and longer.startswith(shorter)


def _same_alias(wanted: Sequence[str], alias: Sequence[str]) -> bool:
    # One word is too little: "Clinton" may be among the forms of either.
    return len(wanted) > 1 and tuple(wanted) == tuple(alias)


def _fits(one: Sequence[str], other: Sequence[str]) -> bool:
    shorter, longer = sorted((_content(one), _content(other)), key=len)
    return bool(shorter) and shorter <= longer


def _initials(name: str) -> str:
    capitals = [word[0] for word in re.findall(r"\w+", name) if word[0].isupper()]
    return "".join(capitals).casefold() if len(capitals) > 1 else "\0"


def _same_description(speaker: str, name: str) -> bool:
    if words(speaker) == words(name):
        return True
    given = _content(words(name))
    joint = [_content(words(part)) for part in re.split(r",|\band\b|&", speaker)
             if _looks_named(part)]
    if len(joint) > 1:
        return all(part & given for part in joint)
    wanted = _content(words(speaker))
    smaller = min(len(wanted), len(given))
    if not smaller or len(wanted & given) <= _ENOUGH * smaller:
        return False
    # "their union" is not the "union ballot count"; "Joren" is the "resident named Joren".
    return not given.isdisjoint(_head(speaker)) or (_looks_named(name) and given <= wanted)


def _head(description: str) -> frozenset[str]:
    """Give the last content word before "of", "who", … : letter of a "letter to parents"."""
    parts = ([token for token in words(part) if token not in _EMPTY_WORDS]
             for part in _AFTER_HEAD.split(description))
    return _content(next((tokens for tokens in parts if tokens), [])[-1:])


def _content(tokens: Iterable[str]) -> frozenset[str]:
    kept = [token for token in tokens if token not in _EMPTY_WORDS]
    return frozenset(_singular(token) for token in kept)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _looks_named(name: str) -> bool:
    """Say whether every word but the little ones has a capital: "Ann Roe", not "officials"."""
    tokens = [token for token in re.findall(r"\w+", name)
              if token.casefold() not in _EMPTY_WORDS]
    return bool(tokens) and all(token[0].isupper() or token[0].isdigit() for token in tokens)
