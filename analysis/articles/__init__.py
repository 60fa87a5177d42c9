"""Files in any newsroom format → articles, what was rejected, what is not the story, copies."""

from importlib import import_module

_HOME = {
    "Loaded": "load",
    "Only": "records",
    "find_copies": "copies",
    "group_copies": "copies",
    "iter_articles": "load",
    "load_articles": "load",
    "mark_skipped": "cleaning",
    "signatures": "copies",
}

__all__ = list(_HOME)


def __getattr__(name: str) -> object:
    """Load the module behind a public name when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
