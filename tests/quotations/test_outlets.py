"""Floors on news in the manner of outlets that the weights have never seen."""

from pathlib import Path

import pytest

from analysis.accuracy import score_tables
from analysis.workbook import Settings, build_tables

OUTLETS = Path(__file__).parents[1] / "gold" / "outlets"
FLOORS = {
    ("first", "content_partial"): 0.86, ("first", "content_exact"): 0.77,
    ("first", "content_source"): 0.81, ("fourth", "content_partial"): 0.88,
    ("fourth", "content_exact"): 0.80, ("fourth", "content_source"): 0.84,
}


@pytest.fixture(scope="module")
def accuracy():
    return {name: score_tables(build_tables([OUTLETS / name / "text"], settings=Settings()),
                               OUTLETS / name / "gold.jsonl") for name in ("first", "fourth")}


@pytest.mark.parametrize(("name", "measure"), FLOORS)
def test_quotations_of_other_outlets_are_found(accuracy, name, measure):
    f1 = accuracy[name].overall.set_index("measure")["f1"][measure]
    assert f1 >= FLOORS[name, measure]


@pytest.mark.parametrize("name", ["first", "fourth"])
def test_speakers_of_other_outlets_are_named(accuracy, name):
    assert accuracy[name].speakers["share"].iloc[0] >= 0.86
