"""The speakers of a corpus that outgrows memory, joined a bucket at a time.

The rules look at few local speakers each: a bare name at those that share the word, a person at
those whose surname sounds alike, an organisation at those of its name. So local speakers are dealt
to buckets (`analysis.tables.Buckets`) with all that their rule looks at, and joined there.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.speakers.aliases import load_aliases
from analysis.speakers.bare import settle_bare_names, settled_as, words_of
from analysis.speakers.bearers import Local
from analysis.speakers.blocks import join_persons, names_by_article, sound, without_other_names
from analysis.speakers.keys import LISTED, UserList, acronyms_of, key_alone, speaker_row
from analysis.speakers.names import fold, read_name
from analysis.tables import Buckets, from_arrow, numbers_of, to_arrow

_IN_A_BUCKET = 10_000  # local speakers; each takes a kilobyte or two while it is joined
_SORTED_AT_ONCE = 20_000
_BARE = ["speaker_id", "name", "kind", "gender_basis", "aliases"]
_USED = [*_BARE, "role", "role_class", "affiliation", "gender", "n_quotes", "outlet"]

Read = Callable[[Sequence[str]], Iterable[pa.Table]]


class MergedParts(NamedTuple):
    """The table speakers part by part, and which of them each local speaker is.

    Local speakers are counted through all parts: `numbers` gives each one's place in `ids`,
    `codes` each one's reason in `reasons`.
    """

    speakers: Iterator[pd.DataFrame]
    ids: pa.Array
    numbers: np.ndarray
    reasons: list[str]
    codes: np.ndarray

    def speaker_ids(self, rows: slice) -> list[str]:
        """Give the `speaker_id` of some local speakers."""
        return self.ids.take(pa.array(self.numbers[rows])).to_pylist()

    def by_list(self, rows: slice) -> np.ndarray:
        """Say which of some local speakers the user's alias list names."""
        listed = self.reasons.index(LISTED) if LISTED in self.reasons else -1
        return self.codes[rows] == listed


def merge_parts(
    read: Read, *, aliases: str | Path | pd.DataFrame | None = None,
    in_a_bucket: int = _IN_A_BUCKET,
) -> MergedParts:
    """Join the local speakers of a corpus in parts, as `merge_speakers` does for a frame.

    Parameters
    ----------
    read
        Gives some columns of the local speakers, part by part; an article lies in one part.
    aliases
        The user's list, path or frame.
    in_a_bucket
        About how many local speakers are joined at once.
    """
    listed = UserList(load_aliases(aliases) if aliases is not None else ())
    n = sum(part.num_rows for part in read(["speaker_id"]))
    n_buckets = 1 + n // in_a_bucket
    settled = _settle(read, n_buckets)
    acronyms = _acronyms(_keyed(read, settled, listed))
    made, found = Buckets(n_buckets), _Found(n)
    for number, rows in enumerate(_deal(_keyed(read, settled, listed), acronyms, n_buckets)):
        speakers = found.note(rows, _join(rows, settled), listed)
        made.add(speakers, np.full(speakers.num_rows, number))
    return found.merged(made)


def _settle(read: Read, n_buckets: int) -> dict[int, tuple[str, str]]:
    """Give kind and name of those local speakers whose bare name other articles settle, by row."""
    dealt, settled = Buckets(n_buckets), {}
    for start, part in _numbered(read(_BARE)):
        places, words, asks = [], [], []
        for at, one in enumerate(_read_locals(part)):
            for word in sorted(words_of(one)):
                places.append(at)
                words.append(word)
                asks.append(word == fold(one.name))
        rows = part.take(pa.array(places, pa.int64()))
        rows = rows.append_column("row", pa.array(np.array(places, int) + start))
        dealt.add(rows.append_column("asks", pa.array(asks, pa.bool_())), numbers_of(words))
    for rows in dealt:
        locals_ = _read_locals(rows)
        for row, asks, before, after in zip(
            rows.column("row").to_pylist(), rows.column("asks").to_pylist(), locals_,
            settle_bare_names(locals_), strict=True,
        ):
            if asks and after is not before:
                settled[row] = after.kind, after.name
    return settled


class _Part(NamedTuple):
    """Some local speakers: as they were read, settled, and with keys as far as these are known."""

    start: int
    table: pa.Table
    locals_: list[Local]
    keys: list[str]
    reasons: list[str]


def _keyed(
    read: Read, settled: dict[int, tuple[str, str]], listed: UserList
) -> Iterator[_Part]:
    for start, part in _numbered(read(_USED)):
        rows = range(start, start + part.num_rows)
        locals_ = _settled(_read_locals(part), rows, settled)
        known = [key_alone(one, listed) for one in locals_]
        yield _Part(start, part, locals_, [key for key, _ in known], [why for _, why in known])


class _Acronyms(NamedTuple):
    """Keys of acronyms, as sorted numbers, and the key of the one organisation that uses each."""

    shorts: np.ndarray
    longs: pa.Array

    def follow(self, keys: Sequence[str]) -> tuple[list[str], list[bool]]:
        """Give the keys that acronyms stand for, and which of the keys are such."""
        numbers = numbers_of(keys)
        at = np.searchsorted(self.shorts, numbers)
        inside = np.minimum(at, max(len(self.shorts) - 1, 0))
        joined = (at < len(self.shorts)) & (np.append(self.shorts, 0)[inside] == numbers)
        full = iter(self.longs.take(pa.array(at[joined])).to_pylist())
        return [next(full) if yes else key for key, yes in zip(keys, joined, strict=True)], \
            joined.tolist()


def _acronyms(parts: Iterable[_Part]) -> _Acronyms:
    """Give the acronyms that one organisation alone introduces."""
    found = [pa.table({"short": pa.array([], pa.uint64()), "long": pa.array([], pa.string())})]
    for part in parts:
        pairs = {(short, key) for one, key in zip(part.locals_, part.keys, strict=True)
                 for short in acronyms_of(one, key)}
        shorts, longs = zip(*sorted(pairs), strict=True) if pairs else ((), ())
        found.append(pa.table({"short": pa.array(numbers_of(shorts)),
                               "long": pa.array(longs, pa.string())}))
    by_short = pa.concat_tables(found).group_by("short").aggregate(
        [("long", "count_distinct"), ("long", "min")])
    clear = by_short.filter(pc.equal(by_short.column("long_count_distinct"), 1)).sort_by("short")
    return _Acronyms(clear.column("short").to_numpy(), clear.column("long_min").combine_chunks())


def _deal(parts: Iterable[_Part], acronyms: _Acronyms, n_buckets: int) -> Buckets:
    """Deal all local speakers: persons by the sound of their surname, others by their key."""
    dealt = Buckets(n_buckets)
    for part in parts:
        keys, joined = acronyms.follow(part.keys)
        reasons = ["acronym introduced in another article" if yes else why
                   for yes, why in zip(joined, part.reasons, strict=True)]
        names_in = names_by_article(
            [one for one, key in zip(part.locals_, keys, strict=True) if not key])
        names = [[] if key else sorted(names_in.get(one.article_id, ()))
                 for one, key in zip(part.locals_, keys, strict=True)]
        numbers = range(part.start, part.start + len(keys))
        rows = part.table
        for name, values in (("row", pa.array(numbers, pa.int64())),
                             ("key", pa.array(keys, pa.string())),
                             ("reason", pa.array(reasons, pa.string())),
                             ("names", pa.array(names, pa.list_(pa.string())))):
            rows = rows.append_column(name, values)
        dealt.add(rows, numbers_of(key or sound(one.name_parts.last)
                                   for one, key in zip(part.locals_, keys, strict=True)))
    return dealt


class _Joined(NamedTuple):
    locals_: list[Local]
    keys: list[str]
    reasons: list[str]


def _join(rows: pa.Table, settled: dict[int, tuple[str, str]]) -> _Joined:
    """Give the local speakers of a bucket with their keys and reasons, persons' too."""
    locals_ = _settled(_read_locals(rows), rows.column("row").to_pylist(), settled)
    keys, reasons, names = (
        rows.column(name).to_pylist() for name in ("key", "reason", "names"))
    persons = [at for at, key in enumerate(keys) if not key]
    for at, one in zip(persons, without_other_names([locals_[at] for at in persons]), strict=True):
        locals_[at] = one
    joined = join_persons([locals_[at] for at in persons],
                          {locals_[at].article_id: frozenset(names[at]) for at in persons})
    for at, (key, reason) in zip(persons, joined, strict=True):
        keys[at], reasons[at] = key, reason
    return _Joined(locals_, keys, reasons)


class _Found:
    """Who each local speaker is, as far as it is known."""

    def __init__(self, n: int) -> None:
        self._numbers, self._codes = np.empty(n, np.int32), np.empty(n, np.int16)
        self._reasons: dict[str, int] = {}
        self._ids: list[pa.ChunkedArray] = []
        self._n_quotes: list[pa.ChunkedArray] = []
        self._n = 0

    def note(self, rows: pa.Table, joined: _Joined, listed: UserList) -> pa.Table:
        """Make the speakers of a bucket, and note who is whom."""
        members: dict[str, list[int]] = defaultdict(list)
        for at, key in enumerate(joined.keys):
            members[key].append(at)
        made = [speaker_row(key, [joined.locals_[at] for at in places],
                            [joined.reasons[at] for at in places], listed)
                for key, places in members.items()]
        numbers = np.empty(len(joined.keys), np.int32)
        for number, places in enumerate(members.values(), self._n):
            numbers[places] = number
        at = rows.column("row").to_numpy()
        self._numbers[at] = numbers
        self._codes[at] = [self._reasons.setdefault(why, len(self._reasons))
                           for why in joined.reasons]
        self._n += len(made)
        table = to_arrow(pd.DataFrame(made), "speakers")
        self._ids.append(table.column("speaker_id"))
        self._n_quotes.append(table.column("n_quotes"))
        return table

    def merged(self, made: Buckets) -> MergedParts:
        """Sort the speakers, those of the most quotations first."""
        ids = pa.chunked_array(
            [chunk for column in self._ids for chunk in column.chunks], pa.string())
        n_quotes = pa.chunked_array(
            [chunk for column in self._n_quotes for chunk in column.chunks], pa.int64())
        order = pc.sort_indices(
            pa.table({"n_quotes": n_quotes, "speaker_id": ids}),
            sort_keys=[("n_quotes", "descending"), ("speaker_id", "ascending")])
        ranks = np.empty(self._n, np.int32)
        ranks[order.to_numpy()] = np.arange(self._n, dtype=np.int32)
        return MergedParts(_sorted(made, ranks), ids.take(order).combine_chunks(),
                           ranks[self._numbers],
                           list(self._reasons), self._codes)


def _sorted(made: Buckets, ranks: np.ndarray) -> Iterator[pd.DataFrame]:
    """Give the table speakers by rank, a part at a time."""
    dealt, start = Buckets(1 + len(ranks) // _SORTED_AT_ONCE), 0
    for rows in made:
        here = ranks[start:start + rows.num_rows]
        start += rows.num_rows
        dealt.add(rows.append_column("rank", pa.array(here)), here // _SORTED_AT_ONCE)
    for rows in dealt:
        yield from_arrow(rows.sort_by("rank").drop_columns(["rank"]), "speakers")


def _numbered(parts: Iterable[pa.Table]) -> Iterator[tuple[int, pa.Table]]:
    """Give each part with the number of its first row."""
    start = 0
    for part in parts:
        yield start, part
        start += part.num_rows


def _settled(
    locals_: Sequence[Local], rows: Iterable[int], settled: dict[int, tuple[str, str]]
) -> list[Local]:
    return [settled_as(one, *settled[row]) if row in settled else one
            for row, one in zip(rows, locals_, strict=True)]


def _read_locals(table: pa.Table) -> list[Local]:
    """Read local speakers; equal texts are one object, for there are many."""
    one: dict[object, object] = {}
    parts: dict[str, object] = {}
    used = [name for name in table.column_names if name in _USED and name != "speaker_id"]
    columns = [[_shared(value, one) for value in table.column(name).to_pylist()] for name in used]
    rows = []
    for local_id, *values in zip(table.column("speaker_id").to_pylist(), *columns, strict=True):
        row = dict(zip(used, values, strict=True))
        name = row["name"] or ""
        if name not in parts:
            parts[name] = read_name(name)
        rows.append(Local(
            local_id, _shared(local_id.rpartition("#")[0], one), name, row["kind"] or "other",
            parts[name], row, row.get("outlet") or ""))
    return rows


def _shared(value: object, one: dict[object, object]) -> object:
    if isinstance(value, list):
        return [one.setdefault(form, form) for form in value]
    return one.setdefault(value, value)
