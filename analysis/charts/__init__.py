"""Counted table → Chart(figure, alt, table)."""

from importlib import import_module

_HOMES = {
    "Chart": "base",
    "plot_shares": "bars",
    "plot_trend": "lines",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    """Load the module behind a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis.charts' has no attribute '{name}'")
    return getattr(import_module(f"analysis.charts.{_HOMES[name]}"), name)
