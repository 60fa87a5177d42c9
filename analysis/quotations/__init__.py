"""Quotations: who says what, in which words, told by which cue."""

from analysis.lazy import lazily

__getattr__, __all__ = lazily(__name__, {
    "extract": ["Extracted", "extract_quotations", "load_models"],
    "language": ["load_language"],
    "marks": ["kind_of", "quoted_regions"],
    "tagger": ["model_hash"],
})
