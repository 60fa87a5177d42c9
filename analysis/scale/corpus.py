"""A corpus of any size: cut, worked on piece by piece, joined, written whole.

Memory holds one piece per worker and, for the joining, only the columns that need the whole
corpus. A run that was killed goes on where it stopped; a second run works only on new pieces.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.progress import progress_bar
from analysis.scale import place as files
from analysis.scale.engines import Run, engine
from analysis.scale.join import join_pieces
from analysis.scale.partitions import TYPICAL, Cut, cut_corpus
from analysis.scale.piece import try_on, work_on
from analysis.scale.place import Place
from analysis.tables import Tables
from analysis.workbook import (
    Settings,
    fingerprint,
    is_current,
    load_tables,
    made_by,
    read_run,
    summary_line,
)

_PIECES = ".pieces"
_SECONDS_PER_PIECE = 900
Progress = Callable[[str], None]


@dataclass
class _Plan:
    """What has been cut so far: filled while the engine pulls tasks."""

    cuts: list[Cut] = field(default_factory=list)

    def tasks(self, cuts: Iterator[Cut], work: Place, settings: Settings, threads: int) -> Iterator:
        for cut in cuts:
            self.cuts.append(cut)
            if cut.key and not files.exists(work.under(cut.key), "done.json"):
                yield work.root, cut.key, settings, threads

    @property
    def keys(self) -> list[str]:
        return [cut.key for cut in self.cuts if cut.key]


def extract_corpus(
    paths: Sequence[str | Path], *, out: str | Path, settings: Settings | None = None,
    workers: int = 0, cluster: str = "", csv: bool = False, piece_size: int = TYPICAL,
    progress: Progress | None = None,
) -> str:
    """Make the tables of a corpus in the folder `out`, unless they are up to date there.

    Parameters
    ----------
    paths
        Files and folders of articles.
    out
        Folder, or any address fsspec knows (s3://…, gs://…) in cluster mode.
    settings
        How the tables are made.
    workers
        Worker processes; 0 works in this process.
    cluster
        Address of a Dask scheduler, or "local" for a Dask cluster of `workers` on this machine.
    csv
        Whether to write each table as CSV too.
    piece_size
        About how many articles are worked on at once; the result does not depend on `workers`
        or `cluster`, only (in the tables' row groups) on this.
    progress
        Called with one line now and then.

    Returns
    -------
    str
        One line that says what was read, used, rejected and found.

    Raises
    ------
    InputError
        If a path is missing, holds no article, or `out` cannot be written.
    """
    settings, say = settings or Settings(), progress or (lambda _line: None)
    started = time.monotonic()
    stamp = fingerprint(paths, settings)
    known = read_run(out)
    if known.get("fingerprint") == stamp:
        return summary_line(known) + " (unchanged, not made again)"
    place = Place(str(out))
    work = place.under(_PIECES)
    maker = _start(work, settings, say)
    plan = _Plan()
    cuts = cut_corpus(paths, settings, work, made_by=maker, typical=piece_size)
    threads = 1 if workers or cluster else 2
    with engine(workers=workers, cluster=cluster, seconds=_SECONDS_PER_PIECE) as run:
        _work(run, plan.tasks(cuts, work, settings, threads), plan, settings, say)
    say("joining speakers, topics and copies")
    facts = {"fingerprint": stamp, "paths": [str(path) for path in paths], "started": started}
    record = join_pieces(
        place, work, plan.keys, settings=settings, cuts=plan.cuts, facts=facts, csv=csv
    )
    _tidy(work, plan.keys)
    return summary_line(record) + f" → {out}"


def _start(work: Place, settings: Settings, say: Progress) -> str:
    """Note what the pieces are made by; say so when that changed since the last run."""
    now = made_by(settings)
    before = files.read_json(work, "made_by.json")
    changed = [name for name in now if before and before.get(name) != now[name]]
    if changed:
        say(f"starting afresh: {', '.join(changed)} changed since the last run")
    files.write_json(work, "made_by.json", now)
    return hashlib.sha256(json.dumps(now, sort_keys=True).encode()).hexdigest()


def _work(
    run: Run, tasks: Iterator[tuple], plan: _Plan, settings: Settings, say: Progress
) -> None:
    """Run the tasks; a piece that fails is searched for its culprit and run without it."""
    failed, words, begun = [], 0, time.monotonic()
    for count, (task, reason) in enumerate(run(work_on, tasks), 1):
        if reason:
            failed.append((task, reason))
        words += next(cut.n_words for cut in plan.cuts if cut.key == task[1])
        rate = words / max(time.monotonic() - begun, 0.001)
        say(f"{count} pieces done, {words:,} words, {rate:,.0f} words/s")
    for task, reason in failed:
        say(f"a piece failed ({reason}); searching for the article")
        _save_piece(run, task, reason, plan, settings)


def _save_piece(
    run: Run, task: tuple, reason: str, plan: _Plan, settings: Settings
) -> None:
    root, key, *_ = task
    size = next(cut.n_articles for cut in plan.cuts if cut.key == key)
    culprits = _culprits(run, (root, key, settings), (0, size))
    ids = files.read_parquet(Place(root).under(key), "input.parquet", ["article_id"])
    names = ids.column("article_id").to_pylist()
    bad = {names[row]: why for row, why in culprits}
    files.write_json(Place(root).under(key), "bad.json", bad)
    for _task, again in run(work_on, [task]):
        if again:
            raise RuntimeError(f"piece {key} fails even without {sorted(bad)}: {again} ({reason})")


def _culprits(run: Run, of: tuple, rows: tuple[int, int]) -> list[tuple[int, str]]:
    """Halve the rows until the articles that stop a worker stand alone."""
    low, high = rows
    failed = [why for _task, why in run(try_on, [(*of, rows)]) if why]
    if not failed:
        return []
    if high - low == 1:
        return [(low, failed[0])]
    middle = (low + high) // 2
    return _culprits(run, of, (low, middle)) + _culprits(run, of, (middle, high))


def _tidy(work: Place, keys: Sequence[str]) -> None:
    """Drop pieces of articles that are no longer in the input."""
    for name in set(files.names_in(work)) - set(keys) - {"made_by.json"}:
        files.remove(work.under(name))


def open_tables(
    tables_dir: str | Path, *, articles: str | Path = "", topics: str = "", aliases: str = "",
    corrections: str = "", model: str = "en_core_web_sm",
) -> Tables:
    """Give the tables of a folder, making them first from `articles` if they are not up to date.

    Up to date means: the same input files, settings, package and model as last time, and the
    same topics, aliases and corrections as far as they are given here. Without `articles` the
    folder's tables are taken as they are.

    Raises
    ------
    InputError
        If neither tables nor articles are there.
    """
    if articles:
        settings = Settings(model=model, topics=topics, aliases=aliases, corrections=corrections)
        known = read_run(tables_dir).get("fingerprint", {})
        if not is_current(known, fingerprint([articles], settings)):
            with progress_bar("Making the tables", unit="articles", delay=0) as bar:
                extract_corpus([articles], out=tables_dir, settings=settings,
                               progress=bar.set_description_str)
    return load_tables(tables_dir)

