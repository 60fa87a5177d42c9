"""From a number back to the quotations it counts."""

import re

import pandas as pd

from analysis.errors import unknown
from analysis.measures.labels import NO_TOPIC, check_groups, label_voices
from analysis.measures.shares import OTHERS, is_other

_COLUMNS = ["quote_id", "article_id", "outlet", "published", "speaker", "source", "cue", "kind",
            "content"]


def quotes_behind(
    voices: pd.DataFrame, *, by: str, group: str, within_by: str = "", within: str = "",
    unit: str = "quotations",
) -> pd.DataFrame:
    """Give the quotations that one row of a counted table counts.

    Parameters
    ----------
    voices
        The voices that were counted.
    by, group, within_by, within, unit
        As they stand in the row; `within_by` "" where the whole was counted. The unit tells who
        the "others" of `count_speakers` are (with `min_quotes`, only for quotations).

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
    keep = _is(voices, by, group, unit)
    if within_by:
        keep &= _is(voices, within_by, within, unit)
    found = voices[keep].sort_values(["article_id", "position"], kind="stable")
    return found[_COLUMNS].reset_index(drop=True)


def _is(voices: pd.DataFrame, by: str, group: str, unit: str) -> pd.Series:
    if by == "speaker" and re.fullmatch(rf"{OTHERS} \(\d+ speakers?\)", group):
        return is_other(voices, group, unit=unit)
    if by in ("topic", "topics"):
        named = [topics or [NO_TOPIC] for topics in voices["topics"]]
        check_groups((topic for topics in named for topic in topics), [group], "topic")
        return pd.Series([group in topics for topics in named], index=voices.index)
    labels = label_voices(voices, by)
    if not (labels == group).any():
        raise unknown(f"group by {by}", group, sorted(labels.dropna().unique()))
    return labels == group
