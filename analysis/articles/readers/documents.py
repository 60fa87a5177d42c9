"""Word and RTF files: an export of Nexis, or one article."""

import io
import re
import zipfile
from collections.abc import Iterator

from analysis.articles.decoding import decode, read_bytes
from analysis.articles.readers.text import first_headline, read_layout
from analysis.articles.records import Event, Fact, Options, Record, Source, Unreadable

MOST_UNPACKED = 512 * 2**20
"""An Office file is a zip archive; its parts together may unpack to this many bytes."""


def read_docx(source: Source, options: Options) -> Iterator[Event]:  # noqa: ARG001
    """Give the articles of a Word file; its paragraphs are joined by a blank line."""
    from docx import Document

    document = Document(io.BytesIO(office_bytes(source)))
    paragraphs = [item.text for item in document.iter_inner_content() if hasattr(item, "runs")]
    text = "\n\n".join(line for line in paragraphs if line.strip())
    known = document.core_properties
    for event in read_layout(text, source):
        if isinstance(event, Record) and event.row is None:
            own = {"title": known.title or first_headline(text), "article_id": None}
            yield event._replace(fields={**event.fields, **own, **source.extra})
        else:
            yield event


def read_rtf(source: Source, options: Options) -> Iterator[Event]:  # noqa: ARG001
    """Give the articles of an RTF file."""
    from striprtf.striprtf import rtf_to_text

    raw, _ = decode(read_bytes(source), name=source.name)
    if not raw.lstrip().startswith("{\\rtf"):
        raise Unreadable("damaged file", f"{source.name} is no RTF file (it does not begin with "
                         "{\\rtf).")
    page = re.search(r"\\ansicpg(\d+)", raw[:1000])
    text = rtf_to_text(raw, encoding=f"cp{page[1]}" if page else "cp1252", errors="replace")
    yield Fact("encoding", f"cp{page[1]}" if page else "cp1252")
    for event in read_layout(text, source):
        if isinstance(event, Record) and event.row is None:
            event = event._replace(fields={**event.fields, "article_id": None})
        yield event


def office_bytes(source: Source) -> bytes:
    """Give the bytes of an Office file, refusing one whose parts unpack beyond measure."""
    data = read_bytes(source, most=256 * 2**20)
    if data[:2] != b"PK":
        raise Unreadable("damaged file", f"{source.name} is no {source.suffix} file (such files "
                         "are zip archives). Save it again.")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(info.file_size for info in archive.infolist())
    if size > MOST_UNPACKED or size > max(64 * 2**20, 500 * len(data)):
        raise Unreadable("too large", f"{source.name} unpacks to {size // 2**20} MB. Give the "
                         "articles as csv, jsonl or parquet.")
    return data
