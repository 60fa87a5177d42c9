"""What is free goes back to the system; where the C library cannot, nothing happens."""

import sys
from pathlib import Path

import pytest

from analysis import memory


def _held() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do as they like")
def test_what_is_free_between_what_is_held_goes_back():
    blocks = [bytes(1000) for _ in range(50_000)]
    held = blocks[-1]
    blocks.clear()
    before = _held()
    memory.give_back()
    assert before - _held() > 30_000_000
    assert len(held) == 1000


def test_a_library_that_cannot_is_left_alone(monkeypatch):
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda _name: object())
    memory.give_back()
    memory.hold_little()
