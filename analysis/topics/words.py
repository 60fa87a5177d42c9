"""Words of a text with their offsets, and the dictionary forms each may belong to.

The quotations stage gives lemmas for the words of a quotation only. Its surroundings (sentence,
paragraph, headline) have none, so this module undoes regular English inflection by rule
and irregular inflection by the list `irregular_forms`.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd

from analysis.lexicons import load_lexicon

# "U.S." is one word; "don't" is one word; "climate-change" is two, so that the keyword
# "climate change" finds it.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_KEPT = 20_000  # words whose forms are remembered; a large corpus has millions
_VOWEL = re.compile(r"[aeiouy]")
_SHORT = re.compile(r"[^aeiou]*[aeiouy][^aeiouwxy]")


class Word(NamedTuple):
    """One word: its characters in the text, and its form without dots and possessive."""

    start: int
    end: int
    form: str


def split_words(text: str) -> Iterator[Word]:
    """Give the words of a text in order, "tunnel's" as "tunnel".

    Examples
    --------
    >>> [word.form for word in split_words("The U.S. tunnel’s cross-border toll")]
    ['The', 'US', 'tunnel', 'cross', 'border', 'toll']
    """
    for match in _WORD.finditer(text):
        form = match.group()
        if form[-2:] in {"'s", "’s", "'S", "’S"}:
            form = form[:-2]
        yield Word(match.start(), match.start() + len(form), form.replace(".", ""))


@lru_cache(_KEPT)
def base_forms(word: str) -> frozenset[str]:
    """Give the dictionary forms a lower-case word may belong to, itself among them.

    Does not know parts of speech: "meeting" is "meeting" and "meet". Forms that lead astray
    stand in the list `irregular_forms` with themselves ("united" is no form of "unit").

    Examples
    --------
    >>> sorted(base_forms("policies")), sorted(base_forms("planned")), sorted(base_forms("rating"))
    (['policies', 'policy'], ['plan', 'plann', 'planned'], ['rate', 'rating'])
    """
    if word in _irregular():
        return frozenset({word, *_irregular()[word]})
    return frozenset({word, *_singular(word), *_present(word)})


@lru_cache(_KEPT)
def keyword_forms(word: str) -> frozenset[str]:
    """Give the forms under which a keyword's word is looked up: itself and its singular.

    A user who writes "floods" means "flood" too; one who writes "housing" does not mean "house".
    """
    if word in _irregular():
        return frozenset({word, *(_irregular()[word] if word in _plurals() else ())})
    return frozenset({word, *_singular(word)})


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    return {row["form"]: tuple(row["lemmas"].split()) for row in load_lexicon("irregular_forms")}


@cache
def _plurals() -> frozenset[str]:
    return frozenset(row["form"] for row in load_lexicon("irregular_forms")
                     if row["kind"] == "plural")


def _singular(word: str) -> Iterator[str]:
    """Undo -s: policies, taxes, houses; not bus, crisis, press."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return
    if word.endswith("ies") and len(word) > 4:
        yield word[:-3] + "y"
    elif word.endswith(("sses", "xes", "ches", "shes", "zes", "oes")):
        yield word[:-2]
    else:
        yield word[:-1]


def _present(word: str) -> Iterator[str]:
    """Undo -ed and -ing: funded, planned, voting; not bring, red, need."""
    stem = word[:-3] if word.endswith("ing") else word[:-2] if word.endswith("ed") else ""
    if len(stem) < 2 or not _VOWEL.search(stem) or word.endswith("eed"):
        return
    if word.endswith("ied"):
        yield word[:-3] + "y"
        return
    if stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        yield stem[:-1]
        yield stem
        return
    yield stem + "e"
    if not _SHORT.fullmatch(stem):
        # "rating" comes from "rate": "rat" would have doubled its last letter.
        yield stem


@lru_cache(_KEPT)
def stem(word: str) -> str:
    """Give one form for all inflected forms of a word: its shortest dictionary form.

    Examples
    --------
    >>> [stem(word) for word in ("opens", "opened", "opening", "open")]
    ['open', 'open', 'open', 'open']
    """
    form = min(base_forms(word.lower()), key=lambda form: (len(form), form))
    return american(form)


def american(word: str) -> str:
    """Write rumour as rumor, so that outlets that spell otherwise are compared alike."""
    return word[:-2] + "r" if word.endswith("our") and len(word) > 4 else word


@cache
def function_words() -> frozenset[str]:
    """Give the words that carry grammar rather than matter: the, would, themselves."""
    return frozenset(row["word"] for row in load_lexicon("function_words"))


@cache
def _forms_of_address() -> frozenset[str]:
    return frozenset(row["form"] for row in load_lexicon("honorifics")
                     if row["kind"] == "honorific")


def is_address(terms: pd.DataFrame) -> pd.Series:
    """Say which terms only address somebody: "Mr" of "Mr Roe", but not "judge" or "sister"."""
    written = terms["text"].str.rstrip(".").isin(_forms_of_address())
    return written & terms["pos"].isin(("PROPN", "NP"))


def content_stems(text: str) -> list[str]:
    """Give the stems of a text's content words, in order.

    "I will open it" and "he would be opening it" both give "open": the usual change from
    direct to indirect speech is in function words.
    """
    forms = (word.form.lower().replace("’", "'") for word in split_words(text))
    return [stem(form) for form in forms if form not in function_words()]


def content_units(text: str) -> list[str]:
    """Give the stems of content words, with every name of several words as its last word.

    "President Barack Obama's orders" gives "obama", "order": that two quotations share a name
    says little of whether they are the same words, however many words the name has.
    """
    units: list[str] = []
    words = list(split_words(text))
    for place, word in enumerate(words):
        form = word.form.lower().replace("’", "'")
        if form in function_words():
            continue
        after = words[place + 1] if place + 1 < len(words) else None
        joined = after is not None and text[word.end:after.start] == " "
        if joined and word.form[:1].isupper() and after.form[:1].isupper():
            continue
        units.append(stem(form))
    return units


def plain_words(text: str) -> list[str]:
    """Give all words of a text, without case and marks."""
    return [american(word.form.lower().replace("’", "'")) for word in split_words(text)]
