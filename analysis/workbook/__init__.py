"""The row of stages: paths in, a folder of tables out.

Notebooks and the command line call this package; it is the only one that knows every stage.
"""

from analysis.workbook.join import Joint, apply_joint, correct, learn_corpus
from analysis.workbook.runs import (
    Settings,
    code_hash,
    describe_run,
    fingerprint,
    made_by,
    summary_line,
    versions,
)
from analysis.workbook.stages import build_tables, join_corpus, quote_articles, read_articles
from analysis.workbook.store import (
    RUN_FILE,
    load_tables,
    read_run,
    save_results,
    save_tables,
    write_csv,
)

__all__ = [
    "RUN_FILE", "Joint", "Settings", "apply_joint", "build_tables", "code_hash", "correct",
    "describe_run", "fingerprint", "join_corpus", "learn_corpus", "load_tables", "made_by",
    "quote_articles", "read_articles", "read_run", "save_results", "save_tables", "summary_line",
    "versions", "write_csv",
]
