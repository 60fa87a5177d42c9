"""Replaying corrections on tables, and saying of each what became of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from analysis.corrections.file import Correction
from analysis.corrections.find import find_place, find_quote, find_speaker
from analysis.corrections.people import (
    add_speaker,
    merge_people,
    recount,
    said_new,
    split_person,
)
from analysis.corrections.quotes import new_quote
from analysis.tables import Tables, conform

_REPORT = ("no", "do", "article", "words", "status", "detail", "by", "when")


class Corrected(NamedTuple):
    """The corrected tables, and a report with a row per correction.

    `report`: `no`, `do`, `article`, `words`, `status` (applied | moved | already so | does not
    fit), `detail` (why not; or what of it deserves a look: a new speaker, with the nearest known
    name, a name or article that was not found), `by`, `when`.
    """

    tables: Tables
    report: pd.DataFrame


@dataclass(frozen=True)
class _Outcome:
    tables: Tables
    status: str = "applied"
    detail: str = ""


def apply_corrections(tables: Tables, corrections: Iterable[Correction]) -> Corrected:
    """Replay corrections in their order; a later one wins over an earlier one.

    Parameters
    ----------
    tables
        Freshly extracted, or corrected before: replaying twice changes nothing more.
    corrections
        From `load_corrections`.

    Returns
    -------
    Corrected
        New tables, and the report. A correction that no longer fits is in the report with the
        reason and changes nothing; none is dropped.

    Notes
    -----
    An accepted quotation gets confidence 1. An added one has no `terms`, `cue_lemma` or
    `quote_family`, and the topics its correction names: without, it counts under no topic.
    Corrections name articles by id and quotations by words and offsets: see `find_place` for
    how they are found again after a new extraction, in other articles, in another order.
    """
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    rows = []
    for number, correction in enumerate(corrections, start=1):
        outcome = _apply(tables, correction, texts)
        tables = outcome.tables
        rows.append((number, correction.do, correction.article, correction.words[:80],
                     outcome.status, outcome.detail, correction.by, correction.when))
    report = pd.DataFrame(rows, columns=list(_REPORT))
    if rows:
        tables = replace(tables, speakers=recount(tables))
    return Corrected(tables, report.astype(dict.fromkeys(_REPORT[1:], "str")))


def _apply(tables: Tables, correction: Correction, texts: Mapping[str, str]) -> _Outcome:
    if correction.do == "merge":
        return _people(tables, merge_people(tables, correction))
    if correction.do == "split":
        return _people(tables, split_person(tables, correction))
    place = find_place(correction, texts)
    if place.problem:
        return _Outcome(tables, "does not fit", place.problem)
    row = find_quote(place, tables.quotes)
    if correction.do == "add":
        if row is not None:
            return _Outcome(tables, "already so", "the quotation is there")
        return _moved(_add(tables, correction, place.article_id, place.spans), place.moved)
    if row is None:
        # What was rejected is gone after the first replay, and may be after a better extraction.
        status = "already so" if correction.do == "reject" else "does not fit"
        return _Outcome(tables, status, "no quotation stands at its words")
    return _moved(_ON_QUOTES[correction.do](tables, correction, row), place.moved)


def _people(before: Tables, found: tuple[Tables, str, str]) -> _Outcome:
    tables, status, detail = found
    return _Outcome(tables if status == "applied" else before, status, detail)


def _moved(outcome: _Outcome, moved: str) -> _Outcome:
    if moved and outcome.status == "applied":
        detail = "; ".join(filter(None, [moved, outcome.detail]))
        return replace(outcome, status="moved", detail=detail)
    return outcome


def _accept(tables: Tables, correction: Correction, row: int) -> _Outcome:
    del correction
    quotes = tables.quotes.copy()
    already = quotes.loc[row, "confidence"] == 1.0
    quotes.loc[row, "confidence"] = 1.0
    return _Outcome(replace(tables, quotes=quotes), "already so" if already else "applied")


def _reject(tables: Tables, correction: Correction, row: int) -> _Outcome:
    del correction
    gone = tables.quotes.loc[row, "quote_id"]
    quotes = tables.quotes.drop(index=row).reset_index(drop=True)
    inner = quotes["parent_quote_id"] == gone
    quotes["parent_quote_id"] = quotes["parent_quote_id"].mask(inner)
    return _Outcome(replace(
        tables, quotes=quotes,
        terms=tables.terms[tables.terms["quote_id"] != gone].reset_index(drop=True),
        quote_topics=tables.quote_topics[tables.quote_topics["quote_id"] != gone].reset_index(
            drop=True),
    ))


def _speaker(tables: Tables, correction: Correction, row: int) -> _Outcome:
    who = _who(tables, correction)
    if who.problem:
        return _Outcome(tables, "does not fit", who.problem)
    tables, speaker_id = who.tables, who.speaker_id
    quotes = tables.quotes.copy()
    old = quotes.loc[row, "speaker_id"]
    same = old == speaker_id if speaker_id and pd.notna(old) else pd.isna(old) and not speaker_id
    quotes.loc[row, "speaker_id"] = speaker_id
    quotes.loc[row, "speaker_basis"] = "correction"
    return _Outcome(replace(tables, quotes=quotes), "already so" if same else "applied",
                    who.detail)


class _Who(NamedTuple):
    tables: Tables
    speaker_id: str | None = None
    problem: str = ""
    detail: str = ""


def _who(tables: Tables, correction: Correction) -> _Who:
    """Give whom the correction names, making a speaker of a name that is new."""
    if not correction.speaker:
        return _Who(tables)
    speaker_id, problem = find_speaker(correction.speaker, tables.speakers)
    if speaker_id is None and problem.startswith("no speaker"):
        detail = said_new(correction.speaker, tables.speakers)
        return _Who(*add_speaker(tables, correction.speaker, by=correction.by), detail=detail)
    return _Who(tables, speaker_id, problem)


def _topic(tables: Tables, correction: Correction, row: int) -> _Outcome:
    quote_id = tables.quotes.loc[row, "quote_id"]
    here = tables.quote_topics["quote_id"] == quote_id
    old = set(tables.quote_topics.loc[here, "topic"])
    if old == set(correction.topics):
        return _Outcome(tables, "already so")
    kept = tables.quote_topics[~here | tables.quote_topics["topic"].isin(correction.topics)]
    new = pd.DataFrame(
        [{"quote_id": quote_id, "topic": topic, "weight": 1.0, "basis": "correction",
          "evidence": f"by {correction.by or 'hand'}"}
         for topic in correction.topics if topic not in old])
    joined = pd.concat([kept, new], ignore_index=True) if len(new) else kept
    return _Outcome(replace(tables, quote_topics=conform(joined, "quote_topics")))


def _add(
    tables: Tables, correction: Correction, article_id: str, spans: tuple[tuple[int, int], ...]
) -> _Outcome:
    who = _who(tables, correction)
    if who.problem:
        return _Outcome(tables, "does not fit", who.problem)
    tables = who.tables
    texts = tables.articles.set_index("article_id")["text"]
    row = new_quote(correction, article_id, spans, text=texts[article_id])
    added = conform(pd.DataFrame([{**row, "speaker_id": who.speaker_id}]), "quotes")
    quotes = pd.concat([tables.quotes, added], ignore_index=True) if len(tables.quotes) else added
    tables = replace(tables, quotes=conform(quotes, "quotes"))
    if correction.topics:
        tables = _topic(tables, correction, len(tables.quotes) - 1).tables
    unfiled = len(tables.quote_topics) and not correction.topics
    details = [who.detail, "counts under no topic: none is named" if unfiled else ""]
    return _Outcome(tables, detail="; ".join(filter(None, details)))


_ON_QUOTES: Mapping[str, Callable[[Tables, Correction, int], _Outcome]] = {
    "accept": _accept, "reject": _reject, "speaker": _speaker, "topic": _topic,
}
