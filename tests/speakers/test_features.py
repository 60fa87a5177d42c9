"""Speakers in news of the trades, features and other countries' dailies."""

import pytest

from .frames import kinds_of, speakers_of


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("{State Secretary of the Bakers' Guild, Alhaji [P:Musa Roe],} said ‹no›.",
                 "Musa Roe", id="title-and-then-the-name"),
    pytest.param("[R:A baker], Blessing, ran to her stall. {She} said ‹no›.", "Blessing",
                 id="first-name-that-is-a-word"),
    pytest.param("{A guide with Orra Tours, Ida Roe,} said ‹no›.", "Ida Roe", id="unlabelled"),
    pytest.param("[O:Orra Choir] sang. {Its chair, the Rev [P:Ida Roe],} said ‹no›.", "Ida Roe",
                 id="the-reverend"),
    pytest.param("[P:Bo Lee] left. Ida Roe, MD, disagrees. {She} said ‹no›.", "Ida Roe",
                 id="letters-tell-a-person"),
    pytest.param("Gogo [P:Ida Roe] cooks. Their father sleeps. {The 80-year-old} said ‹no›.",
                 "Ida Roe", id="whose-age-is-new"),
    pytest.param("{A Skerry woman} said ‹a van hit her›. {The man} said ‹no›.", "man",
                 id="the-man-is-not-the-woman"),
    pytest.param("[P:Ida Roe] left. {Our correspondent} observed ‹a queue›.", "author",
                 id="our-correspondent"),
    pytest.param("{Hon. (Mrs) [P:Ida Roe]} said ‹no›.", "Ida Roe", id="two-titles"),
    pytest.param("[P:Ida Roe]’s new novel is long. [P:Bo Lee] came. {The novelist} has said ‹no›.",
                 "Ida Roe", id="whose-novel-it-is"),
    pytest.param("Ms. [P:Ida Roe], a poet, left. {The poet} says ‹the ghost is him›.", "Ida Roe",
                 id="him-is-another"),
])
def test_the_speaker_is(text, speaker):
    assert speakers_of(text)[-1] == speaker


@pytest.mark.parametrize(("source", "kind"), [
    ("A randomized trial", "document"), ("The guidebooks", "document"),
    ("The programme", "document"), ("A barman in Skerry", "unnamed_person"),
    ("The tourist office", "organization"), ("Transporters", "group"),
    ("The home side", "organization"), ("A preprint", "document"), ("Her eldest", "unnamed_person"),
])
def test_the_kind_is(source, kind):
    assert kinds_of(f"{{{source}}} said ‹no›.") == [kind]


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("[P:Felix Roe], better known as Comet, came. {[O:Comet]} said ‹no›.", "Felix Roe",
                 id="better-known-as"),
    pytest.param('Ida "[O:Sparks]" [P:Roe], 41, left. {Sparks} said ‹no›.', "Ida Roe",
                 id="nickname-in-marks"),
    pytest.param("[P:Bo Lee], 67, fell. [P:Lee] and [R:his wife], [P:Ida], sat. {Mrs. Lee} said "
                 "‹no›.", "Ida Lee", id="wife"),
    pytest.param("Bo and [O:Ida Lee] drove. [P:Ida] slept. {The Lees} said ‹no›.",
                 "Bo Lee and Ida Lee", id="couple"),
    pytest.param("{The firefighters' union, [P:Local 88],} said ‹no›.", "Local 88",
                 id="local-of-a-union"),
])
def test_by_less_than_the_full_name_is_meant(text, speaker):
    assert speakers_of(text)[-1] == speaker


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("The ferry union, {which} wanted ‹a later start›, left.", "ferry union",
                 id="which-is-a-body"),
    pytest.param("She tore it out of a garden guidebook, {which} promised ‹pears›.",
                 "garden guidebook", id="which-is-a-paper"),
    pytest.param("{A trial paid for by bakers} said ‹no›.", "trial paid for by bakers",
                 id="paid-for"),
    pytest.param("{Trial} Finds ‹Tape Is Enough›\n\nIt was short.", "trial", id="trial-finds"),
    pytest.param("{Dr. [P:Bo Lee], MD, and [P:Ida Roe], MSc,} hope ‹to go on›.",
                 "Bo Lee and Ida Roe", id="coauthors"),
    pytest.param("[P:Ida Roe] sat. [P:Big Jo], a hill man, left. {She} said ‹no›.", "Ida Roe",
                 id="called-a-man"),
    pytest.param("It came with [R:ten experts], {all but two of whom} thought ‹no›.", "ten experts",
                 id="all-but-two-of-whom"),
])
def test_what_stands_before_is_meant(text, speaker):
    assert speakers_of(text)[-1] == speaker


def test_what_has_a_score_is_a_team():
    text = "[P:Skerry] 24 Elder 20\n\n[P:Bo Lee] wept. [P:Skerry] are up. ‹“No,”› {he} said."
    assert speakers_of(text) == ["Bo Lee"]
