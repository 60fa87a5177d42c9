"""What stands in an article but is not the story; a first, small version."""

import re

import pandas as pd

from analysis.tables import check

_GAP = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)\s*")
_END = re.compile(r"[.?!:;,…][”\"’')\]]*$|[”\"]$")


def mark_skipped(articles: pd.DataFrame) -> pd.DataFrame:
    """Give the articles with `skipped` filled: [[start, end, reason], …], in text order."""
    check(articles, "articles", needs=("text",))
    spans = pd.Series([find_skipped(text) for text in articles["text"]], index=articles.index,
                      dtype=object)
    return articles.assign(skipped=spans)


def find_skipped(text: str) -> list[list]:
    """Give the spans of one text that are not the story."""
    places, start = [], 0
    for gap in _GAP.finditer(text):
        places.append((start, gap.start()))
        start = gap.end()
    places.append((start, len(text)))
    return [[start, end, "teaser"] for start, end in places[1:-1] if _is_teaser(text[start:end])]


def _is_teaser(line: str) -> bool:
    words = line.split()
    return 6 <= len(words) <= 25 and line[0].isupper() and not _END.search(line.rstrip())
