"""A bar where somebody watches, silence where nobody does."""

import io

import pytest

from analysis import progress
from analysis.articles import load_articles
from analysis.progress import progress_bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Kernel(io.StringIO):
    """As a Jupyter kernel's stream: no terminal."""


Kernel.__module__ = "ipykernel.iostream"


@pytest.fixture
def streams(monkeypatch):
    monkeypatch.delenv("TQDM_DISABLE", raising=False)

    def use(stream):
        out, err = stream(), stream()
        monkeypatch.setattr(progress.sys, "stdout", out)
        monkeypatch.setattr(progress.sys, "stderr", err)
        return out, err

    return use


def count(n=3):
    with progress_bar("Reading", unit="articles", total=n, delay=0) as bar:
        for _ in range(n):
            bar.update()


def test_a_terminal_sees_the_bar_on_stderr_and_keeps_nothing(streams):
    out, err = streams(Terminal)
    count()
    assert "Reading" in err.getvalue()
    assert "0/3 [" in err.getvalue()
    assert err.getvalue().endswith("\r")
    assert out.getvalue() == ""


def test_a_notebook_keeps_one_plain_line_and_no_alarm(streams):
    out, err = streams(Kernel)
    count()
    assert out.getvalue().strip().split("\r")[-1].startswith("Reading: 100%")
    assert err.getvalue() == ""


def test_a_pipe_sees_nothing(streams):
    out, err = streams(io.StringIO)
    count()
    assert out.getvalue() + err.getvalue() == ""


def test_an_executed_report_has_none(streams, monkeypatch):
    out, err = streams(Kernel)
    monkeypatch.setenv("TQDM_DISABLE", "1")
    count()
    assert out.getvalue() + err.getvalue() == ""


def test_within_a_bar_the_outer_one_counts_on(streams):
    _out, err = streams(Terminal)
    with progress_bar("Making", unit="articles", delay=0) as outer:
        count()
        with progress_bar("Hashing", unit="files", delay=0) as inner:
            inner.update(5)
        assert outer.n == 3
        assert outer.desc == "Hashing"
    assert "\n" not in err.getvalue()


def test_what_is_quick_shows_no_bar(streams):
    _out, err = streams(Terminal)
    with progress_bar("Reading", unit="articles") as bar:
        bar.update()
    assert err.getvalue() == ""


def test_reading_counts_the_articles(streams, tmp_path):
    streams(Terminal)
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"The mayor said on day {n} that the bridge is open.")
    with progress_bar("All", unit="articles") as bar:
        load_articles(tmp_path)
        assert bar.n == 3


def test_no_lock_is_shared_between_processes(streams):
    # tqdm's own is a semaphore of the system; those of workers that are stopped are left behind
    from tqdm import tqdm
    from tqdm.std import TqdmDefaultWriteLock

    streams(Terminal)
    count()
    assert not isinstance(tqdm.get_lock(), TqdmDefaultWriteLock)
