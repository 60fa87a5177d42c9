"""Many partitions: processes on one machine, Dask on many; resumed; the same result either way."""

from analysis.lazy import lazily

__getattr__, __all__ = lazily(__name__, {"corpus": ["extract_corpus", "open_tables"]})
