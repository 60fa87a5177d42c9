"""How sure a quotation is: a calibrated probability from what tagger and linker say.

Right means: half of the characters agree with the annotators, and so does the source. The
weights of a logistic regression are fitted in `training/confidence_fit.py`; the model card has
the reliability table.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from analysis.quotations.layout import Layout
from analysis.quotations.linker import Link

MODEL = Path(__file__).parent / "model" / "confidence.json"
SIGNS = (
    "least_content", "mean_content", "joined", "sourced", "cue", "source", "no_cue", "no_source",
    "pieces", "length", "quoted",
)


@cache
def load_weights(path: Path = MODEL) -> tuple[np.ndarray, float, float]:
    """Read the weight of each sign, the constant, and the threshold below which a row is left."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    weights = np.array([stored["weights"][sign] for sign in SIGNS])
    return weights, stored["constant"], stored["threshold"]


def confidence_of(layout: Layout, links: Sequence[Link]) -> np.ndarray:
    """Give each quotation's probability of being right."""
    if not links:
        return np.zeros(0)
    weights, constant, _ = load_weights()
    return 1.0 / (1.0 + np.exp(-(signs_of(layout, links) @ weights + constant)))


def signs_of(layout: Layout, links: Sequence[Link]) -> np.ndarray:
    """Give what speaks for each quotation, one row each, in the order of `SIGNS`."""
    return np.array([_signs(layout, made) for made in links], np.float64)


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


def _logit(share: float) -> float:
    share = min(max(float(share), 0.01), 0.99)
    return float(np.log(share / (1 - share)))
