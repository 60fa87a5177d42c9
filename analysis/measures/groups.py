"""The count every share starts from: how much falls into each group, of how much."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import unknown
from analysis.measures.intervals import (
    MIN_ARTICLES,
    deal_blocks,
    draw_weights,
    ends_of_share,
    logit_spread,
    share_intervals,
)
from analysis.measures.labels import UNITS, label_voices
from analysis.tables import paired, split_pair

MIN_UNITS = 10  # a share of fewer units is not drawn
FEW_ARTICLES = 20
_USED = ["article_id", "copy_of", "n_words", "speaker_id"]
COLUMNS = (
    "within", "group", "n", "n_of", "value", "low", "high", "n_articles", "n_articles_of", "note",
    "unit", "by", "within_by",
)


def count_groups(
    voices: pd.DataFrame, by: str, *, unit: str = "quotations", within: str = "",
    n_bootstrap: int = 1000, random_seed: int = 0,
) -> pd.DataFrame:
    """Count what share each group has.

    Parameters
    ----------
    voices
        From `gather_voices`, selected as wanted.
    by
        What makes the groups: a column or one of the names `label_voices` knows.
    unit
        What is counted: `quotations`; `words` quoted; `articles` in which the group is quoted,
        of all with a quotation; `people`, each once (persons with a name only).
    within
        Shares inside each group of this column (outlet, month, …); "" for the whole.
    n_bootstrap, random_seed
        Number and seed of the draws of articles.

    Returns
    -------
    pandas.DataFrame
        `within`, `group`, `n`, `n_of`, `value` (n / n_of), `low`, `high` (95 %), `n_articles`,
        `n_articles_of`, `note` ("" or why to read with care), `unit`, `by`, `within_by`. Every
        group has a row in every `within`, also with n = 0; largest first.

    Raises
    ------
    InputError
        If the unit or the column is unknown.
    """
    if unit not in UNITS:
        raise unknown("unit to count", unit, UNITS)
    frame, groups = _units_of(voices, by, unit=unit, within=within)
    draws = _Draws(n_bootstrap, random_seed)
    # Those with as many texts one after the other: what is drawn for one serves the next.
    ordered = sorted(frame.groupby("within"), key=lambda item: item[1]["text"].nunique())
    parts = [pd.DataFrame({"within": name, **_count(part, groups, unit=unit, draws=draws)})
             for name, part in ordered]
    table = pd.concat(parts, ignore_index=True) if parts else _nothing()
    table = _noted(table, least=MIN_ARTICLES if unit == "articles" else MIN_UNITS)
    table = table.assign(unit=unit, by=by, within_by=within)[list(COLUMNS)]
    return _typed(table).sort_values(
        ["within", "n", "group"], ascending=[True, False, True], ignore_index=True)


@dataclass(frozen=True)
class _Draws:
    n: int
    seed: int


def _units_of(
    voices: pd.DataFrame, by: str, *, unit: str, within: str
) -> tuple[pd.DataFrame, list[str]]:
    """Give what is counted, with numbers for names (in the names' order), and the groups."""
    labels = label_voices(voices, by)
    parts = label_voices(voices, within) if within else pd.Series("all", index=voices.index)
    keep = labels.notna() & parts.notna()
    if unit == "people":
        keep &= (voices["speaker_kind"] == "person") & voices["speaker_id"].notna()
    labels, used = labels[keep], voices.loc[keep, _USED]
    columns, groups = pd.factorize(labels, sort=True)
    return pd.DataFrame({
        "within": parts[keep],
        "column": columns,
        "article": pd.factorize(used["article_id"])[0],
        # Copies of one text are one piece of evidence, and are drawn together.
        "text": pd.factorize(used["copy_of"].fillna(used["article_id"]), sort=True)[0],
        "person": pd.factorize(used["speaker_id"], sort=True)[0] if unit == "people" else 0,
        "weight": used["n_words"].astype("float64").fillna(0) if unit == "words" else 1.0,
    }), groups.tolist()


def _count(part: pd.DataFrame, groups: list[str], *, unit: str, draws: _Draws) -> dict:
    units, texts = pd.factorize(part["text"], sort=True)
    blocks, n_blocks = deal_blocks(units, random_seed=draws.seed)
    rows = part.assign(block=blocks)
    shape = (n_blocks, len(groups))
    counted = _people(rows, shape, draws) if unit == "people" else _added(rows, shape, unit, draws)
    pairs = np.unique(paired(part["article"].to_numpy(), part["column"].to_numpy()))
    articles, columns = split_pair(pairs)
    return {"group": groups, **counted, "n_articles": np.bincount(columns, minlength=len(groups)),
            "n_articles_of": len(np.unique(articles)), "n_texts": len(texts)}


def _added(rows: pd.DataFrame, shape: tuple[int, int], unit: str, draws: _Draws) -> dict:
    """Count what adds up over articles."""
    whole = rows
    if unit == "articles":
        whole = rows.drop_duplicates("article")
        rows = rows.drop_duplicates(["article", "column"])
    cells = np.bincount(rows["block"] * shape[1] + rows["column"], weights=rows["weight"],
                        minlength=shape[0] * shape[1]).reshape(shape)
    totals = np.bincount(whole["block"], weights=whole["weight"], minlength=shape[0])[:, None]
    low, high = share_intervals(cells, totals, n_bootstrap=draws.n, random_seed=draws.seed)
    n, n_of = cells.sum(axis=0), totals.sum()
    return {"n": n, "n_of": n_of, "value": n / n_of if n_of else np.nan, "low": low, "high": high}


def _people(rows: pd.DataFrame, shape: tuple[int, int], draws: _Draws) -> dict:
    """Count each person once; a draw has a person if it has one of their articles."""
    people, names = pd.factorize(rows["person"], sort=True)
    n = np.bincount(rows.assign(person=people).drop_duplicates(["person", "column"])["column"],
                    minlength=shape[1])
    value = n / max(len(names), 1)
    if shape[0] < MIN_ARTICLES:
        missing = np.full(shape[1], np.nan)
        return {"n": n, "n_of": len(names), "value": value, "low": missing, "high": missing}
    weights = draw_weights(shape[0], n_bootstrap=draws.n, random_seed=draws.seed)
    everyone = _present(weights, rows["block"].to_numpy(), people)
    drawn = np.stack([
        _present(weights, rows["block"].to_numpy()[of], people[of])
        for of in (rows["column"].to_numpy() == column for column in range(shape[1]))
    ], axis=1)
    spread = logit_spread(drawn, everyone[:, None], whole=np.array([len(names)]))
    low, high = ends_of_share(value, spread, shape[0])
    return {"n": n, "n_of": len(names), "value": value, "low": low, "high": high}


def _present(weights: np.ndarray, blocks: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Give how many different people each draw of blocks contains."""
    found = np.zeros(len(weights))
    kept, codes = np.unique(people, return_inverse=True)
    for start in range(0, len(kept), 2000):
        here = (codes >= start) & (codes < start + 2000)
        cells = np.zeros((weights.shape[1], min(2000, len(kept) - start)))
        cells[blocks[here], codes[here] - start] = 1
        found += ((weights @ cells) > 0).sum(axis=1)
    return found


def _noted(table: pd.DataFrame, *, least: int) -> pd.DataFrame:
    few = (table["n_of"] < least) | (table["n_texts"] < MIN_ARTICLES)
    note = np.where(few, "too few to say",
                    np.where(table["n_texts"] < FEW_ARTICLES, "few articles", ""))
    ends = {name: table[name].mask(few) for name in ("low", "high")}
    return table.assign(note=note, **ends)


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=object) for name in (*COLUMNS, "n_texts")})


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    kinds = dict.fromkeys(("n", "n_of", "n_articles", "n_articles_of"), "Int64")
    kinds |= dict.fromkeys(("value", "low", "high"), "float64")
    kinds |= dict.fromkeys(("within", "group", "note", "unit", "by", "within_by"), "str")
    return table.astype(kinds)
