"""What a report says in one line at its top: figures in a sentence, careful where they are few."""

import pandas as pd

from analysis.errors import some


def difference_words(compared: pd.DataFrame) -> str:
    """Say of how many groups the shares differ, in a table of `compare_outlets` or `_periods`.

    It says no more than the intervals do: of twenty that leave out zero, one may be chance.
    """
    if compared.empty:
        return "The articles have no two sides to compare"
    able = compared[compared["note"] != "too few to say"]
    if able.empty:
        return "Too few articles on one side to say whether the two differ"
    clear = int(able["note"].eq("differs").sum())
    few = len(compared) - len(able)
    return (f"{clear} of {some(len(able), 'difference')} between {able['first'].iloc[0]} and "
            f"{able['second'].iloc[0]} {'has' if clear == 1 else 'have'} a 95 % interval that "
            f"leaves out zero" + (f"; {some(few, 'group')} too few to say" if few else ""))


def speaker_words(own: pd.DataFrame, name: str) -> str:
    """Say how often and where one speaker is quoted, from that speaker's voices."""
    outlets = own["outlet"].nunique()
    where = f"of {some(outlets, 'outlet')}" if outlets else "outlet not stated"
    articles = some(own["article_id"].nunique(), "article")
    return (f"{name} is quoted {some(len(own), 'time')} in {articles}"
            f"{' ' if outlets else ', '}{where}") if len(own) else f"{name} is not quoted here"


def corpus_words(voices: pd.DataFrame) -> str:
    """Say how much a corpus holds."""
    return (f"{some(len(voices), 'quotation')} by {some(voices['speaker'].nunique(), 'speaker')} "
            f"in {some(voices['article_id'].nunique(), 'article')}")


def article_words(quotes: pd.DataFrame) -> str:
    """Say how much one article quotes, and of how much it is known who speaks."""
    return (f"{some(len(quotes), 'quotation')}, {quotes['speaker'].notna().sum():,} with a known "
            "speaker")
