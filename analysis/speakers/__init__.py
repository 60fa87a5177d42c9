"""Who is meant: the words that name a source → one person, organisation or group."""

from typing import Any

__all__ = ["Merged", "Resolved", "merge_speakers", "resolve_in_articles", "resolve_speakers"]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import the stage only when one of its public names is used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from analysis.speakers import stage
    return getattr(stage, name)
