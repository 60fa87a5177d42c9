"""Whom an article is about: the person in its headline, or the one it names most."""

import pandas as pd

from analysis.tables import Tables

_PAIR = ["article_id", "speaker_id"]
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
    people = tables.columns("speakers", ["speaker_id", "name", "kind"])
    people = people.loc[people["kind"] == "person", ["speaker_id", "name"]]
    mentions = _counted_mentions(tables, people)
    found = [_in_headlines(tables, people, mentions), _most_mentioned(mentions)]
    return pd.MultiIndex.from_frame(pd.concat(found, ignore_index=True).drop_duplicates())


def _counted_mentions(tables: Tables, people: pd.DataFrame) -> pd.DataFrame:
    """Count how often each article mentions each person; part by part, there are many."""
    counted = []
    for part in tables.parts("mentions", _PAIR):
        here = part[part["speaker_id"].isin(people["speaker_id"])]
        counted.append(here.groupby(_PAIR, sort=False).size().rename("n").reset_index())
    whole = pd.concat(counted, ignore_index=True)
    return whole.groupby(_PAIR, sort=False, as_index=False)["n"].sum()


def _in_headlines(
    tables: Tables, people: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:
    quoted = tables.columns("quotes", _PAIR)
    seen = pd.concat([quoted[quoted["speaker_id"].isin(people["speaker_id"])], mentions[_PAIR]])
    seen = seen.drop_duplicates().merge(people, on="speaker_id")
    titles = tables.columns("articles", ["article_id", "title"]).dropna()
    titles = titles.assign(title=[f" {_plain(title)} " for title in titles["title"]])
    seen = seen.merge(titles, on="article_id")
    last = seen["name"].fillna("").str.split().str[-1].fillna("")
    named = [len(name) > 1 and f" {name.casefold()} " in title
             for name, title in zip(last, seen["title"], strict=True)]
    return seen.loc[pd.Series(named, index=seen.index, dtype=bool), _PAIR]


def _plain(title: str) -> str:
    """Letters and spaces only, possessive taken off: "Verrin’s bridge" names Verrin."""
    bare = title.casefold().replace("’s ", " ").replace("'s ", " ")
    return bare.translate(_SIGNS)


class _Signs(dict[int, str]):
    """Letters and hyphens as they are, all else a space; each sign looked at once."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = sign if sign.isalpha() or sign == "-" else " "
        return self[code]


_SIGNS = _Signs()


def _most_mentioned(counted: pd.DataFrame) -> pd.DataFrame:
    most = counted.groupby("article_id")["n"].transform("max")
    top = counted[(counted["n"] == most) & (counted["n"] >= _LEAST)]
    return top.loc[~top.duplicated("article_id", keep=False), _PAIR]
