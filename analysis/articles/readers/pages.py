"""Web pages: the article's text, title, date and authors by trafilatura, or a Factiva export."""

import json
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from analysis.articles.decoding import decode, read_bytes
from analysis.articles.records import Event, Fact, Options, Record, Source

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_TIME_NAMES = ("article:published_time", "datepublished", "og:published_time", "publishdate",
               "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "pubdate")
_GAP = re.compile(r"\n+")


def read_page(source: Source, options: Options) -> Iterator[Event]:  # noqa: ARG001
    """Give the one article of a saved web page, or all of a Factiva export."""
    from analysis.articles.readers.factiva import is_factiva_html, read_factiva_html

    data = read_bytes(source)
    html, name = decode_html(data, name=source.name)
    yield Fact("encoding", name)
    if is_factiva_html(html):
        yield Fact("format", "factiva html")
        yield from read_factiva_html(html, source.name)
    else:
        yield Record(None, page_fields(html))


def decode_html(data: bytes, *, name: str, charset: str | None = None) -> tuple[str, str]:
    """Decode a page by its byte order mark, the given charset, its own meta tag, or its bytes."""
    said = _CHARSET.search(data[:4096])
    for choice in (charset, said[1].decode("ascii") if said else None):
        try:
            if choice and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
                # Browsers read "iso-8859-1" and "ascii" as cp1252; so do we.
                codec = "cp1252" if choice.lower() in ("iso-8859-1", "latin1", "ascii",
                                                       "us-ascii") else choice
                return data.decode(codec), codec.lower()
        except (LookupError, UnicodeError):
            continue
    text, encoding = decode(data, name=name)
    return text, encoding.name


def page_fields(html: str, *, url: str | None = None) -> dict[str, object]:
    """Give the fields of the article on a page; `text` is empty where the page has none.

    The text is the page's paragraphs as trafilatura finds the main one, joined by a blank line.
    """
    from trafilatura import bare_extraction

    if not html.strip():
        return {"text": ""}
    found = bare_extraction(html, url=url, with_metadata=True, include_comments=False,
                            include_tables=False, include_formatting=False,
                            prune_xpath="//noscript")
    if found is None:
        return {"text": "", "url": url}
    link = found.url or url
    paragraphs = _GAP.split((found.text or "").strip())
    if paragraphs[0].strip() == (found.title or "").strip():
        # The page's own heading is the title, as it is in a table or an export.
        del paragraphs[0]
    return {"text": "\n\n".join(paragraphs), "title": found.title,
            "authors": found.author, "published": published_time(html) or found.date,
            "outlet": found.sitename or (urlsplit(link).hostname if link else None),
            "section": (found.categories or [None])[0], "url": link}


def html_to_text(html: str) -> str:
    """Give the words of a piece of html (a feed entry, a newsletter), blocks as paragraphs."""
    from lxml import etree
    from lxml import html as parser

    if "<" not in html:
        return unescape(html).strip()
    try:
        tree = parser.fromstring(f"<div>{html}</div>")
    except (etree.ParserError, ValueError):
        return ""
    return "\n\n".join(_blocks(tree))


def published_time(html: str) -> str | None:
    """Give the full moment of publication from the page's metadata (trafilatura keeps the day)."""
    for block in re.findall(r"<script[^>]+ld\+json[^>]*>(.*?)</script>", html[:500_000],
                            re.DOTALL | re.IGNORECASE):
        found = re.search(r'"datePublished"\s*:\s*"([^"]{8,40})"', block)
        if found:
            return json.loads(f'"{found[1]}"') if "\\" in found[1] else found[1]
    for tag in re.findall(r"<meta\b[^>]{0,500}>", html[:500_000], re.IGNORECASE):
        if any(f'"{name}"' in tag.lower() for name in _TIME_NAMES):
            value = re.search(r"""content\s*=\s*["']([^"']{8,40})["']""", tag, re.IGNORECASE)
            if value:
                return value[1]
    return None


_BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "tr", "br",
           "table", "ul", "ol", "section", "article", "figcaption", "hr", "center"}
_SILENT = {"script", "style", "head", "title", "noscript", "template"}


def _blocks(tree: object) -> list[str]:
    pieces: list[str] = []
    _walk(tree, pieces)
    blocks = "".join(pieces).split("\0")
    return [line for line in (" ".join(block.split()) for block in blocks) if line]


def _walk(element: object, pieces: list[str]) -> None:
    """Collect the text in document order; a nul stands at every edge of a block."""
    stack = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        block = node.tag in _BLOCKS
        if leaving:
            pieces.append("\0" if block else "")
            pieces.append(node.tail or "")
        elif not isinstance(node.tag, str) or node.tag in _SILENT:
            pieces.append(node.tail or "")
        else:
            pieces.append("\0" if block else "")
            pieces.append(node.text or "")
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))
