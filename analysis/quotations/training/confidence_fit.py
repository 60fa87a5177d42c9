"""Fit the confidence: ``python -m analysis.quotations.training.confidence_fit --help``.

Learns from PolNeAR train, each half of it tagged by weights fitted on the other half (``fit --set
fold=0`` and ``fold=1``), so that the tagger errs there as it does on new text. The reliability
printed is of dev, tagged by weights fitted on train alone.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from analysis.quotations.confidence import JUDGED, MODEL, SIGNS, signs_of
from analysis.quotations.extract import find_layouts
from analysis.quotations.layout import Layout
from analysis.quotations.linker import Link, link, load_linker
from analysis.quotations.story import make_story
from analysis.quotations.tagger import load_tagger
from analysis.quotations.training.data import left_out
from analysis.quotations.training.linker_data import Gold, read_gold

MISSED = 0.007  # F1 given up for quotations that would be missed


@dataclass(frozen=True)
class Judged:
    """Quotations found: their signs, whether content and source are right; how many there are."""

    signs: np.ndarray
    right: np.ndarray
    n_gold: int


def judge(article: Gold, layout: Layout, links: list[Link]) -> list[tuple[bool, bool]]:
    """Whether each quotation's content is annotated, and whether so is its source."""
    gold = _gold_parts(article)
    pairs = []
    for at, made in enumerate(links):
        content = _characters(article.text, layout, made.contents)
        source = _characters(article.text, layout, [made.source] if made.source >= 0 else [])
        for key, (own, named) in gold.items():
            overlap = len(content & own) / max(1, len(content | own))
            if overlap >= 0.5:
                agrees = bool(source & named) if named else not source
                pairs.append((-overlap, not agrees, at, key))
    right, used_gold, used = [(False, False)] * len(links), set(), set()
    for _, wrong, at, key in sorted(pairs):
        if at not in used and key not in used_gold:
            used.add(at)
            used_gold.add(key)
            right[at] = (True, not wrong)
    return right


def _gold_parts(article: Gold) -> dict[int, tuple[set[int], set[int]]]:
    parts: dict[int, tuple[set[int], set[int]]] = {}
    for mark in article.marks:
        for quote in mark.quotes:
            content, source = parts.setdefault(quote, (set(), set()))
            own = {i for i in range(mark.start, mark.end) if article.text[i].isalnum()}
            if mark.label == "content":
                content |= own
            elif mark.label == "source":
                source |= own
    return {key: own for key, own in parts.items() if own[0]}


def _characters(text: str, layout: Layout, spans: object) -> set[int]:
    return {i for at in spans for i in range(layout.start[at], layout.end[at]) if text[i].isalnum()}


def judged(articles: Sequence[Gold], tagger: Path | None) -> Judged:
    """Tag, link and judge some articles."""
    stories = [make_story(article.name, article.text) for article in articles]
    layouts = find_layouts(stories, load_tagger(tagger))
    signs, right = [], []
    for article, layout, own in zip(articles, layouts, link(layouts, load_linker()), strict=True):
        signs.append(signs_of(article.text, layout, own))
        right += judge(article, layout, own)
    n_gold = sum(len(_gold_parts(article)) for article in articles)
    return Judged(np.concatenate(signs), np.array(right), n_gold)


def joined(parts: Sequence[Judged]) -> Judged:
    """Put what was judged in parts together."""
    return Judged(np.concatenate([part.signs for part in parts]),
                  np.concatenate([part.right for part in parts]),
                  sum(part.n_gold for part in parts))


def main() -> None:
    """Judge, fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="PolNeAR, with train and dev")
    parser.add_argument("--folds", type=Path, nargs=2, required=True,
                        help="model folders fitted with fold=0 and with fold=1")
    parser.add_argument("--tagger", type=Path, required=True, help="model folder that saw no dev")
    parser.add_argument("--out", type=Path, default=MODEL)
    chosen = parser.parse_args()
    train = read_gold(chosen.corpus / "train")
    learned = joined([judged(left_out(train, fold), tagger)
                      for fold, tagger in enumerate(chosen.folds)])
    models = [LogisticRegression(C=1.0, max_iter=5000).fit(learned.signs, learned.right[:, k])
              for k in range(len(JUDGED))]
    stored = {what: {"weights": dict(zip(SIGNS, np.round(m.coef_[0], 5).tolist(), strict=True)),
                     "constant": round(float(m.intercept_[0]), 5)}
              for what, m in zip(JUDGED, models, strict=True)}
    stored["threshold"] = best_threshold(models[0], learned)
    chosen.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    dev = judged(read_gold(chosen.corpus / "dev"), chosen.tagger)
    report(models[1].predict_proba(dev.signs)[:, 1], dev.right[:, 1])


def report(sure: np.ndarray, right: np.ndarray) -> None:
    """Print the reliability."""
    print("confidence | quotations | mean confidence | right")
    for low in np.arange(0, 1, 0.1):
        own = (sure >= low) & (sure < low + 0.1 + 1e-9 * (low > 0.85))
        if own.any():
            print(f"{low:.1f}-{low + 0.1:.1f} | {own.sum()} | {sure[own].mean():.3f} | "
                  f"{right[own].mean():.3f}")
    print(f"Brier score {np.mean((sure - right) ** 2):.4f}")


def best_threshold(model: LogisticRegression, learned: Judged) -> float:
    """Find the lowest threshold that leaves the content's F1 as good as the best.

    Nearly as good, within `MISSED`: a quotation that is missing cannot be corrected by its reader.
    """
    sure, grid = model.predict_proba(learned.signs)[:, 1], np.arange(0, 0.6, 0.05)
    figures = [2 * learned.right[sure >= t, 0].sum() / (learned.n_gold + (sure >= t).sum())
               for t in grid]
    for threshold, figure in zip(grid, figures, strict=True):
        print(f"threshold {threshold:.2f}: content F1 {figure:.4f}")
    return round(float(grid[np.argmax(np.array(figures) >= max(figures) - MISSED)]), 2)


if __name__ == "__main__":
    main()
