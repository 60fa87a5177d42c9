"""The network: a BERT, a linear layer, a chain of tags, vectors of edges; a large one teaches."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as fn

from analysis.quotations.chain import TAGS
from analysis.quotations.training.data import IGNORED

HEADS, PIECES, PLACES = 12, 30522, 512
MIDDLE = 4  # the layer that learns grammar
EDGE = 16  # numbers in a word's vector as an edge of a span
FARTHEST = 128  # pieces apart, beyond which MPNet tells no distances


@dataclass(frozen=True)
class Shape:
    """The size of a network; `buckets` of distances that attention is biased by (0: none)."""

    hidden: int
    layers: int
    buckets: int
    epsilon: float


SMALL = Shape(hidden=384, layers=6, buckets=0, epsilon=1e-12)  # all-MiniLM-L6-v2
# The lowest nine of all-mpnet-base-v2's twelve layers teach as well as all of them: exact F1 of
# contents on dev 74.3 to 75.1, with twelve 73.9 to 74.6 (five fits each, on 4/5 of train).
LARGE = Shape(hidden=768, layers=9, buckets=32, epsilon=1e-5)


def shape_of(weights: Mapping[str, Tensor]) -> Shape:
    """Tell the size of a network from its weights."""
    depth = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    kind = LARGE if "apart.weight" in weights else SMALL
    return replace(kind, hidden=len(weights["layers.0.merge.bias"]), layers=depth)


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
        self.place = nn.Embedding(PLACES, hidden)
        self.quoted = nn.Embedding(2, hidden)
        self.norm = nn.LayerNorm(hidden, eps=shape.epsilon)
        self.apart = nn.Embedding(shape.buckets, HEADS) if shape.buckets else None
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.head = nn.Linear(hidden, len(TAGS))
        self.edges = nn.Linear(hidden, 2 * EDGE)
        self.follow = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.drop = nn.Dropout(dropout)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, pieces: Tensor, quoted: Tensor, length: Tensor) -> "Read":
        """Read windows, (batch, pieces)."""
        t = pieces.shape[1]
        x = self.word(pieces) + self.place.weight[:t] + self.quoted(quoted)
        x = self.drop(self.norm(x))
        inside = torch.arange(t, device=x.device)[None, :] < length[:, None]
        bias = torch.where(inside, 0.0, -1e4)[:, None, None, :]
        if self.apart is not None:
            buckets = buckets_of(t, self.apart.num_embeddings, x.device)
            # the fused attention wants each row in one piece
            bias = bias + self.apart(buckets).permute(2, 0, 1).contiguous()
        middle = x
        for depth, layer in enumerate(self.layers, 1):
            x = layer(x, bias)
            middle = x if depth == MIDDLE else middle
        x = self.drop(x)
        return Read(self.head(x).float(), self.edges(x).float(), middle)


def buckets_of(width: int, buckets: int, device: torch.device | None = None) -> Tensor:
    """Bucket of every distance (asker, asked), as T5 and MPNet count: near ones exactly."""
    at = torch.arange(width, device=device)
    apart = at[:, None] - at[None, :]
    half, near = buckets // 2, apart.abs()
    exact = half // 2
    share = torch.log(near.clamp(min=1) / exact) / math.log(FARTHEST / exact)
    far = exact + (share * (half - exact)).long().clamp(max=half - exact - 1)
    return torch.where(near < exact, near, far) + half * (apart < 0)


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
    """Log of the sum over all sequences of tags (log Z), summed over the batch.

    A step from word to word is a matrix (tag, next tag). They are multiplied in pairs, then pairs
    of pairs: as many rounds as the logarithm of the words, where a recursion takes all words.
    """
    tags = len(follow)
    idle = torch.full_like(follow, -1e4).fill_diagonal_(0.0)  # changes nothing: stands behind ends
    steps = torch.where(real[:, 1:, None, None], follow + scores[:, 1:, None, :], idle)
    while steps.shape[1] > 1:
        if steps.shape[1] % 2:
            steps = torch.cat([steps, idle.expand(len(steps), 1, tags, tags)], 1)
        steps = torch.logsumexp(steps[:, 0::2, :, :, None] + steps[:, 1::2, None, :, :], 3)
    whole = scores[:, 0]
    if steps.shape[1]:  # there is none where every sequence is one word
        whole = torch.logsumexp(whole[:, :, None] + steps[:, 0], 1)
    return torch.logsumexp(whole, 1).sum()


def gather_words(scores: Tensor, tags: Tensor) -> tuple[Tensor, Tensor]:
    """Scores and tags of the tagged pieces alone, packed to the left."""
    real = tags != IGNORED
    width = int(real.sum(1).max())
    order = torch.argsort((~real).int(), dim=1, stable=True)[:, :width]
    packed = scores.gather(1, order[..., None].expand(-1, -1, scores.shape[2]))
    return packed, tags.gather(1, order)


def groups(model: Tagger, rate: float, head_rate: float, decay: float) -> list[dict]:
    """Parameter groups: lower layers learn more slowly, the head faster, words not at all."""
    model.word.requires_grad_(False)
    if model.apart is not None:
        model.apart.requires_grad_(False)  # learning distances would rule out the fused attention
    merged: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        depth = int(name.split(".")[1]) if name.startswith("layers.") else -1
        lr = rate * decay ** (len(model.layers) - 1 - depth)
        if name.startswith(("head", "follow", "edges")):
            lr = head_rate
        if name.startswith("quoted"):
            lr = math.sqrt(rate * head_rate)
        weight_decay = 0.01 if parameter.dim() > 1 and "follow" not in name else 0.0
        merged.setdefault((lr, weight_decay), []).append(parameter)
    return [{"params": own, "lr": lr, "peak": lr, "weight_decay": weight_decay}
            for (lr, weight_decay), own in merged.items()]
