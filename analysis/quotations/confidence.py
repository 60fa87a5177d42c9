"""How sure a quotation is: a calibrated probability from what tagger, linker and cue say.

Right means: half of the characters agree with the annotators, and so does the source. Whether a
quotation is kept depends on its content alone. The weights of two logistic regressions are
fitted in `training/confidence_fit.py`; the model card has the reliability table.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from analysis.quotations.cues import read_cue
from analysis.quotations.layout import Layout
from analysis.quotations.linker import Link

MODEL = Path(__file__).parent / "model" / "confidence.json"
JUDGED = ("content", "whole")
_LAYOUT = (
    "least_content", "mean_content", "joined", "sourced", "cue", "source", "no_cue", "no_source",
    "pieces", "length", "quoted",
)
_ACTS = ("argument", "belief", "criticism", "decree", "emotion", "intention", "other", "praise",
         "question", "request", "statement")
_STANCES = ("doubting", "endorsing")
SIGNS = (*_LAYOUT, *_ACTS, *_STANCES)


@cache
def load_weights(path: Path = MODEL) -> tuple[np.ndarray, np.ndarray, float]:
    """Read the weights (signs, judged), the constants, and the least that the content must have."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    weights = np.array([[stored[what]["weights"][sign] for what in JUDGED] for sign in SIGNS])
    return weights, np.array([stored[what]["constant"] for what in JUDGED]), stored["threshold"]


def confidence_of(text: str, layout: Layout, links: Sequence[Link]) -> np.ndarray:
    """Give each quotation's probability that its content is right, and that its source is too."""
    if not links:
        return np.zeros((0, len(JUDGED)))
    weights, constants, _ = load_weights()
    return 1.0 / (1.0 + np.exp(-(signs_of(text, layout, links) @ weights + constants)))


def signs_of(text: str, layout: Layout, links: Sequence[Link]) -> np.ndarray:
    """Give what speaks for each quotation, one row each, in the order of `SIGNS`."""
    rows = [[*_signs(layout, made), *_cue_signs(text, layout, made.cue)] for made in links]
    return np.array(rows, np.float64).reshape(len(links), len(SIGNS))


def _signs(layout: Layout, made: Link) -> list[float]:
    own = list(made.contents)
    scores, has_cue, has_source = layout.score[own], made.cue >= 0, made.source >= 0
    return [
        _logit(scores.min()), _logit(scores.mean()), _logit(made.joined) * has_cue,
        _logit(made.sourced if has_source else 1 - made.sourced),
        _logit(layout.score[made.cue]) * has_cue, _logit(layout.score[made.source]) * has_source,
        not has_cue, not has_source, len(own) > 1,
        float(np.log1p(layout.look[own, 8].sum())), float(layout.look[own, 1].mean()),
    ]


def _cue_signs(text: str, layout: Layout, cue: int) -> list[bool]:
    read = read_cue(text[layout.start[cue] : layout.end[cue]] if cue >= 0 else "")
    return [read.act == act for act in _ACTS] + [read.stance == stance for stance in _STANCES]


def _logit(share: float) -> float:
    share = min(max(float(share), 0.01), 0.99)
    return float(np.log(share / (1 - share)))
