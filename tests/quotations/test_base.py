"""Published weights to begin a fit with: all-mpnet-base-v2's words and places in BERT's order."""

import pytest

torch = pytest.importorskip("torch", reason="only a fit needs torch (extra [train])")

from safetensors.torch import save_file  # noqa: E402

from analysis.quotations.training.base import load_base  # noqa: E402
from analysis.quotations.training.model import LARGE, Shape, Tagger, buckets_of  # noqa: E402

TINY = Shape(hidden=12, layers=1, buckets=32, epsilon=1e-5)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Give a tiny network with MPNet's names, and its file."""
    torch.manual_seed(3)
    sizes = {"word_embeddings.weight": (30527, 12), "position_embeddings.weight": (514, 12),
             "LayerNorm.weight": (12,), "LayerNorm.bias": (12,)}
    weights = {f"embeddings.{name}": torch.randn(size) for name, size in sizes.items()}
    weights["encoder.relative_attention_bias.weight"] = torch.randn(32, 12)
    for name, size in {
        "attention.attn.q": (12, 12), "attention.attn.k": (12, 12), "attention.attn.v": (12, 12),
        "attention.attn.o": (12, 12), "attention.LayerNorm": (12,), "output.LayerNorm": (12,),
        "intermediate.dense": (48, 12), "output.dense": (12, 48),
    }.items():
        weights[f"encoder.layer.0.{name}.weight"] = torch.randn(size)
        weights[f"encoder.layer.0.{name}.bias"] = torch.randn(size[0])
    path = tmp_path_factory.mktemp("base") / "model.safetensors"
    save_file(weights, path)
    return weights, path


@pytest.fixture(scope="module")
def model(published):
    model = Tagger(0.0, TINY)
    load_base(model, published[1])
    return model


@pytest.mark.parametrize(("ours", "theirs"), [(2000, 2004), (0, 1), (101, 0), (102, 2),
                                              (103, 30526)])
def test_a_word_of_bert_has_the_vector_that_mpnet_gives_it(published, model, ours, theirs):
    words = published[0]["embeddings.word_embeddings.weight"]
    assert torch.equal(model.word.weight[ours], words[theirs])


def test_the_first_place_is_the_first_that_mpnet_uses(published, model):
    places = published[0]["embeddings.position_embeddings.weight"]
    assert torch.equal(model.place.weight[0], places[2])


def test_queries_keys_and_values_stand_in_this_order(published, model):
    parts = [published[0][f"encoder.layer.0.attention.attn.{part}.weight"] for part in "qkv"]
    assert torch.equal(model.layers[0].qkv.weight, torch.cat(parts))


def test_near_pieces_are_told_apart_one_by_one_and_far_ones_are_alike():
    buckets = buckets_of(200, LARGE.buckets)
    assert buckets[7, :8].tolist() == [7, 6, 5, 4, 3, 2, 1, 0]
    assert buckets[0, 1:4].tolist() == [17, 18, 19]
    assert buckets[199, 0] == buckets[130, 0] == 15
    assert buckets[0, 199] == 31
