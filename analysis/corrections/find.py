"""Finding again what a correction is about, where articles, offsets or ids changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.corrections.file import Correction

_SAME = 0.5  # of the letters of both: a re-extraction may move a border by a word


@dataclass(frozen=True)
class Place:
    """Where a correction's words stand now; `problem` says why they stand nowhere."""

    article_id: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    moved: str = ""
    problem: str = ""


def find_place(correction: Correction, texts: Mapping[str, str]) -> Place:
    """Find the words of a correction in the texts.

    Parameters
    ----------
    correction
        With `article`, `at` and `words`.
    texts
        Text by article id.

    Returns
    -------
    Place
        Tried in turn: the article at the offsets; the same words elsewhere in the article, the
        nearest to the old place; the same words in the only other article that holds them
        (ids change when titles do). White space may differ.
    """
    text = texts.get(correction.article)
    spans = tuple((start, end) for start, end in correction.spans)
    if text is not None:
        if _same(" ".join(text[start:end] for start, end in spans), correction.words):
            return Place(correction.article, spans)
        found = _search(correction, text)
        if found:
            return Place(correction.article, found, moved="moved within the article")
    others = {name: found for name, other in texts.items() if name != correction.article
              and (found := _search(correction, other))}
    if len(others) == 1:
        name, found = next(iter(others.items()))
        return Place(name, found, moved=f"found in article {name}")
    if others:
        return Place(problem=f"its words stand in {len(others)} other articles, in "
                             f"'{correction.article}' no longer")
    if text is None:
        return Place(problem=f"no article '{correction.article}', and its words stand nowhere")
    return Place(problem="its words no longer stand in the article")


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _search(correction: Correction, text: str) -> tuple[tuple[int, int], ...]:
    """Find the words, in pieces of the lengths the old spans had, nearest to the old place."""
    words = correction.words.split()
    if not words or words[0] not in text:
        return ()
    pieces = _pieces(correction)
    spaced = [r"\s+".join(map(re.escape, piece.split())) for piece in pieces]
    pattern = r"(?s:.{0,400}?)".join(f"({piece})" for piece in spaced)
    old = correction.spans[0][0] if correction.spans else 0
    matches = sorted(re.finditer(pattern, text), key=lambda match: abs(match.start() - old))
    if not matches:
        return ()
    return tuple(matches[0].span(number) for number in range(1, len(pieces) + 1))


def _pieces(correction: Correction) -> list[str]:
    """Cut the words as the spans were cut; the spans' lengths say where."""
    spans = correction.spans
    words = correction.words
    lengths = [end - start for start, end in spans]
    if len(lengths) < 2 or sum(lengths) + len(lengths) - 1 != len(words):  # noqa: PLR2004
        return [words]
    pieces, at = [], 0
    for length in lengths:
        pieces.append(words[at:at + length])
        at += length + 1
    return pieces


def find_quote(place: Place, quotes: pd.DataFrame) -> int | None:
    """Give the row of the quotation that shares at least half of the letters, or None."""
    wanted = _letters(place.spans)
    best, best_share = None, 0.0
    for row, spans in quotes.loc[quotes["article_id"] == place.article_id, "spans"].items():
        there = _letters(spans)
        share = len(wanted & there) / max(len(wanted | there), 1)
        if share >= _SAME and share > best_share:
            best, best_share = row, share
    return best


def _letters(spans: object) -> set[int]:
    return {letter for start, end in spans for letter in range(start, end)}


def find_speaker(name: str, speakers: pd.DataFrame) -> tuple[str | None, str]:
    """Find whom a name (or id) means.

    Returns
    -------
    tuple
        The speaker_id, or None and the reason.
    """
    wanted = name.strip().casefold()
    if (speakers["speaker_id"] == name).any():
        return name, ""
    exact = speakers[speakers["name"].str.casefold() == wanted]
    if exact.empty:
        exact = speakers[[wanted in {str(alias).casefold() for alias in aliases}
                          for aliases in speakers["aliases"]]]
    if len(exact) == 1:
        return str(exact["speaker_id"].iloc[0]), ""
    if exact.empty:
        return None, f"no speaker '{name}'"
    ids = ", ".join(exact["speaker_id"].head(4))
    return None, f"'{name}' means {len(exact)} speakers: name one by id ({ids})"
