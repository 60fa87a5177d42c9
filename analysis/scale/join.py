"""The pieces become the corpus's tables: learn from a few columns of all, then stream the rest.

The tables are streamed piece by piece into one Parquet file each (a row group a piece), beside
the old ones, and put in place only when all are whole; `run.json` comes last.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from typing import Self

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import InputError
from analysis.memory import give_back
from analysis.scale import place as files
from analysis.scale.piece import PIECE_TABLES
from analysis.scale.place import Place
from analysis.scale.plan import Plan
from analysis.tables import (
    TABLES,
    Tables,
    conform,
    empty,
    framed,
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
    count_quoted,
    count_rows,
    describe_run,
    learn_corpus,
    write_csv_parts,
)
from analysis.workbook.join import Read

_MOST_TO_DISCOVER = 200_000  # quotations in which topics are discovered: some 10,000 articles


def join_pieces(
    out: Place, work: Place, plan: Plan, *, settings: Settings, facts: Mapping[str, object],
    csv: bool,
) -> dict[str, object]:
    """Write the corpus's tables and `run.json`, and give the run's record.

    Raises
    ------
    InputError
        If no article could be used, or the folder cannot be written.
    """
    keys, rejected = plan.keys, _stack("rejected", plan.rejected)
    if not keys:
        raise InputError(_nothing_used(rejected))
    sources = pd.concat(plan.files, ignore_index=True)
    joint = learn_corpus(_reader(work, keys), settings)
    topics = _topics(work, keys, settings)
    staged = out.under(".new")
    try:
        counts = _stream(staged, work, keys, joint, topics, rejected)
        fate: Mapping[str, object] = {}
        if settings.corrections:
            counts, fate = _replay(staged, settings)
        for name in TABLES if csv else ():
            _write_csv(staged, name)
        record = {**describe_run(facts["paths"], settings, files=sources, counts=counts,
                                 rejected=_tables(staged, ["rejected"]).rejected,
                                 stamp=facts["fingerprint"]), **fate}
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


def _reader(work: Place, keys: Sequence[str]) -> Read:
    """Give what reads some columns of a table, piece by piece."""

    def read(name: str, columns: Sequence[str]) -> Iterator[pa.Table]:
        return (files.read_parquet(work.under(key), f"{name}.parquet", [*columns] or None)
                for key in keys)

    return read


def _topics(
    work: Place, keys: Sequence[str], settings: Settings
) -> Callable[[str, Tables], pd.DataFrame]:
    """Give what gives the table quote_topics of a piece: filed by a worker, or discovered here.

    Topics are discovered in all quotations, but in a large corpus in every second, third … piece;
    all its quotations are then filed by their own words.
    """
    if settings.topics:
        return lambda key, _part: _tables(work.under(key), ["quote_topics"]).quote_topics
    from analysis.topics import discover_topics

    n_quotes = sum(part.num_rows for part in _reader(work, keys)("quotes", ["quote_id"]))
    read = _reader(work, keys[::max(1, -(-n_quotes // _MOST_TO_DISCOVER))])
    quotes, terms = (
        framed(pa.concat_tables(read(name, columns)), name) for name, columns in
        (("quotes", ["quote_id", "article_id", "content"]),
         ("terms", ["quote_id", "text", "lemma", "pos"])))
    found = discover_topics(quotes, terms)
    if found.model is not None and n_quotes > _MOST_TO_DISCOVER:
        return lambda _key, part: found.model.file(part.quotes, part.terms)
    filed = found.quote_topics
    return lambda _key, part: filed[filed["quote_id"].isin(part.quotes["quote_id"])]


def _tables(place: Place, names: Iterable[str]) -> Tables:
    return Tables(**{
        name: from_arrow(files.read_parquet(place, f"{name}.parquet"), name) for name in names
    })


def _stream(  # noqa: PLR0917 - private, called once
    staged: Place, work: Place, keys: Sequence[str], joint: Joint,
    topics: Callable[[str, Tables], pd.DataFrame], rejected: pd.DataFrame,
) -> dict[str, int]:
    """Finish each piece and append it to the tables; give the rows of each table."""
    files.remove(staged)
    counts = dict.fromkeys((*TABLES, "quoted"), 0)
    with _Writers(staged) as writers:
        at = Start()
        for key in keys:
            part = _tables(work.under(key), PIECE_TABLES)
            done = replace(apply_joint(part, joint, at=at), quote_topics=topics(key, part),
                           speakers=empty("speakers"))
            at = at.after(part)
            for name, frame in done.frames().items():
                counts[name] += writers.append(name, frame)
            give_back()
        counts["rejected"] += writers.append("rejected", rejected)
        for speakers in joint.speakers.speakers:
            counts["speakers"] += writers.append("speakers", speakers)
            counts["quoted"] += count_quoted(speakers)
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


def _replay(staged: Place, settings: Settings) -> tuple[dict[str, int], Mapping[str, object]]:
    """Replay corrections, which look at whole tables; give the rows of each, and what became."""
    tables = correct(_tables(staged, TABLES), settings)
    for name, frame in tables.frames().items():
        files.write_parquet(staged, f"{name}.parquet", to_arrow(frame, name))
    return count_rows(tables), tables.run


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
