"""The fit: seeded, resumable, one checkpoint an epoch."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from analysis.quotations.pieces import PieceTable, load_pieces
from analysis.quotations.training.augment import vary
from analysis.quotations.training.data import (
    Article,
    Window,
    batches,
    blanked,
    read_articles,
    windows,
)
from analysis.quotations.training.evaluate import pad, span_figures
from analysis.quotations.training.model import (
    Tagger,
    chain_loss,
    gather_words,
    groups,
    load_base,
)


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a fit, besides the data."""

    seed: int = 1
    epochs: int = 6
    rate: float = 3e-4
    head_rate: float = 3e-3
    layer_decay: float = 0.9
    dropout: float = 0.1
    warm_up: int = 40
    budget: int = 3600
    clip: float = 1.0
    varied: float = 0.5
    blanked: float = 0.04
    average: float = 0.995
    start: str = ""


def fit(
    corpus: Path, base: Path, out: Path, recipe: Recipe, splits: tuple[str, ...] = ("train",)
) -> None:
    """Fit on the splits, scoring dev after every epoch; goes on where `out` left off."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    table = load_pieces(str(base / "tokenizer.json"))
    articles = [a for split in splits for a in read_articles(corpus / split)]
    dev = read_articles(corpus / "dev")
    run = Run(recipe, table, base, out)
    for epoch in range(run.resume(), recipe.epochs):
        run.one_epoch(articles, epoch)
        run.save(epoch)
        run.report(epoch, dev)


class Run:
    """A model, its running average, its optimiser and where they are kept."""

    def __init__(self, recipe: Recipe, table: PieceTable, base: Path, out: Path) -> None:
        self.recipe, self.table, self.out = recipe, table, out
        self.model = Tagger(recipe.dropout)
        if recipe.start:
            self.model.load_state_dict(load_file(recipe.start))
        else:
            load_base(self.model, base / "model.safetensors")
        self.optimizer = torch.optim.AdamW(
            groups(self.model, recipe.rate, recipe.head_rate, recipe.layer_decay), fused=True
        )
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
        """One pass over all articles, a part of them varied."""
        rng = np.random.default_rng([self.recipe.seed, epoch])
        torch.manual_seed(self.recipe.seed * 1000 + epoch)
        found: list[Window] = []
        for article in articles:
            chosen = vary(article, rng) if rng.random() < self.recipe.varied else article
            for window in windows(chosen, self.table, rng):
                found.append(blanked(window, self.recipe.blanked, rng))
        order = batches(found, self.recipe.budget, rng)
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

    def _one_step(self, batch: list[Window]) -> tuple[float, int]:
        pieces, quoted, length, tags = pad(batch)
        with torch.autocast("cpu", torch.bfloat16):
            scores = self.model(pieces, quoted, length)
        packed, gold = gather_words(scores.float(), tags)
        n = int((gold >= 0).sum())
        loss = chain_loss(packed, self.model.follow, gold)
        self.optimizer.zero_grad()
        (loss / n).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.recipe.clip)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * self._factor()
        self.optimizer.step()
        self._average()
        self.step += 1
        return float(loss.detach()), n

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
        model = Tagger(0.0)
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
