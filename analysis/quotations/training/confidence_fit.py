"""Fit the confidence: ``python -m analysis.quotations.training.confidence_fit --corpus DEV``.

Uses articles that neither tagger nor linker learned from. The reliability printed is of five
folds by article, each judged by weights fitted on the other four.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from analysis.quotations.confidence import MODEL, SIGNS, signs_of
from analysis.quotations.layout import Layout, lay_out
from analysis.quotations.linker import Link, link, load_linker
from analysis.quotations.marks import mask_of, quoted_regions
from analysis.quotations.printed import read_printed
from analysis.quotations.repair import repair_spans
from analysis.quotations.tagger import load_tagger, tag_texts
from analysis.quotations.training.linker_data import Gold, read_gold

FOLDS = 5


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


def main() -> None:
    """Tag, link and judge the articles; fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--tagger", type=Path, help="model folder fitted without these articles")
    parser.add_argument("--out", type=Path, default=MODEL)
    chosen = parser.parse_args()
    articles = read_gold(chosen.corpus)
    layouts = []
    tagged = tag_texts([article.text for article in articles], load_tagger(chosen.tagger))
    for article, spans in zip(articles, tagged, strict=True):
        regions = quoted_regions(article.text)
        repaired = read_printed(article.text, repair_spans(article.text, spans, regions))
        layouts.append(lay_out(article.text, repaired, mask_of(len(article.text), regions)))
    links = link(layouts, load_linker())
    rows, right, fold = [], [], []
    for at, (article, layout, own) in enumerate(zip(articles, layouts, links, strict=True)):
        rows.append(signs_of(layout, own).reshape(len(own), len(SIGNS)))
        right += judge(article, layout, own)
        fold += [at % FOLDS] * len(own)
    n_gold = sum(len(_gold_parts(article)) for article in articles)
    found = np.array(right)
    sure = report(np.concatenate(rows), found[:, 1], np.array(fold), out=chosen.out)
    threshold = best_threshold(sure, found, n_gold)
    stored = json.loads(chosen.out.read_text(encoding="utf-8")) | {"threshold": threshold}
    chosen.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def report(rows: np.ndarray, right: np.ndarray, fold: np.ndarray, *, out: Path) -> np.ndarray:
    """Print the reliability over folds, write the weights; give the folds' confidences."""
    sure = np.zeros(len(rows))
    for held in range(FOLDS):
        model = LogisticRegression(C=1.0, max_iter=500).fit(rows[fold != held], right[fold != held])
        sure[fold == held] = model.predict_proba(rows[fold == held])[:, 1]
    print("confidence | quotations | mean confidence | right")
    for low in np.arange(0, 1, 0.1):
        own = (sure >= low) & (sure < low + 0.1 + 1e-9 * (low > 0.85))
        if own.any():
            print(f"{low:.1f}-{low + 0.1:.1f} | {own.sum()} | {sure[own].mean():.3f} | "
                  f"{right[own].mean():.3f}")
    print(f"Brier score {np.mean((sure - right) ** 2):.4f}")
    model = LogisticRegression(C=1.0, max_iter=500).fit(rows, right)
    weights = dict(zip(SIGNS, np.round(model.coef_[0], 5).tolist(), strict=True))
    stored = {"weights": weights, "constant": round(float(model.intercept_[0]), 5)}
    out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    return sure


def best_threshold(sure: np.ndarray, found: np.ndarray, n_gold: int) -> float:
    """Find the confidence below which leaving out gains F1 of the content.

    With the source, a higher one would gain a little more, and lose indirect quotations.
    """
    grid = np.arange(0, 0.5, 0.05)
    figures = [2 * found[sure >= t].sum(0) / (n_gold + (sure >= t).sum()) for t in grid]
    for threshold, (content, sourced) in zip(grid, figures, strict=True):
        print(f"threshold {threshold:.2f}: content {content:.4f}, with source {sourced:.4f}")
    return round(float(grid[int(np.argmax([content for content, _ in figures]))]), 2)


if __name__ == "__main__":
    main()
