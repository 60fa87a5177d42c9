"""Over time: how much is quoted of whom, by day, week or month; gaps are shown as gaps."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from analysis.errors import unknown
from analysis.measures.intervals import count_matrix, interval_of
from analysis.measures.shares import UNKNOWN

Period = Literal["day", "week", "month"]
_RULES = {"day": "D", "week": "W-SUN", "month": "M"}


def count_over_time(
    voices: pd.DataFrame, *, by: str = "speaker", groups: Sequence[str] = (), top_n: int = 5,
    period: Period = "week", random_seed: int = 0,
) -> pd.DataFrame:
    """Count quotations and shares of some groups in each period.

    Parameters
    ----------
    voices
        From `gather_voices`; articles without a date are left out.
    by
        What to follow.
    groups
        Which groups; empty takes the `top_n` most quoted.
    top_n
        How many to take if `groups` is empty.
    period
        day, week (Monday to Sunday) or month.
    random_seed
        Seed of the bootstrap over the articles of each period.

    Returns
    -------
    pandas.DataFrame
        One row for each group and period from the first to the last: `period` (its first day),
        `by`, `n`, `value` (share of the period's quotations), `low`, `high`, `total`,
        `n_articles`. A period without any quotation has `total` 0 and a missing `value`.

    Raises
    ------
    InputError
        If there is no such period.
    """
    if period not in _RULES:
        raise unknown("period", period, _RULES)
    dated = voices.dropna(subset=["published"])
    dated = dated.assign(**{by: dated[by].astype("object").where(dated[by].notna(), UNKNOWN)})
    named = dated[dated[by] != UNKNOWN]
    chosen = list(groups) or named[by].value_counts().index[:top_n].tolist()
    columns = ["period", by, "n", "value", "low", "high", "total", "n_articles"]
    if dated.empty or not chosen:
        return pd.DataFrame(columns=columns)
    when = dated["published"].dt.tz_localize(None).dt.to_period(_RULES[period])
    parts = dict(tuple(dated.groupby(when, observed=True)))
    rows = [
        row for step in pd.period_range(when.min(), when.max())
        for row in _period_rows(parts.get(step), step, by, chosen, random_seed)
    ]
    return pd.DataFrame(rows, columns=columns)


def _period_rows(
    part: pd.DataFrame | None, step: pd.Period, by: str, chosen: list[str], random_seed: int
) -> list[tuple]:
    if part is None:
        return [(step.start_time, name, 0, np.nan, np.nan, np.nan, 0, 0) for name in chosen]
    counts = count_matrix(part, by=by, groups=chosen)
    rest = count_matrix(part.assign(_all=1), by="_all", groups=[1])
    both = np.column_stack([counts, rest])
    low, high = interval_of(both, lambda t: t[:, :-1] / t[:, -1:].clip(min=1),
                            random_seed=random_seed)
    totals = counts.sum(axis=0)
    return [
        (step.start_time, name, int(totals[i]), totals[i] / len(part), low[i], high[i],
         len(part), part["article_id"].nunique())
        for i, name in enumerate(chosen)
    ]
