"""How shares move over time; days without articles stay gaps."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.errors import unknown
from analysis.measures.groups import count_groups
from analysis.measures.labels import NOT_KNOWN, PERIODS, check_groups, label_voices


def count_over_time(
    voices: pd.DataFrame, by: str = "role_class", *, groups: Sequence[str] = (),
    period: str = "week", unit: str = "quotations", n_bootstrap: int = 1000, random_seed: int = 0,
) -> pd.DataFrame:
    """Count each group's share in each day, week or month.

    Parameters
    ----------
    voices
        From `gather_voices`.
    by, groups
        What makes the groups, and which of them to give; none: the four largest of what is
        stated. Shares are of all quotations, stated or not.
    period
        `day`, `week` (from Monday) or `month`.
    unit
        See `count_groups`.
    n_bootstrap, random_seed
        Number and seed of the draws of articles.

    Returns
    -------
    pandas.DataFrame
        As `count_groups`, with `within` = first day of the period, every period between the
        first and the last having a row: one without quotations has n_of 0 and no value, which is
        a gap and not a share of zero. `n_undated`: quotations without a date, left out.

    Raises
    ------
    InputError
        If the period, the unit, the column or a group is unknown; a speaker may be silent here.
    """
    if period not in PERIODS:
        raise unknown("period", period, PERIODS)
    check_groups(label_voices(voices, by).dropna().unique(), groups, by)
    undated = int(voices["published"].isna().sum())
    dated = voices[voices["published"].notna()] if undated else voices
    labels = label_voices(dated, by)
    chosen = list(groups) or _largest(labels)
    rest = f"none of {chosen}"  # one group for all others: a corpus may have 50,000 speakers
    counted = count_groups(dated.assign(group=labels.where(labels.isin(chosen), rest)), "group",
                           unit=unit, within=period, n_bootstrap=n_bootstrap,
                           random_seed=random_seed)
    counted = counted[counted["group"] != rest]
    return _with_gaps(counted, chosen, period).assign(
        n_undated=undated, unit=unit, by=by, within_by=period)


def _largest(labels: pd.Series, *, most: int = 4) -> list[str]:
    sizes = labels[~labels.isin(NOT_KNOWN)].value_counts().sort_index()
    return sizes.sort_values(ascending=False, kind="stable").index[:most].tolist()


def _with_gaps(counted: pd.DataFrame, groups: list[str], period: str) -> pd.DataFrame:
    if counted.empty:
        return counted
    days = pd.period_range(counted["within"].min(), counted["within"].max(), freq=PERIODS[period])
    starts = days.start_time.strftime("%Y-%m-%d")
    every = pd.MultiIndex.from_product([groups, starts], names=["group", "within"])
    filled = counted.set_index(["group", "within"]).reindex(every).reset_index()
    counts = ["n", "n_of", "n_articles", "n_articles_of"]
    note = np.where(filled["n_of"].isna(), "no articles", filled["note"].astype("object"))
    return filled.assign(**{name: filled[name].fillna(0) for name in counts}, note=note)[
        list(counted.columns)].astype({"note": "str", "within": "str", "group": "str"})
