"""Names in headlines, behind titles and beside relatives: who of one surname is meant."""

import pytest

from .frames import cases, local, speakers_of

NAMES = {
    "a-state-behind-a-titled-name": (
        "{House Speaker [P:Ann D. Roe] of Ohio} said ‹no›.", "Ann D. Roe"),
    "rep-behind-another-title": (
        "Speaker of the House Rep. [P:Ann Roe] left. {Roe} said ‹no›.", "Ann Roe"),
    "a-weekday-ends-a-name": ("{[P:Roe]} Sunday night said ‹no›. [P:Ann Roe] left.", "Ann Roe"),
    "a-small-particle": ("[P:Bill de Roe] left. {de Roe} said ‹no›.", "Bill de Roe"),
    "a-particle-that-opens": (
        "[P:Ida bin Roe] left. Her bin is full. {Bin Roe} said ‹no›.", "Ida bin Roe"),
    "a-sentences-first-word": (
        "[P:Top Roe] adviser sent a top secret. [P:Ida Roe] left. {Roe} said ‹no›.", "Ida Roe"),
    "not-a-first-name-that-is-a-word": (
        "[P:Mark Roe] left his mark. {Roe} said ‹no›.", "Mark Roe"),
    "a-headlines-full-name": (
        "{Ann Roe} Goes After Bo Lee As The New Cy Orr ‹so›\n\n[P:Roe] left. She sat.", "Ann Roe"),
    "an-s-that-is-no-possessive": (
        "{Ann Adams} Says No To Debate ‹so›\n\nShe left at nine, and nobody saw.", "Ann Adams"),
    "a-pronoun-ends-a-headlines-name": (
        "Mum Corners Roe On {His} Refusal To Use ‹words›\n\n[P:Mr. Bo Roe] sat. Mr. Roe left.",
        "Bo Roe"),
    "mr-is-not-the-first-lady": (
        "{Mr. [P:Roe]} said ‹no›. He plans a rally with the first lady, [P:Ida Roe].", "Roe"),
    "nor-is-a-bare-name-before-her": (
        "Mr. [P:Roe] left. {[P:Roe]} said ‹no›. The first lady, [P:Ida Roe], came.", "Roe"),
    "mr-and-mrs-split-nobody": (
        "[P:Bo Roe] left. Mr. [P:Roe] ate. Mr. [P:Roe] sat. Mr. and Mrs. [P:Roe] slept. His "
        "ex-wife, [P:Ida Roe], came. {Mr. [P:Roe]} said ‹no›.", "Bo Roe"),
    "whom-and-joins-is-not-taken-up": (
        "[P:Ida Roe] left. Mrs. [P:Roe] and former President [P:Bo Roe] hope she wins. "
        "{Mrs. [P:Roe]} said ‹no›.", "Ida Roe"),
    "her-neighbour": ("[P:Ann Roe] left. {Her neighbour, [L:Musyo],} said ‹no›.", "Musyo"),
    "a-resident-s-town": (
        "A [P:Cutler] woman said so. {The man} said ‹no›.", "man"),
}


@pytest.mark.parametrize(("text", "speaker"), cases(NAMES))
def test_the_name_is(text, speaker):
    assert speakers_of(text)[0] == speaker


def test_an_ampersand_joins_the_partners_of_a_firm():
    text = "{[P:Voss & Roe]} said ‹no›."
    assert local(text).speakers["kind"].tolist() == ["organization"]


PRONOUNS = {
    "who-has-spoken-does-not-reply": (
        "[P:Ms. Ann Roe] came. Roe was slow, and {[P:Bo Lee]} said ‹she was late›.\n\n{She} "
        "replied ‹that Lee was›.", 1, "Ann Roe"),
    "whose-aide-speaks-is-no-subject": (
        "[P:Ann Roe] came. She sat. She ate. Roe slept. [P:Roe] communication director "
        "{[P:Ida Lee]} said ‹no›. “‹It is so›,” {she} said.", 1, "Ida Lee"),
    "a-name-only-given": (
        "{Minister [P:Ann Roe]} said ‹she was new›.\n\nAt the quay a woman who gave her name only "
        "as [P:Ida] held up a photograph.\n\n“‹They send me home›,” {she} said.", 1, "Ida"),
    "what-finds-is-a-document": (
        "[O:Essex Trust] met. [D:The report] was ordered by [O:Essex Trust]. {It} found ‹no "
        "fault›.", 0, "report"),
    "a-few-of-them": (
        "[G:Fans] sat. {A few of them} said ‹no›.", 0, "fans"),
}


@pytest.mark.parametrize(("text", "at", "speaker"), cases(PRONOUNS))
def test_the_pronoun_means(text, at, speaker):
    assert speakers_of(text)[at] == speaker


DESCRIPTIONS = {
    "a-team-is-the-group": (
        "[P:Ann Roe] and her colleagues met. [O:Voss Radio] came. {The group} said ‹no›.",
        "Ann Roe and colleagues"),
    "the-nominee-and-his-aides": (
        "Nominee [P:Bo Lee] left. {The nominee and his aides} said ‹no›.", "Bo Lee and his aides"),
    "a-boy-is-nobody-grown": (
        "[P:Mr. Bo Lee] spoke to a boy. Lee ate. Lee sat. {The boy} asked ‹why›.", "boy"),
    "a-boy-whose-age-is-given": (
        "[P:Bo Lee], 12, left. Lee ate. His bag was full. He sat. {The boy} asked ‹why›.",
        "Bo Lee"),
    "who-of-a-firm": (
        "{[P:Ann Roe] of Voss & Orr, who} asked ‹why›.", "Ann Roe"),
}


@pytest.mark.parametrize(("text", "speaker"), cases(DESCRIPTIONS))
def test_the_description_means(text, speaker):
    assert speakers_of(text)[0] == speaker
