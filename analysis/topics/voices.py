"""Quotations as the comparison of families needs them: numbers for words, kept in flat arrays.

A corpus of 100,000 articles has two million quotations. Their words are kept as numbers of one
vocabulary, and a `Voice` with its words is made only while it is compared.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import pandas as pd

from analysis.topics.words import content_units, plain_words

# Sources without a full name are told apart by article ("farrow-b8de5d", "farrow-d777f9"): for the
# same words the same name is enough.
_DIGEST = re.compile(r"-[0-9a-f]{6}$")
_INSIDE_MARKS = re.compile(r"[“‘\"']([^“”‘\"]{8,})(?:[”’\"]|$)")
_LISTS_AT_ONCE = 100_000
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


class WordLists:
    """Many lists of words in two flat arrays of numbers."""

    def __init__(self, vocabulary: dict[str, int]) -> None:
        self._vocabulary = vocabulary
        self._flat, self._ends = array("i"), array("q", [0])

    def append(self, words: Iterable[str]) -> None:
        """Add a list."""
        known = self._vocabulary
        self._flat.extend([known.setdefault(word, len(known)) for word in words])
        self._ends.append(len(self._flat))

    def numbers(self, place: int) -> array:
        """Give one list, as numbers."""
        return self._flat[self._ends[place]:self._ends[place + 1]]

    @property
    def sizes(self) -> np.ndarray:
        """How long each list is."""
        return np.diff(np.asarray(self._ends))

    def hashes(self) -> np.ndarray:
        """Give one number per list, the same for the same words."""
        made = (blake2b(self.numbers(place), digest_size=8).digest()
                for place in range(len(self._ends) - 1))
        return np.frombuffer(b"".join(made), dtype=np.uint64)

    def pairs(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Give each pair of neighbouring words as one number, and its list; part by part."""
        flat, ends = np.asarray(self._flat), np.asarray(self._ends)
        for start in range(0, len(ends) - 1, _LISTS_AT_ONCE):
            part = ends[start:start + _LISTS_AT_ONCE + 1]
            words = flat[part[0]:part[-1]].astype(np.uint64)
            owners = np.repeat(np.arange(start, start + len(part) - 1), np.diff(part))
            inside = owners[1:] == owners[:-1]
            yield ((words[:-1] << np.uint64(32)) | words[1:])[inside], owners[:-1][inside]

    @property
    def n_pairs(self) -> int:
        """How many pairs of neighbouring words there are."""
        return int(np.maximum(self.sizes - 1, 0).sum())


class Voices(Sequence[Voice]):
    """Quotations for comparison: as `Voice`s one by one, as arrays all together."""

    def __init__(
        self, quotes: pd.DataFrame, articles: pd.DataFrame, *, contents: Iterable[object]
    ) -> None:
        dates = articles.drop_duplicates("article_id").set_index("article_id")["published"]
        when = pd.to_datetime(quotes["article_id"].map(dates), utc=True)
        self._published = when.astype("datetime64[us, UTC]").astype("int64").to_numpy()
        self._dated = when.notna().to_numpy()
        self.articles = pd.factorize(quotes["article_id"])[0]
        plain = quotes["speaker_id"].astype("str").str.replace(_DIGEST, "", regex=True)
        self.speakers = pd.factorize(plain)[0]  # -1: not known
        vocabulary: dict[str, int] = {}
        self.units, self.words, self._quoted = (WordLists(vocabulary) for _ in range(3))
        for content in contents:
            text = content if isinstance(content, str) else ""
            marked = _INSIDE_MARKS.search(text)
            self.units.append(content_units(text))
            self.words.append(plain_words(text))
            self._quoted.append(plain_words(marked.group(1)) if marked else ())
        self._spelled = list(vocabulary)
        self._voice = lru_cache(_KEPT)(self._make)

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self.articles)

    def __getitem__(self, place: int) -> Voice:
        """Give one."""
        return self._voice(place)

    def _make(self, place: int) -> Voice:
        units, words, quoted = (
            tuple(self._spelled[number] for number in lists.numbers(place))
            for lists in (self.units, self.words, self._quoted))
        return Voice(
            int(self.articles[place]), self.speaker(place),
            int(self._published[place]) if self._dated[place] else None, units, words, quoted)

    def speaker(self, place: int) -> int | None:
        """Give the number of the speaker, None where nobody is known."""
        number = int(self.speakers[place])
        return None if number < 0 else number
