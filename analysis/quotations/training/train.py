"""The fit: seeded, resumable, one checkpoint an epoch."""

import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from analysis.quotations.pieces import PieceTable, load_pieces, split_words
from analysis.quotations.training.augment import vary
from analysis.quotations.training.data import (
    Article,
    Window,
    batches,
    blanked,
    left_out,
    read_articles,
    tags_of,
    windows,
)
from analysis.quotations.training.evaluate import pad, span_figures
from analysis.quotations.training.model import (
    Tagger,
    chain_loss,
    gather_words,
    gold_counts,
    groups,
    load_base,
)
from analysis.quotations.training.recipe import Recipe


def fit(
    corpus: Path, base: Path, out: Path, recipe: Recipe, splits: tuple[str, ...] = ("train",)
) -> None:
    """Fit on the splits, scoring dev after every epoch; goes on where `out` left off."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    table = load_pieces(str(base / "tokenizer.json"))
    articles = [a for split in splits for a in _learned(read_articles(corpus / split), recipe)]
    dev = read_articles(corpus / "dev")
    run = Run(recipe, table, base, out)
    run.start_chain(articles)
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

    def start_chain(self, articles: Sequence[Article]) -> None:
        """Begin the scores of tag after tag where the annotations are; from zero takes an epoch."""
        if self.recipe.start:
            return
        tags = [tags_of(split_words(a.text, self.table), a.spans) for a in articles]
        counts = gold_counts(torch.from_numpy(np.concatenate(tags))[None])
        after = counts.after + 1
        joint = after / after.sum()
        apart = joint.sum(1, keepdim=True) * joint.sum(0, keepdim=True)
        start = (joint / apart).log().clamp(-2, 2)
        self.model.follow.data.copy_(start)
        self.mean["follow"].copy_(start)

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
        found: list[Window] = []
        for article in articles:
            chosen = vary(article, rng) if rng.random() < recipe.varied else article
            for window in windows(chosen, self.table, rng, recipe.longest):
                found.append(blanked(window, recipe.blanked, rng))
        return batches(found, recipe.budget, rng)

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

