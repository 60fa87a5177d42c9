"""Scores against gold annotations and hand-checked samples."""

from importlib import import_module

_HOMES = {
    "analysis.accuracy.error": ("correct_shares", "measure_error"),
    "analysis.accuracy.sample": ("count_checked", "draw_sample", "read_sample"),
    "analysis.accuracy.gold": ("Gold", "GoldArticle", "GoldQuote", "read_gold"),
    "analysis.accuracy.misses": ("show_misses",),
    "analysis.accuracy.names": ("same_speaker",),
    "analysis.accuracy.report": (
        "accuracy_table", "describe_accuracy", "headline", "readable_rates",
    ),
    "analysis.accuracy.score": ("Accuracy", "export_predictions", "score_tables"),
}
_WHERE = {name: module for module, names in _HOMES.items() for name in names}
__all__ = sorted(_WHERE)


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module 'analysis.accuracy' has no attribute '{name}'")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return __all__
