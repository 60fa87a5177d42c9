"""What a reader looks at: an article marked, its quotations as a table, the limits of it all."""

from analysis.lazy import lazily

__getattr__, __all__ = lazily(__name__, {
    "article": ["pick_article", "quotes_of", "read_article", "skipped_lines"],
    "context": ["show_quote", "show_quotes_behind"],
    "caveats": ["limits"],
    "marking": ["Mark", "mark_text"],
    "quotes": ["quote_table"],
    "rich": ["Rich", "show_files", "show_table"],
})
