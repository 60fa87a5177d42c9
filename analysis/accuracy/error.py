"""The error that a checked sample shows, and shares corrected for it."""

import numpy as np
import pandas as pd

from analysis.errors import InputError, listed, unknown

_FAULTS = {
    "found": ("no quotation",),
    "words": ("no quotation", "wrong words"),
    "speaker": ("no quotation", "wrong words", "wrong speaker"),
    "topic": ("no quotation", "wrong topic"),
}
_ABOUT = {
    **dict.fromkeys(("speaker", "speaker_id", "speaker_kind", "naming", "gender", "role",
                     "role_class", "affiliation"), "speaker"),
    **dict.fromkeys(("topic", "topics"), "topic"),
}
_LEAST = 10
_DRAWS = 4000


def about(by: str) -> str:
    """Say what groups are about: `speaker`, `topic`, or `found`: the words, whoever says them."""
    return _ABOUT.get(by, "found")


def measure_error(
    sample: pd.DataFrame, quotes: pd.DataFrame, *, by: str = "kind", judge: str = "",
) -> pd.DataFrame:
    """Give precision and recall of each group from a checked sample.

    Parameters
    ----------
    sample
        From `read_sample`.
    quotes
        The quotes table with a column `group` (as when the sample was drawn): gives the sizes
        of the groups, and how many quotations were found in the articles read.
    by
        What makes the groups, as for `group_voices`.
    judge
        What must be right: `found` (it is a quotation), `words`, `speaker` or `topic`. Default:
        what the groups are about, so that a wrong speaker is no error of direct speech's share.

    Returns
    -------
    pandas.DataFrame
        `measure` (precision | recall), `group` ("all" too), `value`, `low`, `high` (Wilson,
        95 %), `n`, `n_right`, `n_effective` (of so many independent quotations the value knows
        as much), `note`. Rows "unsure" and unchecked are left out and counted in no n.

    Raises
    ------
    InputError
        If `judge` is unknown, or a row names a group or an article that is none.

    Notes
    -----
    Precision: of the quotations put into a group, the share that is right and belongs there.
    "All" weighs the groups by size, since the sample took equal numbers of each.

    Recall: of the quotations of a group that the articles read hold, the share found *and*
    right. They hold what was found, as far as precision says it is right; the rows `missed`; and
    what was found but is wrong, in the group where it belongs: `right_group` where that is
    filled, else the group it stands in. Where the groups are about the speaker and a wrong
    speaker has no `right_group`, nobody knows whom the quotation is missing from: it counts in
    "all" only, and the note says how many there are, as of `missed` rows without a group.

    What was found but is wrong is known from the sample, where one quotation stands for several
    of the articles read; `n_effective` allows for that (by the delta method, as for Kish's n of
    "all"), not for faults so rare that the sample holds none. Quotations of one article are not
    independent: recall's interval is too narrow where few articles were read, so read many.
    """
    judge = judge or about(by)
    if judge not in _FAULTS:
        raise InputError(f"judge = '{judge}' is none of {listed(_FAULTS)}. Choose one of these.")
    sizes = quotes["group"].value_counts().sort_index()
    _check_groups(sample, sizes.index)
    checked = _checked(sample, by=by, judge=judge)
    precision = _precision(checked, sizes)
    recall = _recall(sample, quotes, checked)
    return pd.concat([precision, recall], ignore_index=True)


def _check_groups(sample: pd.DataFrame, groups: pd.Index) -> None:
    """Refuse groups and articles that are none: a typo would be a group of its own."""
    missed = sample[sample["part"] == "missed"]
    for name in (*missed["group"], *sample["right_group"]):
        if name and name not in groups:
            raise InputError(f"sample: {unknown('group', name, groups)} Leave the cell empty "
                             "where none of them fits.")
    articles = sample.loc[sample["part"] != "missed", "article_id"].unique()
    for name in missed["article_id"]:
        if name not in articles:
            raise InputError(f"sample, row missed: {unknown('article', name, articles)}")


def _checked(sample: pd.DataFrame, *, by: str, judge: str) -> pd.DataFrame:
    """Give the judged quotations: `group`, `right`, and `belongs`: "" not known, None nowhere."""
    done = sample[(sample["part"] == "quotation") & ~sample["verdict"].isin(["", "unsure"])]
    verdict, stated = done["verdict"], done["right_group"]
    moved = stated.ne("") & stated.ne(done["group"])
    own = done["group"].mask(verdict == f"wrong {about(by)}", "")
    return pd.DataFrame({
        "group": done["group"], "right": ~verdict.isin(_FAULTS[judge]) & ~moved,
        "belongs": stated.where(stated != "", own).mask(verdict == "no quotation"),
    })


def _precision(checked: pd.DataFrame, sizes: pd.Series) -> pd.DataFrame:
    right = checked["right"].groupby(checked["group"]).agg(["size", "sum"])
    right = right.reindex(sizes.index, fill_value=0)
    table = _rates("precision", list(right.itertuples(name=None)))
    weights = sizes.to_numpy(dtype="float64")
    known = table["n"].to_numpy() > 0
    return pd.concat([_weighted(table, weights, known), table], ignore_index=True)


def _weighted(table: pd.DataFrame, weights: np.ndarray, known: np.ndarray) -> pd.DataFrame:
    if not known.any():
        return _rates("precision", [("all", 0, 0)])
    part = np.where(known, weights, 0) / weights[known].sum()
    n = table["n"].to_numpy(dtype="float64")
    value = float((part * table["value"].fillna(0).to_numpy()).sum())
    effective = 1 / (part[known] ** 2 / n[known]).sum()
    low, high = _wilson(value * effective, effective)
    row = {"measure": "precision", "group": "all", "value": value, "low": low, "high": high,
           "n": int(n.sum()), "n_right": int(table["n_right"].sum()),
           "n_effective": round(effective, 1), "note": _note(n.sum())}
    return pd.DataFrame([row])


def _recall(sample: pd.DataFrame, quotes: pd.DataFrame, checked: pd.DataFrame) -> pd.DataFrame:
    done = sample.loc[(sample["part"] == "article") & (sample["verdict"] == "read"), "article_id"]
    missed = sample[(sample["part"] == "missed") & sample["article_id"].isin(done)]["group"]
    found = quotes.loc[quotes["article_id"].isin(done), "group"].value_counts()
    groups = sorted(quotes["group"].unique())
    right = checked["right"].groupby(checked["group"]).mean().reindex(groups).fillna(1.0)
    right = (right * found.reindex(groups, fill_value=0)).round()
    wrong = checked[~checked["right"] & checked["belongs"].notna()]
    # One quotation of the sample stands for so many of the articles read.
    of_read, of_sample = (counts.reindex(wrong["group"], fill_value=0).to_numpy()
                          for counts in (found, checked["group"].value_counts()))
    lost = pd.concat([pd.DataFrame({"group": wrong["belongs"], "weight": of_read / of_sample}),
                      pd.DataFrame({"group": missed, "weight": 1.0})])
    added = lost.assign(square=lost["weight"]**2).groupby("group")[["weight", "square"]].sum()
    here = added.reindex(groups, fill_value=0.0)
    table = _rates("recall", [
        ("all", (right.sum() + added["weight"].sum()).round(), right.sum(), added["square"].sum()),
        *zip(groups, (right + here["weight"]).round(), right, here["square"], strict=True)])
    unstated = int((lost["group"] == "").sum())
    if unstated:
        others = (table["group"] != "all") & (table["note"] == "")
        table["note"] = table["note"].mask(others, f"{unstated} without a right group left out")
    return table


def _rates(measure: str, rows: list[tuple]) -> pd.DataFrame:
    """Give a row per (group, n, right[, variance of the number that is not right])."""
    table = pd.DataFrame([row[:3] for row in rows], columns=["group", "n", "n_right"])
    n, right = table["n"].to_numpy(dtype="float64"), table["n_right"].to_numpy(dtype="float64")
    spread = np.array([row[3] if len(row) > 3 else row[1] - row[2] for row in rows])  # noqa: PLR2004
    with np.errstate(divide="ignore", invalid="ignore"):
        value = right / n
        # The variance of right / n, where both vary, is that of so many independent ones.
        least = (1 - value) ** 2 * right + value**2 * spread
        effective = np.where(least > 0, np.fmin(value * (1 - value) * n**2 / least, n), n)
    low, high = _wilson(value * effective, effective)
    table = table.astype({"n": "int64", "n_right": "int64"}).assign(
        measure=measure, value=value, low=low, high=high, n_effective=effective.round(1),
        note=[_note(size) for size in n])
    return table[["measure", "group", "value", "low", "high", "n", "n_right", "n_effective",
                  "note"]]


def _note(n: float) -> str:
    if n == 0:
        return "not checked"
    return "too few to say" if n < _LEAST else ""


def _wilson(right: np.ndarray | float, n: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's (1927) interval; the stage `measures` has its own, and stages do not import."""
    z = 1.959963984540054
    right, n = np.asarray(right, dtype="float64"), np.asarray(n, dtype="float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        share = right / n
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        reach = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return np.clip(middle - reach, 0, 1), np.clip(middle + reach, 0, 1)


def correct_shares(
    counted: pd.DataFrame, error: pd.DataFrame, *, random_seed: int = 0
) -> pd.DataFrame:
    """Correct shares for the error a checked sample shows.

    Parameters
    ----------
    counted
        One row per group with `group`, `n`, `value`, and `low`, `high` where known: from
        `count_groups` without `within`, by the groups of the sample.
    error
        From `measure_error`.
    random_seed
        Seed of the draws for the interval.

    Returns
    -------
    pandas.DataFrame
        `counted` with `corrected`, `corrected_low`, `corrected_high`, `corrected_note`. Both
        stand side by side; nothing is swapped. Missing for all where a group was not checked; the
        note names it.

    Notes
    -----
    Estimated is each group's share of all quotations that the articles hold: what was counted,
    times precision, divided by recall. With recall 65 % for women and 77 % for men, 21.5 % women
    as counted are about 25 %. A quotation of hers that went to him is wrong among his and not
    found among hers (`measure_error`), so it moves from his share to hers, provided the sample
    names her as its `right_group`; without, wrong speakers are taken to belong to the groups as
    the other quotations do. The interval draws precision and recall, as independent, from their
    Beta distributions (Jeffreys) and each share against the rest from its own interval.
    """
    needed = (counted["n"] > 0).to_numpy()
    rates = {measure: _of_groups(error[error["measure"] == measure], counted["group"])
             for measure in ("precision", "recall")}
    blank = counted.assign(corrected=np.nan, corrected_low=np.nan, corrected_high=np.nan,
                           corrected_note="not checked on your corpus")
    lacking = needed & np.logical_or(*((table["n"] == 0).to_numpy() for table in rates.values()))
    if not needed.any() or lacking.any():
        names = listed(counted.loc[lacking, "group"], most=4)
        whole = lacking[needed].all()
        return blank if whole else blank.assign(corrected_note=f"not checked: {names}")
    none = needed & (rates["recall"]["n_right"] == 0).to_numpy()
    if none.any():  # nothing can be said of a group of which only faults were seen
        names = listed(counted.loc[none, "group"], most=4)
        return blank.assign(corrected_note=f"none found right in the articles read: {names}")
    corrected = _shares(counted["n"].to_numpy(dtype="float64"),
                        *(table["value"].to_numpy() for table in rates.values()))
    low, high = np.nanquantile(_draw(counted, rates, random_seed), [0.025, 0.975], axis=0)
    few = min(table.loc[needed, "n"].min() for table in rates.values()) < _LEAST
    notes = ["few checked: read with care"] if few else []
    notes += [note for note in error["note"].unique() if "right group" in note]
    return blank.assign(
        corrected=corrected, corrected_low=np.fmin(low, corrected),
        corrected_high=np.fmax(high, corrected), corrected_note="; ".join(notes))


def _of_groups(rates: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Give precision or recall in the order of the groups; of those without, 1 of none."""
    columns = ["n", "n_right", "n_effective"]
    table = rates.set_index("group")[columns].reindex(groups, fill_value=0)
    table = table.astype("float64").reset_index(drop=True)
    return table.assign(value=(table["n_right"] / table["n"]).fillna(1.0))


def _shares(n: np.ndarray, precision: np.ndarray, recall: np.ndarray) -> np.ndarray:
    true = n * precision / np.maximum(recall, 1e-9)
    return true / true.sum(axis=-1, keepdims=True)


def _draw(counted: pd.DataFrame, rates: dict[str, pd.DataFrame], seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    drawn = [rng.beta(table["value"] * table["n_effective"] + 0.5,
                      (1 - table["value"]) * table["n_effective"] + 0.5,
                      size=(_DRAWS, len(counted))) for table in rates.values()]
    value = counted["value"].to_numpy(dtype="float64").clip(1e-6, 1 - 1e-6)
    logit = np.log(value / (1 - value))
    ends = [counted[name].to_numpy(dtype="float64").clip(1e-6, 1 - 1e-6)
            for name in ("low", "high")]
    reach = (np.log(ends[1] / (1 - ends[1])) - np.log(ends[0] / (1 - ends[0]))) / (2 * 1.96)
    moved = logit + np.nan_to_num(reach) * rng.standard_normal((_DRAWS, len(counted)))
    # Each group against the rest: drawn one by one and made to sum to 1, shares spread too little.
    factor = drawn[0] / np.maximum(drawn[1], 1e-9)
    parts = (counted["n"] / counted["n"].sum()).to_numpy(dtype="float64") * factor
    rest = (parts.sum(axis=1, keepdims=True) - parts) / (1 - value)
    with np.errstate(divide="ignore"):
        odds = np.exp(moved) * factor / np.maximum(rest, 0)
    return 1 - 1 / (1 + odds)
