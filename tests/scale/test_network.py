"""Nothing is fetched at run time: every process of a run refuses all but the loopback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUARD = '''
import os, sys

def guard(event, given):
    if event not in ("socket.connect", "socket.sendto", "socket.getaddrinfo",
                     "socket.gethostbyname"):
        return
    address = given[0] if isinstance(given[0], (str, bytes)) else given[1]
    host = address[0] if isinstance(address, tuple) else address
    local = address is None or isinstance(address, (str, bytes)) and event.endswith(
        ("connect", "sendto"))
    if not local and str(host) not in ("127.0.0.1", "::1", "localhost"):
        with open(os.environ["NETWORK_LOG"], "a") as log:
            log.write(f"{event} {host}\\n")
        raise OSError(f"the network is blocked: {host}")

sys.addaudithook(guard)
'''


@pytest.fixture(scope="module")
def blocked(tmp_path_factory):
    """Give a way to run Python with the network blocked, and the log of what was refused."""
    folder = tmp_path_factory.mktemp("blocked")
    (folder / "sitecustomize.py").write_text(GUARD)
    log = folder / "log.txt"

    def run(*command):
        log.write_text("")
        path = os.pathsep.join([str(folder), str(ROOT)])
        done = subprocess.run(
            [sys.executable, *map(str, command)], cwd=ROOT, capture_output=True, text=True,
            check=False, env={**os.environ, "PYTHONPATH": path, "NETWORK_LOG": str(log)},
        )
        return done, log.read_text()

    return run


@pytest.mark.parametrize("code", [
    "import socket; socket.create_connection(('203.0.113.1', 80), timeout=1)",
    "import urllib.request; urllib.request.urlopen('http://example.org')",
])
def test_the_guard_sees_what_reaches_out(blocked, code):
    done, log = blocked("-c", code)
    assert done.returncode == 1
    assert log


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    for number in range(3):
        (folder / f"a{number}.txt").write_text(
            f"Town weighs plan {number}\n\n“We shall see,” Mayor Ann Lee said on Monday.\n")
    return folder


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("workers", [0, 1])
def test_tables_are_made_without_a_network(blocked, articles, tmp_path, workers):
    done, log = blocked("-m", "analysis", "extract", articles, "--out", tmp_path / "tables",
                        "--workers", workers)
    assert (done.returncode, log) == (0, ""), done.stderr
    assert "3 quotations" in done.stdout


@pytest.mark.model
@pytest.mark.slow
def test_a_report_is_made_without_a_network(blocked, articles, tmp_path):
    done, log = blocked("-m", "analysis", "report", "02_who_is_quoted", "-p",
                        f"articles={articles}", "-p", f"tables_dir={tmp_path / 'tables'}",
                        "--out", tmp_path / "report")
    assert (done.returncode, log) == (0, ""), done.stderr + done.stdout
