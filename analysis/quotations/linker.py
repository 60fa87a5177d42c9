"""Spans → quotations: which cue and which source belong to each content.

In the annotated articles an attribution has one cue, and no content has two; so each content
chooses a cue, contents that choose the same cue are one quotation (split as in "A," he said. "B.",
or running over several paragraphs), and each cue chooses a source. Both choices are made by
boosted trees over the layout of the spans (see `layout`), learned in `training/linker_fit.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from analysis.quotations.layout import CONTENT, CUE, SOURCE, Layout, candidates, describe
from analysis.quotations.trees import Trees

MODEL = Path(__file__).parent / "model" / "linker.npz"
JOINS = {CUE: 0.5, SOURCE: 0.3}  # least probability of a link; below, there is none


@dataclass(frozen=True)
class Link:
    """One quotation as positions in a layout; `cue` and `source` are -1 where there is none."""

    contents: tuple[int, ...]
    cue: int
    source: int
    joined: float
    sourced: float


@dataclass(frozen=True)
class Linker:
    """The learned choices: content → cue, then cue (or content) → source."""

    cues: Trees
    sources: Trees


@cache
def load_linker(path: Path = MODEL) -> Linker:
    """Read the linker's arrays; nothing is unpickled."""
    with np.load(path, allow_pickle=False) as stored:
        parts = dict(stored)
    return Linker(Trees.from_arrays(parts, "cues"), Trees.from_arrays(parts, "sources"))


def link(layouts: Sequence[Layout], linker: Linker) -> list[list[Link]]:
    """Make the quotations of several articles; scored together, because that is faster."""
    chosen = _choose(layouts, [layout.of(CONTENT) for layout in layouts], CUE, linker.cues)
    anchors = [_anchors(layout, best) for layout, best in zip(layouts, chosen, strict=True)]
    heads = [np.array(list(groups), np.int64) for groups in anchors]
    sources = _choose(layouts, heads, SOURCE, linker.sources)
    return [
        _links(layout, groups, cues=cues, sources=found)
        for layout, groups, cues, found in zip(layouts, anchors, chosen, sources, strict=True)
    ]


Best = dict[int, tuple[int, float]]


def _choose(
    layouts: Sequence[Layout], heads: Sequence[np.ndarray], label: int, trees: Trees
) -> list[Best]:
    """Give every head its likeliest partner and the probability; -1 where none is likely."""
    pairs = [candidates(layout, own, label) for layout, own in zip(layouts, heads, strict=True)]
    rows = [describe(layout, *pair) for layout, pair in zip(layouts, pairs, strict=True)
            if len(pair[0])]
    scores = trees.probability(np.concatenate(rows)) if rows else np.zeros(0)
    found, at = [], 0
    for own, (one, other) in zip(heads, pairs, strict=True):
        best: Best = {int(head): (-1, 0.0) for head in own}
        for head, partner, score in zip(one, other, scores[at : at + len(one)], strict=True):
            if score > best[int(head)][1]:
                best[int(head)] = (int(partner) if score >= JOINS[label] else -1, float(score))
        at += len(one)
        found.append(best)
    return found


def _anchors(layout: Layout, cues: Best) -> dict[int, list[int]]:
    """Contents by what speaks for them: their cue, or themselves where they have none."""
    groups: dict[int, list[int]] = {}
    for content, (cue, _) in sorted(cues.items(), key=lambda item: layout.start[item[0]]):
        groups.setdefault(cue if cue >= 0 else content, []).append(content)
    return groups


def _links(
    layout: Layout, groups: dict[int, list[int]], *, cues: Best, sources: Best
) -> list[Link]:
    made = []
    for anchor, contents in groups.items():
        source, sourced = sources[anchor]
        joined = min(cues[content][1] for content in contents)
        cue = anchor if layout.label[anchor] == CUE else -1
        made.append(Link(tuple(contents), cue, source, joined, sourced))
    return sorted(made, key=lambda item: item.contents)
