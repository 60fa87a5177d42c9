"""Copies: one wire story in thirty papers is one voice, not thirty.

Three steps, so that a corpus of millions needs only the small middle one at once: `signatures`
(per article, any partition), `group_copies` (all signatures together), and the join by
`article_id`. Cost is linear in the number of articles: within the articles that share a run of
words each is compared with the first and with the one before, not with all.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.articles.credits import find_credit
from analysis.articles.sketches import sketch
from analysis.tables import check

_NEEDS = ("article_id", "outlet", "published", "title", "text")
_LEAST_SHARED = 3
_INDEXED = np.uint32(2)
_SHORT = 12


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
    groups = group_copies(signatures(articles), least_shared=least_shared, same=same)
    found = groups.set_index("article_id").reindex(articles["article_id"])
    new = {name: pd.Series(found[name].to_numpy(), index=articles.index, dtype="str")
           for name in ("copy_of", "copy_kind", "copy_evidence")}
    return articles.assign(**new)


def signatures(articles: pd.DataFrame) -> pd.DataFrame:
    """Give what `group_copies` needs of each article: a few hundred bytes.

    Columns: `article_id`, `published`, `n_words`, `credit` (agency), `sketch` (uint32 array).
    """
    skipped = articles.get("skipped", pd.Series([[]] * len(articles)))
    authors = articles.get("authors", pd.Series([[]] * len(articles)))
    rows = zip(articles["text"], skipped, authors, articles["outlet"], strict=True)
    made = [_signature(text, spans, names, outlet) for text, spans, names, outlet in rows]
    frame = pd.DataFrame(made, columns=["n_words", "credit", "sketch"])
    frame.insert(0, "article_id", articles["article_id"].to_numpy())
    frame.insert(1, "published", articles["published"].to_numpy())
    return frame


def _signature(text: str, spans: list, names: list, outlet: object) -> tuple:
    story = text
    for start, end, _ in sorted(spans, reverse=True):
        story = f"{story[:start]}\n{story[end:]}"
    credit = find_credit(text, authors=names, outlet=outlet if isinstance(outlet, str) else None)
    return len(story.split()), credit, sketch(story)


def group_copies(signed: pd.DataFrame, *, least_shared: float = 0.5, same: float = 0.9
                 ) -> pd.DataFrame:
    """Give `article_id`, `copy_of`, `copy_kind`, `copy_evidence` for every article that is a copy.

    `signed` is the signatures of all articles, in any order; the order does not matter.
    """
    order = signed.assign(_late=signed["published"].isna(), _short=-signed["n_words"]).sort_values(
        ["_late", "published", "_short", "article_id"], kind="stable").reset_index(drop=True)
    sketches = order["sketch"].tolist()
    matches = _verified(_candidates(sketches), sketches, least_shared)
    roots = _roots(matches, sketches)
    rows = [_described(order, later, root, match, same)
            for later, (root, match) in sorted(roots.items())]
    return pd.DataFrame(rows, columns=["article_id", "copy_of", "copy_kind", "copy_evidence"],
                        dtype="str")


def _candidates(sketches: list[np.ndarray]) -> np.ndarray:
    """Pairs (earlier, later) that share at least three indexed runs with each other."""
    owners = np.repeat(np.arange(len(sketches), dtype=np.uint32), [len(s) for s in sketches])
    runs = np.concatenate(sketches) if sketches else np.empty(0, np.uint32)
    sizes = np.array([len(s) for s in sketches])
    # Long texts are indexed by every other run of their sample; short ones need all they have.
    keep = (runs % _INDEXED == 0) | (sizes[owners] < 40)
    runs, owners = runs[keep], owners[keep]
    order = np.lexsort((owners, runs))
    runs, owners = runs[order], owners[order]
    new = np.concatenate(([True], runs[1:] != runs[:-1])) if len(runs) else np.empty(0, bool)
    first = owners[np.maximum.accumulate(np.where(new, np.arange(len(runs)), 0))]
    before = np.concatenate(([0], owners[:-1])).astype(np.uint32) if len(runs) else owners
    pairs = np.concatenate([_key(first[~new], owners[~new]), _key(before[~new], owners[~new])])
    pairs, counts = np.unique(pairs, return_counts=True)
    return pairs[counts >= _LEAST_SHARED]


def _key(earlier: np.ndarray, later: np.ndarray) -> np.ndarray:
    return (later.astype(np.uint64) << np.uint64(32)) | earlier.astype(np.uint64)


def _verified(pairs: np.ndarray, sketches: list[np.ndarray], least_shared: float
              ) -> dict[int, list[tuple[int, _Match]]]:
    """For each later article the earlier ones it is a copy of, earliest first."""
    matches: dict[int, list[tuple[int, _Match]]] = {}
    for pair in pairs.tolist():
        later, earlier = pair >> 32, pair & 0xFFFFFFFF
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


def _roots(matches: dict[int, list[tuple[int, _Match]]], sketches: list[np.ndarray]
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
