"""Whom he, she, they and who mean."""

from collections import Counter

import pytest

from analysis.speakers.entities import Entity, may_be
from analysis.speakers.passage import read_passage
from analysis.speakers.spotting import find_spots
from analysis.speakers.stage import read_articles

from .frames import frames, kinds_of, local, speakers_of


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("Visas go to wealthy citizens, {who} say ‹no›.", "wealthy citizens",
                 id="plural-noun"),
    pytest.param("[P:Ann Roe] named 95 generals and admirals, most of {whom} said ‹no›.",
                 "95 generals and admirals", id="joined-plurals"),
    pytest.param("[P:Ann Roe] read the paper [O:Freedom Magazine], {which} said ‹no›.",
                 "Freedom Magazine", id="which-is-no-person"),
    pytest.param("[P:Ann Roe], a lover of [G:cats], {who} says ‹no›.", "Ann Roe",
                 id="after-an-apposition"),
    pytest.param("[P:Ann Roe] met [G:activists] {who} say ‹no›.", "activists", id="plural-verb"),
    pytest.param("“I like Roe,” said [R:one staffer], {who} said ‹no›.", "one staffer",
                 id="right-before"),
])
def test_the_relative_pronoun_means(text, speaker):
    assert speakers_of(text) == [speaker]


def test_they_are_all_three_joined_by_and():
    text = "[P:Ann Roe], [P:Bo Lee] and [P:Cy Orr] left. {They} said ‹no›."
    assert speakers_of(text) == ["Ann Roe, Bo Lee and Cy Orr"]


def test_theyve_is_they():
    assert speakers_of("[G:Activists] left. {they}'ve said ‹no›.") == ["activists"]


def test_a_source_that_runs_on_after_who_is_who():
    text = "[P:Ann Roe], {who had left early}, said ‹no›."
    assert speakers_of(text) == ["Ann Roe"]


@pytest.mark.parametrize("source", [
    "About 4 in 10", "34% of voters", "89% of young bakers", "Nearly half"])
def test_numbers_of_people_are_groups(source):
    assert kinds_of("{" + source + "} said ‹no›.") == ["group"]


@pytest.mark.parametrize("source", ["The “No Comparison” ad", "A Fathom poll this month",
                                    "The polling average"])
def test_things_in_writing_are_documents(source):
    assert kinds_of("{" + source + "} said ‹no›.") == ["document"]


def test_nobody_says_he_of_himself_in_quotation_marks():
    text = ("[P:Tom Verrin] opened the quay. He waved.\n\n"
            "“‹[P:Bo Lee] knows what {he} says›,” {[P:Bo Lee]} said.")
    resolved = local(text)
    names = resolved.speakers.set_index("speaker_id")["name"].to_dict()
    assert names[resolved.quotes["speaker_id"].iloc[0]] == "Tom Verrin"


def test_she_said_after_quoted_words_keeps_the_speaker():
    text = ("[P:Ann Roe] grilled [P:Bo Lee] for his bank. “‹This is not right›,” {Roe} said. "
            "“‹You squeezed them›,” {she} said.\n\n“‹No›,” {she} said.")
    assert speakers_of(text) == ["Ann Roe"] * 3


def test_both_are_two_people_and_no_organisation():
    text = "[P:Ann Roe] and [P:Bo Lee] met. On [O:Social Security], {both} said ‹no›."
    assert speakers_of(text) == ["Ann Roe and Bo Lee"]


def test_a_man_and_his_wife_are_two_by_name():
    text = "{[P:Abel Roe], 25, and his wife, [P:Bree Lee], 27,} said ‹no›."
    assert speakers_of(text) == ["Abel Roe and Bree Lee"]


def test_who_after_a_place_of_work_are_the_people_who_work_there():
    text = "[P:Ann Roe] left. Officials in Ms. Roe's government {who} made a fuss said ‹no›."
    assert speakers_of(text) == ["officials in Ms. Roe's government"]


def test_the_story_has_gone_on_to_whoever_was_last_named_as_a_speaker():
    text = ("[P:Ms. Ida Roe] was jailed. Roe was ill. Roe wept. She was led away by officers.\n\n"
            "[P:Roe] adviser {[P:Ms. Ann Lee]} said ‹it was over›. “‹Nothing brings it back›,” "
            "{she} said.")
    assert speakers_of(text) == ["Ann Lee", "Ann Lee"]


@pytest.mark.parametrize(("evidence", "may"), [("pronoun", True), ("sure", False),
                                               ("honorific", False)])
def test_only_sure_evidence_rules_out_a_person(evidence, may):
    person = Entity(0, "person", {"name": "Jo Orr"}, genders=Counter({(evidence, "m"): 1}))
    assert may_be(person, "f") is may


@pytest.mark.parametrize("text", ["In April it fell.", "He left on May 4.", "The June 2020 vote."])
def test_a_month_is_no_name(text):
    assert not find_spots(read_passage(text))


@pytest.mark.parametrize("text", [
    "[P:Mr. Cy Orr] was blunt. [P:Mr. Bo Lee], whom {he} called ‹a thief›, left.",
    "[P:Mr. Cy Orr] was blunt. [P:Mr. Bo Lee], {he} says, ‹is a thief›."])
def test_he_is_not_the_name_right_before(text):
    assert speakers_of(text) == ["Cy Orr"]


def test_they_who_spoke_last_are_meant_though_many_stand_between():
    text = ("{[P:Ann Roe], [P:Bo Lee] and [P:Cy Orr]} said ‹pay fell›. [G:Workers] left for "
            "[O:Essex Motors], [O:Sussex Bank], [O:Kent Energy], [O:Surrey Motors] and [O:Devon "
            "Bank], but [G:few women] did. Wages fell as [G:voters] left, {they} concluded ‹so›.")
    assert speakers_of(text)[1] == "Ann Roe, Bo Lee and Cy Orr"


def test_an_unnamed_womans_pronouns_show_nobody_elses_gender():
    text = ("[P:Bo Orr] won. [R:A woman] wept. She had asked [P:Orr] for her house. She was ill. "
            "[R:The woman] left. She wept. Her roof fell. {She} said ‹she hoped›.")
    speakers = local(text).speakers.set_index("name")
    assert speakers.loc["Bo Orr", "gender"] == "unknown"


@pytest.mark.parametrize("between", ["", ", 59", ", its master"])
def test_a_description_behind_a_name_is_nobody_new(between):
    one = next(read_articles(*frames(
        f"[P:Bo Lee]{between}, [R:a narrow man] with a hat, rose. {{He}} said ‹no›.")))
    assert "narrow man" not in [link.entity.name for link in one.told.story.links]


def test_a_name_behind_what_he_is_called_is_the_subject():
    text = ("Judge [P:Ida Strand] spoke. ‹Go,› {she} said. She smiled.\n\n"
            "Outside court, [R:his mother], [P:Doreen Orr], wept. “‹It was hell›,” {she} said.")
    assert speakers_of(text) == ["Ida Strand", "Doreen Orr"]
