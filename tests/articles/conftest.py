"""Helpers to write small corpora; every text is our own."""

from pathlib import Path

import pytest

TEXT = (
    "The tunnel under the harbour will open a year later than planned, the council said on Monday."
    "\n\n“We would rather be late than wrong,” said Peter Lind, who leads the roads department."
)


@pytest.fixture
def text():
    return TEXT


@pytest.fixture
def fixtures():
    return Path(__file__).parent / "fixtures"


@pytest.fixture
def write(tmp_path):
    """Write a file (text as UTF-8 with its newlines kept, or bytes) and give its path."""
    def write_file(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture
def is_whole():
    """Check what must hold for every run: read = used + rejected, file by file and in all."""
    def check(loaded):
        files = loaded.files
        assert (files["read"] == files["used"] + files["rejected"]).all()
        assert files["used"].sum() == len(loaded.articles)
        assert files["rejected"].sum() == len(loaded.rejected)
        assert loaded.articles["article_id"].is_unique
        assert loaded.rejected["detail"].str.len().gt(10).all()
        assert not loaded.rejected["detail"].str.contains("\n").any()
        return loaded

    return check
