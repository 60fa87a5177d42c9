"""Bad input: one clear line and exit code 2."""

import subprocess
import sys

import pytest

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
