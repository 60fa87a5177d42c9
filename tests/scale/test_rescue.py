"""A failed piece: who is rejected, and who is not when workers die of something else."""

import pytest

from analysis.errors import InputError
from analysis.scale import rescue as rescuing
from analysis.scale.busy import STOPPED
from analysis.scale.partitions import cut_corpus
from analysis.scale.place import Place, read_json
from analysis.workbook import Settings


@pytest.fixture
def piece(tmp_path):
    path = tmp_path / "articles.csv"
    path.write_text("id,title,text\n" + "".join(f"a{i},T,Text {i}.\n" for i in range(16)))
    work, settings = Place(str(tmp_path / "work")), Settings(language="")
    cuts = cut_corpus([path], settings, work, made_by="x", typical=1000)
    (key,) = [cut.key for cut in cuts if cut.key]
    return (work.root, key, settings, 1), work.under(key)


class Workers:
    """An engine whose worker dies at some rows, and at some of its tries for no reason."""

    def __init__(self, piece, bad=(), dies_at=()):
        self.piece, self.bad, self.dies_at, self.tries = piece, set(bad), dies_at, 0

    def __call__(self, function, tasks, *, seconds):
        for task in tasks:
            self.tries += 1
            rejected = {int(name[1:]) for name in read_json(self.piece, "bad.json")}
            rows = range(*task[3]) if function is rescuing.try_on else set(range(16)) - rejected
            dies = self.tries in self.dies_at or self.bad & set(rows)
            yield task, STOPPED if dies else ""


@pytest.mark.parametrize("bad", [{3}, {0, 15}, set(range(16))])
def test_all_that_stop_a_worker_are_named_and_no_others(piece, bad):
    task, folder = piece
    rescuing.rescue(Workers(folder, bad), task, 100)
    assert read_json(folder, "bad.json") == {f"a{row}": STOPPED for row in sorted(bad)}


def test_a_piece_that_works_alone_has_no_culprit(piece):
    task, folder = piece
    rescuing.rescue(Workers(folder), task, 100)
    assert read_json(folder, "bad.json") == {}


def test_nobody_is_rejected_for_workers_that_die_of_something_else(piece):
    task, folder = piece
    rescuing.rescue(Workers(folder, dies_at=range(1, 12)), task, 100)
    assert read_json(folder, "bad.json") == {}


def test_workers_that_never_live_are_one_line(piece):
    task, folder = piece
    with pytest.raises(InputError, match="Workers cannot work even without an article"):
        rescuing.rescue(Workers(folder, dies_at=range(1000)), task, 100)


def test_a_piece_that_fails_only_as_a_whole_is_one_line(piece):
    task, folder = piece
    workers = Workers(folder)

    def run(function, tasks, *, seconds):
        for done, _why in workers(function, tasks, seconds=seconds):
            yield done, STOPPED if function is rescuing.work_on else ""

    with pytest.raises(InputError, match="Give each worker more memory"):
        rescuing.rescue(run, task, 100)
