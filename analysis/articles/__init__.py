"""Files in any newsroom format → articles, what was rejected, what is not the story, copies."""

from analysis.lazy import lazily

__getattr__, __all__ = lazily(__name__, {
    "cleaning": ["mark_skipped"],
    "copies": ["find_copies", "group_copies", "signatures"],
    "load": ["Loaded", "iter_articles", "load_articles"],
    "records": ["Only"],
})
