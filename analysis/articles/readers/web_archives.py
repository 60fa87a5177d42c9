"""WARC files, CC-News among them: the html pages they hold, streamed, by host and date."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from analysis.articles.decoding import MOST_DOCUMENT_BYTES
from analysis.articles.readers.pages import decode_html, page_fields
from analysis.articles.records import Event, Fact, Options, Problem, Record, Source, Unreadable

_HTML = ("text/html", "application/xhtml")


def read_warc(source: Source, options: Options) -> Iterator[Event]:
    """Give one record per html page that was answered with status 200.

    Hosts not asked for are passed over before the page is parsed; `row` counts the WARC's
    records. The date of the crawl is no date of publication and stays out of `published`.
    """
    from warcio.archiveiterator import ArchiveIterator

    hosts, passed, other, number = options.only.hosts, 0, 0, 0
    with source.opener() as stream:
        for number, record in enumerate(ArchiveIterator(stream), start=1):
            if record.rec_type != "response":
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            if not _is_page(record):
                other += 1
            elif hosts and not is_host(url, hosts):
                passed += 1
            else:
                yield _page(record, number, url)
    if not number:
        raise Unreadable("damaged file", f"{source.name} holds no WARC record.")
    if other:
        yield Fact("note", f"{other} responses that are no html page (or not status 200)")
    if passed:
        yield Fact("left_out", passed)


def is_host(url: str, hosts: tuple[str, ...]) -> bool:
    """Tell whether the address lies on one of the hosts or below it."""
    name = (urlsplit(url).hostname or "").removeprefix("www.")
    return any(name == host or name.endswith(f".{host}")
               for host in (item.lower().removeprefix("www.") for item in hosts))


def _is_page(record: object) -> bool:
    headers = record.http_headers
    kind = (headers.get_header("Content-Type") or "").lower() if headers else ""
    return bool(headers) and headers.get_statuscode() == "200" and kind.startswith(_HTML)


def _page(record: object, number: int, url: str) -> Event:
    data = record.content_stream().read(MOST_DOCUMENT_BYTES + 1)
    if len(data) > MOST_DOCUMENT_BYTES:
        return Problem(number, "too large", f"{url[:100]} is larger than "
                       f"{MOST_DOCUMENT_BYTES // 2**20} MB.")
    kind = record.http_headers.get_header("Content-Type") or ""
    charset = kind.partition("charset=")[2].strip(" \"';") or None
    try:
        html, _ = decode_html(data, name=url, charset=charset)
        fields = page_fields(html, url=url)
    except (ValueError, RecursionError, AttributeError, TypeError) as error:
        return Problem(number, "damaged page", f"{url[:100]}: {str(error)[:100]}")
    crawled = record.rec_headers.get_header("WARC-Date")
    return Record(number, fields | {"url": fields.get("url") or url, "crawled": crawled})
