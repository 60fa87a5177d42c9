"""The same words elsewhere: quotations that run in several articles, reworded or cut."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from analysis.tables import check, conform
from analysis.topics.likeness import LIKELY, NEAR, SURE, Voice, read_voices, same_words

# A pair of words that stands in more wordings than this tells nothing ("prime minister").
_MOST_WORDINGS = 200
_SHARED = 0.3
_BLOCK = 4000
_MOST_SHORT = 60
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
    if quotes.empty:
        return quotes
    # Sorted, so that row order decides nothing.
    order = quotes.sort_values("quote_id", kind="stable").index.to_numpy()
    voices = read_voices(quotes.loc[order], articles)
    groups = np.empty(len(quotes), dtype=int)
    groups[order] = _join(voices, _alike(voices))
    families = _name(groups.tolist(), quotes, articles)
    return quotes.assign(quote_family=pd.Series(families, dtype="str"))


def _alike(voices: Sequence[Voice]) -> list[tuple[int, int, int]]:
    """Give the pairs that are the same words, the surest first: (likeness, one, other)."""
    pairs = {tuple(sorted(pair)) for pair in _candidates(voices)}
    compared = ((same_words(voices[one], voices[other]), one, other) for one, other in pairs)
    found = [item for item in compared if item[0]]
    copied = _copied(found, voices)
    kept = [item for item in found if item[0] > NEAR or _articles(item, voices) in copied]
    return sorted(kept, key=lambda item: (-item[0], *item[1:]))


def _copied(
    found: Sequence[tuple[int, int, int]], voices: Sequence[Voice]
) -> set[frozenset[str]]:
    """Give the pairs of articles that share two quotations or more: one copies the other.

    Between those "all strikes" and "that was possible" are the same words too.
    """
    shared = Counter(_articles(item, voices) for item in found if item[0] == SURE)
    return {pair for pair, n in shared.items() if n >= _SHARED_BY_COPIES}


def _articles(item: tuple[int, int, int], voices: Sequence[Voice]) -> frozenset[str]:
    return frozenset((voices[item[1]].article_id, voices[item[2]].article_id))


def _candidates(voices: Sequence[Voice]) -> Iterator[tuple[int, int]]:
    yield from _same_speaker(voices)
    by_units: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, voice in enumerate(voices):
        if len(voice.units) > 1:
            by_units[voice.units].append(place)
    for same in by_units.values():
        yield from _chain(same)
    distinct = list(by_units)
    for one, other in _shared_pairs(distinct):
        yield from ((first, second) for first in by_units[distinct[one]][:_MOST_SHORT]
                    for second in by_units[distinct[other]][:_MOST_SHORT])


def _same_speaker(voices: Sequence[Voice]) -> Iterator[tuple[int, int]]:
    """Give the pairs of one speaker that share two neighbouring words, or all words."""
    alike: dict[tuple, list[int]] = defaultdict(list)
    for place, voice in enumerate(voices):
        alike[voice.speaker, voice.words].append(place)
        if voice.speaker is not None:
            for pair in {*_pairs(voice.units)}:
                alike[voice.speaker, pair].append(place)
    for places in alike.values():
        yield from _among(places)


def _among(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(places) > _MOST_SHORT:
        yield from _chain(places)
        return
    yield from ((one, other) for at, one in enumerate(places) for other in places[at + 1:])


def _chain(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give neighbours up to three places apart: enough to join a family of any size."""
    yield from ((one, other) for at, one in enumerate(places) for other in places[at + 1:at + 4])


def _pairs(units: Sequence[str]) -> Iterator[str]:
    return (f"{one} {two}" for one, two in zip(units, units[1:], strict=False))


def _shared_pairs(wordings: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Give the wordings that share a good part of their pairs of neighbouring words."""
    from sklearn.feature_extraction.text import CountVectorizer

    if len(wordings) <= 1:
        return
    counter = CountVectorizer(analyzer=_pairs, binary=True, dtype=np.int32)
    matrix = counter.fit_transform(wordings)
    spread = np.asarray(matrix.sum(axis=0)).ravel()
    matrix = matrix[:, (spread > 1) & (spread <= _MOST_WORDINGS)].tocsr()
    sizes = np.array([len(units) - 1 for units in wordings])
    for begin in range(0, len(wordings), _BLOCK):
        block = (matrix[begin:begin + _BLOCK] @ matrix.T).tocoo()
        first, second = block.row + begin, block.col
        enough = block.data >= np.maximum(_SHARED * np.minimum(sizes[first], sizes[second]), 1)
        keep = enough & (first < second)
        yield from zip(first[keep].tolist(), second[keep].tolist(), strict=True)


def _join(voices: Sequence[Voice], pairs: Iterable[tuple[int, int, int]]) -> list[int]:
    """Give each quotation the number of its group, surest pairs joined first.

    An unresolved quotation joins one speaker's family, it does not join two speakers' families
    into one; short words join a family, they do not join two.
    """
    parents = list(range(len(voices)))
    sizes = [1] * len(voices)
    speakers = [voice.speaker for voice in voices]

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
        across = voices[first].speaker != voices[second].speaker
        unresolved = None in (voices[first].speaker, voices[second].speaker)
        if len(named) > 1 and (unresolved or not across):
            continue
        if likeness < SURE and min(sizes[one], sizes[other]) > 1 and not (
                likeness == LIKELY and across and not unresolved):
            continue
        parents[other] = one
        sizes[one] += sizes[other]
        speakers[one] = speakers[one] or speakers[other]
    return [root(place) for place in range(len(voices))]


def _name(
    groups: Sequence[int], quotes: pd.DataFrame, articles: pd.DataFrame
) -> list[str | None]:
    """Name each family after its first use; one that runs in one article only is none."""
    published = articles.drop_duplicates("article_id").set_index("article_id")["published"]
    uses = pd.DataFrame({
        "group": list(groups), "quote_id": quotes["quote_id"], "article_id": quotes["article_id"],
        "published": quotes["article_id"].map(published),
    }).sort_values(["published", "article_id", "quote_id"], na_position="last")
    # Rows of one article are neighbours now: first and last differ where there are several.
    grouped = uses.groupby("group")
    several = grouped["article_id"].first() != grouped["article_id"].last()
    first = grouped["quote_id"].first()[several].to_dict()
    return [first.get(group) for group in groups]
