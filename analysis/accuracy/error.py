"""The error that a checked sample shows, and shares corrected for it."""

import numpy as np
import pandas as pd

from analysis.errors import InputError, listed

_FAULTS = {
    "found": ("no quotation",),
    "words": ("no quotation", "wrong words"),
    "speaker": ("no quotation", "wrong words", "wrong speaker"),
    "topic": ("no quotation", "wrong topic"),
}
_LEAST = 10
_DRAWS = 4000


def measure_error(
    sample: pd.DataFrame, quotes: pd.DataFrame, *, judge: str = "speaker",
) -> pd.DataFrame:
    """Give precision and recall of each group from a checked sample.

    Parameters
    ----------
    sample
        From `read_sample`.
    quotes
        The quotes table with a column `group` (as when the sample was drawn): gives the sizes
        of the groups, and how many quotations were found in the articles read.
    judge
        What must be right: `found` (it is a quotation), `words`, `speaker` or `topic`.

    Returns
    -------
    pandas.DataFrame
        `measure` (precision | recall), `group` ("all" too), `value`, `low`, `high` (Wilson,
        95 %), `n`, `n_right`, `note`. Rows "unsure" and unchecked are left out and counted in
        no n. Recall: of the quotations that the articles read hold, those found; what was
        found counts as held as far as precision says it is right.

    Raises
    ------
    InputError
        If `judge` is unknown.

    Notes
    -----
    Precision of "all" weighs the groups by their size, since the sample took equal numbers of
    each; its interval rests on Kish's effective n. Quotations of one article are not
    independent: recall's interval is too narrow where few articles were read, so read many.
    """
    if judge not in _FAULTS:
        raise InputError(f"judge = '{judge}' is none of {listed(_FAULTS)}. Choose one of these.")
    precision = _precision(sample, quotes["group"].value_counts(), judge)
    recall = _recall(sample, quotes, precision)
    return pd.concat([precision, recall], ignore_index=True)


def _precision(sample: pd.DataFrame, sizes: pd.Series, judge: str) -> pd.DataFrame:
    checked = sample[(sample["part"] == "quotation") & ~sample["verdict"].isin(["", "unsure"])]
    right = ~checked["verdict"].isin(_FAULTS[judge])
    rows = []
    for group in sizes.sort_index().index:
        here = right[checked["group"] == group]
        rows.append((group, len(here), int(here.sum())))
    table = _rates("precision", rows)
    weights = table["group"].map(sizes).to_numpy(dtype="float64")
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
           "n": int(n.sum()), "n_right": int(table["n_right"].sum()), "note": _note(n.sum())}
    return pd.DataFrame([row])


def _recall(sample: pd.DataFrame, quotes: pd.DataFrame, precision: pd.DataFrame) -> pd.DataFrame:
    done = sample[(sample["part"] == "article") & (sample["verdict"] == "read")]["article_id"]
    missed = sample[(sample["part"] == "missed") & sample["article_id"].isin(done)]["group"]
    found = quotes[quotes["article_id"].isin(done)]["group"]
    share = precision.set_index("group")["value"]
    rows = []
    for group in sorted({*quotes["group"], *missed}):
        right = round(int((found == group).sum()) * _known(share.get(group)))
        rows.append((group, right + int((missed == group).sum()), right))
    whole = ("all", sum(row[1] for row in rows), sum(row[2] for row in rows))
    return _rates("recall", [whole, *rows])


def _known(share: float | None) -> float:
    return 1.0 if share is None or pd.isna(share) else float(share)


def _rates(measure: str, rows: list[tuple[str, int, int]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["group", "n", "n_right"])
    n, right = table["n"].to_numpy(dtype="float64"), table["n_right"].to_numpy(dtype="float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        value = right / n
    low, high = _wilson(right, n)
    note = [_note(size) for size in n]
    table = table.assign(measure=measure, value=value, low=low, high=high, note=note)
    return table[["measure", "group", "value", "low", "high", "n", "n_right", "note"]]


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
    What was counted, times precision, divided by recall, is what there is: with recall 65 % for
    women and 77 % for men, 21.5 % women as counted are about 25 %. The interval draws precision
    and recall from their Beta distributions (Jeffreys) and the share from its own interval.
    Faults that move a quotation from one group to another are seen as a loss there and a gain
    here only as far as the sample's rows of what was missed say so.
    """
    rates = {measure: error[error["measure"] == measure].set_index("group")
             for measure in ("precision", "recall")}
    sizes = {measure: counted["group"].map(table["n"]).fillna(0).to_numpy(dtype="float64")
             for measure, table in rates.items()}
    needed = (counted["n"] > 0).to_numpy()
    blank = counted.assign(corrected=np.nan, corrected_low=np.nan, corrected_high=np.nan,
                           corrected_note="not checked on your corpus")
    lacking = needed & ((sizes["precision"] == 0) | (sizes["recall"] == 0))
    if not needed.any() or lacking.any():
        names = listed(counted.loc[lacking, "group"], most=4)
        whole = lacking[needed].all()
        return blank if whole else blank.assign(corrected_note=f"not checked: {names}")
    rights = {measure: counted["group"].map(table["n_right"]).fillna(0).to_numpy(dtype="float64")
              for measure, table in rates.items()}
    corrected = _shares(
        counted["n"].to_numpy(dtype="float64"),
        _ratio(rights["precision"], sizes["precision"]), _ratio(rights["recall"], sizes["recall"]))
    drawn = _draw(counted, rights, sizes, random_seed)
    low, high = np.nanquantile(drawn, [0.025, 0.975], axis=0)
    few = min(size[needed].min() for size in sizes.values()) < _LEAST
    return blank.assign(
        corrected=corrected, corrected_low=np.fmin(low, corrected),
        corrected_high=np.fmax(high, corrected),
        corrected_note="few checked: read with care" if few else "")


def _ratio(right: np.ndarray, n: np.ndarray) -> np.ndarray:
    return np.divide(right, n, out=np.ones_like(n), where=n > 0)


def _shares(n: np.ndarray, precision: np.ndarray, recall: np.ndarray) -> np.ndarray:
    true = n * precision / np.maximum(recall, 1e-9)
    return true / true.sum(axis=-1, keepdims=True)


def _draw(
    counted: pd.DataFrame, rights: dict[str, np.ndarray], sizes: dict[str, np.ndarray], seed: int
) -> np.ndarray:
    rng = np.random.default_rng(seed)
    rates = {name: rng.beta(rights[name] + 0.5, sizes[name] - rights[name] + 0.5,
                            size=(_DRAWS, len(counted))) for name in ("precision", "recall")}
    value = counted["value"].to_numpy(dtype="float64").clip(1e-6, 1 - 1e-6)
    logit = np.log(value / (1 - value))
    ends = [counted[name].to_numpy(dtype="float64").clip(1e-6, 1 - 1e-6)
            for name in ("low", "high")]
    reach = (np.log(ends[1] / (1 - ends[1])) - np.log(ends[0] / (1 - ends[0]))) / (2 * 1.96)
    moved = logit + np.nan_to_num(reach) * rng.standard_normal((_DRAWS, len(counted)))
    return _shares(1 / (1 + np.exp(-moved)), rates["precision"], rates["recall"])
