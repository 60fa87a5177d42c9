"""What went wrong, quotation by quotation, the worst first."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from analysis.accuracy.compare import Attribution, Compared
from analysis.accuracy.spans import Spans, length, overlap, shared
from analysis.errors import unknown
from analysis.tables import Tables

WRONG = ("missed", "not annotated", "other speaker", "other source", "ends differ")
_COLUMNS = {
    "article_id": "str", "outlet": "str", "wrong": "str", "kind": "str", "start": "int64",
    "end": "int64", "content": "str", "found": "str", "speaker": "str",
    "found_speaker": "str", "overlap": "float64", "n_wrong": "int64", "quote_id": "str",
}


def list_misses(
    compared: Iterable[Compared], tables: Tables, *, judged: pd.DataFrame | None = None
) -> pd.DataFrame:
    """List every quotation on which gold and tables differ, the worst first.

    Parameters
    ----------
    compared
        The articles with their matching.
    tables
        The scored tables.
    judged
        What `judge_speakers` gives; None where the gold names no speakers.

    Returns
    -------
    DataFrame
        `wrong` is the gravest difference: missed, not annotated, other speaker, other source,
        ends differ. `start` and `end` enclose the annotated content (the found one where
        nothing is annotated), `n_wrong` counts the characters concerned, by which the rows
        are sorted; `overlap` is characters shared over characters of either. `speaker` and
        `found_speaker` are the names; the words of the sources where no speaker is annotated.
    """
    speakers = _speakers(judged)
    ids = tables.quotes["quote_id"].to_numpy(dtype=object)
    rows = [row for article in compared if article.in_tables
            for row in _differences(article, speakers, ids)]
    misses = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)
    return misses.sort_values(
        ["n_wrong", "article_id", "start"], ascending=[False, True, True], ignore_index=True
    )


def _speakers(judged: pd.DataFrame | None) -> dict[tuple[str, int], tuple]:
    if judged is None:
        return {}
    columns = ("article_id", "gold_row", "speaker", "found_speaker", "right")
    known = judged[judged["speaker"].notna()]
    return {row[:2]: row[2:] for row in zip(*(known[name] for name in columns), strict=True)}


def _differences(article: Compared, speakers: dict, ids: np.ndarray) -> Iterator[dict]:
    for one, gold in enumerate(article.gold):
        other = article.pairs.partial.get(one)
        speaker = speakers.get((article.article_id, one))
        if other is None:
            names = speaker or (_words(article, gold.source), None)
            yield _row(article, gold.content, "missed", kind=gold.kind, speaker=names)
            continue
        found = article.found[other]
        wrong = _wrong(gold, found, speaker, article.same_source(one, other))
        if wrong:
            names = speaker or (_words(article, gold.source), _words(article, found.source))
            yield {
                **_row(article, gold.content, wrong, kind=gold.kind, speaker=names),
                "found": _words(article, found.content), "quote_id": ids[found.row],
                "overlap": overlap(gold.content, found.content),
                "n_wrong": _concerned(wrong, gold.content, found.content),
            }
    matched = set(article.pairs.partial.values())
    for other, found in enumerate(article.found):
        if other not in matched:
            row = _row(article, found.content, "not annotated", kind=found.kind)
            yield {**row, "content": None, "found": row["content"], "quote_id": ids[found.row]}


def _row(
    article: Compared, spans: Spans, wrong: str, *, kind: str, speaker: tuple | None = None
) -> dict:
    return {
        "article_id": article.article_id, "outlet": article.outlet, "wrong": wrong,
        "kind": kind, "start": spans[0][0], "end": spans[-1][1],
        "content": _words(article, spans), "found": None,
        "speaker": speaker[0] if speaker else None,
        "found_speaker": speaker[1] if speaker else None,
        "overlap": 0.0, "n_wrong": length(spans), "quote_id": None,
    }


def _words(article: Compared, spans: Spans) -> str | None:
    return " ".join(article.text[start:end] for start, end in spans) or None


def _wrong(
    gold: Attribution, found: Attribution, speaker: tuple | None, same_source: bool  # noqa: FBT001
) -> str | None:
    if speaker and not speaker[2]:
        return "other speaker"
    if not speaker and not same_source:
        return "other source"
    return None if gold.content == found.content else "ends differ"


def _concerned(wrong: str, gold: Spans, found: Spans) -> int:
    if wrong == "ends differ":
        return length(gold) + length(found) - 2 * shared(gold, found)
    return length(gold)


def show_misses(
    misses: pd.DataFrame, articles: pd.DataFrame,
    *, wrong: str = "", n_examples: int = 10, width: int = 90,
) -> pd.DataFrame:
    """Give the first rows of `misses` with the words around them.

    Parameters
    ----------
    misses
        What `score_tables` lists.
    articles
        The articles they stand in; needs `article_id`, `text`.
    wrong
        Only this sort of difference; "" for all.
    n_examples
        How many.
    width
        Characters of context on either side.

    Returns
    -------
    DataFrame
        `article_id`, `wrong`, `kind`, `before`, `content`, `after`, `found`, `speaker`,
        `found_speaker`.

    Raises
    ------
    InputError
        If `wrong` is no sort of difference.
    """
    if wrong and wrong not in WRONG:
        raise unknown("sort of difference", wrong, WRONG)
    chosen = misses[misses["wrong"] == wrong] if wrong else misses
    chosen = chosen.head(n_examples).reset_index(drop=True)
    texts = articles.set_index("article_id")["text"].reindex(chosen["article_id"])
    places = list(zip(texts, chosen["start"], chosen["end"], strict=True))
    around = {
        "before": [_before(text, start, width) for text, start, _ in places],
        "content": [_one_line(text[start:end]) for text, start, end in places],
        "after": [_after(text, end, width) for text, _, end in places],
    }
    shown = chosen.assign(**{name: pd.Series(column, dtype="str")
                             for name, column in around.items()})
    return shown[["article_id", "wrong", "kind", *around, "found", "speaker", "found_speaker"]]


def _before(text: str, start: int, width: int) -> str:
    """Give the words before a place, the first of them whole."""
    if start <= width:
        return _one_line(text[:start])
    return "…" + _one_line(text[start - width:start]).partition(" ")[2]


def _after(text: str, end: int, width: int) -> str:
    """Give the words after a place, the last of them whole."""
    if len(text) - end <= width:
        return _one_line(text[end:])
    return _one_line(text[end:end + width]).rpartition(" ")[0] + "…"


def _one_line(piece: str) -> str:
    return " ".join(piece.split())
