"""Who gets how much of the quoting: speakers, roles, kinds, stances, unnamed sources."""

import re

import numpy as np
import pandas as pd

from analysis.measures.groups import count_groups
from analysis.measures.labels import NOT_KNOWN, NOT_STATED, label_voices

OTHERS = "others"


def count_speakers(
    voices: pd.DataFrame, *, unit: str = "quotations", top_n: int = 0, min_quotes: int = 1,
    n_bootstrap: int = 1000, random_seed: int = 0,
) -> pd.DataFrame:
    """Count the share of voice of each speaker.

    Parameters
    ----------
    voices
        From `gather_voices`.
    unit
        `quotations`, `words` or `articles`.
    top_n
        Speakers with a row of their own, by `unit`; the rest is "others (k speakers)". 0: all.
    min_quotes
        Speakers with fewer quotations go to the others.
    n_bootstrap, random_seed
        Number and seed of the draws of articles.

    Returns
    -------
    pandas.DataFrame
        As `count_groups`. Quotations without a known speaker keep a row of their own, at the
        end with the others: they are part of what is quoted. Shares by `articles` sum to more
        than 1, since most articles quote several speakers.
    """
    labels = label_voices(voices, "speaker")
    ranked = _ranked(voices, labels, unit)
    kept = ranked.index[ranked["n"] >= min_quotes][: top_n or None]
    rest = len(ranked) - len(kept)
    others = f"{OTHERS} ({rest} {'speaker' if rest == 1 else 'speakers'})"
    pooled = labels.where(labels.isin(kept) | voices["speaker_id"].isna(), others)
    counted = count_groups(voices.assign(speaker_label=pooled), "speaker_label", unit=unit,
                           n_bootstrap=n_bootstrap, random_seed=random_seed)
    last = counted["group"].map({others: 1, NOT_STATED["speaker"]: 2}).fillna(0).to_numpy()
    ordered = counted.iloc[np.argsort(last, kind="stable")].reset_index(drop=True)
    return ordered.assign(by="speaker").astype({"by": "str"})


def is_other(voices: pd.DataFrame, group: str, *, unit: str) -> pd.Series:
    """Say which quotations the row "others (k speakers)" of `count_speakers` counts."""
    labels = label_voices(voices, "speaker")
    ranked = _ranked(voices, labels, unit)
    number = int(re.search(r"\d+", group)[0])
    return labels.isin(ranked.index[max(len(ranked) - number, 0):])


def _ranked(voices: pd.DataFrame, labels: pd.Series, unit: str) -> pd.DataFrame:
    """Give the known speakers, those with most first, with `n` quotations and `weight`."""
    named = labels[voices["speaker_id"].notna()]
    ranked = named.groupby(named).size().to_frame("n").assign(
        weight=_weights(voices, labels, unit))
    return ranked.sort_values(["weight", "n"], ascending=False, kind="stable")


def _weights(voices: pd.DataFrame, labels: pd.Series, unit: str) -> pd.Series:
    if unit == "words":
        return voices["n_words"].groupby(labels).sum()
    if unit == "articles":
        return voices["article_id"].groupby(labels).nunique()
    return labels.groupby(labels).size()


def count_roles(
    voices: pd.DataFrame, *, unit: str = "quotations", within: str = "", n_bootstrap: int = 1000,
    random_seed: int = 0,
) -> pd.DataFrame:
    """Count the share of officials, spokespeople, experts, citizens and other roles.

    Returns
    -------
    pandas.DataFrame
        As `count_groups`; people whose role no article states are "role not stated". Sources that
        are no people and have no role are told apart: organisation, group, document, nobody
        named.
    """
    return count_groups(voices, "role_class", unit=unit, within=within, n_bootstrap=n_bootstrap,
                        random_seed=random_seed)


def count_kinds(
    voices: pd.DataFrame, *, within: str = "outlet", unit: str = "quotations",
    n_bootstrap: int = 1000, random_seed: int = 0,
) -> pd.DataFrame:
    """Count how much is quoted directly, indirectly or both, inside each outlet (or other)."""
    return count_groups(voices, "kind", unit=unit, within=within, n_bootstrap=n_bootstrap,
                        random_seed=random_seed)


def count_naming(
    voices: pd.DataFrame, *, unit: str = "quotations", within: str = "", n_bootstrap: int = 1000,
    random_seed: int = 0,
) -> pd.DataFrame:
    """Count how sources are named: person, organisation, group, unnamed person, nobody.

    With unit `articles`, the row "unnamed person" is the share of articles that rely on at
    least one (Pew Research Center counted about 1 in 10 in 2021).
    """
    return count_groups(voices, "naming", unit=unit, within=within, n_bootstrap=n_bootstrap,
                        random_seed=random_seed)


def count_anonymity_reasons(
    voices: pd.DataFrame, *, n_bootstrap: int = 1000, random_seed: int = 0,
) -> pd.DataFrame:
    """Count the reasons that articles state for leaving a person unnamed.

    Of quotations of unnamed people only; where the article says none, "no reason stated".
    """
    unnamed = voices[voices["naming"] == "unnamed person"]
    return count_groups(unnamed, "anonymity_reason", n_bootstrap=n_bootstrap,
                        random_seed=random_seed)


def count_stances(
    voices: pd.DataFrame, *, within: str = "speaker", top_n: int = 10, min_quotes: int = 5,
    n_bootstrap: int = 1000, random_seed: int = 0,
) -> pd.DataFrame:
    """Count how reporters attribute each speaker's words: said, claimed, admitted.

    Parameters
    ----------
    voices
        From `gather_voices`.
    within
        Whose words: `speaker`, `role_class`, `outlet`, ….
    top_n, min_quotes
        Only the most quoted, and only those with so many quotations with a cue.
    n_bootstrap, random_seed
        Number and seed of the draws of articles.

    Returns
    -------
    pandas.DataFrame
        As `count_groups`: `neutral` (said), `doubting` (claimed, alleged), `endorsing`
        (admitted, revealed) inside each speaker; quotations without a cue are left out.
    """
    told = voices[voices["stance"].notna()].copy()
    told["whose"] = label_voices(told, within)
    sizes = told.loc[told["whose"] != NOT_STATED.get(within, ""), "whose"].value_counts()
    kept = sizes[sizes >= min_quotes].sort_index().sort_values(ascending=False, kind="stable")
    told = told[told["whose"].isin(kept.index[:top_n])]
    counted = count_groups(told, "stance", within="whose", n_bootstrap=n_bootstrap,
                           random_seed=random_seed)
    order = {name: place for place, name in enumerate(kept.index)}
    rank = counted["within"].map(order).to_numpy(dtype="float64")
    ranked = counted.iloc[np.argsort(rank, kind="stable")].reset_index(drop=True)
    return ranked.assign(within_by=within).astype({"within_by": "str"})


def count_roles_by_gender(
    voices: pd.DataFrame, *, unit: str = "people", n_bootstrap: int = 1000, random_seed: int = 0,
) -> pd.DataFrame:
    """Count women and men inside each role class; to be called only where gender is asked for.

    Gender stands in the table only where a text states it (she, Ms, spokeswoman); the others
    are "not stated" and keep their row, because leaving them out would be a guess.
    """
    people = voices[voices["speaker_kind"] == "person"]
    return count_groups(people, "gender", within="role_class", unit=unit, n_bootstrap=n_bootstrap,
                        random_seed=random_seed)


def named_only(voices: pd.DataFrame) -> pd.DataFrame:
    """Keep the quotations of people with a name."""
    return voices[voices["naming"] == "named person"].reset_index(drop=True)


def share_words(counted: pd.DataFrame, *, most: int = 3) -> str:
    """Give the largest groups of a counted table as a sentence of figures for an index.

    Where too little was counted to say anything, no share is stated, as no chart draws one.
    """
    shown = counted[~counted["group"].isin(NOT_KNOWN)]
    shown = shown[~shown["group"].str.startswith(f"{OTHERS} (")].head(most)
    if shown.empty:
        return "nothing was counted"
    whole = shown.iloc[0]
    if counted["note"].eq("too few to say").all():
        return (f"too few to say ({whole['unit']}: {int(whole['n_of']):,}, articles: "
                f"{int(whole['n_articles_of']):,})")
    parts = [f"{group} {100 * value:.0f} %" for group, value
             in zip(shown["group"], shown["value"], strict=True)]
    return f"{', '.join(parts)} of {int(whole['n_of']):,} {whole['unit']}"
