"""More layers for a fitted network: at first it says what it said."""

from dataclasses import replace

import pytest

torch = pytest.importorskip("torch", reason="only a fit needs torch (extra [train])")

from analysis.quotations.training.grow import grow  # noqa: E402
from analysis.quotations.training.model import LARGE, SMALL, Shape, Tagger, shape_of  # noqa: E402

TINY = Shape(hidden=12, layers=2, buckets=0, epsilon=1e-12)


def read(model):
    pieces = torch.arange(5, 65).reshape(2, 30)
    with torch.no_grad():
        return model.eval()(pieces, torch.zeros_like(pieces), torch.tensor([30, 12])).scores


def grown(model, behind):
    larger = Tagger(0.0, replace(TINY, layers=TINY.layers + len(behind)))
    larger.load_state_dict(grow(model.state_dict(), behind))
    return larger


@pytest.mark.parametrize("behind", [[1], [2], [1, 2]])
def test_a_grown_network_says_what_it_said(behind):
    torch.manual_seed(5)
    model = Tagger(0.0, TINY)
    assert torch.allclose(read(grown(model, behind)), read(model), atol=1e-4)


def test_a_new_layer_learns():
    model = grown(Tagger(0.0, TINY), [1])
    model(torch.arange(30)[None], torch.zeros(1, 30, dtype=int), torch.tensor([30])).scores.sum(
        ).backward()
    assert model.layers[1].merge.weight.grad.abs().max() > 0


@pytest.mark.parametrize("shape", [SMALL, LARGE, replace(SMALL, layers=8), TINY])
def test_weights_tell_the_size_of_their_network(shape):
    names = [f"layers.{at}.merge.bias" for at in range(shape.layers)]
    names += ["apart.weight"] * bool(shape.buckets)
    assert shape_of(dict.fromkeys(names, torch.zeros(shape.hidden))) == shape
