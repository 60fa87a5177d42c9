"""The words and phrases that set a speaker, an outlet or a period apart, never raw frequency."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from analysis.errors import unknown
from analysis.measures.labels import NOT_KNOWN, label_voices
from analysis.tables import Tables, paired, places_in, split_pair

# How many words of "nothing special" each group is thought to have said besides its own.
PRIOR_WORDS = 100.0
_FEWEST = 3
LEAST_Z = 1.96
_NO_MATTER = ("ADV",)
_WORD = re.compile(r"[^\W\d_]{2}")


def compare_words(
    voices: pd.DataFrame, tables: Tables, *, by: str = "speaker",
    groups: Sequence[str] = (), top_n: int = 10, with_phrases: bool = True,
) -> pd.DataFrame:
    """Find the words and phrases distinctive of each group, against all the others together.

    Parameters
    ----------
    voices
        From `gather_voices`, selected as wanted.
    tables
        The corpus; its terms are read part by part.
    by
        What makes the groups: speaker, outlet, role_class, week, … (see `label_voices`).
    groups
        Which groups to give; none: the four with most quotations. The others are compared with
        in any case.
    top_n
        How many words for each.
    with_phrases
        Whether noun phrases count beside single words.

    Returns
    -------
    pandas.DataFrame
        `group`, `term`, `n` different quotations of the group with it, `n_of`, `n_other`,
        `n_other_of`, `log_odds` (natural logarithm of the ratio), `z`; largest z first. Only
        words in three quotations and with z of 1.96 and more: a group may have none. Hundreds
        of words are compared, so some of those with z under 3 come by chance.

    Raises
    ------
    InputError
        If there is no such group.

    Notes
    -----
    Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008,
    "Fightin' Words", eqs. 15 to 22); the prior has the frequencies of all voices and the weight
    of 100 words. A word counts once per quotation, and once for all the articles that carry the
    same quotation: neither one who repeats it nor wire copy makes a word distinctive.
    """
    labels = label_voices(voices, by)
    known = labels.value_counts().sort_index().sort_values(ascending=False, kind="stable").index
    absent = [group for group in groups if group not in known]
    if absent and len(known):
        raise unknown(f"group by {by}", absent[0], known)
    chosen = list(groups) or [name for name in known if not _is_nobody(name)][:4]
    words = _words(tables, voices, labels, with_phrases=with_phrases)
    everywhere = words["term"].value_counts().sort_index()
    parts = [_compare(words, everywhere, group).head(top_n) for group in chosen]
    columns = ["group", "term", "n", "n_of", "n_other", "n_other_of", "log_odds", "z"]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    return table[columns].astype({"group": "str", "term": "str", "n": "Int64", "n_of": "Int64",
                                  "n_other": "Int64", "n_other_of": "Int64"})


def _is_nobody(name: str) -> bool:
    return name in NOT_KNOWN or name.startswith("others (")


def _words(
    tables: Tables, voices: pd.DataFrame, labels: pd.Series, *, with_phrases: bool
) -> pd.DataFrame:
    """Give `group` and `term` of each word and phrase of an utterance once.

    A phrase of one word is a word. All are numbers while they are gathered: a million quotations
    have eight million words.
    """
    utterances, _ = pd.factorize(voices["quote_family"].fillna(voices["quote_id"]))
    group = labels.astype("category").array
    numbers = group.codes.astype("int64") + 1  # 0: in no group
    said, pairs = pd.factorize(paired(utterances, numbers))
    known: dict[str, int] = {}
    words = np.concatenate([*_paired(tables, pd.Series(said, voices["quote_id"]), known,
                                     with_phrases=with_phrases)])
    words.sort()
    said, term = split_pair(words[np.diff(words, prepend=-1) > 0])
    return pd.DataFrame({
        "group": pd.Categorical.from_codes(split_pair(pairs)[1][said] - 1, dtype=group.dtype),
        "term": pd.Categorical.from_codes(term, [*known]).reorder_categories(sorted(known)),
    })


def _paired(
    tables: Tables, said: pd.Series, known: dict[str, int], *, with_phrases: bool
) -> Iterator[np.ndarray]:
    """Pair what was said, by quotation, with the number of each word; new words become known."""
    for part in tables.parts("terms", ["quote_id", "lemma", "pos"]):
        at = places_in(said.index, part["quote_id"])
        kept = (at >= 0) & part["lemma"].notna() & ~part["pos"].isin(_NO_MATTER)
        if not with_phrases:
            kept &= part["pos"] != "NP"
        codes, terms = pd.factorize(part.loc[kept, "lemma"].str.lower())
        places = np.array([known.setdefault(term, len(known)) if _WORD.search(term) else -1
                           for term in terms], dtype="int64")[codes]
        yield paired(said.to_numpy()[at[kept]][places >= 0], places[places >= 0])


def _compare(words: pd.DataFrame, everywhere: pd.Series, group: str) -> pd.DataFrame:
    """Compare one group with the rest: y, n, a as in the paper."""
    inside = words.loc[words["group"] == group, "term"].value_counts()
    one = inside.reindex(everywhere.index).fillna(0).to_numpy(dtype=float)
    total = everywhere.to_numpy(dtype=float)
    other = total - one
    prior = PRIOR_WORDS * total / max(total.sum(), 1.0)
    log_odds = _log_odds(one, prior) - _log_odds(other, prior)
    z = log_odds / np.sqrt(1 / (one + prior) + 1 / (other + prior))
    table = pd.DataFrame({
        "group": group, "term": everywhere.index, "n": one.astype(int), "n_of": int(one.sum()),
        "n_other": other.astype(int), "n_other_of": int(other.sum()), "log_odds": log_odds, "z": z,
    })
    table = table[(table["n"] >= _FEWEST) & (table["z"] >= LEAST_Z)]
    return table.sort_values(["z", "term"], ascending=[False, True], ignore_index=True)


def _log_odds(counts: np.ndarray, prior: np.ndarray) -> np.ndarray:
    rest = counts.sum() + prior.sum() - counts - prior
    return np.log((counts + prior) / np.maximum(rest, 1e-9))
