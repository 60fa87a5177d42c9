"""Batches to learn from; with a teacher's view of them they are kept, to be learned more than once.

A teacher is a network of the same size that was fitted on the other half of the articles. What it
expects of articles it has not seen, how often each tag stands at each word and after each other
tag, says where the annotators were of two minds: the annotations alone are learned by heart. The
pupil's cross-entropy against it is that of whole sequences.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from analysis.quotations.pieces import PieceTable
from analysis.quotations.training.augment import vary
from analysis.quotations.training.data import Article, Window, batches, blanked, windows
from analysis.quotations.training.evaluate import pad
from analysis.quotations.training.model import (
    Counts,
    Tagger,
    expected_counts,
    gather_words,
)
from analysis.quotations.training.recipe import Recipe

WHOLE = ("pieces", "quoted", "length", "tags")


@dataclass(frozen=True)
class Lesson:
    """A batch of windows of equal width, and what a teacher thinks of it."""

    pieces: Tensor
    quoted: Tensor
    length: Tensor
    tags: Tensor
    view: Counts | None = None


def lessons_of(
    articles: Sequence[Article], table: PieceTable, recipe: Recipe, rng: np.random.Generator
) -> list[Lesson]:
    """Cut articles into batches, a part of the articles varied, a part of the pieces hidden."""
    found: list[Window] = []
    for article in articles:
        chosen = vary(article, rng) if rng.random() < recipe.varied else article
        for window in windows(chosen, table, rng, recipe.longest):
            found.append(blanked(window, recipe.blanked, rng))
    return [Lesson(*pad(batch)) for batch in batches(found, recipe.budget, rng)]


def viewed(lessons: Sequence[Lesson], teacher: Tagger) -> list[Lesson]:
    """Add the teacher's view to every lesson."""
    out = []
    for lesson in lessons:
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            scores = teacher(lesson.pieces, lesson.quoted, lesson.length)
        packed, gold = gather_words(scores.float(), lesson.tags)
        view = expected_counts(packed, teacher.follow, gold)
        out.append(Lesson(lesson.pieces, lesson.quoted, lesson.length, lesson.tags, view))
    return out


def load_teacher(path: Path) -> Tagger:
    """Load a network that only answers."""
    teacher = Tagger(0.0)
    teacher.load_state_dict(load_file(path))
    return teacher.eval().requires_grad_(False)


def save_lessons(lessons: Sequence[Lesson], path: Path) -> None:
    """Keep lessons with a view in one file of tensors."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = {}
    for i, lesson in enumerate(lessons):
        parts = {name: getattr(lesson, name).int() for name in WHOLE}
        parts |= {"own": lesson.view.own.half(), "after": lesson.view.after}
        tensors |= {f"{i}.{name}": part.contiguous() for name, part in parts.items()}
    save_file(tensors, path)


def load_lessons(path: Path) -> list[Lesson]:
    """Load lessons that were kept."""
    tensors = load_file(path)
    return [_loaded(tensors, i) for i in range(1 + max(int(k.split(".")[0]) for k in tensors))]


def _loaded(tensors: dict[str, Tensor], i: int) -> Lesson:
    whole = (tensors[f"{i}.{name}"].long() for name in WHOLE)
    return Lesson(*whole, Counts(tensors[f"{i}.own"].float(), tensors[f"{i}.after"]))


def shuffled_lessons(
    folders: Sequence[str], epoch: int, rng: np.random.Generator
) -> list[Lesson]:
    """Take an epoch's lessons from each folder, whose files are taken in turns, and mix them."""
    lessons = []
    for folder in folders:
        files = sorted(Path(folder).glob("*.safetensors"))
        lessons += load_lessons(files[epoch % len(files)])
    return [lessons[i] for i in rng.permutation(len(lessons))]
