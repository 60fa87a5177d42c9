"""Whom an article is about: the person in its headline, or the one it names most."""

import numpy as np
import pandas as pd

from analysis.tables import Tables, paired, places_in, split_pair

_LEAST = 3  # mentions: "the most mentioned" of an article that names everyone once is chance


def quotes_protagonist(tables: Tables, quotes: pd.DataFrame) -> np.ndarray:
    """Say of each quotation whether its article is about its speaker.

    Parameters
    ----------
    tables
        Needs articles (`article_id`, `title`), mentions with `speaker_id`, speakers.
    quotes
        `article_id`, `speaker_id`.

    Notes
    -----
    A person is a protagonist whose last name stands in the headline ("Verrin wins the tunnel
    vote", Tomas Verrin quoted), or who is mentioned at least three times and more often than
    anyone else. Organisations never are. Does not catch people whom a headline only describes
    ("Mayor resigns") and who are not mentioned most.
    """
    people = tables.columns("speakers", ["speaker_id", "name", "kind"])
    people = people[people["kind"] == "person"]
    articles = tables.columns("articles", ["article_id", "title"])
    mentioned = [_numbers(part, articles, people)
                 for part in tables.parts("mentions", ["article_id", "speaker_id"])]
    mentioned = np.concatenate(mentioned)
    pairs = _numbers(quotes, articles, people)
    known = pairs >= 0
    about = known & np.isin(pairs, _most_mentioned(mentioned[mentioned >= 0]))
    about[known] |= _in_headline(pairs[known], articles["title"], people["name"])
    return about


def _numbers(rows: pd.DataFrame, articles: pd.DataFrame, people: pd.DataFrame) -> np.ndarray:
    """Give one number for article and person of each row, -1 where one of them is not known."""
    article = places_in(articles["article_id"], rows["article_id"])
    person = places_in(people["speaker_id"], rows["speaker_id"])
    return np.where((article < 0) | (person < 0), -1, paired(article, person))


def _in_headline(pairs: np.ndarray, titles: pd.Series, names: pd.Series) -> np.ndarray:
    """Say of each pair of article and person whether the last name stands in the title."""
    lasts = [(name.casefold().split() or [""])[-1] for name in names.fillna("").tolist()]
    number, known = pd.factorize(np.array(lasts, dtype=object))
    numbers = {last: place for place, last in enumerate(known) if len(last) > 1}
    found = [paired(article, numbers[word])
             for article, title in enumerate(titles.fillna("").tolist())
             for word in _plain(title).split() if word in numbers]
    article, person = split_pair(pairs)
    return np.isin(paired(article, number[person]), found)


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


def _most_mentioned(mentions: np.ndarray) -> np.ndarray:
    """Give the pairs of article and person that come oftenest in their article."""
    pairs, counts = np.unique(mentions, return_counts=True)
    found = pd.DataFrame({"article": split_pair(pairs)[0], "pair": pairs, "n": counts})
    most = found.groupby("article")["n"].transform("max")
    top = found[(found["n"] == most) & (found["n"] >= _LEAST)]
    return top.loc[~top.duplicated("article", keep=False), "pair"].to_numpy()
