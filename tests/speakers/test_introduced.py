"""Persons described before they are named, and those who share a surname."""

import pytest

from tests.speakers.frames import speakers_of

CASES = {
    "the-next-paragraph-names-the-lead's": (
        "Jet lands on road\n\n{[R:A pilot who landed a jet]} said ‹he was lucky›.\n\n"
        "Captain [P:Rolf Aasen] brought it down.", ["Rolf Aasen"]),
    "a-bare-name-follows": (
        "It was late.\n\n[P:Doug Orr] sighed. {[R:His captain]} said ‹no excuse›. "
        "‹We slept,› said {[P:Bo Lee]}.", ["Bo Lee", "Bo Lee"]),
    "a-name-introduced-is-another's": (
        "It was late.\n\n[P:Doug Orr] sighed. {[R:His captain]} said ‹no excuse›. "
        "‹We slept,› said {[P:Bo Lee]}, a goalkeeper.", ["Doug Orr's captain", "Bo Lee"]),
    "who-asked-not-to-be-named": (
        "[P:Ida Lee] spoke. {[P:Ida Lee]} said ‹yes›. {[R:The foreman], who asked not to be named,}"
        " said ‹no›.", ["Ida Lee", "foreman"]),
    "age-after-the-words": (
        "[P:Nar Reddy] was calm. He had [O:votes]. ‹I am ready tonight. Let them come,› "
        "{[R:the 67-year-old]} said.", ["Nar Reddy"]),
    "the-mother-of-two": (
        "[P:Mette Holm] wept. {She} said ‹she lived›. ‹He is calm,› said {[R:the mother] of two}.",
        ["Mette Holm", "Mette Holm"]),
    "no-lawyer-is-the-defendant": (
        "[R:Prosecutor] [P:Helen Vance] rose. {[P:Vance]} said ‹he lied›. {[R:The defendant]} "
        "replied ‹no›.", ["Helen Vance", "defendant"]),
    "one-of-a-people-by-ese": (
        "[P:Luis Prado] left. {The [G:Portuguese]} said ‹so long›.", ["Luis Prado"]),
    "mrs-is-the-wife": (
        "[P:Terry Gallow] joked. Mr [P:Gallow] smiled. His wife, [P:Pauline], frowned. "
        "{Mrs [P:Gallow]} said ‹stop›.", ["Pauline Gallow"]),
    "mrs-is-the-wife-of-one-who-has-no-mr": (
        "[R:Farmer] [P:Ken Orr] stayed. {He} hopes ‹to win›. His wife, [P:Joan], frowned. "
        "{Mrs [P:Orr]} said ‹stop›.", ["Ken Orr", "Joan Orr"]),
    "ms-is-not-another's-wife": (
        "[P:Bo Lee] and his wife, [P:Ida], came. [P:Patti Orr] sang. {Ms. [P:Orr]} said ‹hello›.",
        ["Patti Orr"]),
    "the-52-year-old-of-a-new-paragraph": (
        "[P:Bo Lee] ran a pub. [P:Lee] was poor. ‹He lit it,› said {[P:Ann Roe]}. It rained. "
        "Nothing was left.\n\n{The 52-year-old} denies ‹it›.", ["Ann Roe", "Bo Lee"]),
    "a-headline-says-it-as-the-lead": (
        "{Former [O:DNC] chairman} wants ‹plan›\n\n{A former party chairman} said ‹so›.\n\n"
        "‹Now,› said {[P:Don Orr]}. Gov. [P:Ed Lee], general chairman of the [O:DNC], agreed.",
        ["Don Orr", "Don Orr", "Don Orr"]),
    "mrs-is-nobody-still-to-come": (
        "They robbed [P:Nora Roe]. {Miss [P:Roe]} said ‹she wept›. Miss [P:Roe]'s niece, "
        "[P:Ida Roe], left.", ["Nora Roe"]),
    "ms-is-whom-she-takes-up": (
        "A boat. (Supplied: [P:Glenn Roe])\n\n[R:Manager] {[P:Deb Roe]} said ‹she and he ran›. "
        "{Ms [P:Roe]} said ‹it came›.", ["Deb Roe", "Deb Roe"]),
    "a-couple-with-mrs": (
        "{[P:Lisa] and [P:Mark Roe], whose son died,} said ‹no›.\n\n{Mrs [P:Roe]} said ‹stop›.",
        ["Lisa Roe and Mark Roe", "Lisa Roe"]),
    "a-condition-is-no-anonymity": (
        "[R:Judge] [P:Tom Orr] rose. {[P:Orr]} said ‹yes›. {[R:The judge]} freed ‹him on condition "
        "that she pay›.", ["Tom Orr", "Tom Orr"]),
    "letters-after-a-name": (
        "[P:Ann Roe SC], defending, rose. {Ms [P:Roe]} said ‹he wept›.", ["Ann Roe"]),
    "the-younger": (
        "[P:Walt Orr] founded it. His daughter, [P:Karen Orr], runs it. "
        "{The younger [P:Orr]} laughed ‹at that›.", ["Karen Orr"]),
    "junior": (
        "[P:Petar Vukas] led it. His son, [P:Davor Vukas], has it. {[P:Vukas] junior} denies ‹it›.",
        ["Davor Vukas"]),
    "questions-and-answers": (
        "[P:Ilse Marchetti] bakes. [P:Marchetti] won.\n\n{Q}: ‹Did it hurt?›\n\n{A}: ‹It did.›",
        ["author", "Ilse Marchetti"]),
}


@pytest.mark.parametrize(("text", "names"), CASES.values(), ids=CASES)
def test_the_speakers_are(text, names):
    assert speakers_of(text) == names
