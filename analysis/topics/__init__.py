"""About what: user topics, discovered topics, what is talked about, and the same words elsewhere.

Tables in, tables out; nothing here reads language with a model. scikit-learn is loaded only
when used.
"""

from analysis.lazy import lazily

__getattr__, __all__ = lazily(__name__, {
    "about": ["find_key_phrases", "find_talked_about"],
    "check": ["check_topics", "review_topics"],
    "discover": ["Discovered", "discover_topics"],
    "families": ["Families", "find_families", "name_families"],
    "files": ["Topic", "load_topics"],
    "companions": ["Lessons", "draw_lessons"],
    "user": ["assign_topics", "learn_topics"],
    "voices": ["list_voices"],
    "wordings": ["compare_wordings"],
})
