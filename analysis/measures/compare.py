"""Outlet against outlet, period against period, with and without copies: differences."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.errors import InputError, listed, unknown
from analysis.measures.groups import count_groups
from analysis.measures.intervals import wilson
from analysis.measures.labels import label_voices, slim
from analysis.measures.voices import read_day

_SIDES = ["value", "low", "high", "n", "n_of", "n_articles_of", "note"]


def compare_outlets(
    voices: pd.DataFrame, by: str = "role_class", *, first: str = "", second: str = "",
    unit: str = "quotations", n_bootstrap: int = 1000, random_seed: int = 0,
) -> pd.DataFrame:
    """Compare the shares of each group in two outlets.

    Parameters
    ----------
    voices
        From `gather_voices`.
    by, unit
        See `count_groups`.
    first, second
        The outlets; see `pick_outlets` for what is taken where they are empty.
    n_bootstrap, random_seed
        Number and seed of the draws of articles.

    Returns
    -------
    pandas.DataFrame
        `group`; `value_first`, `low_first`, `high_first`, `n_first`, `n_of_first`,
        `n_articles_of_first`, the same for second; `difference` (first − second) with `low`,
        `high` (95 %); `note`: "differs", "may be chance" or "too few to say"; `first`, `second`.

    Raises
    ------
    InputError
        If an outlet stands nowhere in the voices.

    Notes
    -----
    The interval of the difference is made of the two intervals (Zou and Donner 2008, MOVER).
    It takes the two sides as independent: leave copies out where both print the same wire. Of
    twenty groups without any difference, one is expected to read "differs".
    """
    first, second = pick_outlets(voices, first, second)
    outlets, counted = label_voices(voices, "outlet"), slim(voices, by)
    sides = [counted[outlets == name] for name in (first, second)]
    return _compare(sides, by, names=(first, second), unit=unit,
                    draws=(n_bootstrap, random_seed))


def pick_outlets(voices: pd.DataFrame, first: str = "", second: str = "") -> tuple[str, str]:
    """Give two outlets to compare: those named, for an empty name the one most quoted from.

    Parameters
    ----------
    voices
        From `gather_voices`.
    first, second
        Outlets as the articles name them, or "".

    Returns
    -------
    tuple of str
        Both are "" where none is named and the articles have no two, so that there is nothing
        to compare.

    Raises
    ------
    InputError
        If an outlet stands nowhere in the voices, or none is left for the second.
    """
    if voices.empty:
        return first, second
    known = sorted({*label_voices(voices, "outlet"), *voices.attrs.get("outlet", ())})
    for name in filter(None, (first, second)):
        if name not in known:
            raise unknown("outlet", name, known)
    sizes = voices["outlet"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    left = [name for name in sizes.index if name not in (first, second)]
    pair = [name or (left.pop(0) if left else "") for name in (first, second)]
    if all(pair):
        return pair[0], pair[1]
    if first or second:
        raise InputError(f"There is no outlet to compare '{first or second}' with (there are: "
                         f"{listed(known)}). Give articles of two outlets.")
    return "", ""


def compare_periods(
    voices: pd.DataFrame, by: str = "role_class", *, split_date: str = "",
    unit: str = "quotations", n_bootstrap: int = 1000, random_seed: int = 0,
) -> pd.DataFrame:
    """Compare the shares of each group from a day on with those before it.

    Parameters
    ----------
    voices
        From `gather_voices`; quotations without a date play no part.
    by, unit
        See `count_groups`.
    split_date
        First day of the later period, as YYYY-MM-DD; "" for the day that parts the quotations
        into halves, as nearly as days can.
    n_bootstrap, random_seed
        Number and seed of the draws of articles.

    Returns
    -------
    pandas.DataFrame
        As `compare_outlets`; first is the later period, so a positive difference is a rise.

    Raises
    ------
    InputError
        If the date is none, or a side is empty.
    """
    split_date = split_date or _middle_day(voices["published"])
    if voices.empty or not split_date:  # nothing is dated, or all on one day
        voices = voices[:0]
        return _compare([voices, voices], by, names=("", ""), unit=unit, draws=(0, 0))
    day = read_day(split_date, "split_date")
    counted = slim(voices, by)
    later, earlier = counted[voices["published"] >= day], counted[voices["published"] < day]
    if later.empty or earlier.empty:
        side = "from" if later.empty else "before"
        raise InputError(f"split_date = '{split_date}': no quotation {side} this day (found: "
                         f"{voices['published'].min():%Y-%m-%d} to "
                         f"{voices['published'].max():%Y-%m-%d}). Choose a day between.")
    return _compare([later, earlier], by, names=(f"from {split_date}", f"before {split_date}"),
                    unit=unit, draws=(n_bootstrap, random_seed))


def _middle_day(moments: pd.Series) -> str:
    """Give the day with half of the moments before it, "" where all are on one day."""
    days = moments.dropna().dt.floor("D").sort_values(ignore_index=True)
    after_first = days[days > days.min()]
    if after_first.empty:
        return ""
    return f"{max(days[len(days) // 2], after_first.iloc[0]):%Y-%m-%d}"


def compare_copies(
    voices: pd.DataFrame, measure: Callable[[pd.DataFrame], pd.DataFrame]
) -> pd.DataFrame:
    """Give a measure twice: with the copies of wire and other texts, and without them.

    Parameters
    ----------
    voices
        From `gather_voices`.
    measure
        Any function of this package that needs only voices: `count_roles`, `count_diversity`.

    Returns
    -------
    pandas.DataFrame
        The measure's table with a first column `copies`: "with copies", "without copies".
    """
    parts = {"with copies": voices,
             "without copies": voices[voices["copy_of"].isna()].reset_index(drop=True)}
    found = [measure(part).assign(copies=name) for name, part in parts.items()]
    table = pd.concat([part for part in found if len(part)] or found, ignore_index=True)
    return table[["copies", *(name for name in table.columns if name != "copies")]]


def _compare(
    sides: list[pd.DataFrame], by: str, *, names: tuple[str, str], unit: str,
    draws: tuple[int, int],
) -> pd.DataFrame:
    counted = [
        count_groups(side, by, unit=unit, n_bootstrap=draws[0], random_seed=draws[1])
        .set_index("group")[_SIDES] for side in sides
    ]
    table = counted[0].add_suffix("_first").join(counted[1].add_suffix("_second"), how="outer")
    table = _fill_absent(table, counted)
    table = table.assign(**difference_interval(table)).reset_index()
    order = (table["value_first"] + table["value_second"]).sort_values(
        ascending=False, kind="stable").index
    table = table.loc[order].drop(columns=["note_first", "note_second"]).reset_index(drop=True)
    return table.assign(first=names[0], second=names[1], by=by, unit=unit)


def _fill_absent(table: pd.DataFrame, counted: list[pd.DataFrame]) -> pd.DataFrame:
    """Give a group that one side never quotes the share 0 there, with Wilson's upper end."""
    for side, suffix in zip(counted, ("_first", "_second"), strict=True):
        absent = table[f"n{suffix}"].isna()
        if side.empty or not absent.any():
            continue
        same = {name: side[name].iloc[0] for name in ("n_of", "n_articles_of", "note")}
        _, high = wilson(np.array([0.0]), np.array([float(same["n_articles_of"])]))
        few = same["note"] == "too few to say"
        values = {"value": 0.0, "n": 0, "low": np.nan if few else 0.0,
                  "high": np.nan if few else high[0], **same}
        for name, value in values.items():
            table.loc[absent, f"{name}{suffix}"] = value
    return table


def difference_interval(table: pd.DataFrame) -> dict[str, object]:
    """Compute difference, its ends and a note from the two sides' values and intervals."""
    one, two = table["value_first"], table["value_second"]
    down = np.hypot(one - table["low_first"], table["high_second"] - two)
    up = np.hypot(table["high_first"] - one, two - table["low_second"])
    gap = one - two
    low, high = gap - down, gap + up
    note = np.where(low.isna() | high.isna(), "too few to say",
                    np.where((low > 0) | (high < 0), "differs", "may be chance"))
    return {"difference": gap, "low": low.clip(lower=-1), "high": high.clip(upper=1), "note": note}
