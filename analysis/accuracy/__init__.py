"""Scores against gold annotations and hand-checked samples."""

from analysis.lazy import lazily

__getattr__, __all__ = lazily(__name__, {
    "error": ["correct_shares", "measure_error"],
    "gold": ["Gold", "GoldArticle", "GoldQuote", "read_gold"],
    "misses": ["show_misses"],
    "names": ["same_speaker"],
    "report": ["accuracy_table", "describe_accuracy", "headline", "readable_rates"],
    "sample": ["count_checked", "draw_sample", "fill_verdicts", "open_sample", "read_sample"],
    "score": ["Accuracy", "export_predictions", "score_tables"],
})
