"""A second lesson for the network: the grammar of the same sentences, as spaCy's parser sees it.

Where indirect speech ends is where a clause ends; a network that was made to compare whole
sentences has forgotten much of that. So its fourth layer also learns each word's head, relation
and part of speech. Nothing of this is used at run time.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as fn

from analysis.quotations.language import DEFAULT, MIRROR
from analysis.quotations.pieces import Words
from analysis.quotations.training.data import IGNORED

if TYPE_CHECKING:
    from spacy.language import Language

RELATION, PART, HEAD = range(3)  # columns of what is known of a word
SIZE = 96
TOP_LABELS = 64  # more than the parser has relations, or the tagger parts of speech


@lru_cache(maxsize=1)
def _parser() -> tuple["Language", dict[str, int], dict[str, int]]:
    import spacy

    name = DEFAULT if spacy.util.is_package(DEFAULT) else MIRROR
    parser = spacy.load(name, exclude=["ner", "lemmatizer", "attribute_ruler"])
    relations = {label: i for i, label in enumerate(parser.get_pipe("parser").labels)}
    parts = {label: i for i, label in enumerate(parser.get_pipe("tagger").labels)}
    return parser, relations, parts


def parse(texts: Sequence[str], words: Sequence[Words]) -> Iterator[np.ndarray]:
    """Give for each text an array (words, 3): relation, part of speech, number of the head word.

    The head of a sentence is its own head. A word that is one with its head for the parser
    ("don't") has none: ``IGNORED``.
    """
    parser, relations, parts = _parser()
    for doc, own in zip(parser.pipe(texts, batch_size=16), words, strict=True):
        if not len(doc) or not len(own):
            yield np.full((len(own), 3), IGNORED)
            continue
        start = np.array([token.idx for token in doc])
        token = np.maximum(np.searchsorted(start, own.start, side="right") - 1, 0)
        head = np.array([token.head.i for token in doc])[token]
        word = np.maximum(np.searchsorted(own.start, start, side="right") - 1, 0)[head]
        number = np.arange(len(own))
        word = np.where((word == number) & (head != token), IGNORED, word)
        relation = np.array([relations.get(each.dep_, IGNORED) for each in doc])[token]
        part = np.array([parts.get(each.tag_, IGNORED) for each in doc])[token]
        yield np.stack([relation, part, np.where(head == token, number, word)], 1)


class Syntax(nn.Module):
    """Heads by a product of two vectors a word; relations and parts of speech by a linear layer."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.vectors = nn.Linear(hidden, 2 * SIZE)
        self.arc = nn.Linear(SIZE, SIZE, bias=False)
        self.relation = nn.Linear(hidden, TOP_LABELS)
        self.part = nn.Linear(hidden, TOP_LABELS)

    def forward(self, states: Tensor, known: Tensor, length: Tensor) -> Tensor:
        """Cross-entropy, summed over words.

        `known` is (batch, pieces, 3) as of :func:`parse`, heads as pieces of the window.
        """
        below, above = self.vectors(states).chunk(2, -1)
        heads = (self.arc(below) @ above.transpose(1, 2)).float() / SIZE**0.5
        outside = torch.arange(states.shape[1], device=states.device)[None, :] >= length[:, None]
        heads = heads.masked_fill(outside[:, None, :], -1e4)
        return (
            _entropy(heads, known[..., HEAD])
            + _entropy(self.relation(states).float(), known[..., RELATION])
            + 0.5 * _entropy(self.part(states).float(), known[..., PART])
        )


def _entropy(scores: Tensor, wanted: Tensor) -> Tensor:
    return fn.cross_entropy(
        scores.flatten(0, 1), wanted.flatten(), ignore_index=IGNORED, reduction="sum"
    )
