"""Counted tables drawn: each chart carries its alt text and the table it draws.

The only package that loads matplotlib, and only when a chart is asked for.
"""

from analysis.lazy import lazily

__getattr__, __all__ = lazily(__name__, {
    "accuracy": ["plot_accuracy"],
    "bars": ["plot_naming", "plot_roles", "plot_shares"],
    "base": ["Chart", "new_figure", "no_chart"],
    "compare": ["plot_comparison", "plot_corrected", "plot_diversity"],
    "lines": ["plot_trend"],
    "parts": ["plot_kinds", "plot_parts", "plot_positions", "plot_stances"],
    "topics": ["plot_distinctive_words", "plot_heatmap", "plot_spread", "plot_who_about_whom"],
})
