"""Share of voice: who has how much of what is quoted, with intervals."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from analysis.errors import unknown
from analysis.measures.intervals import count_matrix, interval_of

Unit = Literal["quotations", "words", "articles", "people"]
UNITS = ("quotations", "words", "articles", "people")
UNKNOWN = "speaker unknown"


def count_shares(
    voices: pd.DataFrame, *, by: str = "speaker", unit: Unit = "quotations", top_n: int = 0,
    random_seed: int = 0,
) -> pd.DataFrame:
    """Count each group's share of voice.

    Parameters
    ----------
    voices
        From `gather_voices`; needs `article_id`, `speaker_id`, `n_words` and the column `by`.
    by
        What to group by: `speaker`, `outlet`, `kind`, `role_class`, `speaker_kind`, `stance`,
        `gender`, ….
    unit
        What to count: quotations, quoted words, articles in which the group is heard at all, or
        unique people.
    top_n
        Keep the largest so many groups; 0 keeps all. Shares stay those of the whole.
    random_seed
        Seed of the bootstrap over articles.

    Returns
    -------
    pandas.DataFrame
        `by`, `n` (units of the group), `value` (share, 0–1), `low`, `high` (95 % interval;
        missing with fewer than 8 articles), `total` (units in all); largest first, ties by
        name. Rows whose group is missing count as "speaker unknown" or "unknown".

    Raises
    ------
    InputError
        If there is no such unit.
    """
    if unit not in UNITS:
        raise unknown("unit", unit, UNITS)
    named = voices.assign(**{by: _named(voices, by)})
    rows, weight = _units(named, by, unit)
    groups = sorted(rows[by].unique(), key=str)
    counts = count_matrix(rows, by=by, groups=groups, weight=weight)
    totals = counts.sum(axis=0)
    whole = _whole(rows, unit)
    low, high = _ends(counts, unit, random_seed)
    table = pd.DataFrame({
        by: groups, "n": totals.astype("int64"), "value": totals / max(whole, 1),
        "low": low.clip(0, 1), "high": high.clip(0, 1), "total": int(whole),
    })
    table = table.sort_values(["n", by], ascending=[False, True], kind="stable")
    return (table.head(top_n) if top_n else table).reset_index(drop=True)


def _named(voices: pd.DataFrame, by: str) -> pd.Series:
    missing = UNKNOWN if by == "speaker" else "unknown"
    return voices[by].astype("object").where(voices[by].notna(), missing)


def _units(named: pd.DataFrame, by: str, unit: Unit) -> tuple[pd.DataFrame, str]:
    """Rows to count for a unit, and the column to sum if it is not rows."""
    if unit == "words":
        return named.assign(n_words=named["n_words"].fillna(0)), "n_words"
    if unit == "articles":
        return named.drop_duplicates(["article_id", by]), ""
    if unit == "people":
        # A person counts once, where first heard; the unknown are nobody in particular.
        return named.dropna(subset=["speaker_id"]).drop_duplicates(["speaker_id", by]), ""
    return named, ""


def _whole(rows: pd.DataFrame, unit: Unit) -> float:
    if unit == "words":
        return float(rows["n_words"].sum())
    return float(rows["article_id"].nunique() if unit == "articles" else len(rows))


def _ends(
    counts: np.ndarray, unit: Unit, random_seed: int
) -> tuple[np.ndarray, np.ndarray]:
    if unit == "articles":
        # The whole is the number of articles drawn: a column of ones.
        counts = np.column_stack([counts, np.ones(len(counts))])
        return interval_of(counts, lambda t: t[:, :-1] / t[:, -1:], random_seed=random_seed)
    return interval_of(counts, _row_shares, random_seed=random_seed)


def _row_shares(totals: np.ndarray) -> np.ndarray:
    sums = totals.sum(axis=1, keepdims=True)
    return np.divide(totals, sums, out=np.zeros_like(totals), where=sums > 0)


def quotes_behind(
    voices: pd.DataFrame, *, column: str, value: object, most: int = 0
) -> pd.DataFrame:
    """Give the quotations behind one number of a counted table.

    Parameters
    ----------
    voices
        What the table was counted from.
    column, value
        The group: `column="speaker", value="Ann Lee"`; "speaker unknown" and "unknown" give the
        rows where it is missing.
    most
        Give at most so many; 0 gives all.
    """
    if value in (UNKNOWN, "unknown"):
        rows = voices[voices[column].isna()]
    elif column == "topics":
        rows = voices[voices[column].map(lambda topics: value in topics).astype(bool)]
    else:
        rows = voices[voices[column] == value]
    return (rows.head(most) if most else rows).reset_index(drop=True)


def share_words(table: pd.DataFrame, *, by: str, unit: Unit = "quotations") -> str:
    """Say a table of shares in one sentence: the leader, its share and interval."""
    if table.empty:
        return "No quotation was found."
    top = table.iloc[0]
    spread = "" if pd.isna(top["low"]) else f" (95 % interval {top['low']:.0%}–{top['high']:.0%})"
    return f"{top[by]} has {top['value']:.0%} of {top['total']:,} {unit}{spread}"


def named_only(voices: pd.DataFrame, *, kinds: Sequence[str] = ("person",)) -> pd.DataFrame:
    """Keep the quotations whose speaker is of some kinds (persons by default)."""
    return voices[voices["speaker_kind"].isin(list(kinds))].reset_index(drop=True)
