"""What kind a name is by the words around it, and who is called by a word of it."""

import pytest

from .frames import local, speakers_of


def kinds_by_name(text):
    """Give each speaker's kind by name."""
    return local(text).speakers.set_index("name")["kind"].to_dict()


def test_nobody_is_in_a_place_of_a_list():
    text = ("[P:Bo Lee] spoke. Cash was drawn in [L:Orra], [L:Elder] and [P:Harwick]. It was spent "
            "on a car, {he} said ‹so›.")
    assert speakers_of(text) == ["Bo Lee"]


def test_in_somebodys_telling_is_no_place():
    text = "[P:Paul Voss] came. The firm, in {[O:Voss]’s} telling, ‹had a choice›."
    assert speakers_of(text) == ["Paul Voss"]


@pytest.mark.parametrize("text", [
    pytest.param("{The left-leaning [P:Esti Voss]} said ‹no›.", id="leaning"),
    pytest.param("{The conservative daily [P:Magyar Voss]} said ‹no›.", id="daily"),
    pytest.param("{Swedish tilemaker [O:Voss]} said ‹no›.", id="maker"),
    pytest.param("{[P:Voss]} reported second-quarter earnings and said ‹no›.", id="earnings"),
    pytest.param("{[P:VOSS TODAY]} said ‹no›.", id="capitals"),
])
def test_what_news_calls_a_body_is_one(text):
    assert [*kinds_by_name(text).values()] == ["organization"]


def test_a_lawmaker_is_no_maker():
    assert kinds_by_name("{The lawmaker [P:Ann Voss]} said ‹no›.") == {"Ann Voss": "person"}


@pytest.mark.parametrize("text", [
    pytest.param("{[O:Senate Republicans]} said ‹no›.", id="of-a-chamber"),
    pytest.param("[P:Rupert Voss] came. {The [O:Vosses]} said ‹no›.", id="a-family"),
])
def test_members_are_a_group(text):
    assert "group" in [*kinds_by_name(text).values()]


def test_a_team_is_called_by_its_last_word():
    text = "The [O:Elder Kings] won. {The Kings} said ‹no›."
    assert speakers_of(text) == ["Elder Kings"]


def test_a_full_name_called_a_place_is_a_persons_whose_surname_speaks():
    text = "An email from [L:Neera Voss] came. {[P:Voss], head of the board,} said ‹no›."
    assert speakers_of(text) == ["Neera Voss"]


def test_a_man_calling_himself_by_a_name_is_called_so():
    assert speakers_of("{A man calling himself [P:Bo Lee]} said ‹no›.") == ["Bo Lee"]


def test_members_of_a_body_named_behind_it_are_those():
    text = "{Two Republican members of Congress, [P:Ann Roe] and [P:Bo Lee],} said ‹no›."
    assert speakers_of(text) == ["Ann Roe and Bo Lee"]


def test_all_after_a_list_belongs_to_it():
    text = "{[P:Ann Roe] (D-Ore.), [P:Cy Orr] (D-Ohio) and [P:Bo Lee] (D-N.J.) all} said ‹no›."
    assert speakers_of(text) == ["Ann Roe, Cy Orr and Bo Lee"]


def test_a_headlines_clause_is_nobodys_name():
    text = "Elder Judge Who Once Mocked Bakers\n\n[P:Ann Roe] won. {She} said ‹no›."
    assert "Who Once Mocked" not in local(text).speakers["name"].tolist()


def test_a_state_in_a_headline_is_no_person():
    assert kinds_by_name("{Ohio} ‹Elects A Mayor Who Mocked Bakers›\n\nIt rained.") == {
        "Ohio": "organization"}


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("[P:Ann Roe] SC, defending, rose. {Counsel} said ‹no›.", "Ann Roe", id="counsel"),
    pytest.param("[P:Ann Roe] was elected as mayor of Elder. [P:Bo Lee] waved. [P:Bo Lee] left. "
                 "{The mayor} said ‹no›.", "Ann Roe", id="elected"),
    pytest.param("[P:Ann Roe], Ohio Secretary of State, came. [P:Bo Lee] waved. [P:Bo Lee] left. "
                 "{The secretary of state} said ‹no›.", "Ann Roe", id="capitals"),
    pytest.param("Chief Minister [P:Ann Roe] came. [P:Bo Lee] waved. {The CM} said ‹no›.",
                 "Ann Roe", id="cm"),
    pytest.param("The [O:State Department] met. {The agency} said ‹no›.", "State Department",
                 id="agency"),
    pytest.param("Mrs [P:Ann Roe] left. Mr [P:Bo Lee] stayed. Mrs [P:Roe] cried. It rained. "
                 "{The great-grandmother} said ‹no›.", "Ann Roe", id="by-gender"),
])
def test_whom_a_description_means(text, speaker):
    assert speakers_of(text)[0] == speaker


@pytest.mark.parametrize("headline", ["Derelict Roe", "Praises Donald Roe"])
def test_a_headlines_word_before_a_name_is_no_part_of_it(headline):
    text = f"{headline}\n\nHe called it dereliction, with praise. {{[P:Roe]}} said ‹no›."
    forms = [form for forms in local(text).speakers["aliases"] for form in forms]
    assert headline not in forms
    assert headline.split()[-1] in forms


def test_a_member_of_congress_is_one_of_many():
    text = ("[P:Bo Lee] came. [P:Bo Lee] left. [P:Bo Lee] sat. [P:Ann Roe] waved. "
            "{The first member of Congress} said ‹no›.")
    assert speakers_of(text) == ["first member of Congress"]


def test_a_headlines_verb_before_a_surname_of_the_story_is_no_first_name():
    text = ("{Gold Star Mom} [P:Corners Obama] On ‹His Words›\n\nPresident [P:Barack Obama] left. "
            "{[P:Obama]} said ‹no›.")
    assert speakers_of(text) == ["Gold Star Mom", "Barack Obama"]


@pytest.mark.parametrize("name", ["Lorna Eisnor", "Sophie Orr", "Celine Orr"])
def test_a_usual_first_name_outweighs_one_label_of_a_company(name):
    assert kinds_by_name(f"{{[O:{name}]}} said ‹no›.") == {name: "person"}


def test_a_place_in_capitals_is_spelled_as_the_story_spells_it():
    text = "[L:ADDIS ABABA] (AP) - It rained. {[L:Addis Ababa]} said ‹no›."
    assert speakers_of(text) == ["Addis Ababa"]
