"""A disk that is full or read-only: one line, the old tables whole, and it goes on afterwards."""

import errno
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree

import pytest

from analysis.errors import InputError
from analysis.scale import extract_corpus, piece, place
from analysis.scale.place import Place, names_in, read_json, write_json, write_whole
from analysis.tables import TABLES, Tables
from analysis.workbook import Settings

QUIET = Settings(language="", topics="")


@pytest.fixture(autouse=True)
def no_model(monkeypatch):
    monkeypatch.setattr(
        piece, "quote_articles", lambda articles, settings, threads: Tables(articles=articles))


def write_corpus(folder, n):
    path = folder / "articles.csv"
    path.write_text("id,title,text\n" + "".join(
        f"a{i},T{i},Text number {i} is here.\n" for i in range(n)))
    return path


def make(corpus, out, **more):
    return extract_corpus([corpus], out=out, settings=QUIET, csv=True, piece_size=4, **more)


def bytes_of(out):
    return {path.name: path.read_bytes() for path in out.iterdir()
            if path.is_file() and path.name != "run.json"}


class Disk:
    """Counts what is written, and is full from the nth write on."""

    def __init__(self, full_at):
        self.full_at, self.written, self.names = full_at, 0, []
        self.real = place.writing

    @contextmanager
    def writing(self, target):
        with self.real(target):
            self.written += 1
            self.names.append(target)
            if self.written >= self.full_at:
                raise OSError(errno.ENOSPC, "No space left on device")
            yield


def writes_of_a_run(folder, monkeypatch):
    """Give the names of what is written, and for each kind of it when it comes first."""
    disk = Disk(full_at=10**6)
    make(write_corpus(folder, 3), folder / "counted")
    with monkeypatch.context() as patched:
        patched.setattr(place, "writing", disk.writing)
        make(write_corpus(folder, 8), folder / "counted")
    placed = disk.names.index(str(folder / "counted" / "run.json")) + 1
    kinds = [(at > placed, Path(name).name) for at, name in enumerate(disk.names, 1)]
    firsts = sorted(kinds.index(kind) + 1 for kind in set(kinds))
    return [at for at in firsts if at <= placed], [at for at in firsts if at > placed]


def test_wherever_the_disk_is_full_the_old_tables_stay_whole(tmp_path, monkeypatch):
    before, _after = writes_of_a_run(tmp_path, monkeypatch)
    make(write_corpus(tmp_path, 3), tmp_path / "old")
    old, corpus = bytes_of(tmp_path / "old"), write_corpus(tmp_path, 8)
    for full_at in before:
        out = Path(copytree(tmp_path / "old", tmp_path / f"out{full_at}"))
        with monkeypatch.context() as patched:
            patched.setattr(place, "writing", Disk(full_at).writing)
            with pytest.raises(InputError, match=r"cannot be written \(No space left on device\)"):
                make(corpus, out)
        assert bytes_of(out) == old
        assert make(corpus, out).startswith("read 8, used 8")
        assert bytes_of(out) == bytes_of(tmp_path / "counted")


def test_tables_that_were_being_put_in_place_are_made_again(tmp_path, monkeypatch):
    _before, after = writes_of_a_run(tmp_path, monkeypatch)
    make(write_corpus(tmp_path, 3), tmp_path / "old")
    corpus = write_corpus(tmp_path, 8)
    for full_at in after[:-1:5]:  # the last only tidies up
        out = Path(copytree(tmp_path / "old", tmp_path / f"out{full_at}"))
        with monkeypatch.context() as patched:
            patched.setattr(place, "writing", Disk(full_at).writing)
            with pytest.raises(InputError, match="cannot be written"):
                make(corpus, out)
        assert not (out / "run.json").exists()
        make(corpus, out)
        assert bytes_of(out) == bytes_of(tmp_path / "counted")


def test_a_file_that_could_not_be_written_leaves_nothing(tmp_path):
    def half(stream):
        stream.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    write_json(Place(str(tmp_path)), "x.json", {"old": 1})
    with pytest.raises(InputError, match="No space left"):
        write_whole(Place(str(tmp_path)), "x.json", half)
    assert names_in(Place(str(tmp_path))) == ["x.json"]
    assert read_json(Place(str(tmp_path)), "x.json") == {"old": 1}


def test_an_object_store_never_sees_half_a_file():
    def half(stream):
        stream.write(b"half")
        raise OSError(errno.EIO, "the line broke")

    with pytest.raises(InputError, match="the line broke"):
        write_whole(Place("memory://half"), "x.json", half)
    assert names_in(Place("memory://half")) == []


def test_tables_in_an_object_store_equal_those_on_a_disk(tmp_path):
    corpus = write_corpus(tmp_path, 8)
    make(corpus, tmp_path / "out")
    make(corpus, "memory://bucket/tables")
    for name in TABLES:
        stored = place.read_parquet(Place("memory://bucket/tables"), f"{name}.parquet")
        assert stored.equals(place.read_parquet(Place(str(tmp_path / "out")), f"{name}.parquet"))


def test_a_second_run_into_an_object_store_finds_its_tables(tmp_path):
    corpus = write_corpus(tmp_path, 8)
    make(corpus, "memory://again/tables")
    assert make(corpus, "memory://again/tables").endswith("(unchanged, not made again)")


def test_csv_asked_for_later_is_made(tmp_path):
    corpus, out = write_corpus(tmp_path, 8), tmp_path / "out"
    extract_corpus([corpus], out=out, settings=QUIET, piece_size=4)
    assert not (out / "quotes.csv").exists()
    make(corpus, out)
    assert (out / "quotes.csv").exists()


def test_csv_of_older_tables_does_not_stay_beside_new_ones(tmp_path):
    out = tmp_path / "out"
    make(write_corpus(tmp_path, 3), out)
    extract_corpus([write_corpus(tmp_path, 8)], out=out, settings=QUIET, piece_size=4)
    assert not (out / "quotes.csv").exists()


def test_half_written_pieces_of_a_killed_run_are_removed(tmp_path):
    corpus, out = write_corpus(tmp_path, 8), tmp_path / "out"
    make(corpus, out)
    key = next(path for path in (out / ".pieces").iterdir() if path.is_dir())
    (key / "quotes.parquet.0a1b2c3d.part").write_bytes(b"half")
    make(write_corpus(tmp_path, 9), out)
    assert list((out / ".pieces").glob("*/*.part")) == []
