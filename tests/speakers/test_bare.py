"""A bare name that the corpus knows as a company's is the company."""

import pandas as pd

from analysis.speakers import merge_speakers
from analysis.tables import conform


def merged(*rows):
    frame = pd.DataFrame(rows, columns=["speaker_id", "name", "kind", "aliases"])
    mapping = merge_speakers(conform(frame, "speakers")).mapping
    return dict(zip(mapping["local_id"], mapping["speaker_id"], strict=True))


COMPANY = ("a#0", "Vandel Chemicals", "organization", ["Vandel Chemicals", "Vandel"])


def test_a_bare_name_joins_the_company_another_article_introduces():
    ids = merged(COMPANY, ("b#0", "Vandel", "person", ["Vandel"]))
    assert ids["a#0"] == ids["b#0"]


def test_a_surname_somebody_has_stays_a_persons():
    ids = merged(COMPANY, ("b#0", "Vandel", "person", ["Vandel"]),
                 ("c#0", "Ida Vandel", "person", ["Ida Vandel", "Vandel"]))
    assert ids["a#0"] != ids["b#0"]


def test_a_name_no_article_introduces_stays_a_persons():
    frame = pd.DataFrame([("b#0", "Vandel", "person", ["Vandel"])],
                         columns=["speaker_id", "name", "kind", "aliases"])
    assert merge_speakers(conform(frame, "speakers")).speakers["kind"].tolist() == ["person"]


def test_a_name_two_companies_share_stays_open():
    other = ("d#0", "Vandel Shipping", "organization", ["Vandel Shipping", "Vandel"])
    ids = merged(COMPANY, other, ("b#0", "Vandel", "person", ["Vandel"]))
    assert ids["b#0"] not in (ids["a#0"], ids["d#0"])
