"""Whether quotations that were found have the annotated kind, act and addressee."""

from collections.abc import Iterable, Iterator

import numpy as np

from analysis.accuracy.compare import Compared
from analysis.accuracy.counts import Counts
from analysis.accuracy.records import Gold, GoldQuote
from analysis.accuracy.spans import normalise, shared
from analysis.tables import Tables

_LABELS = ("kind", "act", "addressee, where there is one", "no addressee, where there is none",
           "copy of another article")


def count_labels(
    compared: Iterable[Compared], gold: Gold, *, tables: Tables, counts: Counts
) -> Counts:
    """Count, article by article, how many labels are right; keys ("labels", which).

    Only what the gold states is counted. An addressee is right if it shares a character with
    the annotated one; a copy, if it points to the annotated original.
    """
    quotes = {article.article_id: article.quotes for article in gold.articles}
    columns = tables.quotes[["kind", "act", "addressee_spans"]].to_dict("records")
    cube = np.zeros((len(counts.article_ids), len(_LABELS), 4), dtype=np.int64)
    for row, article in enumerate(compared):
        for one, other in article.pairs.partial.items():
            wanted = quotes[article.article_id][article.gold[one].row]
            found = columns[article.found[other].row]
            for label, right in _judge(wanted, found, article.text, gold.carries):
                cube[row, _LABELS.index(label), :2] += (int(right), 1)
    if "copy_of" in gold.carries:
        _count_copies(cube, gold, tables)
    used = cube[:, :, 1].sum(axis=0) > 0
    keys = [("labels", label) for label, taken in zip(_LABELS, used, strict=True) if taken]
    return counts._replace(keys=keys, cube=cube[:, used])


def _judge(
    wanted: GoldQuote, found: dict, text: str, carries: frozenset[str]
) -> Iterator[tuple[str, bool]]:
    for label in ("kind", "act"):
        if getattr(wanted, label):
            yield label, found[label] == getattr(wanted, label)
    if "addressee" in carries:
        given = normalise(text, found["addressee_spans"])
        if wanted.addressee:
            right = shared(normalise(text, wanted.addressee), given) > 0
            yield "addressee, where there is one", right
        else:
            yield "no addressee, where there is none", not given


def _count_copies(cube: np.ndarray, gold: Gold, tables: Tables) -> None:
    articles = tables.articles
    found = dict(zip(articles["article_id"], articles["copy_of"], strict=True))
    for row, article in enumerate(gold.articles):
        if article.copy_of:
            right = found.get(article.article_id) == article.copy_of
            cube[row, _LABELS.index("copy of another article"), :2] += (int(right), 1)
