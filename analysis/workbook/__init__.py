"""The row of stages: paths in, a folder of tables out.

Notebooks and the command line call this package; it is the only one that knows every stage.
"""

from analysis.lazy import lazily

__getattr__, __all__ = lazily(__name__, {
    "join": ["Joint", "Start", "apply_joint", "correct", "find_topics", "learn_corpus"],
    "losses": ["count_quoted", "count_rows", "loss_lines", "summary_line"],
    "runs": [
        "Settings", "code_hash", "describe_run", "fingerprint", "is_current", "kept_settings",
        "made_by", "versions",
    ],
    "stages": ["build_tables", "join_corpus", "quote_articles", "read_articles", "reading_options"],
    "spreadsheets": ["write_csv", "write_csv_parts"],
    "store": ["RUN_FILE", "load_tables", "read_run", "save_results", "save_tables"],
})
