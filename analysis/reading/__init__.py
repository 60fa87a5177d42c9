"""What a reader looks at: an article marked, its quotations as a table, the limits of it all."""

from analysis.reading.article import pick_article, quotes_of, read_article, skipped_lines
from analysis.reading.context import show_quote, show_quotes_behind
from analysis.reading.limits import limits
from analysis.reading.marking import Mark, mark_text
from analysis.reading.quotes import quote_table
from analysis.reading.rich import Rich, show_files, show_table

__all__ = [
    "Mark", "Rich", "limits", "mark_text", "pick_article", "quote_table", "quotes_of",
    "read_article", "show_files", "show_quote", "show_quotes_behind", "show_table",
    "skipped_lines",
]
