"""Rows that wait on disk, dealt to buckets: what is compared with each other lies in one.

A step that looks at the whole corpus then needs memory for one bucket. A corpus has as many as
keep each to some ten thousand articles; a small one has one, and it stays in memory.
"""

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile

import numpy as np
import pandas as pd
import pyarrow as pa

_IN_MEMORY = 1_000_000  # bytes of a bucket before it goes to disk (the folder TMPDIR)


class Buckets:
    """Rows on disk; they are read once, bucket by bucket, in the order in which they came."""

    def __init__(self, n: int) -> None:
        self._files = [SpooledTemporaryFile(_IN_MEMORY) for _ in range(n)]
        self._writers: dict[int, pa.ipc.RecordBatchStreamWriter] = {}

    def __len__(self) -> int:
        """Give how many buckets there are."""
        return len(self._files)

    def add(self, rows: pa.Table, numbers: np.ndarray) -> None:
        """Put each row into the bucket that its number names, modulo how many there are."""
        homes = (numbers % len(self)).astype(int)
        order = np.argsort(homes, kind="stable")
        ends = np.searchsorted(homes[order], np.arange(len(self) + 1))
        rows = rows.take(order)
        for bucket in np.flatnonzero(np.diff(ends)).tolist():
            self._writer(bucket, rows.schema).write_table(
                rows.slice(ends[bucket], ends[bucket + 1] - ends[bucket]))

    def _writer(self, bucket: int, schema: pa.Schema) -> pa.ipc.RecordBatchStreamWriter:
        if bucket not in self._writers:
            self._writers[bucket] = pa.ipc.new_stream(
                self._files[bucket], schema, options=pa.ipc.IpcWriteOptions(compression="lz4"))
        return self._writers[bucket]

    def __iter__(self) -> Iterator[pa.Table]:
        """Give the rows of each bucket that has any, and forget them."""
        for bucket, file in enumerate(self._files):
            if bucket in self._writers:
                self._writers.pop(bucket).close()
                file.seek(0)
                yield pa.ipc.open_stream(file).read_all()
            file.close()


def numbers_of(texts: Iterable[str]) -> np.ndarray:
    """Give one number per text, equal for equal texts and, all but surely, only for those."""
    return pd.util.hash_array(np.array(list(texts), dtype=object))
