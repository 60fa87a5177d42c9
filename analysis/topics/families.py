"""The same words elsewhere: quotations that run in several articles, reworded or cut."""

from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.memory import give_back
from analysis.tables import check, conform, paired, split_pair
from analysis.topics.candidates import find_candidates
from analysis.topics.likeness import LIKELY, NEAR, SURE, same_words
from analysis.topics.voices import Voices, list_voices

_SHARED_BY_COPIES = 2
_AT_ONCE = 10_000  # pairs: of a large corpus there are millions


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
    unknown = quotes.loc[~quotes["article_id"].isin(articles["article_id"]), ["article_id"]]
    if len(unknown):
        articles = pd.concat([articles, unknown])
    found = name_families(lambda name: [quotes[name]], [quotes], [list_voices(quotes)], articles)
    return quotes.assign(quote_family=found.of(0, len(quotes)).set_axis(quotes.index))


class Families(NamedTuple):
    """The quotations that have a family, by their rows, which are sorted.

    `numbers` gives each one's place in `ids`, the `quote_id` of the families' first uses.
    """

    rows: np.ndarray
    numbers: np.ndarray
    ids: pa.Array

    def of(self, start: int, n: int) -> pd.Series:
        """Give the families of `n` quotations from row `start` on, missing where there is none."""
        here = slice(*np.searchsorted(self.rows, [start, start + n]))
        names = np.full(n, None, dtype=object)
        names[self.rows[here] - start] = self.ids.take(pa.array(self.numbers[here])).to_pylist()
        return pd.Series(names, dtype="str")


def name_families(
    read: Callable[[str], Iterable[pd.Series]], quotes: Iterable[pd.DataFrame],
    voices: Iterable[pa.Table], articles: pd.DataFrame,
) -> Families:
    """Find the families of a corpus in parts; as `find_families`.

    Parameters
    ----------
    read
        Gives `quote_id` or `article_id` of all quotations, part by part.
    quotes
        The parts: `quote_id`, `article_id`, `speaker_id`.
    voices
        What `list_voices` gave of the same parts.
    articles
        All: `article_id`, `published`.

    Returns
    -------
    Families
        Rows are counted through all parts.
    """
    said = Voices(read("article_id"), zip(quotes, voices, strict=True), articles)
    del articles  # of a large corpus they take much
    rows, firsts = _rows_of_families(said)
    del said
    give_back()
    order = np.argsort(rows)
    different, numbers = np.unique(firsts, return_inverse=True)
    return Families(rows[order], numbers[order].astype(np.int32),
                    _values_at(different, read("quote_id")))


def _rows_of_families(voices: Voices) -> tuple[np.ndarray, np.ndarray]:
    """Give the rows of the members of families, and of each one's first use."""
    give_back()
    members, groups = _join(voices, *_alike(voices))
    give_back()
    members, firsts = _first_uses(voices, members, groups)
    rows = voices.rows()
    return rows[members], rows[firsts]


def _values_at(rows: np.ndarray, parts: Iterable[pd.Series]) -> pa.Array:
    """Give the values at some rows, counted through all parts and sorted."""
    start, found = 0, []
    for part in parts:
        ends = np.searchsorted(rows, [start, start + len(part)])
        found.append(pa.array(part.iloc[rows[slice(*ends)] - start].to_list(), pa.string()))
        start += len(part)
    return pa.concat_arrays(found) if found else pa.array([], pa.string())


def _alike(voices: Voices) -> tuple[np.ndarray, np.ndarray]:
    """Give the pairs that are the same words, the surest first, and how alike each is."""
    pairs = {level: array("Q") for level in (SURE, LIKELY, NEAR)}
    for pair in _one_by_one(find_candidates(voices)):
        one, other = split_pair(pair)
        likeness = same_words(voices[one], voices[other])
        if likeness:
            pairs[likeness].append(pair)
    near = np.asarray(pairs.pop(NEAR))
    copied = _copied(_articles(np.asarray(pairs[SURE]), voices))
    found = [*map(np.asarray, pairs.values()), near[np.isin(_articles(near, voices), copied)]]
    levels = np.repeat(np.array((SURE, LIKELY, NEAR), np.int8), [len(own) for own in found])
    return np.concatenate(found), levels


def _one_by_one(parts: Iterable[np.ndarray]) -> Iterator[int]:
    """Give the values as whole numbers of Python, a few at a time."""
    for values in parts:
        for start in range(0, len(values), _AT_ONCE):
            yield from values[start:start + _AT_ONCE].tolist()


def _articles(pairs: np.ndarray, voices: Voices) -> np.ndarray:
    """Give one number for the two articles of each pair."""
    numbers = np.empty(len(pairs), np.int64)
    for start in range(0, len(pairs), _AT_ONCE):
        here = slice(start, start + _AT_ONCE)
        one, other = (voices.articles[places.astype(int)].astype(np.int64)
                      for places in split_pair(pairs[here]))
        numbers[here] = paired(np.minimum(one, other), np.maximum(one, other))
    return numbers


def _copied(articles: np.ndarray) -> np.ndarray:
    """Give the pairs of articles that share two quotations or more: one copies the other.

    Between those "all strikes" and "that was possible" are the same words too.
    """
    different, n = np.unique(articles, return_counts=True)
    return different[n >= _SHARED_BY_COPIES]


def _join(
    voices: Voices, pairs: np.ndarray, likenesses: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Give the quotations that are joined with others, and the number of each one's group.

    Surest pairs are joined first. An unresolved quotation joins one speaker's family, it does not
    join two speakers' families into one; short words join a family, they do not join two.
    """
    parents = array("i", range(len(voices)))
    sizes = array("i", [1]) * len(voices)
    speakers = voices.speakers.copy()

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for pair, likeness in zip(
            _one_by_one([pairs]), _one_by_one([likenesses]), strict=True):
        first, second = split_pair(pair)
        one, other = sorted((root(first), root(second)))
        if one == other:
            continue
        named = {int(speakers[one]), int(speakers[other])} - {-1}
        across = voices.speaker(first) != voices.speaker(second)
        unresolved = None in (voices.speaker(first), voices.speaker(second))
        if len(named) > 1 and (unresolved or not across):
            continue
        if likeness < SURE and min(sizes[one], sizes[other]) > 1 and not (
                likeness == LIKELY and across and not unresolved):
            continue
        parents[other] = one
        sizes[one] += sizes[other]
        speakers[one] = speakers[other] if speakers[one] < 0 else speakers[one]
    roots = np.asarray(parents)
    joined = np.flatnonzero(
        (roots != np.arange(len(roots), dtype=np.int32)) | (np.asarray(sizes) > 1))
    return joined, np.fromiter(map(root, joined.tolist()), np.int32, len(joined))


def _first_uses(
    voices: Voices, members: np.ndarray, groups: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Give the members of families and each one's first use; what runs in one article is none."""
    articles = voices.articles[members]
    order = np.lexsort((members, articles, voices.dates(members), groups))
    uses = pd.DataFrame({"group": groups, "place": members, "article": articles}).iloc[order]
    grouped = uses.groupby("group")
    several = grouped["article"].transform("nunique") > 1
    first = grouped["place"].transform("first")
    return uses["place"][several].to_numpy(), first[several].to_numpy()
