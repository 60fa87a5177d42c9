"""Causes of wrong speakers that reading widely brought up, one case each."""

import pytest

from .frames import local, speakers_of


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("[P:Ben Carver] spoke. {Carver} said ‹no›.", "Ben Carver", id="ben-is-no-bin"),
    pytest.param("{[P:Ann Roe] QC} said ‹no›.", "Ann Roe", id="letters-after-a-name"),
    pytest.param("{Dean [P:Harris]} said ‹no›.", "Dean Harris", id="dean-the-first-name"),
    pytest.param("The dean came. {Dean [P:Harris]} said ‹no›.", "Harris", id="dean-the-rank"),
    pytest.param("[P:George Will] wrote. {Will} said ‹no›.", "George Will", id="will-the-name"),
    pytest.param("Debating [P:Clinton] is hard. {Clinton} said ‹no›.", "Clinton", id="a-gerund"),
    pytest.param("Interestingly [P:Ann Roe] left. {Roe} said ‹no›.", "Ann Roe", id="an-adverb"),
    pytest.param("{[O:WHO]} say ‹no›.", "WHO", id="letters-that-are-a-pronoun-too"),
    pytest.param("{[P:@ann_roe]} said ‹no›.", "@ann_roe", id="a-handle"),
    pytest.param("[P:Joan Pettit] slept. [P:Ken] and [P:Joan Pettit] left. {Ken} said ‹no›.",
                 "Ken Pettit", id="first-name-of-a-couple"),
    pytest.param("[P:Eric Roe] left. [P:Don Roe] slept. [P:Don Roe] woke.\n\n{Roe} said ‹no›.",
                 "Eric Roe", id="the-surname-is-whose-is-named-first"),
    pytest.param("Dr. [P:Ann Castle] died. Dr. Castle drew.\n\n[P:Rob Castle] came.\n\n"
                 "{Mr. Castle} said ‹no›.", "Rob Castle", id="another-honorific-is-another"),
])
def test_the_name_is(text, speaker):
    assert speakers_of(text)[0] == speaker


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("[P:Ann Roe]’s running mate. {Roe's running mate, [P:Bo Lee],} said ‹no›.",
                 "Bo Lee", id="running-mate"),
    pytest.param("{His Labour shadow, [P:Ann Roe],} said ‹no›.", "Ann Roe", id="unknown-noun"),
    pytest.param("{The former White House aide and current anchor [P:Ann Roe]} said ‹no›.",
                 "Ann Roe", id="former-and-current"),
    pytest.param("{Former prosecutor and City Mayor [P:Ann Roe]} said ‹no›.", "Ann Roe",
                 id="two-roles-one-a-title"),
    pytest.param("[P:Ann Roe] was furious. “We slept,” said {the Scot}: ‹no›.", "Ann Roe",
                 id="the-scot"),
    pytest.param("{A German} said ‹no›.", "German", id="a-german"),
    pytest.param("Sen. [P:Ann Roe] spoke. {The Kentucky Republican} said ‹no›.", "Ann Roe",
                 id="the-kentucky-republican"),
    pytest.param("Sen. [P:Ann Roe] left. [R:A health official] wrote. {The official} said ‹no›.",
                 "health official", id="the-official-just-mentioned"),
    pytest.param("President [P:Ann Roe] left. {The president of a gun group} said ‹no›.",
                 "president of a gun group", id="president-of-something-else"),
    pytest.param("[P:Ann Roe], a friend of us all, left. [P:Bo Lee] came. {Her friend} said ‹no›.",
                 "Bo Lee's friend", id="whose-friend"),
    pytest.param("[O:Voss Inc] paid. [O:Roe Morgan], which lends, paid. {The bank} said ‹no›.",
                 "Roe Morgan", id="the-bank-that-opens-the-sentence"),
    pytest.param("The [O:SVP] met. {The SVP party} said ‹no›.", "SVP", id="named-for-what-it-is"),
])
def test_the_description_is_of(text, speaker):
    assert speakers_of(text)[0] == speaker


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("{Sens. [P:Ann Roe] of Texas and [P:Bo Lee] of Ohio} said ‹no›.",
                 "Ann Roe and Bo Lee", id="of-a-state"),
    pytest.param("{Three economists -- [P:Ann Roe] at Essex and [P:Bo Lee] at Kent --} said ‹no›.",
                 "Ann Roe and Bo Lee", id="named-behind-what-they-are"),
    pytest.param("[P:Ann Roe] met [P:Bo Lee]. {Neither Roe nor Lee} said ‹no›.",
                 "Ann Roe and Bo Lee", id="neither-nor"),
    pytest.param("{[P:Ann Roe], adviser to Mr. [P:Lee] and past head of the Workers of America,} "
                 "said ‹no›.", "Ann Roe", id="whom-an-apposition-names-does-not-speak"),
    pytest.param("[O:Voss Inc] and [O:Roe Corp] met. {Both} said ‹no›.", "Voss Inc and Roe Corp",
                 id="two-companies"),
    pytest.param("[P:Ann Roe] and [P:Bo Lee] met. {The two} said ‹no›.", "Ann Roe and Bo Lee",
                 id="the-two"),
    pytest.param("[P:Ann Roe] is among {those who} say ‹no›.", "those", id="those-who"),
])
def test_the_several_are(text, speaker):
    assert speakers_of(text)[0] == speaker


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("[P:Ann Roe] left. [R:Her father], [P:Bo Lee], slept. “No,” {he} said: ‹no›.",
                 "Bo Lee", id="an-owner-is-no-subject"),
    pytest.param("{[R:A friend of [P:Ann Roe]]} said ‹no›.", "friend of Ann Roe", id="the-source"),
    pytest.param("[G:Experts] met. ‹[G:The banks] took risks›, {they} argue.", "experts",
                 id="not-whom-the-reported-words-name"),
])
def test_the_pronoun_is(text, speaker):
    assert speakers_of(text)[0] == speaker


@pytest.mark.parametrize(("source", "kind"), [
    ("One in three", "group"), ("Just over a quarter", "group"),
    ("A Sept. 15, 2011 email", "document"), ("A [O:Roe University] poll out this week", "document"),
    ("[O:Open Road], the distributor,", "organization"), ("[P:Cricket Australia]", "organization"),
    ("The [G:Americans] for Prosperity", "organization"), ("[P:Twitter]", "organization"),
    ("The dad-of-two", "unnamed_person"),
])
def test_the_kind_is(source, kind):
    speakers = local("{" + source + "} said ‹no›.").speakers
    assert speakers.loc[speakers["n_quotes"] > 0, "kind"].tolist() == [kind]


def test_a_spokeswoman_beside_a_name_says_nothing_of_its_gender():
    text = "[P:Curt Roe], through a spokeswoman, declined. {Roe} said ‹no›."
    assert local(text).speakers["gender"].tolist() == ["unknown"]


def test_a_name_deep_in_a_source_is_no_speaker():
    text = "{A report released in September by the [O:Academies]} said ‹no›."
    assert "September" not in local(text).speakers["name"].tolist()


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("{Secretary of State [P:Ann Roe]} said ‹no›.", "Ann Roe", id="of-in-the-title"),
    pytest.param("{Fewer than half of the voters} said ‹no›.", "fewer than half of the voters",
                 id="than-after-fewer"),
    pytest.param("[P:Bo Lee], a baker, and [P:Ann Roe] of Texas, {who} said ‹no›.", "Ann Roe",
                 id="who-of-a-state"),
    pytest.param("“It was,” Hale said. [O:Hale] left. {Hale} said ‹no›.", "Hale", id="a-tag"),
])
def test_the_source_is(text, speaker):
    assert speakers_of(text)[0] == speaker
