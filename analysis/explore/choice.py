"""Which quotations a reader asked for, and how many there are of each kind: plain frames."""

from dataclasses import dataclass
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class Choice:
    """What a reader asked for; everything empty asks for all.

    Parameters
    ----------
    outlets
        Only these outlets.
    first, last
        First and last day, both inclusive; articles without a date are left out then.
    speaker
        Part of a speaker's name.
    topic
        One topic.
    words
        Words that must all stand in what is said, in any order.
    """

    outlets: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    speaker: str = ""
    topic: str = ""
    words: str = ""


def choose(voices: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Keep the quotations that fit a choice.

    Parameters
    ----------
    voices
        One row per quotation: `outlet`, `published`, `speaker`, `topics` (lists), `content`.
    choice
        What is asked for.

    Examples
    --------
    >>> voices = pd.DataFrame({"speaker": ["Ann Roe", "Bea"], "content": ["It rains.", "No."]})
    >>> choose(voices, Choice(speaker="ann"))["content"].tolist()
    ['It rains.']
    """
    keep = pd.Series(True, index=voices.index)
    if choice.outlets:
        keep &= voices["outlet"].isin(choice.outlets)
    if choice.first:
        keep &= voices["published"] >= pd.Timestamp(choice.first, tz="UTC")
    if choice.last:
        keep &= voices["published"] < pd.Timestamp(choice.last, tz="UTC") + pd.Timedelta(days=1)
    if choice.speaker:
        keep &= _has(voices["speaker"], choice.speaker)
    if choice.topic:
        keep &= voices["topics"].map(lambda topics: choice.topic in topics).astype(bool)
    for word in choice.words.split():
        keep &= _has(voices["content"], word)
    return voices[keep]


def _has(texts: pd.Series, part: str) -> pd.Series:
    return texts.str.casefold().str.contains(part.casefold().strip(), regex=False).fillna(False)


def count_bars(voices: pd.DataFrame, by: str, *, most: int = 15) -> pd.DataFrame:
    """Count quotations by a column, the most first; a column of lists counts under each item.

    Returns
    -------
    pandas.DataFrame
        `value`, `n`: at most so many rows; quotations without a value are not among them.
    """
    counts = voices.explode(by)[by].dropna().astype("str").value_counts()
    frame = counts.rename_axis("value").reset_index(name="n")
    return frame.sort_values(["n", "value"], ascending=[False, True])[:most].reset_index(drop=True)
