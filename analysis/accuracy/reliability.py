"""Whether the stated confidence is true: 90 % of what is said to be 90 % sure is right."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.accuracy.compare import Compared
from analysis.tables import Tables

_EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


def compare_confidence(compared: Iterable[Compared], tables: Tables) -> pd.DataFrame:
    """Set the confidence of found quotations beside the share of them that is right.

    Parameters
    ----------
    compared
        The articles with their matching.
    tables
        Tables whose `quotes` hold `confidence`.

    Returns
    -------
    DataFrame
        One row per band of confidence that occurs: `confidence_from`, `confidence_to`,
        `n_found`, `mean_confidence`, `share_content` (half of the characters shared with an
        annotated quotation), `share_content_source` (and the source right).
    """
    rows = [
        (found.row, other in right, right.get(other, False))
        for article in compared
        for right in [{other: article.same_source(one, other)
                       for one, other in article.pairs.partial.items()}]
        for other, found in enumerate(article.found)
    ]
    found = pd.DataFrame(rows, columns=["row", "content", "source"])
    stated = pd.to_numeric(tables.quotes["confidence"], errors="coerce").to_numpy(dtype=float)
    found["confidence"] = stated[found["row"].to_numpy(dtype=np.int64)]
    found = found.dropna(subset="confidence")
    bands = np.clip(np.searchsorted(_EDGES, found["confidence"], side="right"), 1, len(_EDGES) - 1)
    table = found.groupby(bands).agg(
        n_found=("row", "size"), mean_confidence=("confidence", "mean"),
        share_content=("content", "mean"), share_content_source=("source", "mean"),
    )
    edges = np.array(_EDGES)
    places = table.index.to_numpy(dtype=np.int64)
    table.insert(0, "confidence_from", edges[places - 1])
    table.insert(1, "confidence_to", edges[places])
    return table.reset_index(drop=True)
