"""Speakers in news of other countries, trades and times: court pages, wires, tabloids, blogs."""

import pytest

from analysis.speakers import resolve_in_articles

from .frames import frames, kinds_of, local, speakers_of


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
    assert kinds_of(f"{{{source}}} said ‹no›.") == [kind]


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param("Ms. [P:Ida Roe] died, said [R:a niece], [P:Ann Lee], 9. Ms. Roe was old. Ms. Roe "
                 "was rich. {Her niece} said ‹no›.", "Ann Lee", id="the-niece-it-names"),
    pytest.param("[P:Ida Roe] came. She was told by {the dean of the local college} ‹no›.",
                 "dean of the local college", id="the-dean-of-something"),
    pytest.param("{CEO} says ‹no›\n\nIt fell. It rose. It fell. Chief Executive [P:Ida Roe] left.",
                 "Ida Roe", id="bare-role-in-the-head"),
    pytest.param("[P:Bo Lee] pleaded guilty. Ms. [P:Ida Roe] came. {The defendant} said ‹no›.",
                 "Bo Lee", id="who-pleaded-guilty"),
    pytest.param("Roe Partners, a Texas investment group, bought. It sold. {The group} said ‹no›.",
                 "Roe Partners", id="called-a-group"),
    pytest.param("[O:Voss Corp.] fell. [O:Voss] fell. It paid [O:Lee Corp.] well. {The company} "
                 "said ‹no›.", "Voss Corp.", id="the-company-named-most"),
    pytest.param("[D:A study] in the [O:Journal of Rain] shows it. {The paper} said ‹no›.",
                 "study", id="paper-is-the-study"),
    pytest.param("{A baker who goes by @ida_r} said ‹no›.", "@ida_r", id="goes-by"),
    pytest.param("Ms. [P:Ann Lee] came. Armed with all she had, Ms. [P:Ida Roe] left. {She} said "
                 "‹no›.", "Ida Roe", id="name-after-an-opening"),
])
def test_the_speaker_is(text, speaker):
    assert speakers_of(text)[0] == speaker


def test_one_of_them_and_the_other_one_are_two_of_one_group():
    found = local("[R:Two former clerks] left. {One of them} said ‹no›. {The other one} said ‹ay›.")
    spoke = found.speakers[found.speakers["n_quotes"] == 1]
    assert spoke["name"].tolist() == ["former clerk", "former clerk"]
    assert set(spoke["kind"]) == {"unnamed_person"}


def test_one_of_them_is_the_group_where_it_has_no_people():
    assert speakers_of("{Several branches} said ‹no›. {One of them} said ‹ay›.") == [
        "several branches", "several branches"]


@pytest.mark.parametrize(("text", "cue", "speaker"), [
    pytest.param("Mr. [P:Bo Lee] quit. [P:Ida Roe] was hired in May and left in June, saying ‹no›.",
                 "saying", "Ida Roe", id="saying"),
    pytest.param("In other business, the [O:Skerry Board]:\n\n• Sold it.\n\n• Approved ‹it›.",
                 "Approved", "Skerry Board", id="listed-deeds"),
])
def test_a_verb_without_a_source_is_said_by(text, cue, speaker):
    quotes, mentions, articles = frames(text)
    at = articles["text"].iloc[0].index(cue)
    quotes["cue_spans"] = [[[at, at + len(cue)]]]
    told = resolve_in_articles(quotes, mentions, articles)
    names = told.speakers.set_index("speaker_id")["name"]
    assert names[told.quotes["speaker_id"].iloc[0]] == speaker
