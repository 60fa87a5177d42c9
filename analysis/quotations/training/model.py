"""The network: a BERT, a linear layer and a chain of tags; one to ship, a large one to teach."""

import math
import re
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as fn

from analysis.quotations.chain import TAGS
from analysis.quotations.training.data import IGNORED, MASK

HEADS, PIECES = 12, 30522
FARTHEST = 128  # pieces apart, beyond which MPNet tells no distances


@dataclass(frozen=True)
class Shape:
    """The size of a network; `buckets` of distances that attention is biased by (0: none)."""

    hidden: int
    layers: int
    places: int = 512
    buckets: int = 0
    epsilon: float = 1e-12


SMALL = Shape(hidden=384, layers=6)  # all-MiniLM-L6-v2
# The lowest nine of all-mpnet-base-v2's twelve layers: the others were trained to say the same
# of all words of a sentence, and with them nothing is learned.
LARGE = Shape(hidden=768, layers=9, buckets=32, epsilon=1e-5)


class Layer(nn.Module):
    """One transformer layer, normalised after each half, as in BERT."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        hidden, inner = shape.hidden, 4 * shape.hidden
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.merge = nn.Linear(hidden, hidden)
        self.norm = nn.LayerNorm(hidden, eps=shape.epsilon)
        self.widen = nn.Linear(hidden, inner)
        self.narrow = nn.Linear(inner, hidden)
        self.norm_out = nn.LayerNorm(hidden, eps=shape.epsilon)
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

    def __init__(self, dropout: float = 0.1, shape: Shape = SMALL) -> None:
        super().__init__()
        hidden = shape.hidden
        self.word = nn.Embedding(PIECES, hidden)
        self.place = nn.Embedding(shape.places, hidden)
        self.quoted = nn.Embedding(2, hidden)
        self.norm = nn.LayerNorm(hidden, eps=shape.epsilon)
        self.apart = nn.Embedding(shape.buckets, HEADS) if shape.buckets else None
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.head = nn.Linear(hidden, len(TAGS))
        self.follow = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.drop = nn.Dropout(dropout)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, pieces: Tensor, quoted: Tensor, length: Tensor) -> Tensor:
        """Tag scores, (batch, pieces, tags)."""
        t = pieces.shape[1]
        x = self.word(pieces) + self.place.weight[:t] + self.quoted(quoted)
        x = self.drop(self.norm(x))
        inside = torch.arange(t)[None, :] < length[:, None]
        bias = torch.where(inside, 0.0, -1e4)[:, None, None, :]
        if self.apart is not None:
            bias = bias + self.apart(buckets_of(t, self.apart.num_embeddings)).permute(2, 0, 1)
        for layer in self.layers:
            x = layer(x, bias)
        return self.head(self.drop(x)).float()


def buckets_of(width: int, buckets: int) -> Tensor:
    """Bucket of every distance (asker, asked), as T5 and MPNet count: near ones exactly."""
    at = torch.arange(width)
    apart = at[:, None] - at[None, :]
    half = buckets // 2
    exact = half // 2
    far = exact + (
        torch.log(apart.abs().clamp(min=1) / exact) / math.log(FARTHEST / exact) * (half - exact)
    ).long().clamp(max=half - exact - 1)
    near = apart.abs()
    return torch.where(near < exact, near, far) + half * (apart < 0)


@dataclass(frozen=True)
class Counts:
    """How often each tag stands at each word, and each tag after each, summed over the batch."""

    own: Tensor
    after: Tensor

    def mixed(self, other: "Counts", share: float) -> "Counts":
        """Give a `share` to the other counts."""
        return Counts(self.own.lerp(other.own, share), self.after.lerp(other.after, share))


def gold_counts(tags: Tensor) -> Counts:
    """Count annotated tags; ``IGNORED`` stands behind each sequence's end."""
    own = fn.one_hot(tags.clamp(min=0), len(TAGS)).float() * (tags != IGNORED)[..., None]
    return Counts(own, torch.einsum("nti,ntj->ij", own[:, :-1], own[:, 1:]))


def expected_counts(scores: Tensor, follow: Tensor, tags: Tensor, heat: float) -> Counts:
    """Count what a network expects, its scores divided by `heat`: the gradient of log Z."""
    with torch.enable_grad():
        scores = (scores / heat).requires_grad_()
        follow = (follow.detach() / heat).requires_grad_()
        total = log_total(scores, follow, tags != IGNORED)
    return Counts(*torch.autograd.grad(total, (scores, follow)))


def chain_loss(scores: Tensor, follow: Tensor, tags: Tensor, wanted: Counts) -> Tensor:
    """Cross-entropy of the chain against the tags that are wanted, summed over the batch.

    `scores` is (batch, words, tags) and `tags` holds ``IGNORED`` behind each sequence's end.
    """
    gain = (scores * wanted.own).sum() + (follow * wanted.after).sum()
    return log_total(scores, follow, tags != IGNORED) - gain


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
    """Fill the model from all-MiniLM-L6-v2 or all-mpnet-base-v2; the head stays as it is."""
    base = load_file(path)
    if model.apart is not None:
        base = _like_bert(base)
    own = model.state_dict()
    for name, parts in _base_names(len(model.layers), model.apart is not None).items():
        own[name] = torch.cat([base[part] for part in parts]).float()
    model.load_state_dict(own)


def _like_bert(base: dict[str, Tensor]) -> dict[str, Tensor]:
    """Order MPNet's words as BERT's, which are four places on, and its places from the first."""
    words, places = (base[f"embeddings.{kind}_embeddings.weight"] for kind in ("word", "position"))
    ordered = words[4:-1].clone()
    for ours, theirs in ((0, 1), (101, 0), (102, 2), (MASK, len(words) - 1)):
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


_LONG = {"q": "query", "k": "key", "v": "value"}


def _base_names(layers: int, distances: bool) -> dict[str, list[str]]:
    names = {
        "word.weight": ["embeddings.word_embeddings.weight"],
        "place.weight": ["embeddings.position_embeddings.weight"],
        "quoted.weight": ["embeddings.token_type_embeddings.weight"],
    }
    if distances:
        names["apart.weight"] = ["encoder.relative_attention_bias.weight"]
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


def groups(
    model: Tagger, rate: float, head_rate: float, decay: float, frozen: int = 0
) -> list[dict]:
    """Parameter groups: lower layers learn more slowly, the head faster, words not at all."""
    freeze(model, frozen)
    out = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        depth = int(name.split(".")[1]) if name.startswith("layers.") else -1
        lr = rate * decay ** (len(model.layers) - 1 - depth)
        if name.startswith(("head", "follow")):
            lr = head_rate
        if name.startswith("quoted"):
            lr = math.sqrt(rate * head_rate)
        weight_decay = 0.01 if parameter.dim() > 1 and "follow" not in name else 0.0
        out.append({"params": [parameter], "lr": lr, "peak": lr, "weight_decay": weight_decay})
    return out


def freeze(model: Tagger, layers: int) -> None:
    """Keep the words, the distances and some of the lowest layers as they are."""
    still = [model.word, *model.layers[:layers]]
    if model.apart is not None:
        still.append(model.apart)  # learning them rules out the fused attention
    if layers:
        still += [model.place, model.norm]
    for module in still:
        module.requires_grad_(False)
