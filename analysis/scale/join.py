"""The pieces become the corpus's tables: learn from a few columns of all, then stream the rest.

The tables are streamed piece by piece into one Parquet file each (a row group a piece), beside
the old ones, and put in place only when all are whole; `run.json` comes last.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Self

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import InputError
from analysis.scale import place as files
from analysis.scale.partitions import Cut
from analysis.scale.piece import PIECE_TABLES, last_of
from analysis.scale.place import Place
from analysis.tables import (
    TABLES,
    Tables,
    conform,
    empty,
    from_arrow,
    read_whole_parts,
    schema,
    to_arrow,
)
from analysis.workbook import (
    RUN_FILE,
    Joint,
    Settings,
    Start,
    apply_joint,
    correct,
    describe_run,
    learn_corpus,
    write_csv_parts,
)

if TYPE_CHECKING:
    from analysis.topics import Topic

_PIECES_IN_A_BUCKET = 20  # of what pieces teach about the user's topics


def join_pieces(  # noqa: PLR0913 - one call, from extract_corpus
    out: Place, work: Place, keys: Sequence[str], *, settings: Settings, cuts: Sequence[Cut],
    topics: "Sequence[Topic]", facts: Mapping[str, object], csv: bool,
) -> dict[str, object]:
    """Write the corpus's tables and `run.json`, and give the run's record.

    Raises
    ------
    InputError
        If no article could be used, or the folder cannot be written.
    """
    rejected = _stack("rejected", [cut.rejected for cut in cuts])
    read = pd.concat([cut.files for cut in cuts], ignore_index=True)
    if not keys:
        raise InputError(_nothing_used(rejected))
    joint = _learn(work, keys, settings, topics)
    staged = out.under(".new")
    try:
        counts = _stream(staged, work, keys, joint, settings, rejected)
        record = describe_run(facts["paths"], settings, files=read, counts=counts,
                              stamp=facts["fingerprint"])
        if settings.corrections or csv:
            record.update(_finish(staged, settings, csv))
        record["seconds"] = round(time.monotonic() - facts["started"], 1)
        files.write_json(staged, RUN_FILE, record)
    except InputError:
        with suppress(InputError):
            files.remove(staged)  # it takes room that is needed
        raise
    _put_in_place(out, staged)
    return record


def _nothing_used(rejected: pd.DataFrame) -> str:
    first = rejected.iloc[0] if len(rejected) else {"reason": "no file", "detail": ""}
    return (
        f"There is no article to use: {len(rejected)} rejected, the first because of "
        f"'{first['reason']}' ({first['detail']}). Give other files."
    )


def _learn(
    work: Place, keys: Sequence[str], settings: Settings, topics: "Sequence[Topic]"
) -> Joint:
    """Look at the corpus as a whole."""
    from analysis.topics import draw_lessons

    def read(name: str, columns: Sequence[str] = ()) -> Iterator[pa.Table]:
        return (files.read_parquet(work.under(key), name, [*columns] or None) for key in keys)

    learned = draw_lessons(
        (part.to_pandas() for part in read(last_of(topics))), [topic.name for topic in topics],
        n_buckets=1 + len(keys) // _PIECES_IN_A_BUCKET) if topics else None
    return learn_corpus(lambda name, columns: read(f"{name}.parquet", columns), settings,
                        learned=learned)


def _piece(work: Place, key: str, names: Iterable[str] = PIECE_TABLES) -> Tables:
    return _tables(work.under(key), names)


def _tables(place: Place, names: Iterable[str]) -> Tables:
    return Tables(**{
        name: from_arrow(files.read_parquet(place, f"{name}.parquet"), name) for name in names
    })


def _stream(  # noqa: PLR0917 - private, called once
    staged: Place, work: Place, keys: Sequence[str], joint: Joint, settings: Settings,
    rejected: pd.DataFrame,
) -> dict[str, int]:
    """Finish each piece and append it to the tables; give the rows of each table."""
    files.remove(staged)
    counts = dict.fromkeys(TABLES, 0)
    with _Writers(staged) as writers:
        at = Start()
        for key in keys:
            part = _piece(work, key)
            done = replace(apply_joint(part, joint, settings, at=at), speakers=empty("speakers"))
            at = at.after(part)
            for name, frame in done.frames().items():
                counts[name] += writers.append(name, frame)
        counts["rejected"] += writers.append("rejected", rejected)
        for speakers in joint.speakers.speakers:
            counts["speakers"] += writers.append("speakers", speakers)
    return counts


class _Writers:
    """One open Parquet file per table."""

    def __init__(self, staged: Place) -> None:
        self._fs, self._root = files.open_folder(staged)
        with files.writing(self._root):
            self._open = {name: self._writer(name) for name in TABLES}

    def _writer(self, name: str) -> pq.ParquetWriter:
        return pq.ParquetWriter(f"{self._root}/{name}.parquet", schema(name), compression="zstd",
                                filesystem=self._fs)

    def append(self, name: str, frame: pd.DataFrame) -> int:
        if len(frame):
            table = to_arrow(frame, name)
            with files.writing(f"{self._root}/{name}.parquet"):
                self._open[name].write_table(table)
        return len(frame)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        with files.writing(self._root), ExitStack() as stack:
            for writer in self._open.values():
                stack.callback(writer.close)


def _finish(staged: Place, settings: Settings, csv: bool) -> Mapping[str, object]:
    """Replay corrections, which look at whole tables, and write CSV part by part.

    Gives what became of the corrections, for the record.
    """
    fate: Mapping[str, object] = {}
    if settings.corrections:
        tables = correct(_tables(staged, TABLES), settings)
        for name, frame in tables.frames().items():
            files.write_parquet(staged, f"{name}.parquet", to_arrow(frame, name))
        fate = tables.run
    for name in TABLES if csv else ():
        _write_csv(staged, name)
    return fate


def _write_csv(staged: Place, name: str) -> None:
    with files.opened(staged, f"{name}.parquet") as table:
        parts = read_whole_parts(table, name)
        files.write_whole(staged, f"{name}.csv", lambda stream: write_csv_parts(parts, stream))


def _put_in_place(out: Place, staged: Place) -> None:
    """Move the new files over the old; without `run.json`, the last, the folder is unfinished."""
    files.remove_file(out, RUN_FILE)
    names = files.names_in(staged)
    for stale in {f"{name}.csv" for name in TABLES} - set(names):
        files.remove_file(out, stale)
    for name in sorted(names, key=lambda name: name == RUN_FILE):
        files.move(staged, out, name)
    files.remove(staged)


def _stack(name: str, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    full = [frame for frame in frames if len(frame)]
    return conform(pd.concat(full, ignore_index=True), name) if full else empty(name)
