"""Bad input: one clear line and exit code 2."""

import errno
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from analysis import __main__ as command_line

CASES = {
    "no such path": (["extract", "nowhere", "--out", "{out}"], "nowhere does not exist"),
    "empty folder": (["extract", "{empty}", "--out", "{out}"], "holds no file"),
    "no text column": (["extract", "{csv}", "--out", "{out}"], "no column 'text'"),
    "bad -p": (["report", "01", "-p", "x", "--out", "{out}"], "not of the form name=value"),
    "unknown notebook": (["report", "2x", "--out", "{out}"], "no notebook '2x'"),
    "unknown parameter": (["report", "02", "-p", "outlt=A", "--out", "{out}"],
                          "Did you mean 'outlets'?"),
    "wrong type": (["report", "02", "-p", "top_n=many", "--out", "{out}"], "a whole number"),
    "out of range": (["report", "02", "-p", "top_n=0", "--out", "{out}"], "between"),
    "no tables": (["accuracy", "{empty}", "{csv}"], "Make the tables first"),
    "no model": (["extract", "{txt}", "--model", "en_core_web_xl", "--out", "{out}"],
                 "en_core_web_xl"),
    "no folder for tables": (["extract", "{txt}", "--out", "{csv}/x"], "cannot be written"),
    "no folder for a report": (["report", "01", "--out", "{csv}/x"], "cannot be made"),
    "no portfolio": (["portfolio", "nowhere.yml", "--out", "{out}"], "cannot be read"),
}


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    (folder / "empty").mkdir()
    (folder / "a.csv").write_text("id,colour\n1,red\n")
    (folder / "a.txt").write_text('The mayor, Ann Lee, said "we will see" on Monday.')
    return {"empty": folder / "empty", "csv": folder / "a.csv", "txt": folder / "a.txt",
            "out": folder / "out"}


@pytest.mark.parametrize(("command", "message"), CASES.values(), ids=CASES.keys())
def test_bad_input_is_one_line_and_exit_code_2(places, command, message):
    words = [word.format(**places) for word in command]
    done = subprocess.run([sys.executable, "-m", "analysis", *words], capture_output=True,
                          text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert message in done.stderr


@pytest.mark.parametrize("option", ["--workers", "--limit"])
def test_fewer_than_none_is_refused(option):
    words = ["portfolio", "x.yml", "--out", "o", option, "-1"]
    result = CliRunner().invoke(command_line.app, words)
    assert result.exit_code == 2
    assert "greater than or equal to 0" in result.output


@pytest.mark.parametrize("error", [
    OSError(errno.ENOSPC, "No space left on device", "out/02.html"),
    OSError(errno.EROFS, "Read-only file system"),
])
def test_a_disk_that_refuses_is_one_line_and_exit_code_2(monkeypatch, capsys, error):
    def refuse(**_given):
        raise error

    monkeypatch.setattr(command_line, "app", refuse)
    monkeypatch.setattr(sys, "argv", ["on-record"])
    with pytest.raises(SystemExit) as end:
        command_line.main()
    said = capsys.readouterr().err
    assert end.value.code == 2
    assert error.strerror in said
    assert len(said.strip().splitlines()) == 1
