"""What a file is by its first bytes, whatever its name says."""

from typing import NamedTuple

from analysis.articles.records import Source, Unreadable

_IMAGE = "Leave it out, or give the text that it shows."


class Kind(NamedTuple):
    """A kind of file: how it begins, what it is, what to do, and the formats that begin so."""

    start: bytes
    name: str
    advice: str
    formats: tuple[str, ...] = ()


_KINDS = (
    Kind(b"%PDF-", "a PDF", "Save it as text first (pdftotext), or export docx."),
    Kind(b"{\\rtf", "an RTF document", "Name it .rtf.", ("rtf",)),
    Kind(b"PK\x03\x04", "a Word, Excel or zip file", "Give it the ending it had: .docx, .xlsx, "
         ".ods or .zip.", ("docx", "xlsx", "xls", "ods")),
    Kind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file", "Save it as docx or "
         "xlsx.", ("xls",)),
    Kind(b"\x1f\x8b\x08", "packed with gzip", "End its name with .gz, after the ending of what "
         "is in it: articles.csv.gz.", ("warc",)),
    Kind(b"PAR1", "a Parquet file", "Name it .parquet.", ("parquet",)),
    Kind(b"\x89PNG\r\n", "an image", _IMAGE), Kind(b"\xff\xd8\xff", "an image", _IMAGE),
    Kind(b"GIF8", "an image", _IMAGE),
)


def check_kind(source: Source, fmt: str) -> None:
    """Refuse a file that is plainly of another kind than its ending says.

    Raises
    ------
    Unreadable
        With what the file looks like and what to do.
    """
    try:
        with source.opener() as stream:
            head = stream.read(16)
    except Exception:  # noqa: BLE001 - the reader tells what is wrong with a file that breaks off
        return
    kind = next((kind for kind in _KINDS if head.startswith(kind.start)), None)
    if kind and fmt not in kind.formats:
        raise Unreadable("not text", f"{source.name} is {kind.name} by its first bytes, whatever "
                         f"its ending. {kind.advice}")
