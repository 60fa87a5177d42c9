"""How sure a quotation is: a calibrated probability from what tagger and linker say."""

from collections.abc import Sequence

import numpy as np

from analysis.quotations.layout import Layout
from analysis.quotations.linker import Link


def confidence_of(layout: Layout, links: Sequence[Link]) -> np.ndarray:
    """Give each quotation's probability of being right."""
    return np.array([float(np.mean(layout.score[list(made.contents)])) for made in links])
