"""One reader per format; `reader_of` says which, from the file's name and then its content."""

from analysis.articles.readers.choose import FORMATS, Choice, choose_reader

__all__ = ["FORMATS", "Choice", "choose_reader"]
