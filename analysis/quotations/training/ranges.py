"""The range of the activations at every place that is quantised, from training articles."""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import nn

from analysis.quotations.training.data import Window
from analysis.quotations.training.evaluate import pad
from analysis.quotations.training.model import Tagger

TAIL = 1e-3  # share of the articles' lowest and highest values that a range leaves out


@torch.no_grad()
def activation_ranges(model: Tagger, found: Sequence[Window]) -> dict[str, np.ndarray]:
    """Lowest and highest input of every column of every linear layer, as an array (2, columns)."""
    seen: dict[str, list[np.ndarray]] = {}
    hooks = [
        module.register_forward_pre_hook(_watch(seen.setdefault(name, [])))
        for name, module in model.named_modules()
        if isinstance(module, nn.Linear) and name not in ("head", "edges")
    ]
    model.eval()
    for window in found:
        pieces, quoted, length, _ = pad([window])
        n = int(length)
        model(pieces[:, :n], quoted[:, :n], length)
    for hook in hooks:
        hook.remove()
    return {name: _edges(np.concatenate(rows)) for name, rows in seen.items()}


def _watch(rows: list[np.ndarray]) -> Callable[[nn.Module, tuple[torch.Tensor, ...]], None]:
    def note(_: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        values = inputs[0].float().numpy()
        rows.append(values.reshape(-1, values.shape[-1]))

    return note


def _edges(rows: np.ndarray) -> np.ndarray:
    cut = int(len(rows) * TAIL)
    parted = np.partition(rows, (cut, len(rows) - 1 - cut), axis=0)
    return np.stack([parted[cut], parted[len(rows) - 1 - cut]])
