"""Nexis Uni and LexisNexis exports: docx, rtf and txt, new layout and old.

New (since 2018): title, outlet, date, copyright, `Section:` … lines, a line `Body`, the text, then
`Load-Date:` or `Classification`, and `End of Document`; a cover page says `Documents (100)`.
Old: `1 of 100 DOCUMENTS`, outlet, date, `HEADLINE:` …, the text, `LOAD-DATE:`.
"""

import re
from collections.abc import Iterator

from analysis.articles.records import Event, Fact, Problem, Record

_MONTHS = ("January|February|March|April|May|June|July|August|September|October|November|December"
           "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec")
_DATE = re.compile(
    rf"^\W*(?:(?P<month>{_MONTHS})\.? (?P<day>\d{{1,2}}), (?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}}) (?P<month2>{_MONTHS})\.?,? (?P<year2>\d{{4}}))\b"
    r"(?P<rest>[^\n]{0,60})$",
    re.MULTILINE)
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AP]M)?\s*(?:[A-Z]{2,4})?\b")
_NEW_END = re.compile(r"^[^\S\n]*End of Document[^\S\n]*$", re.MULTILINE)
_NEW_DECLARED = re.compile(r"^\s*Documents? \((\d+)\)", re.MULTILINE)
_BODY = re.compile(r"^[^\S\n]*Body[^\S\n]*$\n*", re.MULTILINE)
_NEW_TAIL = re.compile(
    r"^[^\S\n]*(?:Load-Date:.*|Classification|Graphic|Notes?|Correction(?:-Date)?|URL:.*)[^\S\n]*$",
    re.MULTILINE)
_HEAD_FIELD = re.compile(r"^\s*(Section|Length|Byline|Dateline|Highlight|Edition|Author):\s*(.*)$",
                         re.MULTILINE)
_COPYRIGHT = re.compile(r"^\s*(?:Copyright|©|\(c\)).*$", re.MULTILINE | re.IGNORECASE)
_OLD_START = re.compile(r"^[^\S\n]*\d+ of (\d+) DOCUMENTS?[^\S\n]*$", re.MULTILINE)
_OLD_FIELD = re.compile(r"^\s*([A-Z][A-Z-]{2,24}):[^\S\n]*", re.MULTILINE)
_OLD_HEAD = {"SECTION", "LENGTH", "HEADLINE", "BYLINE", "DATELINE", "HIGHLIGHT", "SERIES",
             "EDITION", "TYPE"}
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_OLD_TAIL = {"LOAD-DATE", "LANGUAGE", "GRAPHIC", "PUBLICATION-TYPE", "URL", "SUBJECT", "NOTES",
             "DOCUMENT-TYPE", "JOURNAL-CODE", "PERSON", "COMPANY", "GEOGRAPHIC", "CORRECTION"}


def is_nexis(text: str) -> bool:
    """Tell whether the text is an export of Nexis, of either layout."""
    new = _NEW_END.search(text) and _BODY.search(text)
    return bool(new) or bool(_OLD_START.search(text[:5000]))


def read_nexis(text: str, name: str) -> Iterator[Event]:
    """Give one record per document of the export."""
    yield Fact("format", "nexis")
    yield from _read_old(text) if _OLD_START.search(text[:5000]) else _read_new(text, name)


def _read_new(text: str, name: str) -> Iterator[Event]:
    declared = _NEW_DECLARED.search(text[:20_000])
    if declared:
        yield Fact("declared", int(declared[1]))
    start, number = 0, 0
    for number, end in enumerate(_NEW_END.finditer(text), start=1):
        yield _new_document(text[start:end.start()], number)
        start = end.end()
    if _BODY.search(text, start):
        yield Problem(number + 1, "broken record", f"{name} breaks off inside document "
                      f"{number + 1} (no 'End of Document').")


def _new_document(chunk: str, number: int) -> Record:
    body = _BODY.search(chunk)
    head = chunk[:body.start()] if body else chunk
    text = chunk[body.end():] if body else ""
    # The last such line but the text's own: a "Notes" heading may stand in a story.
    tails = list(_NEW_TAIL.finditer(text))
    text = text[:_first_of_tail(tails, text)].strip() if tails else text.strip()
    fields = {key.lower(): value.strip() for key, value in _HEAD_FIELD.findall(head)}
    title, outlet, published = _new_head(head)
    return Record(number, {
        "title": title, "outlet": outlet, "published": published, "text": text,
        "authors": fields.get("byline") or fields.get("author"),
        "section": fields.get("section", "").split(";")[0] or None})


def _first_of_tail(tails: list[re.Match[str]], text: str) -> int:
    """Find the start of the block of fields that ends the document (it holds `Load-Date:`)."""
    loaded = next((item for item in tails if "Load-Date" in item[0]), tails[-1])
    before = [item for item in tails if item.start() <= loaded.start()
              and len(text[item.end():loaded.start()].split()) < 400]
    return before[0].start()


def _new_head(head: str) -> tuple[str | None, str | None, str | None]:
    """Title, outlet and date stand in this order above the copyright line."""
    marks = list(_COPYRIGHT.finditer(head))
    field = _HEAD_FIELD.search(head)
    until = marks[-1].start() if marks else field.start() if field else len(head)
    dates = list(_DATE.finditer(head, 0, until)) or list(_DATE.finditer(head))
    if not dates:
        lines = [line.strip() for line in head[:until].splitlines() if line.strip()]
        return (lines[-2] if len(lines) > 1 else None), (lines[-1] if lines else None), None
    above = [line.strip() for line in head[:dates[-1].start()].splitlines() if line.strip()]
    outlet = above[-1] if above else None
    return (above[-2] if len(above) > 1 else None), outlet, _date(dates[-1], head[:until])


def _date(found: re.Match[str], head: str) -> str:
    day, month = found["day"] or found["day2"], found["month"] or found["month2"]
    clock = _CLOCK.search(head, found.start("rest"))
    return f"{day} {month} {found['year'] or found['year2']} {clock[0] if clock else ''}".strip()


def _read_old(text: str) -> Iterator[Event]:
    starts = list(_OLD_START.finditer(text))
    yield Fact("declared", int(starts[0][1]))
    ends = [item.start() for item in starts[1:]] + [len(text)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        yield _old_document(text[start.end():end], number)


def _old_document(chunk: str, number: int) -> Record:
    fields: dict[str, str] = {}
    first = _OLD_FIELD.search(chunk)
    head = chunk[:first.start()] if first else chunk[:400]
    start, end = _old_body(chunk, fields)
    date = _DATE.search(_unindented(head))
    lines = [line.strip() for line in head.splitlines() if line.strip()
             and not _DATE.match(line.strip()) and not _COPYRIGHT.match(line)]
    return Record(number, {
        "title": fields.get("HEADLINE"), "outlet": lines[0] if lines else None,
        "published": _date(date, _unindented(head)) if date else None,
        "authors": fields.get("BYLINE"), "section": fields.get("SECTION", "").split(";")[0] or None,
        "text": chunk[start:end].strip()})


def _old_body(chunk: str, fields: dict[str, str]) -> tuple[int, int]:
    """Where the text lies: after the fields of the head, before those of the end."""
    start, end = 0, len(chunk)
    for found in _OLD_FIELD.finditer(chunk):
        follows = not fields or not chunk[start:found.start()].strip()
        if found[1] in _OLD_HEAD and follows:
            blank = _BLANK_LINE.search(chunk, found.end())
            start = blank.end() if blank else len(chunk)
            fields[found[1]] = " ".join(chunk[found.end():start].split())
        elif found[1] in _OLD_TAIL and fields:
            end = found.start()
            break
    return start, end


def _unindented(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines())
