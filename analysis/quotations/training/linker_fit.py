"""Fit the linker: ``python -m analysis.quotations.training.linker_fit --corpus FOLDER``.

Examples are the spans of PolNeAR train as annotated, and copies in which spans are lost, cut and
invented as a tagger does; `--predicted` adds a tagger's own spans for the same articles to the
choice of cues (for sources it lost: 69.4 → 68.9 F1 of content + source on dev). The trees come
from scikit-learn and are written as plain arrays.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from analysis.quotations.layout import CONTENT, CUE, SOURCE, Layout, candidates, describe, lay_out
from analysis.quotations.linker import MODEL
from analysis.quotations.marks import mask_of, quoted_regions
from analysis.quotations.training.linker_data import Gold, Mark, read_gold
from analysis.quotations.trees import Trees

SETTINGS = {
    "max_iter": 120,
    "learning_rate": 0.1,
    "max_leaf_nodes": 24,
    "min_samples_leaf": 25,
    "l2_regularization": 1.0,
    "random_state": 0,
    "early_stopping": False,
}


@dataclass
class Examples:
    """Rows of features and whether the pair belongs together."""

    rows: list[np.ndarray]
    right: list[np.ndarray]


def disturb(spans: Sequence[Mark], rng: np.random.Generator) -> list[Mark]:
    """Spoil the spans as a tagger of middling quality does."""
    kept = []
    for span in spans:
        if rng.random() < 0.09:
            continue
        score = float(np.clip(rng.beta(8, 1), 0.3, 1.0))
        width = span.end - span.start
        cut = int(rng.integers(0, max(1, width // 3))) if rng.random() < 0.1 else 0
        kept.append(span.moved(cut if rng.random() < 0.5 else 0, score))
    return kept


def collect(
    layout: Layout, spans: Sequence[Mark], *, cues: Examples, sources: Examples | None
) -> None:
    """Add the pairs of one article to both sets of examples; `spans` in the layout's order."""
    owners = [frozenset(span.quotes) for span in spans]
    cued = frozenset().union(*(owners[at] for at in layout.of(CUE)))
    alone = [at for at in layout.of(CONTENT) if not owners[at] & cued]
    heads = np.array([*layout.of(CUE), *alone], np.int64)
    for found, own, label in ((cues, layout.of(CONTENT), CUE), (sources, heads, SOURCE)):
        if found is None:
            continue
        one, other = candidates(layout, own, label)
        if len(one):
            found.rows.append(describe(layout, one, other))
            together = [bool(owners[a] & owners[b]) for a, b in zip(one, other, strict=True)]
            found.right.append(np.array(together))


def examples(articles: Iterable[Gold], copies: int) -> tuple[Examples, Examples]:
    """All pairs of all articles: as annotated, `copies` disturbed versions, as tagged."""
    cues, sources = Examples([], []), Examples([], [])
    rng = np.random.default_rng(0)
    for article in articles:
        mask = mask_of(len(article.text), quoted_regions(article.text))
        versions = [(list(article.marks), sources), (list(article.predicted), None),
                    *((disturb(article.marks, rng), sources) for _ in range(copies))]
        for spans, own_sources in versions:
            if spans:
                spans.sort(key=lambda span: (span.start, span.end))
                layout = lay_out(article.text, spans, mask)
                collect(layout, spans, cues=cues, sources=own_sources)
    return cues, sources


def fit(found: Examples) -> Trees:
    """Boosted trees of one set of examples, as arrays."""
    rows, right = np.concatenate(found.rows), np.concatenate(found.right)
    model = HistGradientBoostingClassifier(**SETTINGS).fit(rows, right)
    trees = to_arrays(model)
    worst = np.abs(trees.probability(rows[:5000]) - model.predict_proba(rows[:5000])[:, 1]).max()
    print(f"{len(rows)} pairs, {right.sum()} right, arrays differ by {worst:.1e}")
    return trees


def to_arrays(model: HistGradientBoostingClassifier) -> Trees:
    """Turn the model's trees into padded arrays; a leaf is its own child."""
    nodes = [predictor[0].nodes for predictor in model._predictors]
    width = max(len(tree) for tree in nodes)
    shape = (len(nodes), width)
    feature, left, right = (np.zeros(shape, np.int16) for _ in range(3))
    threshold, value = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for row, tree in enumerate(nodes):
        n, leaf = len(tree), tree["is_leaf"].astype(bool)
        own = np.arange(n)
        feature[row, :n] = np.where(leaf, 0, tree["feature_idx"])
        threshold[row, :n] = np.where(leaf, 0, tree["num_threshold"])
        left[row, :n] = np.where(leaf, own, tree["left"])
        right[row, :n] = np.where(leaf, own, tree["right"])
        value[row, :n] = np.where(leaf, tree["value"], 0)
    depth = int(max(tree["depth"].max() for tree in nodes))
    start = float(np.ravel(model._baseline_prediction)[0])
    return Trees(feature, threshold, left, right, value, start, depth)


def main() -> None:
    """Read the corpus, fit both choices, write the arrays."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--predicted", type=Path, help="JSONL of a tagger's spans")
    parser.add_argument("--copies", type=int, default=2)
    parser.add_argument("--out", type=Path, default=MODEL)
    chosen = parser.parse_args()
    predicted = _read_predicted(chosen.predicted) if chosen.predicted else {}
    articles = read_gold(chosen.corpus, predicted)
    cues, sources = examples(articles, chosen.copies)
    arrays = {**fit(cues).arrays("cues"), **fit(sources).arrays("sources")}
    np.savez_compressed(chosen.out, **arrays)
    print(f"{chosen.out}: {chosen.out.stat().st_size} bytes")


def _read_predicted(path: Path) -> dict[str, list]:
    with path.open(encoding="utf-8") as lines:
        return {row["doc"]: row["spans"] for row in map(json.loads, lines)}


if __name__ == "__main__":
    main()
