"""Damaged in any way, a file gives articles and rejected rows, and never stops the run."""

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.articles import load_articles
from analysis.articles.readers import FORMATS

FIXTURES = Path(__file__).parent / "fixtures"
SEEDS = {
    ".txt": FIXTURES / "proquest.txt", ".html": FIXTURES / "factiva.html",
    ".rss": FIXTURES / "feed.rss", ".csv": None, ".json": None, ".jsonl": None,
}
TABLES = {
    ".csv": b'id,text,date\n1,"One, and more.",2024-03-05\n2,"Two ""quoted"" words.",31/02/2024\n',
    ".json": b'[{"text": "One.", "date": "2024-03-05"}, {"text": ["Two."], "authors": [1, {}]}]',
    ".jsonl": b'{"text": "One."}\n{"text": 5, "title": {"a": null}}\n',
}


def load_whole(name, data):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        loaded = load_articles(folder)
    assert (loaded.files["read"] == loaded.files["used"] + loaded.files["rejected"]).all()
    assert loaded.files["used"].sum() == len(loaded.articles)
    assert loaded.files["rejected"].sum() == len(loaded.rejected)
    return loaded


@pytest.mark.parametrize("suffix", sorted({*FORMATS, ".zip", ".csv.gz", ".warc.gz"}))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=200))
def test_noise_is_rejected_or_read(suffix, data):
    load_whole(f"a{suffix}", gzip.compress(data) if suffix.endswith(".gz") else data)


@pytest.mark.parametrize("suffix", sorted(SEEDS))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=st.floats(0, 1), cut=st.integers(0, 400), put=st.binary(max_size=20))
def test_damaged_files_are_read_as_far_as_they_go(suffix, place, cut, put):
    whole = SEEDS[suffix].read_bytes() if SEEDS[suffix] else TABLES[suffix]
    start = int(place * len(whole))
    load_whole(f"a{suffix}", whole[:start] + put + whole[start + cut:])
