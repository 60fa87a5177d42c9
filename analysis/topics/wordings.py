"""The wordings of one family of quotations, side by side."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import pandas as pd

from analysis.errors import InputError
from analysis.tables import check

_WORD = re.compile(r"\S+")


def compare_wordings(
    quotes: pd.DataFrame, family: str = "", *, articles: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Set the wordings of one family side by side.

    Parameters
    ----------
    quotes
        The table quotes, with `quote_family` from `find_families`.
    family
        The family: a `quote_family`; "" takes the one in most articles.
    articles
        If given, `outlet` and `published` are added and rows are ordered by date.

    Returns
    -------
    pandas.DataFrame
        One row per quotation: `quote_id`, `article_id`, `content`, `kind`, `left_out` (words of
        the fullest wording it lacks), `put_in` (words it has instead or besides), `marked` (its
        text with [-left out-] and {+put in+}), `same` (share of the fullest's words it keeps).

    Raises
    ------
    InputError
        If there is no such family.
    """
    columns = ["left_out", "put_in", "marked", "same"]
    check(quotes, "quotes", needs=["quote_id", "article_id", "content", "quote_family"])
    if not family and quotes["quote_family"].isna().all():
        dated = [] if articles is None else ["outlet", "published"]
        return pd.DataFrame(columns=["quote_id", "article_id", *dated, "kind", "content", *columns])
    family = family or _widest(quotes)
    members = quotes[quotes["quote_family"] == family]
    if members.empty:
        raise InputError(f"No quotation belongs to the family '{family}'. Take a quote_family "
                         "that find_families gave.")
    members = _dated(members, articles)
    fullest = max(members["content"], key=lambda content: len(_WORD.findall(content)))
    compared = [_compare(_WORD.findall(fullest), _WORD.findall(content))
                for content in members["content"]]
    shown = ["quote_id", "article_id", "outlet", "published", "kind", "content"]
    kept = members[[column for column in shown if column in members]].reset_index(drop=True)
    return kept.join(pd.DataFrame(compared, columns=columns))


def _widest(quotes: pd.DataFrame) -> str:
    sizes = quotes.groupby("quote_family", sort=True)["article_id"].nunique()
    return str(sizes.idxmax())


def _dated(members: pd.DataFrame, articles: pd.DataFrame | None) -> pd.DataFrame:
    if articles is None:
        return members.sort_values("quote_id")
    known = articles[["article_id", "outlet", "published"]].drop_duplicates("article_id")
    members = members.drop(columns=["outlet", "published"], errors="ignore")
    return members.merge(known, on="article_id", how="left").sort_values(
        ["published", "article_id", "quote_id"])


def _compare(fullest: Sequence[str], words: Sequence[str]) -> dict[str, object]:
    plain = [_plain(word) for word in fullest], [_plain(word) for word in words]
    left_out, put_in, marked, same = [], [], [], 0
    matcher = SequenceMatcher(None, *plain, autojunk=False)
    for _, start, end, begin, stop in matcher.get_opcodes():
        missing, here = " ".join(fullest[start:end]), " ".join(words[begin:stop])
        if plain[0][start:end] == plain[1][begin:stop]:
            marked.append(here)
            same += end - start
            continue
        if missing:
            left_out.append(missing)
            marked.append(f"[-{missing}-]")
        if here:
            put_in.append(here)
            marked.append(f"{{+{here}+}}")
    return {"left_out": " … ".join(left_out), "put_in": " … ".join(put_in),
            "marked": " ".join(marked), "same": same / max(len(fullest), 1)}


def _plain(word: str) -> str:
    """Compare words without marks and case: “We is we."""
    return re.sub(r"\W", "", word).casefold()
