"""A small text file of human corrections, replayed on every run."""

__all__: list[str] = []
