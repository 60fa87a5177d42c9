"""What decides a fit."""

from dataclasses import dataclass

from analysis.quotations.training.data import LONGEST


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a fit, besides the data.

    A fit with a `fold` (-1: none) leaves out one article of every `folds`, to be judged there.
    `syntax` and `edges` weigh what is learned besides the tags: grammar (0: not at all) and edges
    of spans. `average` is what a step keeps of the weights' running average.

    `start` is the checkpoint to begin with. Without one the base has `layers` (0: as many as its
    shape); a `large` network is to teach only.

    `teachers` are checkpoints, parted by commas, that decide the share `taught` of what is learned
    of the tags. With two folds all speak together. With more, teacher i was fitted on train with
    fold i % `folds`, and of a train article speak those who have not read it and, for a share
    `mix`, those of another fold. `lessons` are texts that nobody annotated, of which teachers
    alone decide: a folder of text files, or one file with an article a line.
    """

    large: bool = False
    layers: int = 0
    device: str = "cpu"
    fold: int = -1
    folds: int = 2
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
    mix: float = 0.5
    lessons: str = ""
