"""The fit: seeded, resumable, one checkpoint an epoch."""

import json
import time
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from analysis.quotations.pieces import PieceTable
from analysis.quotations.training.augment import vary
from analysis.quotations.training.base import base_pieces, load_base
from analysis.quotations.training.data import (
    IGNORED,
    Article,
    Window,
    batches,
    blanked,
    left_out,
    mark,
    read_articles,
    windows,
)
from analysis.quotations.training.edges import edge_loss
from analysis.quotations.training.evaluate import pad, pad_syntax, span_figures
from analysis.quotations.training.model import (
    LARGE,
    SMALL,
    Read,
    Tagger,
    chain_loss,
    gather_words,
    gold_counts,
    groups,
    shape_of,
)
from analysis.quotations.training.recipe import Recipe
from analysis.quotations.training.syntax import Syntax, parse
from analysis.quotations.training.teachers import blend, expected_counts, load_teachers

GRAMMAR = "syntax.safetensors"
SYNTAX_RATE = 1e-3


def fit(
    corpus: Path, base: Path, out: Path, recipe: Recipe, splits: tuple[str, ...] = ("train",)
) -> None:
    """Fit on the splits, scoring dev after every epoch; goes on where `out` left off."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    table = base_pieces()
    articles = [a for split in splits for a in _learned(read_articles(corpus / split), recipe)]
    dev = read_articles(corpus / "dev")
    run = Run(recipe, table, base, out)
    for epoch in range(run.resume(), recipe.epochs):
        run.one_epoch(articles, epoch)
        run.save(epoch)
        run.report(epoch, dev)


def _learned(articles: list[Article], recipe: Recipe) -> list[Article]:
    """Give the articles that the fit does not leave out."""
    return articles if recipe.fold < 0 else left_out(articles, 1 - recipe.fold)


class Run:
    """A model, its running average, its optimiser and where they are kept."""

    def __init__(self, recipe: Recipe, table: PieceTable, base: Path, out: Path) -> None:
        self.recipe, self.table, self.out = recipe, table, out
        begun = load_file(recipe.start) if recipe.start else {}
        self.shape = shape_of(begun) if begun else LARGE if recipe.large else SMALL
        self.model = Tagger(recipe.dropout, self.shape)
        self.syntax = Syntax(self.shape.hidden)
        self.teachers = load_teachers(recipe.teachers)
        if begun:
            self.model.load_state_dict(begun)
            self.syntax.load_state_dict(load_file(Path(recipe.start).with_name(GRAMMAR)))
        else:
            load_base(self.model, base / "model.safetensors")
        own = groups(self.model, recipe.rate, recipe.head_rate, recipe.layer_decay)
        own.append({"params": list(self.syntax.parameters()), "lr": SYNTAX_RATE,
                    "peak": SYNTAX_RATE, "weight_decay": 0.01})
        self.optimizer = torch.optim.AdamW(own, fused=True)
        self.mean = {k: v.clone() for k, v in self.model.state_dict().items()}
        self.step, self.steps = 0, 0

    def resume(self) -> int:
        """Load the last checkpoint, if there is one; the epoch to go on with."""
        state = self.out / "state.json"
        if not state.exists():
            return 0
        known = json.loads(state.read_text())
        self.step, self.steps = known["step"], known["steps"]
        self.model.load_state_dict(load_file(self.out / "last.safetensors"))
        self.syntax.load_state_dict(load_file(self.out / GRAMMAR))
        self.mean = load_file(self.out / f"mean-{known['epoch']}.safetensors")
        moments = load_file(self.out / "moments.safetensors")
        for i, parameter in enumerate(self._learned()):
            self.optimizer.state[parameter] = {
                name: moments[f"{i}.{name}"] for name in ("exp_avg", "exp_avg_sq", "step")
            }
        return known["epoch"] + 1

    def _learned(self) -> list[torch.nn.Parameter]:
        return [p for group in self.optimizer.param_groups for p in group["params"]]

    def save(self, epoch: int) -> None:
        """Write the weights, their average and the optimiser's moments."""
        save_file(self.model.state_dict(), self.out / "last.safetensors")
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

    def one_epoch(self, articles: list[Article], epoch: int) -> None:
        """One pass over all articles."""
        order = self._order(articles, epoch)
        torch.manual_seed(self.recipe.seed * 1000 + epoch)
        self.steps = max(self.steps, self.step + len(order) * (self.recipe.epochs - epoch))
        self.model.train()
        begun, total, words = time.time(), 0.0, 0
        for number, batch in enumerate(order):
            loss, n = self._one_step(batch)
            total, words = total + loss, words + n
            if number % 20 == 19:
                self.note(
                    epoch=epoch,
                    batch=number + 1,
                    of=len(order),
                    loss=round(total / words, 4),
                    seconds=round(time.time() - begun),
                )
                total, words = 0.0, 0

    def _order(self, articles: list[Article], epoch: int) -> list[list[Window]]:
        """Cut articles into batches, a part of them varied, a part of the pieces hidden."""
        recipe, rng = self.recipe, np.random.default_rng([self.recipe.seed, epoch])
        chosen = [vary(a, rng) if rng.random() < recipe.varied else a for a in articles]
        marked = [mark(article, self.table) for article in chosen]
        if recipe.syntax:
            parsed = parse([article.text for article in chosen], [m.words for m in marked])
            marked = [replace(m, syntax=own) for m, own in zip(marked, parsed, strict=True)]
        found = [
            blanked(window, recipe.blanked, rng)
            for each in marked
            for window in windows(each, self.table, rng, recipe.longest)
        ]
        return batches(found, recipe.budget, rng)

    def _one_step(self, batch: list[Window]) -> tuple[float, int]:
        pieces, quoted, length, tags = pad(batch)
        with torch.autocast("cpu", torch.bfloat16):
            read = self.model(pieces, quoted, length)
            besides = self._besides(read, batch, length, tags)
        packed, gold = gather_words(read.scores, tags)
        n = int((gold >= 0).sum())
        wanted = gold_counts(gold)
        if self.teachers:
            taught = expected_counts(self.teachers, (pieces, quoted, length), tags)
            wanted = blend(wanted, taught, self.recipe.taught)
        loss = chain_loss(packed, self.model.follow, gold != IGNORED, wanted)
        self.optimizer.zero_grad()
        ((loss + besides) / n).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.recipe.clip)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * self._factor()
        self.optimizer.step()
        self._average()
        self.step += 1
        return float(loss.detach()), n

    def _besides(
        self, read: Read, batch: list[Window], length: torch.Tensor, tags: torch.Tensor
    ) -> torch.Tensor:
        """Loss of what is learned besides the tags."""
        loss = self.recipe.edges * edge_loss(read.edges, tags)
        if self.recipe.syntax:
            known = pad_syntax(batch, tags.shape[1])
            loss = loss + self.recipe.syntax * self.syntax(read.middle, known, length)
        return loss

    def _factor(self) -> float:
        warm = min(1.0, (self.step + 1) / self.recipe.warm_up)
        return warm * max(0.02, 1 - self.step / max(1, self.steps))

    @torch.no_grad()
    def _average(self) -> None:
        keep = min(self.recipe.average, (1 + self.step) / (10 + self.step))
        for name, value in self.model.state_dict().items():
            if name != "word.weight":
                self.mean[name].lerp_(value, 1 - keep)

    def report(self, epoch: int, dev: list[Article]) -> None:
        """Score the averaged weights on dev."""
        model = Tagger(0.0, self.shape)
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

