"""The words of titles and alt texts: what was counted, by what, and how much."""

import pandas as pd

from analysis.errors import some

_BY = {
    "role_class": "role", "speaker_kind": "kind of source", "kind": "kind of quotation",
    "naming": "how the source is named", "third": "third of the article", "gender": "gender",
    "anonymity_reason": "reason given", "stance": "stance of the cue", "whose": "speaker",
    "about": "who is named",
}
_OF = {"words": "quoted words", "articles": "articles that quote them", "people": "people quoted"}
MIN_UNITS, MIN_ARTICLES = 10, 5  # as `count_groups` has them; a test holds the two together
_N = {"words": "quoted words", "articles": "articles", "people": "people"}


def word(by: str) -> str:
    """Give a column as people call it."""
    return _BY.get(by, by.replace("_", " "))


def groups_word(table: pd.DataFrame) -> str:
    """Give what makes the groups."""
    return word(str(table["by"].iloc[0])) if len(table) else "group"


def of_what(table: pd.DataFrame) -> str:
    """Give what the shares are of."""
    unit = str(table["unit"].iloc[0]) if len(table) else "quotations"
    return _OF.get(unit, unit)


def needs(table: pd.DataFrame) -> str:
    """Say how much a share must rest on, as `count_groups` has it."""
    unit = str(table["unit"].iloc[0])
    least = "" if unit == "articles" else f"{MIN_UNITS} {_N.get(unit, unit)} in "
    return f"{least}{MIN_ARTICLES} articles (copies of one text count as one)"


def too_few(row: pd.Series) -> str:
    """Say what a row has too few of for a share: articles most often, not quotations.

    Examples
    --------
    >>> too_few(pd.Series({"unit": "quotations", "n_of": 16, "n_articles_of": 3}))
    'too few articles (3)'
    >>> too_few(pd.Series({"unit": "quotations", "n_of": 9, "n_articles_of": 7}))
    'too few quotations'
    """
    if row["n_articles_of"] < MIN_ARTICLES:
        return f"too few articles ({int(row['n_articles_of'])})"
    if row["unit"] != "articles" and row["n_of"] < MIN_UNITS:
        return f"too few {_N.get(row['unit'], row['unit'])}"
    return "too few articles (copies count as one)"


def n_words(table: pd.DataFrame) -> str:
    """Give "n = 642 quotations in 40 articles"."""
    if table.empty:
        return "n = 0"
    unit = str(table["unit"].iloc[0])
    whole = table.drop_duplicates("within")
    n, articles = int(whole["n_of"].sum()), int(whole["n_articles_of"].sum())
    name = _N.get(unit, unit)
    if n == 1:
        name = {"quotations": "quotation", "articles": "article", "people": "person"}.get(
            name, name)
    # Outlets and weeks part the articles; speakers and roles share them, so no sum is true.
    parts = table["within_by"].iloc[0] in ("", "outlet", "section", "day", "week", "month")
    if unit == "articles" or not parts:
        return f"n = {n:,} {name}"
    return f"n = {n:,} {name} in {some(articles, 'article')}"
