"""Scores of a folder of tables against gold annotations."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.accuracy.compare import Compared, compare_articles
from analysis.accuracy.counts import CONTENT, Counts, count_articles, figures
from analysis.accuracy.gold import read_gold
from analysis.accuracy.labels import count_labels
from analysis.accuracy.misses import list_misses
from analysis.accuracy.records import KINDS, Gold
from analysis.accuracy.reliability import compare_confidence
from analysis.accuracy.speakers import END_TO_END, count_speakers, judge_speakers
from analysis.accuracy.topics import count_topics
from analysis.tables import Tables

_RATES = ["precision", "recall", "f1", "low", "high", "n_gold", "n_found"]
_RECALL = ["recall", "low", "high", "n_gold", "n_right"]


@dataclass(frozen=True)
class Accuracy:
    """How well the tables agree with a gold: small frames, each with 95 % intervals.

    Parameters
    ----------
    gold
        Where the gold came from.
    overall
        `measure`, `precision`, `recall`, `f1`, `low`, `high` (of F1), `n_gold`, `n_found`.
    by_kind
        The same, with `kind` (direct, mixed, indirect).
    by_outlet
        The same, with `outlet` and `n_articles`.
    statements
        Recall only, of the quotations with a verb of speech: `kind`, `measure`, `recall`,
        `low`, `high`, `n_gold`, `n_right`; empty where the gold has no cues.
    speakers
        Of the quotations found: `group`, `share`, `low`, `high`, `n`, `n_right`; empty where
        the gold names no speakers.
    labels
        Of the quotations found (and of annotated copies): `label`, `share`, `low`, `high`,
        `n`, `n_right`, for what else the gold states: kind, act, addressee, copy.
    topics
        Of the quotations found: `topic` and the columns of `overall`; empty without gold.
    reliability
        Is the stated confidence true? `confidence_from`, `confidence_to`, `n_found`,
        `mean_confidence`, `share_content`, `share_content_source`.
    misses
        Every difference, the worst first (see `list_misses`).
    coverage
        `what`, `n`: articles scored, articles the tables lack, quotations left out.
    """

    gold: str
    overall: pd.DataFrame
    by_kind: pd.DataFrame
    by_outlet: pd.DataFrame
    statements: pd.DataFrame
    speakers: pd.DataFrame
    labels: pd.DataFrame
    topics: pd.DataFrame
    reliability: pd.DataFrame
    misses: pd.DataFrame
    coverage: pd.DataFrame


def score_tables(
    tables: Tables, gold_path: str | Path | Gold, *, n_bootstrap: int = 1000,
    random_seed: int = 0, annotator: str = "first",
) -> Accuracy:
    """Score the tables against gold annotations of some of their articles.

    Parameters
    ----------
    tables
        The tables; `article_id` must be the stem of the gold's text file (or its `doc`).
    gold_path
        A folder in PolNeAR's layout, any folder of `.ann` beside `.txt`, a `.jsonl` file, or
        what `read_gold` gave.
    n_bootstrap
        How often to draw the articles anew for the intervals.
    random_seed
        Seed of the draws.
    annotator
        See `read_gold`.

    Returns
    -------
    Accuracy
        Figures over the gold's articles; other articles of the tables play no part.

    Raises
    ------
    InputError
        If the gold cannot be read, or is not of these texts.

    Notes
    -----
    `content_exact`: the same characters, white space, quotation marks and end punctuation
    aside. `content_partial`: at least half of the characters of either shared, each quotation
    used once. `content_char`: characters. `content_source`: content_partial, and the sources
    share a letter, or both are absent. `quote_speaker`: content_partial, and the right speaker
    is named (see `same_speaker`). Direct, mixed and indirect are told by double quotation
    marks, unless the gold states them: then its own word and the tables' `kind` count.
    """
    gold = gold_path if isinstance(gold_path, Gold) else read_gold(gold_path, annotator=annotator)
    compared = compare_articles(tables, gold)
    counts = count_articles(compared)
    judged = judge_speakers(compared, gold, tables) if "speaker" in gold.carries else None
    if judged is not None:
        counts = _join(counts, count_speakers(judged, counts))
    counts = _join(counts, count_labels(compared, gold, tables=tables, counts=counts))
    every = figures(counts, n_bootstrap=n_bootstrap, random_seed=random_seed)
    topics = count_topics(compared, gold, tables=tables, counts=counts)
    by_outlet = _by_outlet(counts, n_bootstrap=n_bootstrap, random_seed=random_seed)
    return Accuracy(
        gold=gold.path,
        overall=_overall(every, gold),
        by_kind=_by_kind(every),
        by_outlet=by_outlet,
        statements=_statements(every, gold),
        speakers=_shares(every, "speakers", name="group"),
        labels=_shares(every, "labels", name="label"),
        topics=_topics(topics, n_bootstrap=n_bootstrap, random_seed=random_seed),
        reliability=compare_confidence(compared, tables),
        misses=list_misses(compared, tables, judged=judged),
        coverage=_coverage(compared),
    )


def _join(one: Counts, other: Counts) -> Counts:
    cube = np.concatenate([one.cube, other.cube], axis=1)
    return one._replace(keys=[*one.keys, *other.keys], cube=cube)


def _overall(every: pd.DataFrame, gold: Gold) -> pd.DataFrame:
    chosen = every[(every["group"] == "all") & (every["measure"] != "content_source_named")]
    unknown = [role for role in ("cue", "source") if role not in gold.carries]
    of_unknown = chosen["measure"].str.startswith(tuple(f"{role}_" for role in unknown) or ("\0",))
    return chosen.loc[~of_unknown, ["measure", *_RATES]].reset_index(drop=True)


def _by_kind(every: pd.DataFrame) -> pd.DataFrame:
    chosen = every[every["group"].isin(KINDS)].rename(columns={"group": "kind"})
    return chosen[["kind", "measure", *_RATES]].reset_index(drop=True)


def _by_outlet(counts: Counts, *, n_bootstrap: int, random_seed: int) -> pd.DataFrame:
    wanted = [row for row, key in enumerate(counts.keys)
              if key in {*(("all", measure) for measure in CONTENT), END_TO_END}]
    parts = []
    for outlet in sorted(set(counts.outlets)):
        rows = counts.outlets == outlet
        part = Counts(
            [name for name, taken in zip(counts.article_ids, rows, strict=True) if taken],
            counts.outlets[rows], [counts.keys[row] for row in wanted],
            counts.cube[rows][:, wanted],
        )
        found = figures(part, n_bootstrap=n_bootstrap, random_seed=random_seed)
        parts.append(found.assign(outlet=outlet, n_articles=int(rows.sum())))
    columns = ["outlet", "n_articles", "measure", *_RATES]
    return pd.concat(parts, ignore_index=True)[columns].astype({"outlet": "str"})


def _statements(every: pd.DataFrame, gold: Gold) -> pd.DataFrame:
    chosen = every[every["group"].str.startswith("statements")]
    if "cue" not in gold.carries:
        chosen = chosen.head(0)
    kinds = chosen["group"].str.removeprefix("statements").str.removeprefix("_")
    return chosen.assign(kind=kinds.replace("", "all"))[["kind", "measure", *_RECALL]].reset_index(
        drop=True)


def _shares(every: pd.DataFrame, group: str, *, name: str) -> pd.DataFrame:
    chosen = every[every["group"] == group].drop(columns="group")
    named = chosen.rename(columns={"measure": name, "recall": "share", "n_gold": "n"})
    return named[[name, "share", "low", "high", "n", "n_right"]].reset_index(drop=True)


def _topics(counts: Counts | None, *, n_bootstrap: int, random_seed: int) -> pd.DataFrame:
    if counts is None:
        return pd.DataFrame({"topic": pd.Series(dtype="str"),
                             **{name: pd.Series(dtype=float) for name in _RATES}})
    found = figures(counts, n_bootstrap=n_bootstrap, random_seed=random_seed)
    return found.rename(columns={"measure": "topic"})[["topic", *_RATES]]


def _coverage(compared: Iterable[Compared]) -> pd.DataFrame:
    compared = list(compared)
    rows = [
        ("articles in the gold", len(compared)),
        ("of these not in the tables (all missed)", sum(not item.in_tables for item in compared)),
        ("annotated quotations", sum(len(item.gold) for item in compared)),
        ("found quotations", sum(len(item.found) for item in compared)),
        ("found in text that is not the story (left out)",
         sum(item.n_skipped for item in compared)),
        ("found inside another quotation (left out: the gold keeps these apart)",
         sum(item.n_nested for item in compared)),
        ("found without a letter of content (left out)", sum(item.n_empty for item in compared)),
    ]
    return pd.DataFrame(rows, columns=["what", "n"]).astype({"what": "str"})


def export_predictions(tables: Tables, *, article_ids: Iterable[str] | None = None) -> str:
    """Give the tables' quotations as JSON lines: `doc`, `quotes` with content, cue, source.

    Parameters
    ----------
    tables
        The tables.
    article_ids
        Only these articles; None for all of them.

    Returns
    -------
    str
        One line per article, also for articles without quotations.
    """
    wanted = list(tables.articles["article_id"] if article_ids is None else article_ids)
    quotes = tables.quotes[tables.quotes["article_id"].isin(wanted)]
    found: dict[str, list[dict]] = {name: [] for name in wanted}
    spans = ("article_id", "spans", "cue_spans", "source_spans")
    for article, *roles in zip(*(quotes[name] for name in spans), strict=True):
        found[article].append(dict(zip(("content", "cue", "source"), roles, strict=True)))
    lines = [json.dumps({"doc": name, "quotes": rows}) for name, rows in found.items()]
    return "".join(line + "\n" for line in lines)
