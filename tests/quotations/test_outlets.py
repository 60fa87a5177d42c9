"""Floors on news in the manner of outlets that the weights have never seen."""

from pathlib import Path

import pytest

from analysis.accuracy import score_tables
from analysis.workbook import Settings, build_tables

OUTLETS = Path(__file__).parents[1] / "gold" / "outlets"
FLOORS = {"content_partial": 0.85, "content_exact": 0.76, "content_source": 0.80}


@pytest.fixture(scope="module")
def accuracy():
    tables = build_tables([OUTLETS / "text"], settings=Settings())
    return score_tables(tables, OUTLETS / "gold.jsonl")


@pytest.mark.parametrize("measure", FLOORS)
def test_quotations_of_other_outlets_are_found(accuracy, measure):
    f1 = accuracy.overall.set_index("measure")["f1"][measure]
    assert f1 >= FLOORS[measure]


def test_speakers_of_other_outlets_are_named(accuracy):
    assert accuracy.speakers["share"].iloc[0] >= 0.85
