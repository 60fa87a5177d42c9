"""Quotations: who says what, in which words, told by which cue.

>>> from analysis.quotations import extract_quotations
"""

from importlib import import_module

_HOMES = {
    "Extracted": "analysis.quotations.extract",
    "extract_quotations": "analysis.quotations.extract",
    "kind_of": "analysis.quotations.marks",
    "load_language": "analysis.quotations.language",
    "model_hash": "analysis.quotations.tagger",
    "quoted_regions": "analysis.quotations.marks",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis.quotations' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
