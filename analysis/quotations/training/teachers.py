"""Networks fitted before, which teach another: how sure they are of every tag.

What several networks say together is better than what each says alone. A network that learns it,
beside what is annotated, keeps some of that at the price of one. Of an article that they were
fitted on teachers say little but what is annotated, so those speak that have not read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from safetensors.torch import load_file
from torch import Tensor

from analysis.quotations.training.data import IGNORED
from analysis.quotations.training.model import (
    Counts,
    Tagger,
    gather_words,
    gold_counts,
    log_total,
    shape_of,
)
from analysis.quotations.training.recipe import Recipe

Windows = Sequence[Tensor]  # what a network reads: pieces, marks, lengths


@dataclass(frozen=True)
class Teachers:
    """Some teachers, the i-th fitted without fold i % `folds`; of two folds, all on everything."""

    every: Sequence[Tagger]
    folds: int = 2
    mix: float = 0.5

    def say(self, fold: int, epoch: int, windows: Windows, tags: Tensor) -> Counts:
        """Give the counts that those expect who may speak of a fold (-1: none has read it)."""
        outer, inner = speakers(fold, epoch, self.folds)
        said = expected_counts(self._of(outer), windows, tags)
        if inner and self.mix:
            said = blend(said, expected_counts(self._of(inner), windows, tags), self.mix)
        return said

    def _of(self, folds: set[int]) -> list[Tagger]:
        return [each for i, each in enumerate(self.every) if i % self.folds in folds]


def speakers(fold: int, epoch: int, folds: int) -> tuple[set[int], set[int]]:
    """Tell by their folds which teachers have not read an article, and which others speak too.

    Others are another fold's every epoch. Of what none has read (-1) those of two folds speak,
    another two every epoch. Teachers of two folds all speak of everything.
    """
    if folds == 2:
        return {0, 1}, set()
    if fold < 0:
        return {epoch % folds, (epoch + 2) % folds}, set()
    return {fold}, {(fold + 1 + epoch % (folds - 1)) % folds}


def load_teachers(recipe: Recipe) -> Teachers | None:
    """Load the checkpoints that a recipe names as teachers."""
    paths = [path for path in recipe.teachers.split(",") if path]
    if recipe.folds > 2 and 0 < len(paths) < recipe.folds:
        raise ValueError(f"{recipe.folds} folds need a teacher each; teachers names {len(paths)}")
    if recipe.lessons and not paths:
        raise ValueError("lessons need teachers: nobody annotated them; set teachers=…")
    every = [_load(path).to(recipe.device) for path in paths]
    return Teachers(every, recipe.folds, recipe.mix) if every else None


def _load(path: str) -> Tagger:
    weights = load_file(path)
    model = Tagger(0.0, shape_of(weights))
    # an older network without edges may teach: only its tags are asked for
    model.load_state_dict(weights, strict=False)
    return model.requires_grad_(False).eval()


def expected_counts(teachers: Sequence[Tagger], windows: Windows, tags: Tensor) -> Counts:
    """Give how often the teachers together expect each tag at each word, and each after each.

    `tags` (batch, pieces) has ``IGNORED`` where no word begins.
    """
    with torch.no_grad(), torch.autocast(tags.device.type, torch.bfloat16):
        said = torch.stack([teacher(*windows).scores for teacher in teachers]).mean(0)
    scores, gold = gather_words(said, tags)
    follow = torch.stack([teacher.follow for teacher in teachers]).mean(0)
    scores.requires_grad_(True)
    follow.requires_grad_(True)
    # the slopes of log Z are the expected counts
    return Counts(*torch.autograd.grad(log_total(scores, follow, gold != IGNORED),
                                       (scores, follow)))


def wanted(
    tags: Tensor, said: Counts | None, annotated: bool, share: float
) -> tuple[Counts, Tensor]:
    """Give what to learn: counts of tags, and the tags whose spans have edges.

    Teachers have their `share` where there are annotated tags, elsewhere they alone decide.
    """
    if said and not annotated:
        return said, likeliest(said, tags)
    _, gold = gather_words(tags[..., None], tags)
    counts = gold_counts(gold)
    return (blend(counts, said, share) if said else counts), tags


def blend(gold: Counts, taught: Counts, share: float) -> Counts:
    """Mix what is annotated with what is taught."""
    return Counts(torch.lerp(gold.own, taught.own, share),
                  torch.lerp(gold.after, taught.after, share))


def likeliest(said: Counts, tags: Tensor) -> Tensor:
    """Give the tags most expected, where there are `tags` (batch, pieces)."""
    real, best = tags != IGNORED, said.own.argmax(2)
    out = tags.clone()
    out[real] = best[torch.arange(best.shape[1], device=best.device) < real.sum(1, keepdim=True)]
    return out
