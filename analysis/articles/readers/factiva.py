"""Factiva exports: text and html, in the article layout and in the layout with field codes."""

import re
from collections.abc import Iterator

from analysis.articles.records import Event, Fact, Problem, Record

_CODES = ("SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|CX|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|"
          "ART|CLM|RST|DLN")
_CODE_LINE = re.compile(rf"^({_CODES})(?:[^\S\n]*$|(?:[^\S\n]{{2,}}|\t)(.*)$)",
                        re.MULTILINE)
_END = re.compile(r"^[^\S\n]*Document [A-Z][A-Za-z0-9]{15,40}[^\S\n]*$", re.MULTILINE)
_WORDS = re.compile(r"^[^\S\n]*[\d,]+ words[^\S\n]*$", re.MULTILINE)
_DATE = re.compile(r"^\d{1,2} [A-Z][a-z]{2,8} \d{4}$")
_CLOCK = re.compile(r"^\d{1,2}:\d{2}(?: ?[AP]M)?(?: [A-Z]{2,4})?$")
_COPYRIGHT = re.compile(r"^[^\S\n]*(?:\(c\)|©|Copyright\b|c\. ).*$", re.MULTILINE | re.IGNORECASE)
_LANGUAGE = re.compile(r"^[^\S\n]*(?:English|German|French|Spanish|Italian|Dutch|Portuguese|"
                       r"Russian|Chinese|Japanese|Arabic)[^\S\n]*$", re.MULTILINE)
_HTML = re.compile(
    r"""class\s*=\s*["'](?:article )?\w{2}Article["' ]|articleParagraph|enHeadline""")


def is_factiva(text: str) -> bool:
    """Tell whether the text is a Factiva export of either layout."""
    coded = {found[1] for found in _CODE_LINE.finditer(text[:200_000])} >= {"HD", "PD", "LP"}
    return coded or bool(_END.search(text) and _WORDS.search(text))


def is_factiva_html(html: str) -> bool:
    """Tell whether the page is a Factiva export."""
    return bool(_HTML.search(html[:200_000])) and "activa" in html


def read_factiva(text: str, name: str) -> Iterator[Event]:
    """Give one record per document of a text export."""
    yield Fact("format", "factiva")
    coded = {found[1] for found in _CODE_LINE.finditer(text[:200_000])} >= {"HD", "PD", "LP"}
    read = _coded if coded else _plain
    start, number = 0, 0
    for number, end in enumerate(_ends(text, coded), start=1):
        yield Record(number, read(text[start:end]))
        start = end
    rest = text[start:]
    if _WORDS.search(rest) or (coded and "\nLP" in rest):
        yield Problem(number + 1, "broken record", f"{name} breaks off inside document "
                      f"{number + 1} (no 'Document' line at its end).")


def read_factiva_html(html: str, name: str) -> Iterator[Event]:
    """Give one record per article of an html export."""
    from lxml import html as parser

    tree = parser.fromstring(html.encode("utf-8"), parser=parser.HTMLParser(encoding="utf-8"))
    found = tree.xpath("//div[contains(concat(' ', @class, ' '), 'Article ')]")
    if not found:
        yield Problem(None, "empty text", f"{name} looks like a Factiva export but holds no "
                      "article.")
    for number, article in enumerate(found, start=1):
        rows = article.xpath(".//table//tr[td]")
        codes = {_words(row[0]): row[-1] for row in rows if len(row) > 1}
        yield Record(number, _from_codes(codes) if "HD" in codes else _from_blocks(article))


def _from_codes(cells: dict[str, object]) -> dict[str, object]:
    values = {code: _words(cell) for code, cell in cells.items()}
    text = "\n\n".join(part for code in ("LP", "TD") if code in cells
                       for part in _paragraphs(cells[code]))
    return _fields(values, text)


def _from_blocks(article: object) -> dict[str, object]:
    paragraphs = _paragraphs(article, only="articleParagraph")
    if not paragraphs:
        return {"text": ""}
    first = article.xpath(".//p[contains(@class, 'articleParagraph')]")[0]
    head = [_words(item) for item in article.xpath(".//*[self::div or self::span or self::b or "
                                                   "self::p][not(.//div or .//span or .//p)]")]
    until = head.index(_words(first)) if _words(first) in head else len(head)
    values = _head([line for line in head[:until] if line])
    text = "\n\n".join(line for line in paragraphs if not _END.match(line))
    return values | {"text": text}


def _paragraphs(element: object, *, only: str = "") -> list[str]:
    found = element.xpath(f".//p[contains(@class, '{only}')]" if only else ".//p")
    return [line for line in (_words(item) for item in found or [element]) if line]


def _words(element: object) -> str:
    return " ".join(element.text_content().split())


def _ends(text: str, coded: bool) -> list[int]:
    if not coded:
        return [found.end() for found in _END.finditer(text)]
    # "AN" with its number on the same line or the next ends a coded record.
    return [found.end() for found in re.finditer(
        r"^AN\s+Document [A-Za-z0-9]{9,41}[^\S\n]*$", text, re.MULTILINE)]


def _coded(chunk: str) -> dict[str, object]:
    marks = list(_CODE_LINE.finditer(chunk))
    ends = [mark.start() for mark in marks[1:]] + [len(chunk)]
    values: dict[str, str] = {}
    for mark, end in zip(marks, ends, strict=True):
        start = mark.start(2) if mark[2] else mark.end()
        values.setdefault(mark[1], chunk[start:end].strip())
    text = "\n\n".join(values[code] for code in ("LP", "TD") if values.get(code))
    return _fields({code: " ".join(value.split()) for code, value in values.items()}, text)


def _fields(values: dict[str, str], text: str) -> dict[str, object]:
    moment = f"{values.get('PD', '')} {values.get('ET', '')}".strip()
    return {"title": values.get("HD"), "outlet": values.get("SN"), "published": moment or None,
            "authors": values.get("BY"), "section": values.get("SE"), "text": text,
            "article_id": values.get("AN", "").removeprefix("Document ").strip() or None}


def _plain(chunk: str) -> dict[str, object]:
    end = _END.search(chunk)
    words = _WORDS.search(chunk)
    if not words:
        return {"text": ""}
    stop = end.start() if end else len(chunk)
    marks = [found for pattern in (_COPYRIGHT, _LANGUAGE)
             for found in [pattern.search(chunk, words.end(), min(stop, words.end() + 600))]
             if found]
    start = max((mark.end() for mark in marks), default=words.end())
    lines = [line.strip() for line in chunk[:start].splitlines() if line.strip()]
    values = _head(lines)
    return values | {"text": chunk[start:stop].strip(),
                     "article_id": end[0].split()[1] if end else None}


def _head(lines: list[str]) -> dict[str, object]:
    """Headline, byline, "543 words", date, clock, outlet, code, … in this order."""
    place = next((i for i, line in enumerate(lines) if _WORDS.match(line)), len(lines))
    above, below = lines[:place], lines[place + 1:]
    byline = above.pop() if len(above) > 1 and (above[-1].lower().startswith("by ")
                                                or len(above[-1].split()) < 4) else None
    date = next((line for line in below if _DATE.match(line)), None)
    clock = next((line for line in below if _CLOCK.match(line)), "")
    rest = [line for line in below if line not in (date, clock)]
    return {"title": above[-1] if above else None, "authors": byline,
            "published": f"{date} {clock}".strip() if date else None,
            "outlet": rest[0] if rest else None,
            "section": above[-2] if len(above) > 1 and len(above[-2].split()) <= 3 else None}
