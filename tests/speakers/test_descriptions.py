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


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("[O:Harwick Watch] sued. {[O:The government watchdog group]} said ‹no›.",
                 "Harwick Watch", id="a-group"),
    pytest.param("[O:The Harwick Post] came out. {[O:The liberal newspaper]} said ‹no›.",
                 "The Harwick Post", id="a-newspaper"),
    pytest.param("[O:Voss Inc] sold its pumps. {[O:The ailing company]} said ‹no›.", "Voss Inc",
                 id="a-company"),
    pytest.param("[P:Ann Roe] and [P:Bo Lee] told the [O:Federation of Bakers] so. {The group} "
                 "said ‹no›.", "Federation of Bakers", id="no-two-people"),
    pytest.param("The [O:Labour Party] met. {[O:The party's existing rules]} said ‹no›.",
                 "party's existing rules", id="not-what-a-body-owns"),
])
def test_new_words_for_a_body_just_named(text, speaker):
    assert speakers_of(text)[0].removeprefix("The ") == speaker.removeprefix("The ")


def test_the_couple_are_two_just_joined():
    text = "[P:Ann Roe] and [P:Bo Lee] fled. {The couple} said ‹no›."
    assert speakers_of(text) == ["Ann Roe and Bo Lee"]


def test_an_official_of_somebodys_administration_is_somebody_else():
    text = "[P:Ann Roe] came. [P:Ann Roe] left. {The senior Roe administration official} said ‹no›."
    assert speakers_of(text) != ["Ann Roe"]
