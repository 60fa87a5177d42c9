"""What is to be done: the pieces as the reader leaves them, and how far the work is."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Event, Thread

import pandas as pd

from analysis.scale.partitions import Cut


class Plan:
    """The pieces cut so far, and those done; the reader works ahead in a thread of its own.

    So the size of the whole, and with it the time left, is known early, and no worker waits
    for the reader. What is cut lies on disk; memory holds a few numbers a piece.
    """

    def __init__(self, cuts: Iterator[Cut]) -> None:
        self.rejected: list[pd.DataFrame] = []
        self.files: list[pd.DataFrame] = []
        self._source = cuts
        self._words: dict[str, int] = {}
        self._todo = self._done = self._pieces = 0
        self._whole = False
        self._ready: SimpleQueue[str | BaseException | None] = SimpleQueue()
        self._stop = Event()
        self._reader = Thread(target=self._read, daemon=True)
        self._begun = time.monotonic()

    @property
    def keys(self) -> list[str]:
        """Every piece, in the input's order."""
        return list(self._words)

    def size(self, key: str) -> int:
        """Give the words of a piece."""
        return self._words[key]

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read as long as this is open: workers may start meanwhile."""
        self._reader.start()
        try:
            yield
        finally:
            self._stop.set()

    def open_pieces(self, *, ahead: bool) -> Iterator[str]:
        """Give the pieces that are not done yet, as the reader leaves them.

        Parameters
        ----------
        ahead
            Whether others work meanwhile; if not, everything is read first.
        """
        if not ahead:
            self._reader.join()
        while (item := self._ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item

    def _read(self) -> None:
        try:
            for cut in self._source:
                self._note(cut)
                if cut.key and not cut.done:
                    self._ready.put(cut.key)
                if self._stop.is_set():
                    return
            self._whole = True
            self._ready.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again where the pieces are taken
            self._ready.put(error)

    def _note(self, cut: Cut) -> None:
        for frame, kept in ((cut.rejected, self.rejected), (cut.files, self.files)):
            if len(frame):  # empty ones take memory too
                kept.append(frame)
        if cut.key:
            self._words[cut.key] = cut.n_words
            self._todo += 0 if cut.done else cut.n_words

    def tick(self, key: str) -> str:
        """Note that a piece is done; say how far the work is, how fast, and what is left."""
        self._pieces += 1
        self._done += self.size(key)
        rate = self._done / max(time.monotonic() - self._begun, 0.001)
        done = f"{self._pieces:,} pieces done, {self._done:,}"
        if not self._whole:
            return f"{done} words, {rate:,.0f} words/s, still reading"
        left = _duration((self._todo - self._done) / max(rate, 0.001))
        return f"{done} of {self._todo:,} words, {rate:,.0f} words/s, {left} left"


def _duration(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
