"""What decides a fit."""

from dataclasses import dataclass

from analysis.quotations.training.data import LONGEST


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a fit, besides the data.

    A fit with `fold` 0 or 1 leaves out every second article, to be judged there. `syntax` and
    `edges` weigh what is learned besides the tags: grammar (0: not at all) and edges of spans.
    `start` is the checkpoint to begin with; `teachers` are checkpoints, parted by commas, that
    decide the share `taught` of what is learned of the tags. A `large` network is to teach only.
    """

    large: bool = False
    fold: int = -1
    seed: int = 1
    epochs: int = 6
    rate: float = 3e-4
    head_rate: float = 3e-3
    layer_decay: float = 0.9
    dropout: float = 0.1
    warm_up: int = 40
    budget: int = 3600
    longest: int = LONGEST
    clip: float = 1.0
    varied: float = 0.5
    blanked: float = 0.04
    average: float = 0.995
    syntax: float = 0.1
    edges: float = 1.0
    start: str = ""
    teachers: str = ""
    taught: float = 0.5
