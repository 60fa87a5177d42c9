"""Engines: a task that fails, dies or hangs costs only itself, in processes and on Dask."""

import gc
import os
import time

import pytest

from analysis.errors import InputError
from analysis.scale import rescue as rescuing
from analysis.scale.busy import STOPPED
from analysis.scale.engines import engine
from analysis.scale.partitions import cut_corpus
from analysis.scale.place import Place, read_json, write_json
from analysis.workbook import Settings

LIMIT = 3
QUIET = {"dashboard": False, "dashboard_address": "127.0.0.1:0"}


@pytest.fixture(scope="module", params=["", "local"], ids=["processes", "dask"])
def run(request):
    with engine(workers=2, cluster=request.param) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _dead_clients_are_collected():
    """A test's own cluster may not start while an earlier test's client waits to be collected."""
    gc.collect()


def misbehave(number):
    if number == 3:
        os._exit(9)
    if number == 4:
        time.sleep(60)
    if number == 5:
        raise ValueError("five is bad")


def reasons(run, function, tasks):
    return dict(run(function, tasks, seconds=lambda _task: LIMIT))


@pytest.mark.parametrize(
    ("number", "reason"), [(2, ""), (3, STOPPED), (4, STOPPED), (5, "ValueError: five is bad")])
def test_what_a_task_does_is_told(run, number, reason):
    assert reasons(run, misbehave, [(number,)]) == {(number,): reason}


def test_every_task_comes_back_once_and_workers_are_replaced(run):
    tasks = [(number,) for number in range(12)]
    done = list(run(misbehave, tasks, seconds=lambda _task: LIMIT))
    assert sorted(task for task, _why in done) == tasks
    assert {why for (number,), why in done if number in {3, 4}} == {STOPPED}
    assert reasons(run, misbehave, [(6,), (7,)]) == {(6,): "", (7,): ""}


def keep_memory():
    assert "MALLOC_TRIM_THRESHOLD_" not in os.environ
    assert os.environ["OMP_NUM_THREADS"] == "1"


def test_workers_keep_freed_memory_and_one_thread(run):
    assert reasons(run, keep_memory, [()]) == {(): ""}


def refuse():
    raise InputError("the disk is full")


def test_what_the_user_must_mend_is_not_tried_again(run):
    with pytest.raises(InputError, match="the disk is full"):
        reasons(run, refuse, [()])


BAD = {"a1"}


def ids_of(root, key):
    from analysis.scale.place import read_parquet

    return read_parquet(Place(root).under(key), "input.parquet").column("article_id").to_pylist()


def work_or_die(root, key, settings, threads=1):
    left = set(ids_of(root, key)) - set(read_json(Place(root).under(key), "bad.json"))
    if left & BAD:
        os._exit(9)
    write_json(Place(root).under(key), "done.json", {})


def try_or_die(root, key, settings, rows):
    if BAD & set(ids_of(root, key)[slice(*rows)]):
        os._exit(9)


def leave_piece(folder, n=2):
    path = folder / "articles.csv"
    path.write_text("id,title,text\n" + "".join(f"a{i},T,Text {i}.\n" for i in range(n)))
    work = Place(str(folder / "work"))
    settings = Settings(language="")
    cuts = cut_corpus([path], settings, work, made_by="x", typical=1000)
    (key,) = [cut.key for cut in cuts if cut.key]
    return (work.root, key, settings, 1), work.under(key)


def test_an_article_that_kills_workers_is_named_and_its_piece_is_done(
    run, tmp_path, monkeypatch
):
    monkeypatch.setattr(rescuing, "work_on", work_or_die)
    monkeypatch.setattr(rescuing, "try_on", try_or_die)
    task, piece = leave_piece(tmp_path)
    rescuing.rescue(run, task, 100)
    assert read_json(piece, "bad.json") == dict.fromkeys(sorted(BAD), STOPPED)
    assert (tmp_path / "work" / task[1] / "done.json").exists()


def test_a_cluster_made_by_somebody_else_is_taken(tmp_path):
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=1, threads_per_worker=1, scheduler_kwargs=QUIET) as made,
        engine(workers=0, cluster=made) as run,
    ):
        assert reasons(run, misbehave, [(1,), (5,)]) == {(1,): "", (5,): "ValueError: five is bad"}


def rest(number):
    time.sleep(0.2 * number)


def test_a_scheduler_that_goes_away_is_one_line():
    import dask
    from distributed import LocalCluster

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        LocalCluster(n_workers=1, threads_per_worker=1, scheduler_kwargs=QUIET) as made,
        pytest.raises(InputError, match="The Dask scheduler went away"),
        engine(workers=0, cluster=made.scheduler_address) as run,
    ):
        for _done in run(rest, [(0,), (50,)], seconds=lambda _task: 60):
            made.close()


def test_a_cluster_without_workers_is_one_line(monkeypatch):
    from distributed import LocalCluster

    monkeypatch.setattr("analysis.scale.dask._TILL_A_WORKER", 0.1)
    with (
        LocalCluster(n_workers=0, scheduler_kwargs=QUIET) as made,
        pytest.raises(InputError, match="no worker for"),
        engine(workers=0, cluster=made.scheduler_address),
    ):
        pass


def test_a_scheduler_that_is_not_there_is_one_line():
    with (
        pytest.raises(InputError, match="No Dask scheduler answers at"),
        engine(workers=0, cluster="nowhere:1:2"),
    ):
        pass
