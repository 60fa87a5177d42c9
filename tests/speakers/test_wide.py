"""Causes of wrong speakers that reading widely brought up, one case each."""

import pytest

from .frames import cases, kinds_of, local, speakers_of

NAMES = {
    "ben-is-no-bin": (
        "[P:Ben Carver] spoke. {Carver} said ‹no›.", "Ben Carver"),
    "letters-after-a-name": (
        "{[P:Ann Roe] QC} said ‹no›.", "Ann Roe"),
    "dean-the-first-name": (
        "{Dean [P:Harris]} said ‹no›.", "Dean Harris"),
    "dean-the-rank": (
        "The dean came. {Dean [P:Harris]} said ‹no›.", "Harris"),
    "will-the-name": (
        "[P:George Will] wrote. {Will} said ‹no›.", "George Will"),
    "a-gerund": (
        "Debating [P:Clinton] is hard. {Clinton} said ‹no›.", "Clinton"),
    "an-adverb": (
        "Interestingly [P:Ann Roe] left. {Roe} said ‹no›.", "Ann Roe"),
    "letters-that-are-a-pronoun-too": (
        "{[O:WHO]} say ‹no›.", "WHO"),
    "a-handle": (
        "{[P:@ann_roe]} said ‹no›.", "@ann_roe"),
    "first-name-of-a-couple": (
        "[P:Joan Pettit] slept. [P:Ken] and [P:Joan Pettit] left. {Ken} said ‹no›.",
        "Ken Pettit"),
    "the-surname-is-whose-is-named-first": (
        "[P:Eric Roe] left. [P:Don Roe] slept. [P:Don Roe] woke.\n\n{Roe} said ‹no›.",
        "Eric Roe"),
    "another-honorific-is-another": (
        "Dr. [P:Ann Castle] died. Dr. Castle drew.\n\n[P:Rob Castle] came.\n\n"
        "{Mr. Castle} said ‹no›.", "Rob Castle"),
    "mother-of-two": ("{Mother-of-two [P:Ann Roe]} said ‹no›.", "Ann Roe"),
    "parents-are-no-surname": (
        "{Parents} said ‹no›. The [O:National Parents' Council] met.", "parents"),
    "co-moderator": ("{Co-moderator [P:Ann Roe]} said ‹no›.", "Ann Roe"),
    "letters-that-are-a-noun-too": ("The [O:CREW] sued. {CREW} said ‹no›.", "CREW"),
    "the-paper-in-short": ("{The Post} said ‹no›.", "Post"),
    "6th-circuit": ("{The [O:6th Circuit Court of Appeals]} said ‹no›.",
                    "6th Circuit Court of Appeals"),
    "headline-cut-where-the-source-ends": (
        "{[P:Ann Roe]} Declining To Debate ‹No›\n\nIt rained.", "Ann Roe"),
    "mr-is-not-the-daughter": (
        "[P:Bo Lee] left. His daughter, [P:Ann Lee], slept. {Ms. Lee} said ‹no›.", "Ann Lee"),
    "the-mother-of-a-man-is-another": (
        "The mother of [P:Bo Lee] left. His sister, [P:Ann Lee], slept. {Mr. Lee} said ‹no›.",
        "Bo Lee"),
    "she-after-a-surname": (
        "[P:Ann Lee] wrote. Her father, [P:Bo Lee], died. {Lee} said she ‹slept›.", "Ann Lee"),
    "the-body-before-the-title": (
        "{One delegate, [O:Labour Party] chairwoman [P:Ann Roe],} said ‹no›.", "Ann Roe"),
    "a-body-in-apposition": (
        "[O:Roe Ltd] met. {The company's largest shareholder, [O:Voss Capital],} said ‹no›.",
        "Voss Capital"),
    "described-behind-two-roles": (
        "[P:Bo Lee] left. {lobbyist and strategist [P:Ann Roe], Lee's former partner,} said ‹no›.",
        "Ann Roe"),
    "an-apposition-with-and": (
        "{[P:Ann Roe], a strategist of [P:Bo Lee]'s campaign and [P:Cy Orr]'s in June,} said ‹no›.",
        "Ann Roe"),
}
DESCRIPTIONS = {
    "running-mate": (
        "[P:Ann Roe]’s running mate. {Roe's running mate, [P:Bo Lee],} said ‹no›.",
        "Bo Lee"),
    "unknown-noun": (
        "{His Labour shadow, [P:Ann Roe],} said ‹no›.", "Ann Roe"),
    "former-and-current": (
        "{The former White House aide and current anchor [P:Ann Roe]} said ‹no›.",
        "Ann Roe"),
    "two-roles-one-a-title": (
        "{Former prosecutor and City Mayor [P:Ann Roe]} said ‹no›.", "Ann Roe"),
    "the-scot": (
        "[P:Ann Roe] was furious. “We slept,” said {the Scot}: ‹no›.", "Ann Roe"),
    "a-german": (
        "{A German} said ‹no›.", "German"),
    "the-kentucky-republican": (
        "Sen. [P:Ann Roe] spoke. {The Kentucky Republican} said ‹no›.", "Ann Roe"),
    "the-official-just-mentioned": (
        "Sen. [P:Ann Roe] left. [R:A health official] wrote. {The official} said ‹no›.",
        "health official"),
    "president-of-something-else": (
        "President [P:Ann Roe] left. {The president of a gun group} said ‹no›.",
        "president of a gun group"),
    "whose-friend": (
        "[P:Ann Roe], a friend of us all, left. [P:Bo Lee] came. {Her friend} said ‹no›.",
        "Bo Lee's friend"),
    "the-bank-that-opens-the-sentence": (
        "[O:Voss Inc] paid. [O:Roe Morgan], which lends, paid. {The bank} said ‹no›.",
        "Roe Morgan"),
    "named-for-what-it-is": (
        "The [O:SVP] met. {The SVP party} said ‹no›.", "SVP"),
    "state-of-the-party-tag": (
        "President [P:Bo Lee] left. Sen. [P:Ann Roe], R-Fla., slept. [P:Bo Lee] came. "
        "[P:Bo Lee] sat. {The Florida senator} said ‹no›.", "Ann Roe"),
    "gender-of-the-next-pronoun": (
        "Sen. [P:Ann Roe] left; she ate; she sat. Sen. [P:Bo Lee] left; he ate; he sat. "
        "[P:Roe] slept. {The senator} cited ‹his vote›.", "Bo Lee"),
    "not-whose-the-other-is": (
        "[P:Roe] spokesman [P:Bo Lee] left. “We slept,” said {the Scot}: ‹no›.", "Bo Lee"),
    "head-of-a-body-nobody-was-called": (
        "[P:Ann Roe] left. {The leader of the Old Dutch Church} said ‹no›.",
        "leader of the Old Dutch Church"),
    "the-accuseds-lawyer-is-no-prosecutor": (
        "Assistant U.S. Attorney [P:Ann Roe] sat by [P:Bo Lee]. {Lee's lawyer} said ‹no›.",
        "Bo Lee's lawyer"),
    "the-group-is-a-company": ("[O:Voss Foods] shut. {The group} said ‹no›.", "Voss Foods"),
    "the-watchdog": ("[O:Data Commission] met. {The watchdog} said ‹no›.", "Data Commission"),
    "the-force": ("[O:Essex Police] came. {The force} said ‹no›.", "Essex Police"),
    "the-bakery-that-employs-her": (
        "Her employer, [P:Halden Bakery], shut. {The bakery} said ‹no›.", "Halden Bakery"),
    "the-party-and-state-of-a-tag": (
        "Sen. [P:Ann Roe], D-Wash., said [P:Bo Lee] left. “He did,” {the Washington Democrat} "
        "said: ‹no›.", "Ann Roe"),
    "the-prime-minister-is-no-council-leader": (
        "Council leader [P:Ann Roe] left. {The prime minister} said ‹no›.", "prime minister"),
    "the-engineer-is-the-resident": (
        "Resident [P:Ann Roe], 68, left. {The retired engineer} said ‹no›.", "Ann Roe"),
    "the-pensioner-is-the-mother": (
        "Her mother, [P:Ann Roe], left. {The pensioner} said ‹no›.", "Ann Roe"),
}
SEVERAL = {
    "of-a-state": (
        "{Sens. [P:Ann Roe] of Texas and [P:Bo Lee] of Ohio} said ‹no›.",
        "Ann Roe and Bo Lee"),
    "named-behind-what-they-are": (
        "{Three economists -- [P:Ann Roe] at Essex and [P:Bo Lee] at Kent --} said ‹no›.",
        "Ann Roe and Bo Lee"),
    "neither-nor": (
        "[P:Ann Roe] met [P:Bo Lee]. {Neither Roe nor Lee} said ‹no›.",
        "Ann Roe and Bo Lee"),
    "whom-an-apposition-names-does-not-speak": (
        "{[P:Ann Roe], adviser to Mr. [P:Lee] and past head of the Workers of America,} "
        "said ‹no›.", "Ann Roe"),
    "two-companies": (
        "[O:Voss Inc] and [O:Roe Corp] met. {Both} said ‹no›.", "Voss Inc and Roe Corp"),
    "the-two": (
        "[P:Ann Roe] and [P:Bo Lee] met. {The two} said ‹no›.", "Ann Roe and Bo Lee"),
    "those-who": (
        "[P:Ann Roe] is among {those who} say ‹no›.", "those"),
    "not-whom-reported-words-name": (
        "[P:Ann Roe] and [P:Bo Lee] met. {They} say ‹[P:Cy Orr] and [P:Di Moe] lie›. "
        "{The friends} said ‹no›.", "Ann Roe and Bo Lee"),
}
PRONOUNS = {
    "an-owner-is-no-subject": (
        "[P:Ann Roe] left. [R:Her father], [P:Bo Lee], slept. “No,” {he} said: ‹no›.",
        "Bo Lee"),
    "the-source": (
        "{[R:A friend of [P:Ann Roe]]} said ‹no›.", "friend of Ann Roe"),
    "not-whom-the-reported-words-name": (
        "[G:Experts] met. ‹[G:The banks] took risks›, {they} argue.", "experts"),
}
SOURCES = {
    "of-in-the-title": (
        "{Secretary of State [P:Ann Roe]} said ‹no›.", "Ann Roe"),
    "than-after-fewer": (
        "{Fewer than half of the voters} said ‹no›.", "fewer than half of the voters"),
    "who-of-a-state": (
        "[P:Bo Lee], a baker, and [P:Ann Roe] of Texas, {who} said ‹no›.", "Ann Roe"),
    "a-tag": (
        "“It was,” Hale said. [O:Hale] left. {Hale} said ‹no›.", "Hale"),
}


@pytest.mark.parametrize(("text", "speaker"), cases(
    NAMES, DESCRIPTIONS, SEVERAL, PRONOUNS, SOURCES))
def test_the_speaker_is(text, speaker):
    assert speakers_of(text)[0] == speaker


@pytest.mark.parametrize(("source", "kind"), [
    ("One in three", "group"), ("Just over a quarter", "group"),
    ("A Sept. 15, 2011 email", "document"), ("A [O:Roe University] poll out this week", "document"),
    ("[O:Open Road], the distributor,", "organization"), ("[P:Cricket Australia]", "organization"),
    ("The [G:Americans] for Prosperity", "organization"), ("[P:Twitter]", "organization"),
    ("The dad-of-two", "unnamed_person"),
    ("An inside source", "unnamed_person"), ("A pair of editorials", "document"),
    ("2013 reply", "document"), ("The coastguard", "organization"),
    ("The band [P:Nightjar], who play here,", "organization"),
    ("[P:Zentra], based in Dublin,", "organization"),
])
def test_the_kind_is(source, kind):
    assert kinds_of("{" + source + "} said ‹no›.") == [kind]


def test_a_spokeswoman_beside_a_name_says_nothing_of_its_gender():
    text = "[P:Curt Roe], through a spokeswoman, declined. {Roe} said ‹no›."
    assert local(text).speakers["gender"].tolist() == ["unknown"]


def test_a_title_that_ends_in_a_capital_is_no_part_of_the_name():
    text = "[P:Ann Roe] left. Former secretary of State [P:Roe] slept. {She} said ‹no›."
    assert local(text).speakers["name"].tolist() == ["Ann Roe"]


def test_a_body_that_has_just_spoken_is_the_agency():
    text = "{[O:Highways England]} said ‹no›. {The agency} said ‹yes›."
    assert speakers_of(text) == ["Highways England"] * 2


def test_the_headlines_study_and_the_leads_are_one():
    text = ("Bees count, {study} finds ‹no›\n\n{A study in Nature} said ‹yes›. "
            "{The paper} says ‹so›.")
    assert speakers_of(text) == ["study in Nature"] * 3


def test_a_name_deep_in_a_source_is_no_speaker():
    text = "{A report released in September by the [O:Academies]} said ‹no›."
    assert "September" not in local(text).speakers["name"].tolist()
