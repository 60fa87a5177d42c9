"""Exploring a corpus in JupyterLab: filter, search, click a bar, read its quotations."""

from analysis.lazy import lazily

__getattr__, __all__ = lazily(__name__, {
    "choice": ["Choice", "choose", "count_bars"],
    "panel": ["Explorer", "explore_corpus"],
})
