"""Agency credits: "(Reuters)" in the dateline, "By The Associated Press" in the byline."""

import re
from collections.abc import Sequence
from functools import cache

from analysis.articles.furniture import CREDIT, dateline_end
from analysis.articles.paragraphs import split_paragraphs
from analysis.lexicons import load_lexicon

_HEAD, _TAIL = 600, 400


def find_credit(text: str, *, authors: Sequence[str] = (), outlet: str | None = None
                ) -> str | None:
    """Give the agency that the article credits, or None.

    Looked for in the outlet, the authors, the dateline ("OSLO (Reuters) - …"), a byline line, and
    the last lines ("© 2024 Agence France-Presse"). An agency that the story only quotes ("told
    Reuters") is no credit.
    """
    for value in (*authors, outlet or ""):
        name = _agencies().get(value.casefold().strip().removeprefix("the "))
        if name:
            return name
    head, tail = text[:_HEAD], text[-_TAIL:]
    found = _credit_line().search(head) or _credit_line().search(tail)
    name = found["agency"] if found else _in_dateline(head)
    return _agencies().get(name.casefold(), name) if name else None


def _in_dateline(head: str) -> str | None:
    """Take the agency in brackets before the dash, known or not: "PORT ELDER (Corvane) —"."""
    for paragraph in split_paragraphs(head)[:4]:
        end = dateline_end(paragraph.text)
        found = CREDIT.search(paragraph.text[:end]) if end else None
        if found:
            return found["agency"]
    return None


@cache
def _agencies() -> dict[str, str]:
    return {row["name"].casefold(): row["agency"] for row in load_lexicon("agencies")}


def _any_agency() -> str:
    names = sorted((row["name"] for row in load_lexicon("agencies")), key=len, reverse=True)
    return "|".join(map(re.escape, names))


@cache
def _credit_line() -> re.Pattern[str]:
    # A line of its own: "By The Associated Press", "Source: AFP", "© Reuters 2024"
    return re.compile(
        rf"^\s*(?:(?:by|source|via|from|credit|copyright|\(c\)|©)[:\s]*)(?:\d{{4}}\s+)?(?:the\s+)?"
        rf"(?P<agency>{_any_agency()})\b[^\n]{{0,40}}$", re.IGNORECASE | re.MULTILINE)
