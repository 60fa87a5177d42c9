"""More layers for a fitted network, which at first change next to nothing.

A new layer begins as a copy of the one below it whose two additions are nought: what it passes on
is what it was given, but for a norm. So the fit goes on from what the network knows.
"""

from collections.abc import Collection, Mapping

import torch
from torch import Tensor

from analysis.quotations.training.model import shape_of

ADDED = ("merge", "narrow")  # the linear layers whose output is added to what a layer is given
NORMS = ("norm", "norm_out")


def grow(weights: Mapping[str, Tensor], behind: Collection[int]) -> dict[str, Tensor]:
    """Put a layer behind each of those numbered, the lowest being 1."""
    layers = []
    for number in range(1, shape_of(weights).layers + 1):
        own = _layer(weights, number)
        layers += [own, _idle(own)] if number in behind else [own]
    rest = {name: value for name, value in weights.items() if not name.startswith("layers.")}
    return rest | {f"layers.{at}.{name}": value
                   for at, own in enumerate(layers) for name, value in own.items()}


def _layer(weights: Mapping[str, Tensor], number: int) -> dict[str, Tensor]:
    start = f"layers.{number - 1}."
    return {name.removeprefix(start): value.clone()
            for name, value in weights.items() if name.startswith(start)}


def _idle(below: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Give a layer that passes on what the one below gives.

    Behind a norm with scales g and shifts b, values lie about b's mean, as far as g's mean square
    and b's variance say: norms of this centre and width leave them as they are.
    """
    scale, shift = below["norm_out.weight"], below["norm_out.bias"]
    idle = {name: value.clone() for name, value in below.items()}
    for name in ADDED:
        idle[f"{name}.weight"].zero_()
        idle[f"{name}.bias"].zero_()
    for name in NORMS:
        width = (scale.square().mean() + shift.var(unbiased=False)).sqrt()
        idle[f"{name}.weight"] = torch.full_like(scale, float(width))
        idle[f"{name}.bias"] = torch.full_like(shift, float(shift.mean()))
    return idle
