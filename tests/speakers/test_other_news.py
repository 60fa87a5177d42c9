"""Speakers in news of other countries, trades and times: court pages, wires, tabloids, blogs."""

import pytest

from .frames import local, speakers_of


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("{Leader of the Opposition Ida Roe} said ‹no›.", "Ida Roe", id="title-of-words"),
    pytest.param("{Chief operating officer [P:Ida Roe]} said ‹no›.", "Ida Roe", id="operating"),
    pytest.param("{its managing director [P:I. Roe]} said ‹no›.", "I. Roe", id="its-is-no-plural"),
    pytest.param("{DCP (Zone II) [P:Ida Roe]} said ‹no›.", "Ida Roe", id="rank-with-brackets"),
    pytest.param("Mayor [P:Ida Roe] came. {Cr Roe} said ‹no›.", "Ida Roe", id="councillor"),
    pytest.param("{Garda [P:Ida Roe]} said ‹no›.", "Ida Roe", id="garda"),
    pytest.param("HEARTBROKEN [P:Ida Roe] left. {Roe} said ‹no›.", "Ida Roe", id="shouted-lead"),
    pytest.param("{[O:Ida Roe] of Skerry Markets} said ‹no›.", "Ida Roe", id="of-a-company"),
    pytest.param("{A woman who gave her name only as Ida} said ‹no›.", "Ida", id="name-only-as"),
    pytest.param("[O:Harbour] boss [P:Ida Roe] left. [O:Ida] wept. {Ida} said ‹no›.", "Ida Roe",
                 id="first-name-taken-for-a-body"),
])
def test_the_person_is(text, speaker):
    assert speakers_of(text)[0] == speaker


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("{The ferry line, Lines North,} said ‹no›.", "Lines North", id="apposed"),
    pytest.param("{The contractor, M/s. Roe Works,} said ‹no›.", "Roe Works", id="messrs"),
    pytest.param("{His investment vehicle, [P:Roe Invest],} said ‹no›.", "Roe Invest",
                 id="vehicle"),
    pytest.param("{Roe-Lee} Says Profit Fell ‹5 percent›\n\n[O:Roe-Lee Corp.] fell.",
                 "Roe-Lee Corp.", id="headline-runs-on"),
    pytest.param("The State Government met. {The Government} said ‹no›, he added.",
                 "State Government", id="government-is-no-surname"),
    pytest.param("[O:Orra Energy] came. [P:Orra] had offered him a lot. {Orra} said ‹no›.",
                 "Orra Energy", id="him-is-another"),
])
def test_the_body_is(text, speaker):
    found = local(text).speakers.set_index("name")["kind"]
    assert speakers_of(text)[0] == speaker
    assert found[speaker] == "organization"


@pytest.mark.parametrize("text", [
    "[P:Ida Roe] came. She left [O:Chig] in May. {She} said ‹no›.",
    "[P:Ida Roe] came. [O:Labor] would support it, {she} said, ‹no›.",
])
def test_she_is_no_place_and_no_party(text):
    assert speakers_of(text)[0] == "Ida Roe"


@pytest.mark.parametrize(("source", "kind"), [
    ("A former pro-vice-provost", "unnamed_person"), ("An exec", "unnamed_person"),
    ("The fourth official", "unnamed_person"), ("Pals", "group"), ("Boffins", "group"),
    ("The terms of service", "document"),
    ("A rep for [P:Ida Roe] - singer [P:Ann Lee] in the play -", "unnamed_person"),
])
def test_unnamed_sources_are(source, kind):
    found = local(f"{{{source}}} said ‹no›.").speakers
    assert found.loc[found["n_quotes"] == 1, "kind"].tolist() == [kind]
