"""Networks fitted before, which teach another: how sure they are of every tag.

What several networks say together is better than what each says alone. A network that learns it,
beside what is annotated, keeps some of that at the price of one.
"""

from collections.abc import Sequence

import torch
from safetensors.torch import load_file
from torch import Tensor

from analysis.quotations.training.data import IGNORED
from analysis.quotations.training.model import (
    Counts,
    Tagger,
    gather_words,
    log_total,
    shape_of,
)


def load_teachers(paths: str) -> list[Tagger]:
    """Load checkpoints, their paths separated by commas."""
    return [_load(path) for path in paths.split(",") if path]


def _load(path: str) -> Tagger:
    weights = load_file(path)
    model = Tagger(0.0, shape_of(weights))
    # an older network without edges may teach: only its tags are asked for
    model.load_state_dict(weights, strict=False)
    return model.requires_grad_(False).eval()


def expected_counts(
    teachers: Sequence[Tagger], windows: tuple[Tensor, Tensor, Tensor], tags: Tensor
) -> Counts:
    """Give how often the teachers together expect each tag at each word, and each after each.

    `windows` is what a network reads; `tags` (batch, pieces) has ``IGNORED`` where no word begins.
    """
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        said = torch.stack([teacher(*windows).scores for teacher in teachers]).mean(0)
    scores, gold = gather_words(said, tags)
    follow = torch.stack([teacher.follow for teacher in teachers]).mean(0)
    scores.requires_grad_(True)
    follow.requires_grad_(True)
    # the slopes of log Z are the expected counts
    return Counts(*torch.autograd.grad(log_total(scores, follow, gold != IGNORED),
                                       (scores, follow)))


def blend(gold: Counts, taught: Counts, share: float) -> Counts:
    """Mix what is annotated with what is taught."""
    return Counts(torch.lerp(gold.own, taught.own, share),
                  torch.lerp(gold.after, taught.after, share))
