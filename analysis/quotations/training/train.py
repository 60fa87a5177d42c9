"""The fit: seeded, resumable, one checkpoint an epoch."""

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.optim.swa_utils import get_ema_multi_avg_fn

from analysis.quotations.pieces import PieceTable
from analysis.quotations.training.base import base_pieces, load_base
from analysis.quotations.training.data import IGNORED, Article, read_articles
from analysis.quotations.training.edges import edge_loss
from analysis.quotations.training.epoch import Batch, Part, make_batches, read_parts
from analysis.quotations.training.evaluate import pad, pad_syntax, span_figures
from analysis.quotations.training.model import (
    LARGE,
    SMALL,
    Shape,
    Tagger,
    chain_loss,
    gather_words,
    groups,
    shape_of,
)
from analysis.quotations.training.recipe import Recipe
from analysis.quotations.training.syntax import Syntax
from analysis.quotations.training.teachers import load_teachers, wanted

GRAMMAR = "syntax.safetensors"
SYNTAX_RATE = 1e-3


def fit(
    corpus: Path, base: Path, out: Path, recipe: Recipe, splits: tuple[str, ...] = ("train",)
) -> None:
    """Fit on the splits, scoring dev after every epoch; goes on where `out` left off."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    parts = read_parts(corpus, splits, recipe)
    dev = read_articles(corpus / "dev")
    run = Run(recipe, base_pieces(), base, out)
    for epoch in range(run.resume(), recipe.epochs):
        run.one_epoch(parts, epoch)
        run.save(epoch)
        run.report(epoch, dev)


def _base_shape(recipe: Recipe) -> Shape:
    shape = LARGE if recipe.large else SMALL
    return replace(shape, layers=recipe.layers or shape.layers)


class Run:
    """A model, its running average, its optimiser and where they are kept."""

    def __init__(self, recipe: Recipe, table: PieceTable, base: Path, out: Path) -> None:
        self.recipe, self.table, self.out = recipe, table, out
        self.teachers = load_teachers(recipe)
        begun = load_file(recipe.start) if recipe.start else {}
        self.shape = shape_of(begun) if begun else _base_shape(recipe)
        self.model = Tagger(recipe.dropout, self.shape)
        if begun:
            self.model.load_state_dict(begun)
        else:
            load_base(self.model, base / "model.safetensors")
        self.model.to(recipe.device)
        own = groups(self.model, recipe.rate, recipe.head_rate, recipe.layer_decay)
        self.syntax = self._grammar() if recipe.syntax else None
        if self.syntax:
            own.append({"params": list(self.syntax.parameters()), "lr": SYNTAX_RATE,
                        "peak": SYNTAX_RATE, "weight_decay": 0.01})
        self.optimizer = torch.optim.AdamW(own, fused=True)
        self.mean = {k: v.clone() for k, v in self.model.state_dict().items()}
        self.step, self.steps = 0, 0

    def _grammar(self) -> Syntax:
        syntax = Syntax(self.shape.hidden)
        if self.recipe.start:
            syntax.load_state_dict(load_file(Path(self.recipe.start).with_name(GRAMMAR)))
        return syntax.to(self.recipe.device)

    def resume(self) -> int:
        """Load the last checkpoint, if there is one; the epoch to go on with."""
        state = self.out / "state.json"
        if not state.exists():
            return 0
        known = json.loads(state.read_text())
        self.step, self.steps = known["step"], known["steps"]
        self.model.load_state_dict(self._kept("last"))
        if self.syntax:
            self.syntax.load_state_dict(load_file(self.out / GRAMMAR))
        self.mean = self._kept(f"mean-{known['epoch']}")
        learned = self._learned()
        for key, value in self._kept("moments").items():
            number, name = key.split(".")
            self.optimizer.state[learned[int(number)]][name] = value
        return known["epoch"] + 1

    def _kept(self, name: str) -> dict[str, Tensor]:
        return load_file(self.out / f"{name}.safetensors", self.recipe.device)

    def _learned(self) -> list[torch.nn.Parameter]:
        return [p for group in self.optimizer.param_groups for p in group["params"]]

    def save(self, epoch: int) -> None:
        """Write the weights, their average and the optimiser's moments."""
        save_file(self.model.state_dict(), self.out / "last.safetensors")
        if self.syntax:
            save_file(self.syntax.state_dict(), self.out / GRAMMAR)
        save_file(self.mean, self.out / f"mean-{epoch}.safetensors")
        moments = {
            f"{i}.{name}": value.contiguous()
            for i, parameter in enumerate(self._learned())
            for name, value in self.optimizer.state[parameter].items()
        }
        save_file(moments, self.out / "moments.safetensors")
        state = {"epoch": epoch, "step": self.step, "steps": self.steps}
        (self.out / "state.json").write_text(json.dumps(state | {"recipe": asdict(self.recipe)}))

    def one_epoch(self, parts: Sequence[Part], epoch: int) -> None:
        """One pass over all articles and lessons."""
        order = make_batches(parts, self.recipe, epoch, self.table)
        torch.manual_seed(self.recipe.seed * 1000 + epoch)
        self.steps = max(self.steps, self.step + len(order) * (self.recipe.epochs - epoch))
        self.model.train()
        begun, total, words = time.time(), torch.zeros((), device=self.recipe.device), 0
        for number, batch in enumerate(order):
            loss, n = self._one_step(batch, epoch)
            total, words = total + loss, words + n
            if number % 20 == 19:
                self.note(
                    epoch=epoch,
                    batch=number + 1,
                    of=len(order),
                    loss=round(float(total) / words, 4),
                    seconds=round(time.time() - begun),
                )
                total, words = torch.zeros_like(total), 0

    def _one_step(self, batch: Batch, epoch: int) -> tuple[Tensor, int]:
        *windows, tags = (part.to(self.recipe.device) for part in pad(batch.windows))
        said = self.teachers and self.teachers.say(batch.part.fold, epoch, windows, tags)
        counts, spanned = wanted(tags, said, batch.part.annotated, self.recipe.taught)
        with torch.autocast(tags.device.type, torch.bfloat16):
            read = self.model(*windows)
            besides = self.recipe.edges * edge_loss(read.edges, spanned)
            if self.syntax:
                known = pad_syntax(batch.windows, tags.shape[1]).to(tags.device)
                grammar = self.syntax(read.middle, known, windows[2])
                besides = besides + self.recipe.syntax * grammar
        packed, gold = gather_words(read.scores, tags)
        loss = chain_loss(packed, self.model.follow, gold != IGNORED, counts)
        n = int((gold != IGNORED).sum())
        self._learn((loss + besides) / n)
        return loss.detach(), n

    def _learn(self, loss: Tensor) -> None:
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.recipe.clip)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * self._factor()
        self.optimizer.step()
        self._average()
        self.step += 1

    def _factor(self) -> float:
        warm = min(1.0, (self.step + 1) / self.recipe.warm_up)
        return warm * max(0.02, 1 - self.step / max(1, self.steps))

    def _average(self) -> None:
        keep = min(self.recipe.average, (1 + self.step) / (10 + self.step))
        learned = {k: v for k, v in self.model.named_parameters() if v.requires_grad}
        means = [self.mean[name] for name in learned]
        get_ema_multi_avg_fn(keep)(means, list(learned.values()), self.step)

    def report(self, epoch: int, dev: list[Article]) -> None:
        """Score the averaged weights on dev."""
        model = Tagger(0.0, self.shape).to(self.recipe.device)
        model.load_state_dict(self.mean)
        limits = {"whole": 160} if epoch % 2 == 0 else {"whole": 160, "alone": None}
        self.note(
            epoch=epoch,
            **{name: span_figures(model, dev, self.table, n) for name, n in limits.items()},
        )

    def note(self, **facts: object) -> None:
        """Add a line to the log."""
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(facts) + "\n")
