"""From a number back to the quotations it counts."""

import pandas as pd

from analysis.errors import unknown
from analysis.measures.labels import label_voices

_COLUMNS = ["quote_id", "article_id", "outlet", "published", "speaker", "source", "cue", "kind",
            "content"]


def quotes_behind(
    voices: pd.DataFrame, *, by: str, group: str, within_by: str = "", within: str = "",
) -> pd.DataFrame:
    """Give the quotations that one row of a counted table counts.

    Parameters
    ----------
    voices
        The voices that were counted.
    by, group, within_by, within
        As they stand in the row; `within_by` "" where the whole was counted.

    Returns
    -------
    pandas.DataFrame
        `quote_id`, `article_id`, `outlet`, `published`, `speaker`, `source`, `cue`, `kind`,
        `content`, in the order of the articles. For units other than quotations these are the
        quotations whose words, articles or people were counted.

    Raises
    ------
    InputError
        If there is no such group.
    """
    keep = _is(voices, by, group)
    if within_by:
        keep &= _is(voices, within_by, within)
    found = voices[keep].sort_values(["article_id", "position"], kind="stable")
    return found[_COLUMNS].reset_index(drop=True)


def _is(voices: pd.DataFrame, by: str, group: str) -> pd.Series:
    labels = label_voices(voices, by)
    if not (labels == group).any():
        raise unknown(f"group by {by}", group, sorted(labels.dropna().unique()))
    return labels == group
