"""On Record: who is quoted in the news, what they say, and about what.

Nothing heavy is loaded by `import analysis`; the public names are resolved when used.
"""

from importlib import import_module

_HOMES = {
    "analysis.articles": ("find_copies", "load_articles", "mark_skipped"),
    "analysis.charts": ("Chart", "plot_differences", "plot_shares", "plot_trend"),
    "analysis.errors": ("InputError",),
    "analysis.measures": (
        "compare_shares", "count_over_time", "count_shares", "gather_voices",
        "measure_diversity", "named_only", "quotes_behind", "select_voices", "share_words",
        "split_outlets", "split_periods",
    ),
    "analysis.quotations": ("extract_quotations",),
    "analysis.reading": (
        "limits", "quote_table", "quotes_of", "read_article", "show_files", "show_quote",
        "show_quotes_behind", "show_table", "skipped_lines",
    ),
    "analysis.scale": ("extract_corpus", "open_tables"),
    "analysis.speakers": ("merge_speakers", "resolve_in_articles", "resolve_speakers"),
    "analysis.tables": ("Tables", "read_table", "write_table"),
    "analysis.topics": ("assign_topics", "discover_topics", "find_families", "load_topics"),
    "analysis.workbook": (
        "Settings", "build_tables", "load_tables", "save_results", "save_tables",
    ),
}
_WHERE = {name: module for module, names in _HOMES.items() for name in names}
__all__ = sorted(_WHERE)


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module 'analysis' has no attribute '{name}'")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return __all__
