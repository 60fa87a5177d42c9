"""The row of stages: paths in, a folder of tables out.

Notebooks and the command line call this package; it is the only one that knows every stage.
"""

from analysis.workbook.runs import Settings, code_hash, fingerprint, summary_line, versions
from analysis.workbook.stages import (
    build_tables,
    extract_tables,
    join_corpus,
    open_tables,
    quote_articles,
    read_articles,
)
from analysis.workbook.store import load_tables, read_run, save_results, save_tables, write_csv

__all__ = [
    "Settings", "build_tables", "code_hash", "extract_tables", "fingerprint", "join_corpus",
    "load_tables", "open_tables", "quote_articles", "read_articles", "read_run", "save_results",
    "save_tables", "summary_line", "versions", "write_csv",
]
