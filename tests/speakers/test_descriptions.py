"""Descriptions whose person or body the article names elsewhere."""

import pytest

from .frames import speakers_of


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("[P:Tom Roe] waved. [P:Ann Roe] did not. {Tom Roe's wife} said ‹no›.", "Ann Roe",
                 id="wife-of-that-surname"),
    pytest.param("[P:Tom Roe] waved. [P:Ann Orr] did not. {Tom Roe's wife} said ‹no›.",
                 "Tom Roe's wife", id="other-surname"),
    pytest.param("[P:Tom Roe] waved. [P:Ann Roe] and [P:Bea Roe] did not. "
                 "{Tom Roe's wife} said ‹no›.", "Tom Roe's wife", id="two-of-that-surname"),
    pytest.param("[P:Tom Roe] waved. [P:Ann Roe] did not. {Tom Roe's sister} said ‹no›.",
                 "Tom Roe's sister", id="sister-of-unknown-gender"),
    pytest.param("[P:Ann Roe], 54, met [P:Bo Lee]. {The 54-year-old} said ‹no›.", "Ann Roe",
                 id="age"),
    pytest.param("[P:Ann Roe] met [P:Bo Lee]. {The 54-year-old} said ‹no›.", "Ann Roe",
                 id="age-not-stated-before"),
    pytest.param("Quay to open\n\n{A former party chairman} says ‹no›.\n\n"
                 "{[P:Ann Roe]} said ‹it was late›.", "Ann Roe", id="named-soon"),
    pytest.param("Quay to open\n\n{A former party chairman} says ‹no›.\n\n"
                 "{[P:Ann Roe], a baker,} said ‹it was late›.", "former party chairman",
                 id="named-soon-with-another-role"),
    pytest.param("Quay to open\n\n{A spokesman} says ‹no›.\n\n{[P:Ann Roe]} said ‹it was late›.",
                 "spokesman", id="spokesmen-stay-unnamed"),
    pytest.param("Republican senator [P:Ann Roe] left. {The Democratic candidate} said ‹no›.",
                 "Democratic candidate", id="other-party"),
])
def test_the_description_means(text, speaker):
    assert speakers_of(text)[0] == speaker


@pytest.mark.parametrize("source", ["Roe's campaign", "The Roe campaign", "Roe's team"])
def test_a_campaign_has_one_name(source):
    text = "Senator [P:Ann Roe] opened her campaign. {" + source + "} said ‹no›."
    assert speakers_of(text) == ["Roe campaign"]


def test_a_team_without_a_campaign_is_a_team():
    assert speakers_of("[P:Ann Roe] coaches. {Roe's team} said ‹no›.") == ["Ann Roe's team"]
