"""Who is meant: the words that name a source → one person, organisation or group."""

from analysis.lazy import lazily

__getattr__, __all__ = lazily(__name__, {
    "dealing": ["MergedParts", "merge_parts"],
    "merge": ["Merged", "merge_speakers"],
    "stage": ["Resolved", "resolve_in_articles", "resolve_speakers"],
})
