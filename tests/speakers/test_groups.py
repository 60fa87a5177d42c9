"""Who "they", "the two", "the team", "the club" are: several people, and bodies."""

import pytest

from tests.speakers.frames import speakers_of

CASES = {
    "a-couple-with-ages": (
        "[P:Dev Rao], 41, and [P:Anita Rao], 39, slept. {They} said ‹it shook›.",
        "Dev Rao and Anita Rao"),
    "a-person-and-a-relative": (
        "[P:Lena Fisk] and her sister [P:Mona Fisk] bake. [G:The pair] agree. {The pair} say ‹no›.",
        "Lena Fisk and Mona Fisk"),
    "a-spokesperson-is-they": (
        "{[R:A spokesperson for the council]} said ‹bins would go›. {They} added: ‹We are sorry.›",
        "spokesperson for the council"),
    "a-group-in-reported-words-is-not-they": (
        "{[R:A spokesperson]} said ‹[G:owners] would get mail›. {They} said ‹it took an hour›.",
        "spokesperson"),
    "the-last-two-named": (
        "[P:Ellen Strand] says so. [P:Olle Nyman] doubts it. {The two} plan ‹to work together›.",
        "Ellen Strand and Olle Nyman"),
    "all-of-a-number": (
        "[G:Three candidates for mayor] met on Tuesday. {All three} said ‹no›.",
        "three candidates for mayor"),
    "others-are-of-the-group-before": (
        "[G:Farmers] are split. {Some} say ‹yes›. {Others} fear ‹the worst›.", "other farmers"),
    "many-inside-a-sentence-are-anybody": (
        "[G:Migrants] came, with {many} worried ‹it would break›.", "many"),
    "two-of-them-are-people": (
        "[O:Roe Corp.] told [G:employees] of cuts. {Two of them} said ‹they knew›.", "employees"),
    "a-team-by-its-head": (
        "[O:A team] led by Dr. [P:Ida Roe] ran experiments. {[O:The team]} found ‹dots›.",
        "Ida Roe's team"),
    "the-researchers-are-the-team": (
        "[P:Ida Roe] and her colleagues ran experiments. {[G:The researchers]} say ‹it helps›.",
        "Ida Roe and colleagues"),
    "whom-after-a-number": (
        "[D:A poll] of [G:17 economists], all but two of {whom} saw ‹no change›.",
        "17 economists"),
}


@pytest.mark.parametrize(("text", "name"), CASES.values(), ids=CASES)
def test_the_last_speakers_are(text, name):
    assert speakers_of(text)[-1] == name


BODIES = {
    "called-so-further-on": (
        "[O:Zembla Savings], the largest lender, grew. [O:Bank of Orra] waited. "
        "{[O:The lender]} said ‹no›.", "Zembla Savings"),
    "a-noun-of-persons-too": (
        "Shares in [O:Velmont], the French retailer, fell. {[R:The French retailer]} said ‹no›.",
        "Velmont"),
    "a-club-named-as-a-town": (
        "[L:Hartwell City] sacked [P:Luis Prado]. ‹We thank him,› {[O:the club]} said.",
        "Hartwell City"),
    "letters-just-named": (
        "The mayor had asked [O:TDOT] to look. {[O:The agency]} says ‹it has not heard›.", "TDOT"),
    "named-behind-an-article": (
        "{[O:The watchdog], the [O:Care Standards Agency],} said ‹it would look›.",
        "Care Standards Agency"),
    "no-dateline": (
        "SEOUL (Wire) - [O:Hanil Motors] fell. {[O:The automaker]} said ‹no›.", "Hanil Motors"),
}


@pytest.mark.parametrize(("text", "name"), BODIES.values(), ids=BODIES)
def test_the_body_is(text, name):
    assert speakers_of(text) == [name]


def test_a_possessive_without_a_noun_is_no_body():
    text = "{[P:Ida Roe]} said ‹no›. [G:The Green Party‘s] nominee left."
    assert speakers_of(text) == ["Ida Roe"]
