"""ProQuest's text exports: documents between ruled lines, `Full text:`, then named fields."""

import re
from collections.abc import Iterator

from analysis.articles.records import Event, Fact, Problem, Record

_RULE = re.compile(r"^_{20,}[^\S\n]*$", re.MULTILINE)
_NUMBER = re.compile(r"^[^\S\n]*Document (\d+) of (\d+)[^\S\n]*$", re.MULTILINE)
_FULL_TEXT = re.compile(r"^Full text:[^\S\n]*", re.MULTILINE | re.IGNORECASE)
_FIELD = re.compile(r"^([A-Z][A-Za-z/ -]{2,40}):[^\S\n]+(.*)$", re.MULTILINE)
_KNOWN = {
    "abstract", "author", "business indexing term", "classification", "column", "company",
    "company / organization", "copyright", "correspondence author", "country of publication",
    "credit", "database", "dateline", "document feature", "document type", "document url",
    "edition", "first page", "identifier / keyword", "identifiers / keywords", "issn", "issue",
    "language of publication", "last updated", "links", "location", "people", "pages",
    "place of publication", "product name", "proquest document id", "publication date",
    "publication info", "publication note", "publication subject", "publication title",
    "publication year", "publisher", "section", "source type", "subject", "supplement", "title",
    "university/institution", "volume", "full text availability", "e-issn",
}


def is_proquest(text: str) -> bool:
    """Tell whether the text is an export of ProQuest."""
    return bool(_FULL_TEXT.search(text) and "ProQuest" in text and _RULE.search(text))


def read_proquest(text: str, name: str) -> Iterator[Event]:
    """Give one record per document of the export."""
    yield Fact("format", "proquest")
    numbers = _NUMBER.findall(text)
    if numbers:
        yield Fact("declared", int(numbers[0][1]))
    chunks = [chunk for chunk in _RULE.split(text) if _is_document(chunk)]
    for number, chunk in enumerate(chunks, start=1):
        fields = _document(chunk)
        if fields is None:
            yield Problem(number, "broken record", f"{name} document {number} breaks off: its "
                          "text is not followed by its title and publication.")
        else:
            yield Record(number, fields)


def _is_document(chunk: str) -> bool:
    return bool(_FULL_TEXT.search(chunk) or re.search(r"^Publication title:", chunk, re.MULTILINE))


def _document(chunk: str) -> dict[str, object] | None:
    start = _FULL_TEXT.search(chunk)
    tail = _tail(chunk, start.end() if start else 0)
    if tail is None:
        return None
    fields = dict(_fields(chunk[:start.start()] if start else "")) | dict(_fields(chunk[tail:]))
    return {
        "title": fields.get("title") or _first_line(chunk),
        "authors": fields.get("author"), "section": fields.get("section"),
        "outlet": fields.get("publication title", "").partition(";")[0],
        "published": fields.get("publication date"),
        "url": fields.get("document url"), "article_id": fields.get("proquest document id"),
        "text": chunk[start.end():tail].strip() if start else ""}


def _tail(chunk: str, start: int) -> int | None:
    """Where the fields after the text begin: the unbroken run of known names before the end."""
    found = [item for item in _FIELD.finditer(chunk, start) if item[1].lower() in _KNOWN]
    places = [place for place, item in enumerate(found) if item[1].lower() == "publication title"]
    if not places:
        return None
    place = places[-1]
    while place and _only_fields(chunk[found[place - 1].end():found[place].start()]):
        place -= 1
    return found[place].start()


def _only_fields(between: str) -> bool:
    """Tell whether only blank lines, and lines that run over, stand between two fields."""
    return not between.partition("\n\n")[2].strip()


def _fields(part: str) -> Iterator[tuple[str, str]]:
    for found in _FIELD.finditer(part):
        if found[1].lower() in _KNOWN:
            yield found[1].lower(), found[2].strip()


def _first_line(chunk: str) -> str | None:
    lines = (line.strip() for line in chunk.splitlines())
    return next((line for line in lines if line and not _NUMBER.match(line)), None)
