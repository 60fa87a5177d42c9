"""Whom an article is about: the person in its headline, or the one it names most."""

import pandas as pd

from analysis.tables import Tables

_LEAST = 3  # mentions: "the most mentioned" of an article that names everyone once is chance


def find_protagonists(tables: Tables) -> pd.MultiIndex:
    """Find the people each article is about.

    Parameters
    ----------
    tables
        Needs articles (`article_id`, `title`), quotes and mentions with `speaker_id`, speakers.

    Returns
    -------
    pandas.MultiIndex
        Pairs of `article_id`, `speaker_id`.

    Notes
    -----
    A person is a protagonist whose last name stands in the headline ("Verrin wins the tunnel
    vote", Tomas Verrin quoted), or who is mentioned at least three times and more often than
    anyone else. Organisations never are. Does not catch people whom a headline only describes
    ("Mayor resigns") and who are not mentioned most.
    """
    people = tables.speakers.loc[tables.speakers["kind"] == "person", ["speaker_id", "name"]]
    found = [_in_headlines(tables, people), _most_mentioned(tables, people)]
    return pd.MultiIndex.from_frame(pd.concat(found, ignore_index=True).drop_duplicates())


def _in_headlines(tables: Tables, people: pd.DataFrame) -> pd.DataFrame:
    seen = pd.concat([frame[["article_id", "speaker_id"]].dropna().drop_duplicates()
                      for frame in (tables.quotes, tables.mentions)])
    seen = seen.drop_duplicates().merge(people, on="speaker_id")
    seen = seen.merge(tables.articles[["article_id", "title"]].dropna(), on="article_id")
    last = seen["name"].fillna("").str.split().str[-1].fillna("")
    named = [len(name) > 1 and f" {name.casefold()} " in f" {_plain(title)} "
             for name, title in zip(last, seen["title"], strict=True)]
    return seen.loc[pd.Series(named, index=seen.index, dtype=bool), ["article_id", "speaker_id"]]


def _plain(title: str) -> str:
    """Letters and spaces only, possessive taken off: "Verrin’s bridge" names Verrin."""
    bare = title.casefold().replace("’s ", " ").replace("'s ", " ")
    return "".join(sign if sign.isalpha() or sign == "-" else " " for sign in bare)


def _most_mentioned(tables: Tables, people: pd.DataFrame) -> pd.DataFrame:
    mentions = tables.mentions[["article_id", "speaker_id"]].dropna()
    mentions = mentions[mentions["speaker_id"].isin(people["speaker_id"])]
    counted = mentions.value_counts().rename("n").reset_index()
    most = counted.groupby("article_id")["n"].transform("max")
    top = counted[(counted["n"] == most) & (counted["n"] >= _LEAST)]
    return top.loc[~top.duplicated("article_id", keep=False), ["article_id", "speaker_id"]]
