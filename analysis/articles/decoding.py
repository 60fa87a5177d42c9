"""Bytes to text: which encoding a file is in, and whether it is text at all.

Order of evidence: a byte order mark, then strict UTF-8 over the whole file, then
charset-normalizer on a sample. Among the Western one-byte code pages, which differ in a few
signs that a short text may not hold, cp1252 is taken: it is what Windows newsroom exports use.
"""

import codecs
import io
import zlib
from typing import BinaryIO, NamedTuple

from analysis.articles.records import Source, Unreadable

MOST_DOCUMENT_BYTES = 64 * 2**20
"""A file that is one document (a text, a page, a Word file) may hold this much."""
MOST_LINE = 16 * 2**20
"""A longer line is no line: an unclosed quotation mark, or a file made to exhaust memory."""

_CHUNK = 2**20
_SAMPLE = 2**18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_SCRIPTS = ("big5", "cp1251", "cp1253", "cp1255", "cp1256", "cp932", "cp949", "euc", "gb",
                  "iso8859_5", "iso8859_7", "johab", "koi8", "mac_cyrillic", "shift")
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27})


class Encoding(NamedTuple):
    """Name of the codec, and how undecodable bytes are treated (`strict` or `replace`)."""

    name: str
    errors: str = "strict"


def read_bytes(source: Source, *, most: int = MOST_DOCUMENT_BYTES) -> bytes:
    """Give all bytes of a file that is one document, refusing one beyond `most`."""
    with source.opener() as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise Unreadable("too large", f"{source.name} unpacks to more than {most // 2**20} MB. "
                         "Split it, or give it as csv, jsonl or parquet.")
    return data


def find_encoding(source: Source) -> Encoding:
    """Tell the encoding of a table or a file of records of any length, reading it in pieces.

    A few nul characters are let pass: they spoil the record they stand in, not the file.

    Raises
    ------
    Unreadable
        If the file is not text.
    """
    with source.opener() as stream:
        head = b""
        while len(head) < _SAMPLE and (piece := _next_piece(stream)):
            head += piece
        return _marked(head) or _unmarked(head, stream, source.name, nuls=True)


def encoding_of(data: bytes, *, name: str) -> Encoding:
    """Tell the encoding of these bytes; `name` stands in the message where they are not text."""
    return _marked(data) or _unmarked(
        data[:_SAMPLE], io.BytesIO(data[_SAMPLE:]), name, nuls=False)


def decode(data: bytes, *, name: str) -> tuple[str, Encoding]:
    """Decode a whole document; newlines stay as they are."""
    encoding = encoding_of(data, name=name)
    return data.decode(encoding.name, errors=encoding.errors), encoding


def text_stream(source: Source, encoding: Encoding) -> io.TextIOWrapper:
    """Open the file as text with its newlines untouched."""
    return io.TextIOWrapper(
        source.opener(), encoding=encoding.name, errors=encoding.errors, newline="")


def _marked(head: bytes) -> Encoding | None:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name)
    return None


def _unmarked(head: bytes, rest: BinaryIO, name: str, *, nuls: bool) -> Encoding:
    wide = _wide(head)
    if wide:
        return wide
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > 0.02 * len(head) or (b"\0" in head and not nuls):
        raise Unreadable("not text", f"{name} is not a text file (it holds control bytes). "
                         "Give the text itself, or a format the README lists.")
    bad = _first_undecodable(head, rest)
    return Encoding("utf-8") if bad is None else _legacy(bad)


def _wide(head: bytes) -> Encoding | None:
    """UTF-16 without a mark: in Latin script every second byte is nul."""
    pairs = len(head) // 2
    if pairs < 2 or b"\0" not in head:
        return None
    even, odd = head[0:2 * pairs:2].count(0), head[1:2 * pairs:2].count(0)
    if odd > 0.7 * pairs and even < 0.05 * pairs:
        return Encoding("utf-16-le")
    return Encoding("utf-16-be") if even > 0.7 * pairs and odd < 0.05 * pairs else None


def _first_undecodable(head: bytes, rest: BinaryIO) -> bytes | None:
    """Find the first piece that is not UTF-8, or None where all of the file is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    piece = head
    try:
        while piece:
            decoder.decode(piece)
            last, piece = piece, _next_piece(rest)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return piece or last
    return None


def _next_piece(rest: BinaryIO) -> bytes:
    """Read on; where a compressed file breaks off, what came before decides."""
    try:
        return rest.read1(_CHUNK)
    except (EOFError, OSError, zlib.error):
        return b""


def _legacy(piece: bytes) -> Encoding:
    if _broken_utf8(piece):
        return Encoding("utf-8", "replace")
    from charset_normalizer import from_bytes

    telling = b"\n".join(line for line in piece.split(b"\n") if not line.isascii())[:_SAMPLE]
    best = from_bytes(telling).best()
    if best is None or not best.encoding.startswith(_OTHER_SCRIPTS):
        return _one_byte(telling)
    return Encoding(best.encoding, "replace")


def _one_byte(piece: bytes) -> Encoding:
    """cp1252 unless the piece holds one of the five bytes that it leaves undefined."""
    undefined = any(byte in piece for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))
    return Encoding("latin-1") if undefined else Encoding("cp1252", "replace")


def _broken_utf8(piece: bytes) -> bool:
    """UTF-8 with a few damaged places: far more good many-byte signs than bad bytes."""
    text = piece.decode("utf-8", errors="replace")
    bad = text.count("�")
    good = sum(1 for sign in text if sign > "\x7f") - bad
    return good >= 5 * bad
