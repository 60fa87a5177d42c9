"""Paragraphs that an outlet prints under article after article, found by counting them."""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b

import pandas as pd

from analysis.articles.paragraphs import Paragraph

_LEAST_ARTICLES = 4
_MOST_WORDS = 80
_EDGE = 3


def find_boilerplate(outlets: pd.Series, paragraphs: Sequence[Sequence[Paragraph]]
                     ) -> list[set[int]]:
    """Give for each article the places of paragraphs that its outlet repeats.

    A paragraph counts if at least four articles of the outlet have it at their edge (first three
    or last three paragraphs), and their longest paragraphs differ: copies and updates of one
    story share their paragraphs too, and those are the story. Paragraphs with quotation marks
    never count. Articles without an outlet are one group.
    """
    places: dict[tuple[str, bytes], list[tuple[int, int]]] = defaultdict(list)
    company_of: dict[tuple[str, bytes], set[bytes]] = defaultdict(set)
    for article, (outlet, found) in enumerate(zip(outlets, paragraphs, strict=True)):
        company = _key(max((item.text for item in found), key=len, default=""))
        for place in _edges(len(found)):
            text = found[place].text
            if len(text.split()) <= _MOST_WORDS and not any(mark in text for mark in "“”\""):
                key = (str(outlet), _key(text))
                places[key].append((article, place))
                company_of[key].add(company)
    repeated: list[set[int]] = [set() for _ in paragraphs]
    for key, found in places.items():
        if len(company_of[key]) >= _LEAST_ARTICLES:
            for article, place in found:
                repeated[article].add(place)
    return repeated


def _edges(n: int) -> list[int]:
    return sorted({*range(min(_EDGE, n)), *range(max(0, n - _EDGE), n)})


def _key(text: str) -> bytes:
    return blake2b(" ".join(text.casefold().split()).encode("utf-8", "replace"),
                   digest_size=8).digest()
