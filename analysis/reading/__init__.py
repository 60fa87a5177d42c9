"""What a reader looks at: an article marked, its quotations as a table, the limits of it all."""

from analysis.reading.article import mark_text, pick_article, quotes_of, read_article, skipped_lines
from analysis.reading.limits import limits
from analysis.reading.quotes import quote_table
from analysis.reading.rich import Rich, show_table

__all__ = [
    "Rich", "limits", "mark_text", "pick_article", "quote_table", "quotes_of", "read_article",
    "show_table", "skipped_lines",
]
