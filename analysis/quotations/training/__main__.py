"""The steps of the training on the command line."""

import argparse
from pathlib import Path

import torch

from analysis.quotations.training import steps


def main() -> None:
    """Run one step: fit, average, grow, export or score."""
    parser = argparse.ArgumentParser(prog="python -m analysis.quotations.training")
    parser.add_argument("--threads", type=int, default=1)
    commands = parser.add_subparsers(dest="step", required=True)
    fit = commands.add_parser("fit", help="fit on PolNeAR; goes on where it stopped")
    fit.add_argument("corpus", type=Path)
    fit.add_argument("--out", type=Path, required=True)
    fit.add_argument("--splits", nargs="+", default=["train"])
    fit.add_argument("--base", type=Path, help="folder of the base weights")
    fit.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="recipe values")
    average = commands.add_parser("average", help="checkpoints to one that lies between them")
    average.add_argument("checkpoints", type=Path, nargs="+")
    average.add_argument("--out", type=Path, required=True)
    grow = commands.add_parser("grow", help="checkpoint to one with more layers")
    grow.add_argument("checkpoint", type=Path)
    grow.add_argument("--behind", type=int, nargs="+", required=True, metavar="LAYER")
    grow.add_argument("--out", type=Path, required=True)
    export = commands.add_parser("export", help="checkpoint to int8 ONNX")
    export.add_argument("checkpoint", type=Path)
    export.add_argument("corpus", type=Path)
    export.add_argument("--out", type=Path, required=True)
    score = commands.add_parser("score", help="exact span F1 of exported weights")
    score.add_argument("split", type=Path)
    score.add_argument("--model", type=Path)
    given = vars(parser.parse_args())
    torch.set_num_threads(given.pop("threads"))
    getattr(steps, given.pop("step"))(**given)


if __name__ == "__main__":
    main()
