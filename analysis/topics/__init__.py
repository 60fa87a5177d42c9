"""About what: user topics, discovered topics, what is talked about, and the same words elsewhere.

Tables in, tables out; nothing here reads language with a model. scikit-learn and datasketch
are loaded only when used.
"""

from importlib import import_module

_HOMES = {
    "about": ("find_key_phrases", "find_talked_about"),
    "check": ("check_topics",),
    "discover": ("Discovered", "discover_topics"),
    "families": ("find_families",),
    "files": ("Topic", "load_topics"),
    "user": ("assign_topics",),
    "wordings": ("compare_wordings",),
}
_WHERE = {name: module for module, names in _HOMES.items() for name in names}
__all__ = sorted(_WHERE)


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module 'analysis.topics' has no attribute '{name}'")
    return getattr(import_module(f"analysis.topics.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return __all__
