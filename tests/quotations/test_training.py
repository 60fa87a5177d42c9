"""The fit of the tagger: what it reads, that it learns, and that it goes on where it stopped."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.quotations.pieces import load_pieces, split_words
from analysis.quotations.training.data import left_out

torch = pytest.importorskip("torch", reason="only a fit needs torch (extra [train])")

from safetensors.torch import load_file, save_file  # noqa: E402

from analysis.quotations.training import train  # noqa: E402
from analysis.quotations.training.epoch import make_batches, read_parts  # noqa: E402
from analysis.quotations.training.model import (  # noqa: E402
    Shape,
    Tagger,
    groups,
    log_total,
)
from analysis.quotations.training.recipe import Recipe  # noqa: E402

TINY = Shape(hidden=12, layers=2, buckets=0, epsilon=1e-12)
PIECES = Path(train.__file__).parents[1] / "model" / "tokenizer.json"
NAMES = ["Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gus"]


@pytest.fixture(scope="module")
def table():
    return load_pieces(str(PIECES))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Seven train articles and one of dev, as PolNeAR keeps them."""
    folder = tmp_path_factory.mktemp("corpus")
    for split, names in (("train", NAMES), ("dev", ["Hal"])):
        for kind in ("text", "attributions"):
            (folder / split / kind).mkdir(parents=True)
        for name in names:
            text = f"{name} opened the fair. {name} said it would rain.\nIt did."
            at = text.index(" said") - len(name)
            spans = [("Source", at, at + len(name)), ("Cue", at + len(name) + 1, text.index(" it")),
                     ("Content", text.index("it would"), text.index(".\nIt"))]
            lines = [f"T{n}\t{label} {a} {b}\t{text[a:b]}" for n, (label, a, b)
                     in enumerate(spans, 1)]
            lines.append("E1\tSource:T1 Cue:T2 Content:T3")
            (folder / split / "text" / f"{name}.txt").write_text(text, encoding="utf-8")
            (folder / split / "attributions" / f"{name}_x.ann").write_text(
                "\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def lessons(tmp_path_factory):
    path = tmp_path_factory.mktemp("lessons") / "news.txt"
    path.write_text("Rain fell. “We are wet,” one said.\nThe club met. It closed.\n",
                    encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def recipe(tmp_path_factory, lessons):
    """A pupil of two tiny teachers that has lessons."""
    folder = tmp_path_factory.mktemp("networks")
    torch.manual_seed(4)
    for name, buckets in (("pupil", 0), ("one", 0), ("other", 32)):
        network = Tagger(0.1, replace(TINY, buckets=buckets))
        save_file(network.state_dict(), folder / f"{name}.safetensors")
    return Recipe(start=str(folder / "pupil.safetensors"), epochs=2, syntax=0, warm_up=2,
                  teachers=f"{folder}/one.safetensors,{folder}/other.safetensors",
                  lessons=str(lessons))


def run(corpus, recipe, out, monkeypatch):
    monkeypatch.setattr(train, "base_pieces", lambda: load_pieces(str(PIECES)))
    train.fit(corpus, Path("unused"), out, recipe)
    return load_file(out / "last.safetensors"), load_file(out / "mean-1.safetensors")


def stepwise(scores, follow, real):
    """Log Z word by word."""
    alpha = scores[:, 0]
    for t in range(1, scores.shape[1]):
        new = torch.logsumexp(alpha[:, :, None] + follow, 1) + scores[:, t]
        alpha = torch.where(real[:, t, None], new, alpha)
    return torch.logsumexp(alpha, 1).sum()


@pytest.mark.parametrize("words", [[1], [2], [1, 1], [37, 20, 1], [8, 7, 8]])
def test_the_sum_over_all_sequences_and_its_slopes_are_those_of_the_recursion(words):
    torch.manual_seed(max(words))
    real = torch.arange(max(words))[None] < torch.tensor(words)[:, None]
    scores = (3 * torch.randn(*real.shape, 7)).requires_grad_()
    follow = torch.randn(7, 7, requires_grad=True)
    ways = [way(scores, follow, real) for way in (log_total, stepwise)]
    assert torch.allclose(*ways, rtol=1e-5)
    slopes = [torch.autograd.grad(way, (scores, follow), materialize_grads=True) for way in ways]
    for one, other in zip(*slopes, strict=True):
        assert torch.allclose(one, other, atol=1e-4)


def test_parameters_of_one_rate_and_decay_are_one_group():
    model = Tagger(0.0, TINY)
    found = groups(model, 1e-4, 1e-3, 0.9)
    kinds = [(group["lr"], group["weight_decay"]) for group in found]
    assert len(set(kinds)) == len(kinds)
    learned = [id(p) for group in found for p in group["params"]]
    assert sorted(learned) == sorted(id(p) for p in model.parameters() if p.requires_grad)


def test_a_fold_of_five_leaves_out_a_fifth_and_a_fit_learns_the_rest(corpus):
    parts = read_parts(corpus, ["train"], Recipe(fold=1, folds=5))
    learned = [article.name for part in parts for article in part.articles]
    assert left_out(NAMES, 1, 5) == ["Ben", "Gus"]
    assert sorted(learned) == ["Ada", "Cleo", "Dan", "Eve", "Finn"]


def test_a_fold_of_two_leaves_out_a_half(corpus):
    (part,) = read_parts(corpus, ["train"], Recipe(fold=0))
    assert [article.name for article in part.articles] == ["Ben", "Dan", "Finn"]
    assert left_out(NAMES, 0) == ["Ada", "Cleo", "Eve", "Gus"]


def test_folds_dev_and_lessons_are_parts_of_their_own(corpus, lessons):
    parts = read_parts(corpus, ["train", "dev"], Recipe(folds=5, lessons=str(lessons)))
    assert [(part.fold, part.annotated, len(part.articles)) for part in parts] == [
        (0, True, 2), (1, True, 2), (2, True, 1), (3, True, 1), (4, True, 1),
        (-1, True, 1), (-1, False, 2)]


def test_a_batch_holds_windows_of_one_part(corpus, lessons, table):
    recipe = Recipe(folds=5, lessons=str(lessons), syntax=0, varied=0, blanked=0)
    parts = read_parts(corpus, ["train"], recipe)
    number = {name: int(split_words(name, table).pieces[0]) for name in NAMES}
    met = set()
    for batch in make_batches(parts, recipe, 0, table):
        own = {number[article.name] for article in batch.part.articles if article.name}
        found = {int(piece) for window in batch.windows for piece in window.pieces}
        assert found & set(number.values()) <= own
        met |= found & own
    assert met == set(number.values())


def test_a_fit_goes_on_where_it_stopped(corpus, recipe, tmp_path, monkeypatch):
    whole = run(corpus, recipe, tmp_path / "whole", monkeypatch)
    with monkeypatch.context() as broken:
        broken.setattr(train.Run, "report", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(corpus, recipe, tmp_path / "parted", monkeypatch)
    parted = run(corpus, recipe, tmp_path / "parted", monkeypatch)
    for one, other in zip(whole, parted, strict=True):
        assert all(torch.equal(one[name], other[name]) for name in one)
    log = (tmp_path / "parted" / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["epoch"] for line in log] == [1]  # the first epoch was not repeated


def test_a_step_makes_every_tensor_on_the_device_of_its_network(
    corpus, recipe, tmp_path, monkeypatch
):
    step, steps = train.Run._one_step, []

    def elsewhere(self, *given):
        with torch.device("meta"):  # where nothing can be computed with what lies on the CPU
            steps.append(step(self, *given))
        return steps[-1]

    monkeypatch.setattr(train.Run, "_one_step", elsewhere)
    run(corpus, recipe, tmp_path, monkeypatch)
    assert steps
    assert all(torch.isfinite(loss) for loss, _ in steps)


def test_a_fit_learns_from_lessons(corpus, recipe, tmp_path, monkeypatch):
    with_them = run(corpus, recipe, tmp_path / "with", monkeypatch)[0]
    without = run(corpus, replace(recipe, lessons=""), tmp_path / "without", monkeypatch)[0]
    assert not torch.equal(with_them["head.weight"], without["head.weight"])
