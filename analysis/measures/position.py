"""Where in the article someone is heard: first, or far down."""

import pandas as pd

from analysis.measures.groups import count_groups
from analysis.measures.labels import PARTS


def count_positions(
    voices: pd.DataFrame, *, within: str = "role_class", unit: str = "quotations",
    n_bootstrap: int = 1000, random_seed: int = 0,
) -> pd.DataFrame:
    """Count in which third of the article each group is quoted.

    Returns
    -------
    pandas.DataFrame
        As `count_groups`: first, middle and last third inside each group, in this order; the
        group with most first.
    """
    counted = count_groups(voices, "third", within=within, unit=unit, n_bootstrap=n_bootstrap,
                           random_seed=random_seed)
    order = counted["group"].map({name: place for place, name in enumerate(PARTS)})
    return counted.assign(order=order).sort_values(
        ["n_of", "within", "order"], ascending=[False, True, True], ignore_index=True).drop(
        columns="order")


def count_first_voices(
    voices: pd.DataFrame, by: str = "role_class", *, within: str = "", n_bootstrap: int = 1000,
    random_seed: int = 0,
) -> pd.DataFrame:
    """Count whose words the reader meets first.

    Returns
    -------
    pandas.DataFrame
        As `count_groups`, unit `articles`: of each article only its first quotation.
    """
    return count_groups(first_voices(voices), by, unit="articles", within=within,
                        n_bootstrap=n_bootstrap, random_seed=random_seed)


def first_voices(voices: pd.DataFrame) -> pd.DataFrame:
    """Give the first quotation of each article."""
    ordered = voices.sort_values(["article_id", "position", "quote_id"])
    return ordered.drop_duplicates("article_id").reset_index(drop=True)
