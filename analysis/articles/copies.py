"""Copies: one wire story in thirty papers is one voice, not thirty.

Three steps, so that a corpus of millions needs only the small middle one at once: `signatures`
(per article, any partition), `group_copies` (all signatures, a bucket at a time), and the join by
`article_id`. Cost is linear in the number of articles: within the articles that share a run of
words each is compared with the first and with the one before, not with all.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.articles.credits import find_credit
from analysis.articles.sketches import sketch
from analysis.tables import Buckets, Shelf, check, paired, split_pair

_NEEDS = ("article_id", "outlet", "published", "title", "text")
_LEAST_SHARED = 3
_INDEXED = np.uint32(2)
_SHORT = 12
_LIGHT = ["article_id", "published", "n_words", "credit"]
_IN_A_BUCKET = 5_000  # articles, of some hundred runs each
_KEPT = 5_000


class _Match(NamedTuple):
    of_later: float
    of_earlier: float


def find_copies(articles: pd.DataFrame, *, least_shared: float = 0.5, same: float = 0.9
                ) -> pd.DataFrame:
    """Give the articles with `copy_of`, `copy_kind` and `copy_evidence` filled.

    Parameters
    ----------
    articles
        Needs `article_id`, `outlet`, `published`, `title`, `text`; uses `authors` and `skipped`
        (spans left out of the comparison) where they are there.
    least_shared
        Share of the later text's runs of four words that the earlier one must hold, 0–1.
        A text with one word in ten changed keeps about two thirds of its runs.
    same
        From this share on, both ways, the texts are called the same (`verbatim`).

    Returns
    -------
    A new frame. `copy_of` is the earliest published article that has the text (where dates are
    equal or missing, the longer one); it is never itself a copy. `copy_kind`: `wire` (the same
    text, and one of the two credits an agency), `verbatim` (the same text without a credit), `cut`
    (one is part of the other) or `reworded`. `copy_evidence` says how much is shared and names
    the agency credited, whatever the kind.

    Notes
    -----
    Not caught: translations, copies reworded throughout, one quotation shared by two stories.
    Articles made from a template (weather, lottery numbers) are called copies if more than half of
    their words are the template's.
    """
    check(articles, "articles", needs=_NEEDS)
    signed = signatures(articles)
    groups = group_copies(lambda columns: [signed.select(columns)], least_shared=least_shared,
                          same=same)
    found = groups.set_index("article_id").reindex(articles["article_id"])
    new = {name: pd.Series(found[name].to_numpy(), index=articles.index, dtype="str")
           for name in ("copy_of", "copy_kind", "copy_evidence")}
    return articles.assign(**new)


def signatures(articles: pd.DataFrame) -> pa.Table:
    """Give what `group_copies` needs of each article: a few hundred bytes.

    Columns: `article_id`, `published`, `n_words`, `credit` (agency), `sketch` (whole numbers).
    """
    skipped = articles.get("skipped", pd.Series([[]] * len(articles)))
    authors = articles.get("authors", pd.Series([[]] * len(articles)))
    rows = zip(articles["text"].fillna(""), skipped, authors, articles["outlet"], strict=True)
    made = [_signature(text, spans, names, outlet) for text, spans, names, outlet in rows]
    return pa.table({
        "article_id": pa.array(articles["article_id"], pa.string()),
        "published": pa.array(articles["published"], pa.timestamp("us", "UTC"), from_pandas=True),
        "n_words": pa.array([n_words for n_words, _, _ in made], pa.int64()),
        "credit": pa.array([credit for _, credit, _ in made], pa.string()),
        "sketch": pa.array([runs for _, _, runs in made], pa.list_(pa.uint32())),
    })


def _signature(text: str, spans: list, names: list, outlet: object) -> tuple:
    story = text
    for start, end, _ in sorted(spans, reverse=True):
        story = f"{story[:start]}\n{story[end:]}"
    credit = find_credit(text, authors=names, outlet=outlet if isinstance(outlet, str) else None)
    return len(story.split()), credit, sketch(story)


def group_copies(
    read: Callable[[Sequence[str]], Iterable[pa.Table]], *, least_shared: float = 0.5,
    same: float = 0.9,
) -> pd.DataFrame:
    """Give `article_id`, `copy_of`, `copy_kind`, `copy_evidence` for every article that is a copy.

    `read` gives some columns of the signatures of all articles, part by part, in any order; the
    order does not matter.
    """
    signed = pa.concat_tables(read(_LIGHT)).to_pandas()
    order = signed.assign(_late=signed["published"].isna(), _short=-signed["n_words"]).sort_values(
        ["_late", "published", "_short", "article_id"], kind="stable")
    places = np.empty(len(order), np.uint32)
    places[order.index] = np.arange(len(order), dtype=np.uint32)
    sketches = _Sketches((part.column("sketch") for part in read(["sketch"])), places)
    matches = _verified(_candidates(sketches), sketches, least_shared)
    roots = _roots(matches, sketches)
    order = order.reset_index(drop=True)
    rows = [_described(order, later, root, match, same)
            for later, (root, match) in sorted(roots.items())]
    return pd.DataFrame(rows, columns=["article_id", "copy_of", "copy_kind", "copy_evidence"],
                        dtype="str")


class _Sketches:
    """The sketches of all articles, by place: on disk, and their runs dealt to buckets."""

    def __init__(self, parts: Iterable[pa.ChunkedArray], places: np.ndarray) -> None:
        self.runs = Buckets(1 + len(places) // _IN_A_BUCKET)
        self._shelf = Shelf(len(places))
        start = 0
        for part in parts:
            here = places[start:start + len(part)]
            start += len(part)
            sizes = pc.list_value_length(part).to_numpy()
            runs = pc.list_flatten(part).to_numpy()
            self._shelf.put(here, [own.tobytes() for own in np.split(runs, np.cumsum(sizes)[:-1])])
            # Long texts are indexed by every other run of their sample; short ones need all.
            keep = (runs % _INDEXED == 0) | (np.repeat(sizes, sizes) < 40)
            rows = pa.table({"run": runs[keep], "place": np.repeat(here, sizes)[keep]})
            self.runs.add(rows, runs[keep] // _INDEXED)
        shelf = self._shelf  # not through self: what refers to itself stays until it is looked for
        self._read = lru_cache(_KEPT)(lambda place: np.frombuffer(shelf[place], np.uint32))

    def __len__(self) -> int:
        return len(self._shelf)

    def __getitem__(self, place: int) -> np.ndarray:
        return self._read(place)


def _candidates(sketches: _Sketches) -> Iterator[np.ndarray]:
    """Pairs (earlier, later) that share at least three indexed runs with each other, in order."""
    found = Buckets(len(sketches.runs))
    for rows in sketches.runs:
        runs, owners = rows.column("run").to_numpy(), rows.column("place").to_numpy()
        order = np.lexsort((owners, runs))
        runs, owners = runs[order], owners[order]
        new = np.concatenate(([True], runs[1:] != runs[:-1])) if len(runs) else np.empty(0, bool)
        first = owners[np.maximum.accumulate(np.where(new, np.arange(len(runs)), 0))]
        before = np.concatenate(([0], owners[:-1])).astype(np.uint32) if len(runs) else owners
        for earlier in (first, before):
            found.add(pa.table({"pair": _key(earlier[~new], owners[~new])}),
                      owners[~new].astype(int) * len(found) // len(sketches))
    for rows in found:
        pairs, counts = np.unique(rows.column("pair").to_numpy(), return_counts=True)
        yield pairs[counts >= _LEAST_SHARED]


def _key(earlier: np.ndarray, later: np.ndarray) -> np.ndarray:
    return paired(later.astype(np.uint64), earlier.astype(np.uint64))


def _verified(
    parts: Iterable[np.ndarray], sketches: _Sketches, least_shared: float
) -> dict[int, list[tuple[int, _Match]]]:
    """For each later article the earlier ones it is a copy of, earliest first."""
    matches: dict[int, list[tuple[int, _Match]]] = {}
    for pair in (pair for pairs in parts for pair in pairs.tolist()):
        later, earlier = split_pair(pair)
        match = _compare(sketches[later], sketches[earlier])
        if _is_copy(match, sketches[later], sketches[earlier], least_shared):
            matches.setdefault(later, []).append((earlier, match))
    return matches


def _compare(later: np.ndarray, earlier: np.ndarray) -> _Match:
    small, large = (later, earlier) if len(later) <= len(earlier) else (earlier, later)
    places = np.minimum(np.searchsorted(large, small), len(large) - 1)
    shared = int((large[places] == small).sum())
    return _Match(shared / len(later), shared / len(earlier))


def _is_copy(match: _Match, later: np.ndarray, earlier: np.ndarray, least_shared: float) -> bool:
    if min(len(later), len(earlier)) < _SHORT:
        # Few runs say little: short texts are copies only if they are the same.
        return min(match) >= 0.9
    # A later text may have grown around the earlier one, but a long roundup that holds a brief
    # among other things is a story of its own.
    grown = match.of_earlier >= 0.8 and len(later) <= 3 * len(earlier)
    return match.of_later >= least_shared or grown


def _roots(matches: dict[int, list[tuple[int, _Match]]], sketches: _Sketches
           ) -> dict[int, tuple[int, _Match]]:
    """Find the original of each copy; a copy of a copy belongs to the first."""
    roots: dict[int, tuple[int, _Match]] = {}
    for later in sorted(matches):
        earlier, match = min(matches[later], key=lambda item: (roots.get(item[0], item)[0]))
        root = roots[earlier][0] if earlier in roots else earlier
        if root != earlier:
            match = _compare(sketches[later], sketches[root])
        roots[later] = (root, match)
    return roots


def _described(order: pd.DataFrame, later: int, root: int, match: _Match, same: float) -> tuple:
    copy, original = order.iloc[later], order.iloc[root]
    credits = [value for value in (copy["credit"], original["credit"]) if isinstance(value, str)]
    evidence = (f"{match.of_later:.0%} of its word sequences stand in {original['article_id']}, "
                f"{match.of_earlier:.0%} the other way")
    if credits:
        evidence += f"; credits {credits[0]}"
    kind = _kind(match, same, credited=bool(credits))
    return copy["article_id"], original["article_id"], kind, evidence


def _kind(match: _Match, same: float, *, credited: bool) -> str:
    if min(match) >= same:
        return "wire" if credited else "verbatim"
    return "cut" if max(match) >= same else "reworded"
