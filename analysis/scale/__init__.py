"""Many partitions: processes on one machine, Dask on many; resumed; the same result either way."""

from importlib import import_module

_HOMES = {"extract_corpus": "corpus", "open_tables": "corpus"}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    """Load the module behind a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis.scale' has no attribute '{name}'")
    return getattr(import_module(f"analysis.scale.{_HOMES[name]}"), name)
