"""Keywords that match nowhere in a corpus, however many texts it has."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.tables import Tables
from analysis.topics.files import Topic
from analysis.topics.matcher import Node, begins_in, build_tree, find_hits
from analysis.topics.words import split_words

# Texts looked at together: few at first, in which most keywords are found, then twice as many.
_FIRST, _MOST = 1000, 100_000


def find_unmatched(topics: Sequence[Topic], tables: Tables) -> list[tuple[str, str]]:
    """Give topic and keyword of those found neither in a quotation nor among the evidence.

    Notes
    -----
    A keyword once found is looked for no more; and only those texts are read that have a word
    with which one of the others begins. So a million quotations take seconds.
    """
    left = [(topic.name, keyword) for topic in topics for keyword in topic.keywords]
    lemmas = _lemmas(tables) if left else {}
    for texts in _looks(tables):
        if not left:
            break
        tree = build_tree([Topic(name, (keyword,)) for name, keyword in left])
        found: set[int] = set()
        for text in _worth_reading(texts, tree, lemmas):
            known = {word.start: lemmas[word.form] for word in split_words(text)
                     if word.form in lemmas}
            hits = [*find_hits(text, tree), *find_hits(text, tree, lemmas=known)]
            found.update(hit.topic for hit in hits)
        left = [item for number, item in enumerate(left) if number not in found]
    return left


def _looks(tables: Tables) -> Iterator[list[str]]:
    """Give the evidence, then the quotations, some texts at once."""
    size = _FIRST
    for name, column in (("quote_topics", "evidence"), ("quotes", "content")):
        for part in tables.parts(name, [column]):
            texts, start = part[column].dropna().drop_duplicates(), 0
            while start < len(texts):
                yield texts.iloc[start:start + size].tolist()
                start, size = start + size, min(2 * size, _MOST)


def _worth_reading(texts: list[str], tree: Node, lemmas: Mapping[str, str]) -> list[str]:
    """Keep the texts that have a word with which a keyword begins; each word is tried once."""
    pieces = pc.utf8_split_whitespace(pa.array(texts, pa.string()))
    words = pc.list_flatten(pieces).dictionary_encode()
    begins = [begins_in(word, tree, lemmas) for word in words.dictionary.to_pylist()]
    here = np.array(begins, dtype=bool)[words.indices.to_numpy()]
    rows = np.unique(pc.list_parent_indices(pieces).to_numpy()[here])
    return [texts[row] for row in rows.tolist()]


def _lemmas(tables: Tables) -> dict[str, str]:
    """Give the commonest lemma of each word as it is written."""
    counts = [part.value_counts(["text", "lemma"], sort=False).reset_index()
              for part in tables.parts("terms", ["text", "lemma"])]
    whole = pd.concat(counts).groupby(["text", "lemma"], as_index=False)["count"].sum()
    whole = whole[~whole["text"].str.contains(" ", regex=False)]
    best = whole.sort_values(["count", "lemma"], ascending=[False, True]).drop_duplicates("text")
    return dict(zip(best["text"], best["lemma"], strict=True))
