"""What is counted in each article, and the figures with intervals that follow from it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.accuracy.compare import Attribution, Compared
from analysis.accuracy.match import match
from analysis.accuracy.records import KINDS
from analysis.accuracy.spans import marked

CONTENT = ("content_exact", "content_partial", "content_char", "content_source")
_PER_CHUNK = 100  # resamples drawn at a time: bounds memory, 100 × articles weights


class Counts(NamedTuple):
    """Counts per article: `cube[article, key]` = annotated found, annotated, right, found."""

    article_ids: list[str]
    outlets: np.ndarray
    keys: list[tuple[str, str]]
    cube: np.ndarray


def count_articles(compared: Iterable[Compared]) -> Counts:
    """Count every measure in every article."""
    compared = list(compared)
    rows = [_count(article) for article in compared]
    keys = list(rows[0])
    cube = np.array([[row[key] for key in keys] for row in rows], dtype=np.int64)
    outlets = np.array([article.outlet for article in compared], dtype=object)
    return Counts([article.article_id for article in compared], outlets, keys, cube)


def _count(article: Compared) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    counts = {}
    for group, gold, found in _groups(article):
        for measure, numbers in _count_content(article, gold, found).items():
            counts[group, measure] = numbers
    right = {one for one, other in article.pairs.partial.items()
             if article.same_source(one, other)}
    named = {one for one, item in enumerate(article.gold) if item.letters}
    counts["all", "content_source_named"] = (len(right & named), len(named), 0, 0)
    for role in ("cue", "source"):
        counts.update(_count_role(article, role))
    return counts


def _groups(article: Compared) -> Iterable[tuple[str, set[int], set[int]]]:
    """Give the groups of quotations figures are made for: all, kinds, statements by kind."""
    def of_kind(items: Sequence[Attribution], kind: str) -> set[int]:
        return {row for row, item in enumerate(items) if item.kind == kind}

    statements = {row for row, item in enumerate(article.gold) if item.is_statement}
    yield "all", set(range(len(article.gold))), set(range(len(article.found)))
    for kind in KINDS:
        yield kind, of_kind(article.gold, kind), of_kind(article.found, kind)
    yield "statements", statements, set()
    for kind in KINDS:
        yield f"statements_{kind}", statements & of_kind(article.gold, kind), set()


def _count_content(
    article: Compared, gold: set[int], found: set[int]
) -> dict[str, tuple[int, int, int, int]]:
    exact, partial = article.pairs
    sourced = {one: other for one, other in partial.items() if article.same_source(one, other)}
    counts = {
        name: (sum(one in gold for one in pairs), len(gold),
               sum(other in found for other in pairs.values()), len(found))
        for name, pairs in (("content_exact", exact), ("content_partial", partial),
                            ("content_source", sourced))
    }
    every_gold = _characters(article, article.gold, range(len(article.gold)))
    every_found = _characters(article, article.found, range(len(article.found)))
    of_gold = _characters(article, article.gold, gold)
    of_found = _characters(article, article.found, found)
    counts["content_char"] = (
        int((of_gold & every_found).sum()), int(of_gold.sum()),
        int((of_found & every_gold).sum()), int(of_found.sum()),
    )
    return counts


def _characters(
    article: Compared, items: Sequence[Attribution], rows: Iterable[int]
) -> np.ndarray:
    spans = [span for row in rows for span in items[row].content]
    return marked(len(article.text), spans) & ~article.skipped


def _count_role(
    article: Compared, role: str
) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    # Each distinct span counts once: "A," he said. "B." has one `said`, however many
    # quotations a program makes of it.
    gold = sorted({getattr(item, role) for item in article.gold} - {()})
    found = sorted({getattr(item, role) for item in article.found} - {()})
    of_statements = {getattr(item, role) for item in article.gold if item.is_statement}
    kept = {row for row, spans in enumerate(gold) if spans in of_statements}
    counts = {}
    for name, pairs in match(gold, found)._asdict().items():
        right = len(pairs)
        counts["all", f"{role}_{name}"] = (right, len(gold), right, len(found))
        n_kept = sum(row in kept for row in pairs)
        counts["statements", f"{role}_{name}"] = (n_kept, len(kept), 0, 0)
    return counts


def figures(counts: Counts, *, n_bootstrap: int = 1000, random_seed: int = 0) -> pd.DataFrame:
    """Give precision, recall and F1 of every measure, all articles taken together.

    Parameters
    ----------
    counts
        Counts per article.
    n_bootstrap
        How often to draw the articles anew; 0 for no intervals.
    random_seed
        Seed of the draws.

    Returns
    -------
    DataFrame
        `group`, `measure`, `precision`, `recall`, `f1`, `low`, `high`, `n_gold`, `n_found`,
        `n_right`. `low` and `high` bound F1 (recall where precision has no meaning) in 95 %
        of the draws. Both are missing with fewer than two articles.
    """
    totals = counts.cube.sum(axis=0)
    precision, recall, f1 = _rates(totals)
    only_recall = np.array([_is_recall_only(key) for key in counts.keys])
    low, high = _interval(counts, only_recall, n_bootstrap, random_seed)
    return pd.DataFrame({
        "group": [group for group, _ in counts.keys],
        "measure": [measure for _, measure in counts.keys],
        "precision": np.where(only_recall, np.nan, precision),
        "recall": recall,
        "f1": np.where(only_recall, np.nan, f1),
        "low": low, "high": high,
        "n_gold": totals[:, 1], "n_found": totals[:, 3], "n_right": totals[:, 0],
    }).astype({"group": "str", "measure": "str"})


def _is_recall_only(key: tuple[str, str]) -> bool:
    # Nobody can say which of the found quotations ought to have been statements.
    shares = ("statements", "speakers", "labels")
    return key[0].startswith(shares) or key[1] == "content_source_named"


def _rates(totals: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Precision, recall, F1 of counts whose last axis is as in `Counts`; 0 for 0 of 0."""
    precision = _divide(totals[..., 2], totals[..., 3])
    recall = _divide(totals[..., 0], totals[..., 1])
    return precision, recall, _divide(2 * precision * recall, precision + recall)


def _divide(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    shape = np.zeros(np.shape(whole), dtype=float)
    return np.divide(part, whole, out=shape, where=np.asarray(whole) != 0)


def _interval(
    counts: Counts, only_recall: np.ndarray, n_bootstrap: int, random_seed: int
) -> tuple[np.ndarray, np.ndarray]:
    n_articles, n_keys, n_numbers = counts.cube.shape
    if n_articles < 2 or n_bootstrap < 1:
        nothing = np.full(n_keys, np.nan)
        return nothing, nothing
    flat = counts.cube.reshape(n_articles, -1).astype(float)
    rng = np.random.default_rng(random_seed)
    shares = np.full(n_articles, 1 / n_articles)
    drawn = []
    for done in range(0, n_bootstrap, _PER_CHUNK):
        weights = rng.multinomial(n_articles, shares, size=min(_PER_CHUNK, n_bootstrap - done))
        totals = (weights @ flat).reshape(-1, n_keys, n_numbers)
        _, recall, f1 = _rates(totals)
        # A draw without a single case says nothing: of 25 articles two quote their author.
        n_cases = totals[..., 1] + np.where(only_recall, 0, totals[..., 3])
        drawn.append(np.where(n_cases > 0, np.where(only_recall, recall, f1), np.nan))
    values = np.concatenate(drawn)
    bounds = np.full((2, n_keys), np.nan)
    known = ~np.isnan(values).all(axis=0)
    bounds[:, known] = np.nanquantile(values[:, known], [0.025, 0.975], axis=0)
    return bounds[0], bounds[1]
