"""Which reader for which file."""

from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

from analysis.articles.records import Event, Options, Reader, Source, Unreadable


class Choice(NamedTuple):
    """The name of a format and its reader."""

    format: str
    read: Reader


FORMATS = {
    ".txt": ("txt", "text", "read_text"),
    ".text": ("txt", "text", "read_text"),
    ".csv": ("csv", "delimited", "read_delimited"),
    ".tsv": ("tsv", "delimited", "read_delimited"),
    ".tab": ("tsv", "delimited", "read_delimited"),
    ".json": ("json", "json_lines", "read_json"),
    ".jsonl": ("jsonl", "json_lines", "read_json"),
    ".ndjson": ("jsonl", "json_lines", "read_json"),
    ".html": ("html", "pages", "read_page"),
    ".htm": ("html", "pages", "read_page"),
    ".xhtml": ("html", "pages", "read_page"),
    ".rss": ("feed", "feeds", "read_feed"),
    ".atom": ("feed", "feeds", "read_feed"),
    ".xml": ("feed", "feeds", "read_feed"),
    ".rdf": ("feed", "feeds", "read_feed"),
    ".warc": ("warc", "web_archives", "read_warc"),
    ".docx": ("docx", "documents", "read_docx"),
    ".rtf": ("rtf", "documents", "read_rtf"),
    ".eml": ("eml", "mail", "read_eml"),
    ".mbox": ("mbox", "mail", "read_mbox"),
    ".xlsx": ("xlsx", "sheets", "read_sheet"),
    ".xlsm": ("xlsx", "sheets", "read_sheet"),
    ".xls": ("xls", "sheets", "read_sheet"),
    ".ods": ("ods", "sheets", "read_sheet"),
    ".parquet": ("parquet", "sheets", "read_parquet"),
}
"""Suffix → format, module, function; modules are loaded when first needed."""

_ADVICE = {
    ".pdf": "Save it as text first (pdftotext), or export docx.",
    ".doc": "Save it as docx.",
    ".gz": "Keep the inner suffix in the name: articles.csv.gz.",
    ".md": "Name it .txt if it is an article.",
}


def choose_reader(source: Source) -> Choice:
    """Give the format and reader for the file.

    Raises
    ------
    Unreadable
        If no reader is for this suffix; the detail says which there are.
    """
    if source.suffix not in FORMATS:
        known = ", ".join(sorted(FORMATS))
        advice = _ADVICE.get(source.suffix, "Convert it, or leave it out.")
        raise Unreadable("unknown format", f"{source.name} is none of the formats read here "
                         f"({known} and .zip, .gz of these). {advice}")
    name, module, function = FORMATS[source.suffix]
    return Choice(name, _lazily(module, function))


def _lazily(module: str, function: str) -> Reader:
    def read(source: Source, options: Options) -> Iterator[Event]:
        found = import_module(f"analysis.articles.readers.{module}")
        return getattr(found, function)(source, options)

    return read
