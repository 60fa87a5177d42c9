"""What the command line can do, one function a step."""

import json
import shutil
from dataclasses import fields
from pathlib import Path

import numpy as np
from safetensors.torch import load_file, save_file

from analysis.quotations.chain import LABELS, TAGS
from analysis.quotations.tagger import load_tagger, tag_texts
from analysis.quotations.training.base import base_folder, base_pieces
from analysis.quotations.training.data import Article, mark, read_articles, windows
from analysis.quotations.training.export import build
from analysis.quotations.training.export import save as save_graph
from analysis.quotations.training.grow import grow as grow_layers
from analysis.quotations.training.model import Tagger, shape_of
from analysis.quotations.training.ranges import activation_ranges
from analysis.quotations.training.recipe import Recipe
from analysis.quotations.training.train import GRAMMAR
from analysis.quotations.training.train import fit as fit_model

CALIBRATION_WINDOWS = 150


def fit(
    corpus: Path, out: Path, splits: list[str], set: list[str], base: Path | None = None  # noqa: A002
) -> None:
    """Fit on some splits of the corpus with recipe values changed by ``name=value``."""
    kinds = {f.name: f.type for f in fields(Recipe)}
    values: dict[str, object] = {}
    for pair in set:
        name, _, value = pair.partition("=")
        values[name] = str(value) if kinds[name] is str else json.loads(value)
    fit_model(corpus, base or base_folder(), out, Recipe(**values), tuple(splits))


def average(checkpoints: list[Path], out: Path) -> None:
    """Write the mean of some checkpoints that began from one."""
    every = [load_file(path) for path in checkpoints]
    save_file({name: sum(weights[name].double() for weights in every).div(len(every)).float()
               for name in every[0]}, out)


def grow(checkpoint: Path, out: Path, behind: list[int]) -> None:
    """Write a checkpoint with new layers, and what it knows of grammar, if anything, beside it."""
    save_file(grow_layers(load_file(checkpoint), behind), out)
    if checkpoint.with_name(GRAMMAR).exists():
        shutil.copyfile(checkpoint.with_name(GRAMMAR), out.with_name(GRAMMAR))


def export(checkpoint: Path, corpus: Path, out: Path) -> None:
    """Write ``tagger.onnx``, ``chain.json`` and ``tokenizer.json`` of a checkpoint."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(base_folder() / "tokenizer.json", out / "tokenizer.json")
    table = base_pieces()
    rng = np.random.default_rng(0)
    marked = [mark(article, table) for article in read_articles(corpus / "train")[::14]]
    found = [window for each in marked for window in windows(each, table, rng)]
    found = [found[i] for i in rng.permutation(len(found))[:CALIBRATION_WINDOWS]]
    fitted = load_file(checkpoint)
    model = Tagger(0.0, shape_of(fitted))
    model.load_state_dict(fitted)
    weights = {name: value.numpy() for name, value in model.state_dict().items()}
    save_graph(build(weights, activation_ranges(model, found)), out / "tagger.onnx")
    follow = np.round(weights["follow"], 5).tolist()
    chain = json.dumps({"tags": TAGS, "follow": follow})
    (out / "chain.json").write_text(chain + "\n", encoding="utf-8")


def score(split: Path, model: Path | None) -> None:
    """Print exact F1 per label of exported weights, on whole articles and line by line."""
    articles = read_articles(split)
    alone = [line for article in articles for line in _lines(article)]
    for name, texts in (("whole", articles), ("alone", alone)):
        print(name, figures(texts, model))


def _lines(article: Article) -> list[Article]:
    lines, at = [], 0
    for line in article.text.splitlines(keepends=True):
        inside = tuple(
            (label, max(a - at, 0), min(b - at, len(line)))
            for label, a, b in article.spans
            if a < at + len(line) and b > at
        )
        lines.append(Article(article.name, line, inside))
        at += len(line)
    return lines


def figures(articles: list[Article], model: Path | None) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of exact spans per label, white space and marks at ends aside."""
    found = tag_texts([a.text for a in articles], load_tagger(model))
    gold, both, guessed = np.zeros(3), np.zeros(3), np.zeros(3)
    for article, spans in zip(articles, found, strict=True):
        right = {_bare(article.text, *span) for span in article.spans}
        got = {_bare(article.text, s.label, s.start, s.end) for s in spans}
        for counts, some in ((gold, right), (guessed, got), (both, right & got)):
            for label, _, _ in some:
                counts[LABELS.index(label)] += 1
    rows = zip(LABELS, both / guessed, both / gold, 2 * both / (gold + guessed), strict=True)
    return {label: tuple(round(100 * float(v), 2) for v in row) for label, *row in rows}


def _bare(text: str, label: str, start: int, end: int) -> tuple[str, int, int]:
    trim = " \t\n\r\u00a0\"'“”‘’`.,;:!?"
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(trim))
    return label, start, start + len(piece.strip(trim))
