"""Human corrections: a small text file, replayed on every run, and a desk to make them."""

from analysis.lazy import lazily

__getattr__, __all__ = lazily(__name__, {
    "apply": ["Corrected", "apply_corrections"],
    "brat": ["export_brat", "import_brat"],
    "desk": ["open_desk"],
    "file": ["Correction", "add_corrections", "load_corrections", "save_corrections"],
})
