"""The network: a small BERT, a linear layer, a chain of tags and vectors of edges."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as fn

from analysis.quotations.chain import TAGS
from analysis.quotations.training.data import IGNORED

# the sizes of all-MiniLM-L6-v2
HIDDEN, INNER, LAYERS, HEADS = 384, 1536, 6, 12
PIECES, PLACES = 30522, 512
MIDDLE = 4  # the layer that learns grammar
EDGE = 16  # numbers in a word's vector as an edge of a span
EPSILON = 1e-12


class Layer(nn.Module):
    """One transformer layer, normalised after each half, as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.merge = nn.Linear(HIDDEN, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.widen = nn.Linear(HIDDEN, INNER)
        self.narrow = nn.Linear(INNER, HIDDEN)
        self.norm_out = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`x` is (batch, pieces, hidden); `bias` is added to the attention scores."""
        n, t, hidden = x.shape
        q, k, v = self.qkv(x).view(n, t, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        # no dropout on attention: without it the fused kernel applies, and a step takes 2/3
        seen = fn.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        x = self.norm(x + self.drop(self.merge(seen.transpose(1, 2).reshape(n, t, hidden))))
        return self.norm_out(x + self.drop(self.narrow(fn.gelu(self.widen(x)))))


class Tagger(nn.Module):
    """Pieces → a score for every tag at every piece, and the scores of tag after tag."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(PIECES, HIDDEN)
        self.place = nn.Embedding(PLACES, HIDDEN)
        self.quoted = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.head = nn.Linear(HIDDEN, len(TAGS))
        self.edges = nn.Linear(HIDDEN, 2 * EDGE)
        self.follow = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.drop = nn.Dropout(dropout)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, pieces: Tensor, quoted: Tensor, length: Tensor) -> "Read":
        """Read windows, (batch, pieces)."""
        t = pieces.shape[1]
        x = self.word(pieces) + self.place.weight[:t] + self.quoted(quoted)
        x = self.drop(self.norm(x))
        inside = torch.arange(t)[None, :] < length[:, None]
        bias = torch.where(inside, 0.0, -1e4)[:, None, None, :]
        middle = x
        for depth, layer in enumerate(self.layers, 1):
            x = layer(x, bias)
            middle = x if depth == MIDDLE else middle
        x = self.drop(x)
        return Read(self.head(x).float(), self.edges(x).float(), middle)


class Read(NamedTuple):
    """What the network gives for every piece: scores of tags, vectors as edges, a middle layer."""

    scores: Tensor
    edges: Tensor
    middle: Tensor


@dataclass(frozen=True)
class Counts:
    """How often each tag stands at each word, and each tag after each, summed over the batch."""

    own: Tensor
    after: Tensor


def gold_counts(tags: Tensor) -> Counts:
    """Count annotated tags; ``IGNORED`` stands behind each sequence's end."""
    own = fn.one_hot(tags.clamp(min=0), len(TAGS)).float() * (tags != IGNORED)[..., None]
    return Counts(own, torch.einsum("nti,ntj->ij", own[:, :-1], own[:, 1:]))


def chain_loss(scores: Tensor, follow: Tensor, real: Tensor, wanted: Counts) -> Tensor:
    """Cross-entropy of the chain against the wanted tags, summed over the batch.

    `scores` is (batch, words, tags); `real` (batch, words) is false behind each sequence's end.
    """
    gain = (scores * wanted.own).sum() + (follow * wanted.after).sum()
    return log_total(scores, follow, real) - gain


def log_total(scores: Tensor, follow: Tensor, real: Tensor) -> Tensor:
    """Log of the sum over all sequences of tags (log Z), summed over the batch."""
    alpha = scores[:, 0]
    for t in range(1, scores.shape[1]):
        new = torch.logsumexp(alpha[:, :, None] + follow, 1) + scores[:, t]
        alpha = torch.where(real[:, t, None], new, alpha)
    return torch.logsumexp(alpha, 1).sum()


def gather_words(scores: Tensor, tags: Tensor) -> tuple[Tensor, Tensor]:
    """Scores and tags of the tagged pieces alone, packed to the left."""
    real = tags != IGNORED
    width = int(real.sum(1).max())
    order = torch.argsort((~real).int(), dim=1, stable=True)[:, :width]
    packed = scores.gather(1, order[..., None].expand(-1, -1, scores.shape[2]))
    return packed, tags.gather(1, order)


def load_base(model: Tagger, path: Path) -> None:
    """Fill the model from all-MiniLM-L6-v2; what that lacks stays as it is."""
    base, own = load_file(path), model.state_dict()
    for name, parts in _base_names().items():
        own[name] = torch.cat([base[part] for part in parts]).float()
    model.load_state_dict(own)


def _base_names() -> dict[str, list[str]]:
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
        for i in range(LAYERS):
            at = f"encoder.layer.{i}"
            names[f"layers.{i}.qkv.{kind}"] = [
                f"{at}.attention.self.{part}.{kind}" for part in ("query", "key", "value")
            ]
            for ours, theirs in pairs.items():
                names[f"layers.{i}.{ours}.{kind}"] = [f"{at}.{theirs}.{kind}"]
    return names


def groups(model: Tagger, rate: float, head_rate: float, decay: float) -> list[dict]:
    """Parameter groups: lower layers learn more slowly, the head faster, words not at all."""
    model.word.requires_grad_(False)
    out = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        depth = int(name.split(".")[1]) if name.startswith("layers.") else -1
        lr = rate * decay ** (LAYERS - 1 - depth)
        if name.startswith(("head", "follow", "edges")):
            lr = head_rate
        if name.startswith("quoted"):
            lr = math.sqrt(rate * head_rate)
        weight_decay = 0.01 if parameter.dim() > 1 and "follow" not in name else 0.0
        out.append({"params": [parameter], "lr": lr, "peak": lr, "weight_decay": weight_decay})
    return out
