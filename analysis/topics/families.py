"""The same words elsewhere: quotations that run in several articles, reworded or cut."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from analysis.tables import check, conform
from analysis.topics.candidates import find_candidates, split_pair
from analysis.topics.likeness import LIKELY, NEAR, SURE, same_words
from analysis.topics.voices import Voices

_SHARED_BY_COPIES = 2


def find_families(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Fill `quote_family`: one id for all quotations that carry the same words.

    Parameters
    ----------
    quotes
        The table quotes; uses `quote_id`, `article_id`, `content`, `spans`, `speaker_id`.
    articles
        Needs `article_id`, `published`.

    Returns
    -------
    pandas.DataFrame
        The table quotes. `quote_family` is the `quote_id` of the family's first use (by date,
        undated last); missing where the words run in one article only.

    Notes
    -----
    What counts as the same words stands in `likeness.same_words`. Pairs to compare are found
    through shared pairs of neighbouring words (a sparse index, for short quotations by speaker),
    never all against all: the work grows with the number of quotations that share words. A family
    never joins two named speakers, but for long verbatim passages. Not caught: translation, and
    the same thing said in other words.
    """
    check(quotes, "quotes", needs=["quote_id", "article_id", "content", "spans", "speaker_id"])
    check(articles, "articles", needs=["article_id", "published"])
    quotes = conform(quotes, "quotes")
    return quotes.assign(quote_family=name_families(quotes, articles))


def name_families(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """Give the `quote_family` of each quotation; as `find_families`, for a whole corpus.

    `quotes` needs `quote_id`, `article_id`, `content`, `speaker_id` and rows numbered from 0.
    """
    if quotes.empty:
        return pd.Series([], dtype="str")
    # Sorted, so that row order decides nothing.
    order = quotes.sort_values("quote_id", kind="stable").index.to_numpy()
    contents = quotes["content"].array  # taken one by one: a sorted copy would be large
    voices = Voices(quotes[["article_id", "speaker_id"]].iloc[order], articles,
                    contents=(contents[row] for row in order.tolist()))
    groups = np.empty(len(quotes), dtype=int)
    groups[order] = _join(voices, _alike(voices))
    return pd.Series(_name(groups, quotes, articles), dtype="str")


def _alike(voices: Voices) -> list[tuple[int, int, int]]:
    """Give the pairs that are the same words, the surest first: (likeness, one, other)."""
    compared = ((same_words(voices[one], voices[other]), one, other)
                for one, other in map(split_pair, _one_by_one(find_candidates(voices))))
    found = [item for item in compared if item[0]]
    copied = _copied(found, voices)
    kept = [item for item in found if item[0] > NEAR or _articles(item, voices) in copied]
    return sorted(kept, key=lambda item: (-item[0], *item[1:]))


def _one_by_one(pairs: np.ndarray) -> Iterator[int]:
    """Give the pairs as whole numbers of Python, a few at a time."""
    for start in range(0, len(pairs), 10_000):
        yield from pairs[start:start + 10_000].tolist()


def _copied(
    found: Sequence[tuple[int, int, int]], voices: Voices
) -> set[frozenset[int]]:
    """Give the pairs of articles that share two quotations or more: one copies the other.

    Between those "all strikes" and "that was possible" are the same words too.
    """
    shared = Counter(_articles(item, voices) for item in found if item[0] == SURE)
    return {pair for pair, n in shared.items() if n >= _SHARED_BY_COPIES}


def _articles(item: tuple[int, int, int], voices: Voices) -> frozenset[int]:
    return frozenset(voices.articles[[item[1], item[2]]].tolist())


def _join(voices: Voices, pairs: Iterable[tuple[int, int, int]]) -> list[int]:
    """Give each quotation the number of its group, surest pairs joined first.

    An unresolved quotation joins one speaker's family, it does not join two speakers' families
    into one; short words join a family, they do not join two.
    """
    parents = list(range(len(voices)))
    sizes = [1] * len(voices)
    speakers = [voices.speaker(place) for place in range(len(voices))]

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for likeness, first, second in pairs:
        one, other = sorted((root(first), root(second)))
        if one == other:
            continue
        named = {speakers[one], speakers[other]} - {None}
        across = voices.speaker(first) != voices.speaker(second)
        unresolved = None in (voices.speaker(first), voices.speaker(second))
        if len(named) > 1 and (unresolved or not across):
            continue
        if likeness < SURE and min(sizes[one], sizes[other]) > 1 and not (
                likeness == LIKELY and across and not unresolved):
            continue
        parents[other] = one
        sizes[one] += sizes[other]
        speakers[one] = speakers[other] if speakers[one] is None else speakers[one]
    return [root(place) for place in range(len(voices))]


def _name(
    groups: np.ndarray, quotes: pd.DataFrame, articles: pd.DataFrame
) -> list[str | None]:
    """Name each family after its first use; one that runs in one article only is none."""
    published = articles.drop_duplicates("article_id").set_index("article_id")["published"]
    uses = pd.DataFrame({
        "group": groups, "quote_id": quotes["quote_id"], "article_id": quotes["article_id"],
        "published": quotes["article_id"].map(published),
    }).sort_values(["published", "article_id", "quote_id"], na_position="last")
    # Rows of one article are neighbours now: first and last differ where there are several.
    grouped = uses.groupby("group")
    several = grouped["article_id"].first() != grouped["article_id"].last()
    first = grouped["quote_id"].first()[several].to_dict()
    return [first.get(group) for group in groups.tolist()]
