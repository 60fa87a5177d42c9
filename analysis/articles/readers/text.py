"""Plain text: one article a file, or an export of Nexis, Factiva or ProQuest."""

import re
from collections.abc import Iterator

from analysis.articles.decoding import decode, read_bytes
from analysis.articles.readers.factiva import is_factiva, read_factiva
from analysis.articles.readers.nexis import is_nexis, read_nexis
from analysis.articles.readers.proquest import is_proquest, read_proquest
from analysis.articles.records import Event, Fact, Options, Record, Source

_BREAK = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)|\r\n|\r|\n")
_SENTENCE_END = re.compile(r"[^.?!][.]\s*[”\"’']?$")


def read_text(source: Source, options: Options) -> Iterator[Event]:  # noqa: ARG001
    """Give the articles of a text file, untouched after decoding."""
    text, encoding = decode(read_bytes(source), name=source.name)
    yield Fact("encoding", encoding.name)
    yield from read_layout(text, source)


def read_layout(text: str, source: Source) -> Iterator[Event]:
    """Give the documents of an export, or the whole as one article; from txt, rtf and docx."""
    unix = text.replace("\r\n", "\n")
    if is_nexis(unix):
        yield from read_nexis(unix, source.name)
    elif is_factiva(unix):
        yield from read_factiva(unix, source.name)
    elif is_proquest(unix):
        yield from read_proquest(unix, source.name)
    else:
        yield Record(None, {"article_id": source.stem, "title": first_headline(text),
                            "text": text, **source.extra})


def first_headline(text: str) -> str | None:
    """Give the first line if it has the shape of a headline; the text keeps it.

    A headline is one short line with more text after it. One that ends like a sentence may be
    a headline too ("Storm closes schools."), so only long ones are refused for that.
    """
    body = text.strip()
    found = _BREAK.search(body)
    if not found:
        return None
    line = body[:found.start()].strip()
    words = len(line.split())
    if not 2 <= words <= 30 or len(line) > 220:
        return None
    return None if words > 16 and _SENTENCE_END.search(line) else line
