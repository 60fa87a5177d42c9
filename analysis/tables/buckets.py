"""What waits on disk while a step looks at the whole corpus (in memory if it is small).

`Buckets` hold rows that are compared with each other in one bucket, so that memory is needed for
one only; a corpus has as many as keep each to some thousand articles. A `Shelf` holds bytes that
are looked up now and then.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from struct import Struct
from tempfile import SpooledTemporaryFile, gettempdir
from typing import IO
from weakref import finalize

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.errors import InputError

_IN_MEMORY = 50_000  # bytes of a file before it goes to disk
_SIZE = Struct("<I")  # of what lies on a shelf, before it
_STEP = 16  # bytes: where things begin on a shelf, so that 64 GB fit with numbers of 32 bits
_FOLDER: ContextVar[str | None] = ContextVar("folder", default=None)


@contextmanager
def waiting_in(folder: str | None) -> Iterator[None]:
    """Let all that is made meanwhile wait in a folder; None: where the system puts such files.

    The files have no name there, and go when the process goes.
    """
    token = _FOLDER.set(folder)
    try:
        yield
    finally:
        _FOLDER.reset(token)


def _file_of(owner: object) -> IO[bytes]:
    file = SpooledTemporaryFile(  # noqa: SIM115 - lives as long as its owner
        _IN_MEMORY, dir=_FOLDER.get())
    finalize(owner, _close, file)
    return file


def _close(file: IO[bytes]) -> None:
    with suppress(OSError):  # on a full disk: what waits to be written is wanted no more
        file.close()


@contextmanager
def _writing(file: IO[bytes]) -> Iterator[None]:
    """Write at the end of a file, all of it now: what waited for later could fail there."""
    try:
        file.seek(0, 2)
        yield
        file.flush()
    except OSError as error:
        raise InputError(
            f"{_FOLDER.get() or gettempdir()} cannot be written ({error.strerror or error}). "
            "Make room there, then run the same command again."
        ) from error


class Buckets:
    """Rows on disk; they are read bucket by bucket, in the order in which they came.

    However many buckets there are, they wait in one file: a process may have some hundred open.
    """

    def __init__(self, n: int) -> None:
        self._file = _file_of(self)
        self._writer: pa.ipc.RecordBatchStreamWriter | None = None
        self._places = [array("q") for _ in range(n)]  # where rows lie: start, size, start, size …

    def __len__(self) -> int:
        """Give how many buckets there are."""
        return len(self._places)

    def add(self, rows: pa.Table, numbers: np.ndarray) -> None:
        """Put each row into the bucket that its number names, modulo how many there are."""
        homes = (numbers % len(self)).astype(int)
        order = np.argsort(homes, kind="stable")
        ends = np.searchsorted(homes[order], np.arange(len(self) + 1))
        rows = rows.take(order)
        with _writing(self._file):
            writer = self._writer or self._begin(rows.schema)
            for bucket in np.flatnonzero(np.diff(ends)).tolist():
                start = self._file.tell()
                writer.write_table(rows.slice(ends[bucket], ends[bucket + 1] - ends[bucket]))
                self._places[bucket].extend((start, self._file.tell() - start))

    def _begin(self, schema: pa.Schema) -> pa.ipc.RecordBatchStreamWriter:
        self._writer = pa.ipc.new_stream(
            self._file, schema, options=pa.ipc.IpcWriteOptions(compression="lz4"))
        self._writer.write_batch(pa.RecordBatch.from_pylist([], schema))
        self._head = self._file.tell()  # so long is what tells the columns
        return self._writer

    def __iter__(self) -> Iterator[pa.Table]:
        """Give the rows of each bucket that has any."""
        for places in self._places:
            if places:
                yield pa.ipc.open_stream(b"".join(self._stream(places))).read_all()

    def _stream(self, places: Sequence[int]) -> Iterator[bytes]:
        """Give the bytes of a stream of Arrow that holds the rows of these places alone."""
        for start, size in ((0, self._head), *zip(places[::2], places[1::2], strict=True)):
            self._file.seek(start)
            yield self._file.read(size)


class Shelf:
    """Some bytes for each of many places, on disk; memory holds where they lie."""

    def __init__(self, n: int) -> None:
        self._file = _file_of(self)
        self._starts = np.zeros(n, np.uint32)

    def __len__(self) -> int:
        """Give how many places there are."""
        return len(self._starts)

    def put(self, places: np.ndarray, contents: Sequence[bytes]) -> None:
        """Put the bytes of some places there, one after the other."""
        sizes = np.array([_SIZE.size + len(content) for content in contents], int)
        gaps = -sizes % _STEP
        ends = np.cumsum(sizes + gaps)
        with _writing(self._file):
            self._starts[places] = (self._file.tell() + ends - sizes - gaps) // _STEP
            for content, gap in zip(contents, gaps.tolist(), strict=True):
                self._file.write(b"".join((_SIZE.pack(len(content)), content, bytes(gap))))

    def __getitem__(self, place: int) -> bytes:
        """Give those of one place."""
        self._file.seek(int(self._starts[place]) * _STEP)
        return self._file.read(*_SIZE.unpack(self._file.read(_SIZE.size)))


def numbers_of(texts: Iterable[str]) -> np.ndarray:
    """Give one number per text, equal for equal texts and, all but surely, only for those."""
    return pd.util.hash_array(np.array(list(texts), dtype=object))
