"""E-mail newsletters: `.eml`, and `.mbox` mailboxes read message by message."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from typing import BinaryIO

from analysis.articles.decoding import MOST_DOCUMENT_BYTES, read_bytes
from analysis.articles.readers.pages import html_to_text
from analysis.articles.records import Event, Options, Problem, Record, Source, Unreadable

_FROM = re.compile(rb"From \S.*\d{4}\s*$")


def read_eml(source: Source, options: Options) -> Iterator[Event]:  # noqa: ARG001
    """Give the one message of a file."""
    message = message_from_bytes(read_bytes(source), policy=policy.default)
    if not message.keys():
        raise Unreadable("damaged file", f"{source.name} has no mail headers.")
    yield Record(None, _fields(message))


def read_mbox(source: Source, options: Options) -> Iterator[Event]:  # noqa: ARG001
    """Give one record per message of a mailbox."""
    with source.opener() as stream:
        for number, data in enumerate(_messages(stream, source.name), start=1):
            if len(data) > MOST_DOCUMENT_BYTES:
                yield Problem(number, "too large", f"Message {number} is larger than "
                              f"{MOST_DOCUMENT_BYTES // 2**20} MB.")
                continue
            yield _record(data, number)


def _record(data: bytes, number: int) -> Event:
    try:
        return Record(number, _fields(message_from_bytes(data, policy=policy.default)))
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        return Problem(number, "damaged message", f"Message {number}: {str(error)[:100]}")


def _messages(stream: BinaryIO, name: str) -> Iterator[bytes]:
    """Cut the mailbox at the lines "From … 2024" that follow a blank line (mboxrd, RFC 4155)."""
    lines: list[bytes] = []
    size, blank, begun = 0, True, False
    while line := stream.readline(2**20):
        if blank and _FROM.match(line):
            if begun:
                yield b"".join(lines)
            lines, size, begun = [], 0, True
        elif not begun:
            raise Unreadable("damaged file", f"{name} is no mailbox (it does not begin with "
                             "'From ').")
        elif size <= MOST_DOCUMENT_BYTES:
            size += len(line)
            lines.append(line[1:] if line.lstrip(b">").startswith(b"From ")
                         and line.startswith(b">") else line)
        blank = not line.strip()
    if begun:
        yield b"".join(lines)


def _fields(message: EmailMessage) -> dict[str, object]:
    people = getaddresses([str(message.get("From", ""))])
    name, address = people[0] if people else ("", "")
    return {"title": str(message.get("Subject", "")), "outlet": name or address.partition("@")[2],
            "published": _date(message), "text": _body(message),
            "article_id": str(message.get("Message-ID", "")).strip("<> ") or None}


def _date(message: EmailMessage) -> object:
    try:
        return parsedate_to_datetime(str(message["Date"])) if message["Date"] else None
    except (ValueError, TypeError):
        return str(message["Date"])


def _body(message: EmailMessage) -> str:
    """Take the plain part if it says as much as the html part, else the html part's words."""
    plain, html = (_content(message.get_body(preferencelist=(kind,))) for kind in ("plain", "html"))
    words = html_to_text(html) if html else ""
    return plain if len(plain.split()) >= 0.5 * len(words.split()) and plain.strip() else words


def _content(part: EmailMessage | None) -> str:
    if part is None:
        return ""
    try:
        content = part.get_content()
    except LookupError:
        content = part.get_payload(decode=True).decode("cp1252", "replace")
    # The line ends of mail are CRLF by its standard, not by the author's hand.
    return content.replace("\r\n", "\n") if isinstance(content, str) else ""
