"""A corpus of any size: cut, worked on piece by piece, joined, written whole.

Memory holds one piece per worker and, for the joining, only the columns that need the whole
corpus. A run that was killed goes on where it stopped; a second run works only on new pieces.
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from analysis.errors import InputError, listed
from analysis.memory import hold_little
from analysis.progress import progress_bar
from analysis.scale import place as files
from analysis.scale.busy import Run
from analysis.scale.engines import engine
from analysis.scale.join import join_pieces
from analysis.scale.partitions import TYPICAL, cut_corpus
from analysis.scale.piece import draw, file_topics, get_ready, last_of, work_on
from analysis.scale.place import Place
from analysis.scale.plan import Plan
from analysis.scale.rescue import insist, rescue, seconds_for
from analysis.tables import Tables, waiting_in
from analysis.workbook import (
    RUN_FILE,
    Settings,
    fingerprint,
    is_current,
    kept_settings,
    load_tables,
    made_by,
    read_run,
    summary_line,
)

if TYPE_CHECKING:
    from analysis.topics import Topic

_PIECES = ".pieces"
Progress = Callable[[str], None]


def extract_corpus(
    paths: Sequence[str | Path], *, out: str | Path, settings: Settings | None = None,
    workers: int = 0, cluster: object = "", csv: bool = False, piece_size: int = TYPICAL,
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
        Address of a Dask scheduler, a cluster object of Dask (KubeCluster, coiled.Cluster …), or
        "local" for a Dask cluster of `workers` on this machine.
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
    hold_little()
    place = Place.at(out)
    known = files.read_json(place, RUN_FILE)
    if known.get("fingerprint") == stamp and (not csv or files.exists(place, "quotes.csv")):
        return summary_line(known) + " (unchanged, not made again)"
    work = place.under(_PIECES)
    maker = _start(work, settings, say)
    topics = _topics(settings)
    plan = Plan(cut_corpus(paths, settings, work, made_by=maker, typical=piece_size,
                           last=last_of(topics)))
    first = partial(get_ready, settings)
    facts = {"fingerprint": stamp, "paths": [str(path) for path in paths], "started": started}
    with waiting_in(work.path):
        with plan.reading(), engine(workers=workers, cluster=cluster, first=first) as run:
            _work(run, plan, (work, settings, 1 if workers or cluster != "" else 2, topics), say)
            if topics:
                say("filing quotations under topics")
                draw(work, plan.keys, topics)
                _file(run, plan, (work, topics))
        say("joining speakers, topics and copies")
        record = join_pieces(place, work, plan, settings=settings, facts=facts, csv=csv)
    _tidy(work, plan.keys)
    return summary_line(record) + f" → {out}"


def _file(run: Run, plan: Plan, of: "tuple[Place, tuple[Topic, ...]]") -> None:
    """File the quotations of all pieces under the user's topics."""
    work, topics = of
    this = uuid4().hex
    tasks = ((work.root, key, topics, this) for key in plan.keys)
    done = run(file_topics, tasks, seconds=lambda task: seconds_for(plan.size(task[1])))
    for task in [task for task, reason in done if reason]:
        insist(run, file_topics, task, plan.size(task[1]))


def _start(work: Place, settings: Settings, say: Progress) -> str:
    """Note what the pieces are made by; say so when that changed since the last run."""
    now = made_by(settings)
    before = files.read_json(work, "made_by.json")
    changed = [name for name in now if before and before.get(name) != now[name]]
    if changed:
        say(f"starting afresh: {', '.join(changed)} changed since the last run")
    files.write_json(work, "made_by.json", now)
    return hashlib.sha256(json.dumps(now, sort_keys=True).encode()).hexdigest()


def _topics(settings: Settings) -> "tuple[Topic, ...]":
    from analysis.topics import load_topics

    return tuple(load_topics(settings.topics)) if settings.topics else ()


def _work(
    run: Run, plan: Plan, of: "tuple[Place, Settings, int, tuple[Topic, ...]]", say: Progress
) -> None:
    """Run the pieces; those that fail are rescued when the others are done."""
    work, settings, threads, topics = of
    keys = plan.open_pieces(ahead=threads == 1)
    tasks = ((work.root, key, settings, threads, topics) for key in keys)
    failed = []
    for task, reason in run(work_on, tasks, seconds=lambda task: seconds_for(plan.size(task[1]))):
        failed += [task] if reason else []
        say(f"a piece failed ({reason}), tried again later" if reason else plan.tick(task[1]))
    for task in failed:
        say("trying a failed piece again, by halves if need be")
        rescue(run, task, plan.size(task[1]))
        say(plan.tick(task[1]))


def _tidy(work: Place, keys: Sequence[str]) -> None:
    """Drop pieces of articles that are no longer in the input, and what is half-written."""
    files.remove_parts(work)
    for name in set(files.names_in(work)) - set(keys) - {"made_by.json"}:
        files.remove(work.under(name))


def open_tables(
    tables_dir: str | Path, *, articles: str | Path = "", topics: str = "", aliases: str = "",
    corrections: str = "", model: str = "en_core_web_sm",
) -> Tables:
    """Give the tables of a folder, making them first from `articles` if they are not up to date.

    Up to date means: the same input files, settings, package and model as last time, and the
    same topics, aliases and corrections as far as they are given here. Tables that are not are
    made as last time, with what is given here in place of what was given then. Without
    `articles` the folder's tables are taken as they are. Tables of other articles are never
    written over.

    Raises
    ------
    InputError
        If neither tables nor articles are there, or the tables are of other articles.
    """
    if articles:
        known = read_run(tables_dir)
        given = {"model": model, "topics": topics, "aliases": aliases, "corrections": corrections}
        settings = kept_settings(known, **given)
        asked = fingerprint([articles], replace(settings, **given))
        if not is_current(known.get("fingerprint"), asked):
            _check_same(tables_dir, known, articles)
            with progress_bar("Making the tables", unit="articles", delay=0) as bar:
                extract_corpus([articles], out=tables_dir, settings=settings,
                               progress=bar.set_description_str)
    return load_tables(tables_dir)



def _check_same(tables_dir: str | Path, run: Mapping[str, object], articles: str | Path) -> None:
    """Refuse to make tables afresh in a folder that holds those of other articles."""
    noted = run.get("paths", [])
    if run and [Path(path).resolve() for path in noted] != [Path(articles).resolve()]:
        raise InputError(
            f"{tables_dir} holds the tables of other articles ({listed(noted)}), not of "
            f"{articles}. Leave articles empty to take them as they are, or name another "
            "folder as tables_dir."
        )
