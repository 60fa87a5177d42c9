"""The same words elsewhere: quotations that run in several articles, reworded or cut."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from analysis.tables import check, conform
from analysis.topics.words import content_stems

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# Fewer content words than this are a phrase anyone may use twice: "make the city safe again".
_FEWEST = 4
_ALIKE = 0.7
_SHARED = 0.4
# Two names for one source ("the ministry", "a spokeswoman") may stand for one utterance, where
# it is long and all but verbatim.
_FEWEST_ACROSS_SPEAKERS = 8
_ALIKE_ACROSS_SPEAKERS = 0.9
# A pair of words that stands in more wordings than this tells nothing ("white house").
_MOST_WORDINGS = 200
_BLOCK = 4000


class _Voice(NamedTuple):
    """One quotation as the comparison sees it."""

    article_id: str
    speaker_id: str | None
    stems: tuple[str, ...]


def find_families(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Fill `quote_family`: one id for all quotations that carry the same words.

    Parameters
    ----------
    quotes
        The table quotes; uses `quote_id`, `article_id`, `content`, `speaker_id`, `spans`.
    articles
        Needs `article_id`, `published`.

    Returns
    -------
    pandas.DataFrame
        The table quotes. `quote_family` is the `quote_id` of the family's first use (by date,
        undated last); missing where the words run in one article only.

    Notes
    -----
    Two quotations belong together if they stand in different articles, have the same speaker
    (or one is unresolved), and the shorter's content words stand in the longer, in order, for
    the greater part (70 %; at least four words). Content words are compared by stem, so that
    "I will open it" meets "he would open it". Pairs to compare are found through shared pairs of
    neighbouring content words, never all against all: the work grows with the number of
    quotations that share words. Not caught: translation, and rewording in other words.
    """
    check(quotes, "quotes", needs=["quote_id", "article_id", "content", "spans", "speaker_id"])
    check(articles, "articles", needs=["article_id", "published"])
    quotes = conform(quotes, "quotes")
    if quotes.empty:
        return quotes
    voices = [
        _Voice(article, speaker if isinstance(speaker, str) else None,
               tuple(content_stems(content)) if isinstance(content, str) else ())
        for article, speaker, content in zip(
            quotes["article_id"], quotes["speaker_id"], quotes["content"], strict=True)
    ]
    groups = _join(len(voices), _alike(voices))
    families = _name(groups, quotes, articles)
    return quotes.assign(quote_family=pd.Series(families, dtype="str"))


def _alike(voices: Sequence[_Voice]) -> Iterator[tuple[int, int]]:
    """Give the pairs of quotations that carry the same words."""
    wordings: dict[tuple[str, ...], list[int]] = {}
    for place, voice in enumerate(voices):
        if len(voice.stems) >= _FEWEST:
            wordings.setdefault(voice.stems, []).append(place)
    for same in wordings.values():
        yield from _verbatim(same, voices)
    distinct = list(wordings)
    for first, second in _candidates(distinct):
        if _alignment(distinct[first], distinct[second]) >= _ALIKE:
            yield from _across(wordings[distinct[first]], wordings[distinct[second]], voices)


def _verbatim(same: Sequence[int], voices: Sequence[_Voice]) -> Iterator[tuple[int, int]]:
    for place, first in enumerate(same):
        # One link forward is enough to join a family: compare neighbours until one fits.
        for second in same[place + 1:]:
            if _belong(voices[first], voices[second], 1.0):
                yield first, second
                break


def _across(
    ones: Sequence[int], others: Sequence[int], voices: Sequence[_Voice]
) -> Iterator[tuple[int, int]]:
    likeness = _alignment(voices[ones[0]].stems, voices[others[0]].stems)
    for first in ones:
        for second in others:
            if _belong(voices[first], voices[second], likeness):
                yield first, second


def _belong(one: _Voice, other: _Voice, likeness: float) -> bool:
    if one.article_id == other.article_id:
        return False
    if one.speaker_id is None or other.speaker_id is None or one.speaker_id == other.speaker_id:
        return True
    shorter = min(len(one.stems), len(other.stems))
    return shorter >= _FEWEST_ACROSS_SPEAKERS and likeness >= _ALIKE_ACROSS_SPEAKERS


def _alignment(one: Sequence[str], other: Sequence[str]) -> float:
    """Give the share of the shorter's words that stand in the longer in the same order."""
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(one, other) / min(len(one), len(other))


def _candidates(wordings: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Give the pairs of wordings that share enough pairs of neighbouring words."""
    if len(wordings) < 2:
        return
    shared = _shingle_matrix(wordings)
    sizes = np.array([len(_shingles(wording)) for wording in wordings])
    for begin in range(0, len(wordings), _BLOCK):
        block = (shared[begin:begin + _BLOCK] @ shared.T).tocoo()
        first, second = block.row + begin, block.col
        enough = block.data >= np.maximum(_SHARED * np.minimum(sizes[first], sizes[second]), 1)
        keep = enough & (first < second)
        yield from zip(first[keep].tolist(), second[keep].tolist(), strict=True)


def _shingles(stems: Sequence[str]) -> set[str]:
    return {f"{one} {two}" for one, two in zip(stems, stems[1:], strict=False)}


def _shingle_matrix(wordings: Sequence[tuple[str, ...]]) -> "csr_matrix":
    from sklearn.feature_extraction.text import CountVectorizer

    counts = CountVectorizer(analyzer=_shingles, binary=True, dtype=np.int32)
    matrix = counts.fit_transform(wordings)
    spread = np.asarray(matrix.sum(axis=0)).ravel()
    return matrix[:, (spread > 1) & (spread <= _MOST_WORDINGS)].tocsr()


def _join(n: int, pairs: Iterator[tuple[int, int]]) -> list[int]:
    """Give each place the smallest place it is joined with, directly or through others."""
    parents = list(range(n))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for first, second in pairs:
        one, other = sorted((root(first), root(second)))
        parents[other] = one
    return [root(place) for place in range(n)]


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
