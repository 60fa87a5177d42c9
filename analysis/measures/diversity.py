"""How concentrated the quoting is: few voices or many."""

import numpy as np
import pandas as pd

from analysis.errors import unknown, wrong_value
from analysis.measures.groups import FEW_ARTICLES, MIN_UNITS
from analysis.measures.intervals import MIN_ARTICLES, deal_blocks, draw_weights, log_interval
from analysis.measures.labels import label_voices

_COLUMNS = ("within", "measure", "value", "low", "high", "n", "n_speakers", "n_articles", "note")
_ASKED = ("within_by", "unit", "top_k")
_USED = ["article_id", "copy_of", "n_words", "speaker_id"]
_DRAWS = 50  # at once: bounds memory with 100,000 speakers

_WORDS = {
    "speakers": "known speakers",
    "effective_speakers": "effective number of speakers",
    "shannon": "Shannon entropy (0: a single voice)",
    "hhi": "Herfindahl index (1: a single voice)",
    "evenness": "evenness (1: all quoted alike)",
    "top_k_share": "share of the {top_k} most quoted",
}
_WHOLE = 20  # from here on decimals say nothing


def count_diversity(
    voices: pd.DataFrame, *, within: str = "", top_k: int = 10, unit: str = "quotations",
    n_bootstrap: int = 500, random_seed: int = 0,
) -> pd.DataFrame:
    """Measure how evenly the quoting is spread over the known speakers.

    Parameters
    ----------
    voices
        From `gather_voices`; quotations without a known speaker play no part.
    within
        Inside each outlet, month, …; "" for the whole.
    top_k
        For `top_k_share`: how many speakers count as the top.
    unit
        `quotations` or `words`.
    n_bootstrap, random_seed
        Number and seed of the draws of articles.

    Returns
    -------
    pandas.DataFrame
        `within`, `measure`, `value`, `low`, `high` (95 %), `n` (quotations), `n_speakers`,
        `n_articles`, `note`. Measures: `speakers`; `effective_speakers` = exp(Shannon), the
        number of equally quoted speakers that would be as diverse; `shannon` (nats); `hhi` = sum
        of squared shares (Herfindahl, 1 = a single voice); `evenness` = shannon / ln(speakers);
        `top_k_share`. What was asked for stands in `within_by`, `unit` and `top_k`.

    Notes
    -----
    Intervals say how much the figure would vary over articles like these. More articles bring
    more speakers: compare outlets of like size, or by `hhi`, which depends least on size.
    The number of speakers is a count of this corpus and has no interval.

    Raises
    ------
    InputError
        If the unit or the column is unknown, or `top_k` is less than 1.
    """
    if unit not in ("quotations", "words"):
        raise unknown("unit to count", unit, ("quotations", "words"))
    if top_k < 1:
        raise wrong_value("top_k", top_k, expected="1 or more")
    labels = label_voices(voices, within) if within else pd.Series("all", index=voices.index)
    known = voices.loc[voices["speaker_id"].notna(), _USED]
    labels = labels[known.index]
    parts = [
        _measure(part, top_k=top_k, unit=unit, n_bootstrap=n_bootstrap, random_seed=random_seed)
        .assign(within=name)
        for name, part in known.groupby(labels, sort=True)
    ]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in (*_COLUMNS, *_ASKED)})
    table = pd.concat(parts, ignore_index=True)
    return table.assign(within_by=within, unit=unit, top_k=top_k)[[*_COLUMNS, *_ASKED]]


def describe_diversity(diversity: pd.DataFrame) -> pd.DataFrame:
    """Say in words what `count_diversity` measured: `what`, `value`, `95 % interval`."""
    values = diversity["value"]
    pairs = zip(diversity["low"], diversity["high"], strict=True)
    return pd.DataFrame({
        "what": [_WORDS.get(measure, measure).format(top_k=top_k) for measure, top_k in
                 zip(diversity["measure"], diversity["top_k"], strict=True)],
        "value": [f"{value:,.0f}" if value >= _WHOLE else f"{value:.2f}" for value in values],
        "95 % interval": [None if pd.isna(low) else
                          f"{low:,.0f} to {high:,.0f}" if high >= _WHOLE else
                          f"{low:.2f} to {high:.2f}" for low, high in pairs],
    })


def _measure(
    part: pd.DataFrame, *, top_k: int, unit: str, n_bootstrap: int, random_seed: int
) -> pd.DataFrame:
    cells = _cells(part, unit=unit, random_seed=random_seed)
    whole = figures(cells.sum(axis=0, dtype="float64")[None, :], top_k=top_k)
    n = len(cells)
    weights = draw_weights(n, n_bootstrap=n_bootstrap, random_seed=random_seed).astype("float32")
    drawn = [figures((weights[at:at + _DRAWS] @ cells).astype("float64"), top_k=top_k)
             for at in range(0, len(weights), _DRAWS)]
    few = n < MIN_ARTICLES or len(part) < MIN_UNITS
    caps = {"hhi": 1.0, "top_k_share": 1.0, "evenness": 1.0}
    rows = []
    for name, value in whole.items():
        draws = np.concatenate([piece[name] for piece in drawn])
        low, high = (np.nan, np.nan) if few or name == "speakers" else log_interval(
            float(value[0]), draws, n, upper=caps.get(name, np.inf))
        rows.append((name, float(value[0]), low, high))
    note = "too few to say" if few else "few articles" if n < FEW_ARTICLES else ""
    return pd.DataFrame(rows, columns=["measure", "value", "low", "high"]).assign(
        n=len(part), n_speakers=part["speaker_id"].nunique(),
        n_articles=part["article_id"].nunique(), note=note)


def _cells(part: pd.DataFrame, *, unit: str, random_seed: int) -> np.ndarray:
    units, _ = pd.factorize(part["copy_of"].fillna(part["article_id"]), sort=True)
    blocks, n_blocks = deal_blocks(units, random_seed=random_seed)
    people, names = pd.factorize(part["speaker_id"], sort=True)
    weight = part["n_words"].astype("float64").fillna(0) if unit == "words" else None
    filled, at = np.unique(blocks * len(names) + people, return_inverse=True)
    # 32 bits hold counts to 16 million exactly; 1,000 blocks of 100,000 speakers need the room.
    cells = np.zeros(n_blocks * len(names), dtype="float32")
    cells[filled] = np.bincount(at, weights=weight)
    return cells.reshape(n_blocks, len(names))


def figures(counts: np.ndarray, *, top_k: int) -> dict[str, np.ndarray]:
    """Compute the measures of each row of counts (rows × speakers)."""
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1e-12)
    positive = np.where(shares > 0, shares, 1.0)
    shannon = -(positive * np.log(positive)).sum(axis=1)
    speakers = (counts > 0).sum(axis=1).astype("float64")
    top = min(top_k, shares.shape[1])
    return {
        "speakers": speakers,
        "effective_speakers": np.exp(shannon),
        "shannon": shannon,
        "hhi": (shares**2).sum(axis=1),
        "evenness": shannon / np.where(speakers > 1, np.log(np.maximum(speakers, 2)), 1.0),
        "top_k_share": np.partition(shares, -top, axis=1)[:, -top:].sum(axis=1),
    }
