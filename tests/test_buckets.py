"""Rows and bytes that wait on disk: none is lost, each comes back where it was put."""

import numpy as np
import pyarrow as pa
import pytest

from analysis.errors import InputError
from analysis.tables import Buckets, Shelf, buckets, numbers_of


@pytest.fixture(autouse=True)
def _on_disk(monkeypatch):
    monkeypatch.setattr(buckets, "_IN_MEMORY", 100)


def test_rows_of_one_number_come_back_together_in_their_order():
    dealt, at = Buckets(3), np.arange(1000)
    for part in (at[:400], at[400:]):
        dealt.add(pa.table({"at": part, "text": [[str(one)] for one in part]}), part % 7)
    found = [rows.to_pydict() for rows in dealt]
    assert sorted(one for rows in found for one in rows["at"]) == at.tolist()
    for rows in found:
        assert rows["at"] == sorted(rows["at"])
        assert rows["text"] == [[str(one)] for one in rows["at"]]
        assert len({one % 7 % 3 for one in rows["at"]}) == 1


def test_a_bucket_without_rows_does_not_come():
    dealt = Buckets(50)
    dealt.add(pa.table({"at": [1, 2]}), np.array([7, 7]))
    assert [rows.num_rows for rows in dealt] == [2]


def test_bytes_lie_where_they_were_put():
    shelf = Shelf(100)
    for places in (range(0, 100, 2), range(99, 0, -2)):
        texts = [b"x" * (place % 5) + str(place).encode() for place in places]
        shelf.put(np.array(places), texts)
        assert shelf[places[3]] == texts[3]
    assert shelf[41] == b"x41"
    assert shelf[40] == b"40"


def test_files_wait_in_the_folder_given_and_leave_nothing_there(tmp_path, monkeypatch):
    folders = []
    real = buckets.SpooledTemporaryFile
    monkeypatch.setattr(buckets, "SpooledTemporaryFile",
                        lambda size, dir: folders.append(dir) or real(size, dir=dir))
    with buckets.waiting_in(str(tmp_path)):
        shelf = Shelf(1)
    shelf.put(np.array([0]), [b"x" * 500])
    Shelf(1)
    assert folders == [str(tmp_path), None]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["write", "flush"])
def test_a_full_disk_is_one_line(step, monkeypatch):
    def full(*_content):
        raise OSError(28, "No space left on device")

    shelf, dealt = Shelf(1), Buckets(1)
    for waiting, put in (
            (shelf, lambda: shelf.put(np.array([0]), [b"x"])),
            (dealt, lambda: dealt.add(pa.table({"at": [1]}), np.array([0])))):
        monkeypatch.setattr(waiting._file, step, full)
        with pytest.raises(InputError, match=r"cannot be written \(No space left on device\)\. M"):
            put()


def test_equal_texts_have_equal_numbers():
    one, two, three = numbers_of(["tunnel", "toll", "tunnel"])
    assert one == three != two


def test_what_a_full_disk_left_unwritten_is_dropped_without_a_word(monkeypatch):
    class Full:
        closed = 0

        def close(self):
            Full.closed += 1
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(buckets, "SpooledTemporaryFile", lambda *_, **__: Full())
    shelf = Shelf(1)
    del shelf
    assert Full.closed == 1
