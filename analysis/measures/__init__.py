"""Counted tables: shares, diversity, trends, comparisons, all with n and intervals."""

from importlib import import_module

_HOMES = {
    "count_shares": "shares", "named_only": "shares", "quotes_behind": "shares",
    "share_words": "shares",
    "count_over_time": "trends", "measure_diversity": "diversity",
    "gather_voices": "voices", "select_voices": "voices",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    """Load the module behind a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis.measures' has no attribute '{name}'")
    return getattr(import_module(f"analysis.measures.{_HOMES[name]}"), name)
