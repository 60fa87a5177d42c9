"""Quotations as the comparison of families needs them.

`list_voices` looks at some quotations on their own, wherever they are worked on. `Voices` holds
all of a corpus: two million at 100,000 articles. Their words lie on disk, what is looked up by
them is dealt to buckets, and memory holds a few numbers for each.
"""

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from weakref import proxy

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.tables import Buckets, Shelf, numbers_of
from analysis.topics.words import content_units, plain_words

# Sources without a full name are told apart by article ("farrow-b8de5d", "farrow-d777f9"): for the
# same words the same name is enough.
_DIGEST = re.compile(r"-[0-9a-f]{6}$")
_INSIDE_MARKS = re.compile(r"[“‘\"']([^“”‘\"]{8,})(?:[”’\"]|$)")
_TEXTS = ("units", "words", "quoted")
_AFTER_ARTICLE = ":"  # what follows `article_id` in a `quote_id`
_ODD = np.uint64(0x9E3779B97F4A7C15)
_IN_A_BUCKET = 50_000  # quotations, of some ten pairs of neighbouring words each
_KEPT = 5_000  # voices that are compared again and again


@dataclass(frozen=True)
class Voice:
    """One quotation as the comparison sees it; article and speaker are numbers."""

    article: int
    speaker: int | None
    published: int | None  # microseconds
    units: tuple[str, ...]
    words: tuple[str, ...]
    quoted: tuple[str, ...]


def list_voices(quotes: pd.DataFrame) -> pa.Table:
    """Give what the comparison needs of each quotation, row by row.

    Returns
    -------
    pyarrow.Table
        `units`, `words`, `quoted` (the words inside marks), each joined by blanks; numbers that
        stand for all words (`words_hash`), for all units (`units_hash`) and for each pair of
        neighbouring units (`pairs`).
    """
    known: dict[str, int] = {}
    texts: dict[str, list[str]] = {name: [] for name in _TEXTS}
    flat = {"units": array("q"), "words": array("q")}
    ends = {"units": [0], "words": [0]}
    for content in quotes["content"]:
        text = content if isinstance(content, str) else ""
        marked = _INSIDE_MARKS.search(text)
        found = {"units": content_units(text), "words": plain_words(text),
                 "quoted": plain_words(marked.group(1)) if marked else []}
        for name, words in found.items():
            texts[name].append(" ".join(words))
        for name, numbers in flat.items():
            numbers.extend([known.setdefault(word, len(known)) for word in found[name]])
            ends[name].append(len(numbers))
    hashes = numbers_of(known)
    units, words = (hashes[np.asarray(numbers, dtype=int)] for numbers in flat.values())
    return pa.table({
        **texts, "words_hash": _whole(words, ends["words"]),
        "units_hash": _whole(units, ends["units"]), "pairs": _pairs(units, ends["units"]),
    })


def _whole(hashes: np.ndarray, ends: Sequence[int]) -> np.ndarray:
    """Give one number per list of words."""
    made = (blake2b(hashes[start:end].tobytes(), digest_size=8).digest()
            for start, end in zip(ends, ends[1:], strict=False))
    return np.frombuffer(b"".join(made), dtype=np.uint64)


def _pairs(hashes: np.ndarray, ends: Sequence[int]) -> pa.ListArray:
    """Give one number per pair of neighbours in each list."""
    sizes = np.diff(ends)
    owners = np.repeat(np.arange(len(sizes)), sizes)
    numbers = (hashes[:-1] * _ODD + hashes[1:])[owners[1:] == owners[:-1]]
    offsets = np.concatenate(([0], np.cumsum(np.maximum(sizes - 1, 0))))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(numbers))


class Voices(Sequence[Voice]):
    """The quotations of a corpus, in the order of their ids, whatever that of their rows.

    Parameters
    ----------
    article_ids
        `article_id` of the quotations of each part.
    parts
        Of each part, in the same order, the frame of `quote_id`, `article_id` and `speaker_id` and
        what `list_voices` gave.
    articles
        All: `article_id`, `published`.
    """

    def __init__(
        self, article_ids: Iterable[pd.Series], parts: Iterable[tuple[pd.DataFrame, pa.Table]],
        articles: pd.DataFrame,
    ) -> None:
        articles = articles.drop_duplicates("article_id").sort_values("article_id")
        when = pd.to_datetime(articles["published"], utc=True)
        self._dated = when.notna().to_numpy()
        self.published = when.astype("datetime64[us, UTC]").astype("int64").to_numpy()
        order = _Order(articles["article_id"], article_ids)
        n = order.n
        self.articles, self.speakers = np.empty(n, np.int32), np.empty(n, np.int32)
        self.n_pairs = np.empty(n, np.uint16)  # 65,535 and more are alike
        n_buckets = 1 + n // _IN_A_BUCKET
        self.by_words, self.by_units, self.by_pair = (Buckets(n_buckets) for _ in range(3))
        self._texts, self._places = Shelf(n), Buckets(1)
        for quotes, listed in parts:
            articles, here = order.next_places(quotes)
            self._places.add(pa.table({"place": here}), np.zeros(len(here), int))
            self.articles[here] = articles
            self.speakers[here] = _speaker_numbers(quotes["speaker_id"])
            self._note(here, listed)
        own = proxy(self)  # what refers to itself would stay until it is looked for
        self._voice = lru_cache(_KEPT)(lambda place: own._make(place))

    def _note(self, here: np.ndarray, listed: pa.Table) -> None:
        """Deal what is looked up, and put the words on disk."""
        for name, buckets in (("words_hash", self.by_words), ("units_hash", self.by_units)):
            keys = listed.column(name).to_numpy()
            buckets.add(pa.table({"key": keys, "place": here}), keys)
        sizes = pc.list_value_length(listed.column("pairs")).to_numpy()
        self.n_pairs[here] = np.minimum(sizes, np.iinfo(np.uint16).max)
        keys = pc.list_flatten(listed.column("pairs")).to_numpy()
        self.by_pair.add(pa.table({"key": keys, "place": np.repeat(here, sizes)}), keys)
        columns = (listed.column(name).to_pylist() for name in _TEXTS)
        self._texts.put(here, ["\t".join(row).encode() for row in zip(*columns, strict=True)])

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self.articles)

    def __getitem__(self, place: int) -> Voice:
        """Give one."""
        return self._voice(place)

    def _make(self, place: int) -> Voice:
        units, words, quoted = (
            tuple(text.split()) for text in self._texts[place].decode().split("\t"))
        article = int(self.articles[place])
        return Voice(article, self.speaker(place),
                     int(self.published[article]) if self._dated[article] else None,
                     units, words, quoted)

    def rows(self) -> np.ndarray:
        """Give the row in which each came, counted through all parts."""
        numbers = np.empty(len(self), np.int32)
        for came in self._places:
            numbers[came.column("place").to_numpy()] = np.arange(len(self), dtype=np.int32)
        return numbers

    def speaker(self, place: int) -> int | None:
        """Give the number of the speaker, None where nobody is known."""
        number = int(self.speakers[place])
        return None if number < 0 else number

    def dates(self, places: np.ndarray) -> np.ndarray:
        """Give when each ran, in microseconds; the undated last."""
        articles = self.articles[places]
        return np.where(self._dated[articles], self.published[articles], np.iinfo(np.int64).max)


class _Order:
    """The order of quotations by their ids: those of an article, which lead the id, stand together.

    So the articles are sorted, and the quotations of a part: never all ids at once.
    """

    def __init__(self, articles: pd.Series, article_ids: Iterable[pd.Series]) -> None:
        self._index = pd.Index(articles)
        counts = np.zeros(len(articles), np.int64)
        for part in article_ids:
            counts += np.bincount(self._index.get_indexer(part), minlength=len(articles))
        self.n = int(counts.sum())
        by_id = pc.sort_indices(pa.array(articles + _AFTER_ARTICLE)).to_numpy()
        self._next = np.empty_like(counts)
        self._next[by_id] = np.cumsum(counts[by_id]) - counts[by_id]

    def next_places(self, quotes: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """Give the numbers of the articles of a part's quotations, and the places of these."""
        articles = self._index.get_indexer(quotes["article_id"])
        order = pc.sort_indices(
            pa.table({"article": articles, "id": pa.array(quotes["quote_id"], pa.string())}),
            sort_keys=[("article", "ascending"), ("id", "ascending")]).to_numpy()
        different, firsts, counts = np.unique(
            articles[order], return_index=True, return_counts=True)
        places = np.empty(len(quotes), np.int32)
        places[order] = np.arange(len(quotes)) + np.repeat(self._next[different] - firsts, counts)
        self._next[different] += counts
        return articles, places


def _speaker_numbers(speaker_ids: pd.Series) -> np.ndarray:
    """Give one number per speaker, -1 where none is known.

    Two speakers in 2³¹ share a number, and only of those who share words does that matter.
    """
    known = speaker_ids.notna().to_numpy()
    numbers = np.full(len(speaker_ids), -1, np.int32)
    plain = speaker_ids[known].astype("str").str.replace(_DIGEST, "", regex=True)
    numbers[known] = (numbers_of(plain) >> np.uint64(33)).astype(np.int32)
    return numbers
