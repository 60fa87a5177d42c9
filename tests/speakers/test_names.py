"""What a name is the name of, and where it begins."""

import pytest

from analysis.speakers import resolve_speakers
from analysis.speakers.names import surname

from .frames import frames, local, speakers_of


def kind_of(text):
    return resolve_speakers(*frames(text)).speakers.iloc[0]["kind"]


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("{Minister of Education [P:Ann Roe]} said ‹no›.", "Ann Roe", id="of"),
    pytest.param("{Ambassador to the United States [P:Ann Roe]} said ‹no›.", "Ann Roe", id="to"),
    pytest.param("{Academic and professor [P:Ann Roe]} said ‹no›.", "Ann Roe", id="two-roles"),
    pytest.param("{University of Elder president [P:Ann Roe]} said ‹no›.", "Ann Roe",
                 id="organisation-and-role"),
    pytest.param("{A spokesman for Senate leader [P:Ann Roe]} said ‹no›.",
                 "spokesman for Senate leader Ann Roe", id="not-of-whom-he-speaks"),
    pytest.param("{The campaign of nominee [P:Ann Roe]} said ‹no›.", "campaign of nominee Ann Roe",
                 id="not-whose-campaign"),
    pytest.param("{Her friend, international banker [P:Ann Roe],} said ‹no›.", "Ann Roe",
                 id="title-in-the-apposition"),
    pytest.param("{A woman later identified as [P:Ann Roe]} said ‹no›.", "Ann Roe",
                 id="identified-as"),
    pytest.param("{General [P:Samir al-Amr]} said ‹no›.", "Samir al-Amr", id="arabic-article"),
])
def test_the_name_after_a_title_speaks(text, speaker):
    assert speakers_of(text) == [speaker]


def test_a_lone_word_before_a_name_stays_with_it():
    assert speakers_of("{Tadeo [P:Juan Roe]} said ‹no›.") == ["Tadeo Juan Roe"]


@pytest.mark.parametrize("text", [
    pytest.param("{[O:Venture Voss]} said ‹no›.", id="label"),
    pytest.param("{Voss, a maker of pumps and a company of 90,} said ‹no›. "
                 "Voss, a company, sold pumps.", id="apposition"),
    pytest.param("The magazine {Voss} said ‹no›.", id="noun-before"),
    pytest.param("{Voss.com} said ‹no›.", id="domain"),
    pytest.param("{Voss} said in a statement its ‹pumps were sound›.", id="its"),
])
def test_what_is_called_an_organisation_is_one(text):
    assert kind_of(text) == "organization"


def test_a_pollster_of_a_university_is_a_person():
    assert kind_of("{[O:Ann Roe], the University of Elder pollster,} said ‹no›.") == "person"


def test_mr_trump_is_not_trump_university():
    text = "[O:Roe University] closed. {Mr. Roe} said ‹no›."
    assert speakers_of(text) == ["Roe"]


def test_a_capital_that_opens_a_sentence_is_no_name():
    text = "[R:Local baker Ann Roe] came. {The baker} said ‹no›."
    assert speakers_of(text) == ["Ann Roe"]


def test_a_picture_credit_is_nobody():
    text = "[P:Ann Roe] opened the quay.\n\nGetty.\n\n{She} said ‹no›."
    assert speakers_of(text) == ["Ann Roe"]


def test_a_name_after_an_open_comma_is_no_apposition():
    text = ("[P:Dee Orr] went home. To speak with [R:her mother], [P:Ann Roe] was put through. "
            "{Her mother} said ‹no›.")
    assert speakers_of(text) == ["Dee Orr's mother"]


@pytest.mark.parametrize(("name", "last"), [
    ("Bill de Blasio", "de Blasio"), ("John Roe Jr.", "Roe"), ("Roe", "Roe"),
])
def test_surname_as_written(name, last):
    assert surname(name) == last


def test_a_subhead_names_nobody_new():
    text = ("Quay opens\n\n{Mayor [P:Ann Roe]} said ‹no›.\n\n"
            "Ann Roe Sends Harbour Masters Strong Message About Quays\n\n{She} said ‹yes›.")
    assert speakers_of(text) == ["Ann Roe", "Ann Roe"]


def test_an_affiliation_ends_where_a_clause_begins():
    text = "{[P:Ann Roe], owner of the Elder Gulls who refused every call to run,} said ‹no›."
    row = resolve_speakers(*frames(text)).speakers.iloc[0]
    assert (row["role"], row["affiliation"]) == ("owner", "Elder Gulls")


def test_he_tells_trump_from_trump_university():
    text = "[O:Roe University] closed. [P:Roe] defended his school. {[O:Roe]} said ‹no›."
    assert speakers_of(text) == ["Roe"]


def test_it_tells_a_company_from_a_person():
    text = "[O:Voss] sold its pumps. [P:Voss] said its pumps were sound. {Voss} said ‹no›."
    assert kind_of(text) == "organization"


def test_a_first_name_in_a_headline_makes_a_surname():
    text = "Donald Voss Tweets a Wild Chart\n\n{[O:Voss]} said ‹no›."
    assert kind_of(text) == "person"


def test_the_republican_is_a_person_of_that_party():
    text = "[P:Bob Roe], [G:Republican] senator, left. {The Republican from Ohio} said ‹no›."
    assert speakers_of(text) == ["Bob Roe"]


def test_what_it_takes_up_again_and_again_is_no_person():
    text = ("{[P:Driftly]} said ‹no›. [P:Driftly] said it was late. [P:Driftly] said it was sorry. "
            "[P:Driftly] said it was done, and closed the account [P:Marsh Driftly].")
    speakers = local(text).speakers.set_index("name")
    assert speakers.loc["Driftly", "kind"] == "organization"


def test_a_headline_of_five_capitals_is_nobodys_name():
    text = ("[P:Roe]’s Son Says The Quay Has Been Unprecedented\n\n[P:Tom Roe] spoke, and "
            "{his son} said ‹no›.\n\n[P:Bo Roe], [R:son of the mayor], waved.")
    assert speakers_of(text) == ["Bo Roe"]


def test_a_first_name_before_a_place_in_a_headline_makes_no_person():
    text = ("Key [P:Clinton] Harwick Email Hid\n\nIn [L:Harwick] they hid the [O:Harwick] letter "
            "before [P:Hillary Clinton] said she would leave. {She} said ‹no›.")
    assert speakers_of(text) == ["Hillary Clinton"]


@pytest.mark.parametrize("hyphen", ["-", "‐", "‑"])
def test_a_word_processors_hyphen_is_one(hyphen):
    assert speakers_of(f"{{[P:Tom Pryce{hyphen}Jones]}} said ‹no›.") == ["Tom Pryce-Jones"]
