"""One pass over what a fit learns: articles varied and cut into windows, windows into batches.

Articles of a batch have the same teachers, so articles are kept in parts until then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from analysis.quotations.pieces import PieceTable
from analysis.quotations.training.augment import vary
from analysis.quotations.training.data import (
    Article,
    Window,
    batches,
    blanked,
    mark,
    read_articles,
    windows,
)
from analysis.quotations.training.lessons import in_paragraphs, read_lessons
from analysis.quotations.training.recipe import Recipe
from analysis.quotations.training.syntax import parse

PARTED = "train"  # the split whose folds teachers have left out


@dataclass(frozen=True)
class Part:
    """Articles that the same teachers speak of: those of a fold, or of none (-1)."""

    articles: list[Article]
    fold: int = -1
    annotated: bool = True


@dataclass(frozen=True)
class Batch:
    """Windows that are read together, all of one part."""

    windows: list[Window]
    part: Part


def read_parts(corpus: Path, splits: Iterable[str], recipe: Recipe) -> list[Part]:
    """Read the articles that a fit learns, and its lessons."""
    found: dict[int, list[Article]] = {}
    for split in splits:
        for at, article in enumerate(read_articles(corpus / split)):
            own = at % recipe.folds
            if own != recipe.fold:
                kept = own if recipe.folds > 2 and split == PARTED else -1
                found.setdefault(kept, []).append(article)
    parts = [Part(articles, fold) for fold, articles in found.items()]
    if recipe.lessons:
        parts.append(Part(read_lessons(Path(recipe.lessons)), annotated=False))
    return parts


def make_batches(
    parts: Sequence[Part], recipe: Recipe, epoch: int, table: PieceTable
) -> list[Batch]:
    """Give the batches of an epoch in random order, each from one part."""
    rng = np.random.default_rng([recipe.seed, epoch])
    out = [Batch(some, part) for part in parts
           for some in batches(_cut(part, recipe, rng, table), recipe.budget, rng)]
    return [out[i] for i in rng.permutation(len(out))]


def _cut(
    part: Part, recipe: Recipe, rng: np.random.Generator, table: PieceTable
) -> list[Window]:
    """Cut articles into windows, a share of them varied, a share of the pieces hidden."""
    chosen = part.articles if part.annotated else [in_paragraphs(a, rng) for a in part.articles]
    chosen = [vary(a, rng) if rng.random() < recipe.varied else a for a in chosen]
    marked = [mark(article, table) for article in chosen]
    if recipe.syntax:
        parsed = parse([article.text for article in chosen], [m.words for m in marked])
        marked = [replace(m, syntax=own) for m, own in zip(marked, parsed, strict=True)]
    return [
        blanked(window, recipe.blanked, rng)
        for each in marked
        for window in windows(each, table, rng, recipe.longest)
    ]
