"""Exploring a corpus in JupyterLab: filter, search, click a bar, read its quotations."""

from importlib import import_module

_HOMES = {"Choice": "choose", "choose": "choose", "count_bars": "choose",
          "Explorer": "panel", "explore_corpus": "panel"}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    """Load the module behind a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis.explore' has no attribute '{name}'")
    return getattr(import_module(f"analysis.explore.{_HOMES[name]}"), name)
