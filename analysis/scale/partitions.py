"""The corpus in pieces: each a batch of articles whose content names it.

A piece ends where an article's hash says so, not at a fixed count: an article added in the
middle of the input then changes one piece, and all others are found done.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa

from analysis.scale import place as files
from analysis.scale.place import Place
from analysis.tables import to_arrow
from analysis.workbook import Settings, reading_options

TYPICAL = 200
_READ_AT_ONCE = 64


@dataclass(frozen=True)
class Cut:
    """One piece as the reader left it, with what was rejected while it was read."""

    key: str
    n_articles: int
    n_words: int
    rejected: pd.DataFrame
    files: pd.DataFrame
    done: bool = False


def cut_corpus(
    paths: Sequence[str | Path], settings: Settings, work: Place, *, made_by: str,
    typical: int = TYPICAL, last: str = "done.json",
) -> Iterator[Cut]:
    """Read the input and leave each piece that is not done yet as `input.parquet`.

    Parameters
    ----------
    paths
        Files and folders of articles.
    settings
        How to read them.
    work
        Folder of the pieces; piece `key` has the sub-folder `key`.
    made_by
        Hash of settings, package and model; part of every key.
    typical
        About how many articles a piece holds: a quarter of it at least, twice it at most.
    last
        The file that is there when a piece is done.

    Yields
    ------
    Cut
        In the input's order.
    """
    from analysis.articles import iter_articles

    waiting: list[pd.DataFrame] = []
    batches = iter_articles(paths, batch_size=_READ_AT_ONCE, **reading_options(settings))
    for batch in batches:
        rest = batch.articles
        lost, read = batch.rejected, batch.files
        while len(rest):
            size = _end(rest["article_id"], sum(map(len, waiting)), typical)
            waiting.append(rest.iloc[:size or len(rest)])
            rest = rest.iloc[size:] if size else rest.iloc[:0]
            if size:
                yield _leave(waiting, (work, made_by, last), lost, read)
                waiting, lost, read = [], lost.iloc[:0], read.iloc[:0]
        if len(lost) or len(read):
            yield Cut("", 0, 0, lost, read)
    if waiting:
        yield _leave(waiting, (work, made_by, last), batch.rejected.iloc[:0], batch.files.iloc[:0])


def _end(article_ids: pd.Series, already: int, typical: int) -> int:
    """After how many of these articles the piece ends; 0 if it goes on."""
    for count, article_id in enumerate(article_ids, 1):
        digest = hashlib.blake2b(str(article_id).encode(), digest_size=4).digest()
        held = already + count
        marked = int.from_bytes(digest, "big") % typical == 0
        if held >= 2 * typical or (marked and held >= typical // 4):
            return count
    return 0


def _leave(
    batches: list[pd.DataFrame], where: tuple[Place, str, str], rejected: pd.DataFrame,
    read: pd.DataFrame,
) -> Cut:
    work, made_by, last = where
    articles = pd.concat(batches, ignore_index=True)
    table = to_arrow(articles, "articles")
    key = _key(table, made_by)
    piece = work.under(key)
    done = files.exists(piece, last)
    if not done:
        files.write_parquet(piece, "input.parquet", table)
    return Cut(key, len(articles), int(articles["n_words"].sum()), rejected, read, done)


def _key(table: pa.Table, made_by: str) -> str:
    digest = hashlib.sha256(made_by.encode())
    for name in table.column_names:
        for value in table.column(name).to_pylist():
            digest.update(repr(value).encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:24]
