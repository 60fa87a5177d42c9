import pandas as pd
import pytest

from analysis.speakers import resolve_in_articles, resolve_speakers
from analysis.tables import check, empty

from .frames import frames, kinds_of, local, speakers_of

VERRIN = "Mayor [P:Tomas Verrin] opened the quay. "


@pytest.mark.parametrize(("text", "speaker"), [
    pytest.param(VERRIN + "{[P:Verrin]} said ‹the tide was late›.", "Tomas Verrin", id="surname"),
    pytest.param(VERRIN + "{Mr. [O:Verrin]} said ‹the tide was late›.", "Tomas Verrin",
                 id="surname-the-model-calls-an-organisation"),
    pytest.param(VERRIN + "{He} said ‹the tide was late›.", "Tomas Verrin", id="pronoun"),
    pytest.param(VERRIN + "{The mayor} said ‹the tide was late›.", "Tomas Verrin", id="title"),
    pytest.param("{Mayor [P:Tomas Verrin]} said ‹it was late›.", "Tomas Verrin", id="titled-name"),
    pytest.param("{[P:Ann Roe], chief executive of [O:Roe Motors],} said ‹it was late›.", "Ann Roe",
                 id="apposition"),
    pytest.param("{[R:her lawyer], [P:Ann Roe],} said ‹it was late›.", "Ann Roe",
                 id="name-in-apposition"),
    pytest.param("{A geologist named [P:Rufus Anker]} said ‹it was late›.", "Rufus Anker",
                 id="named"),
    pytest.param("[P:Dee Orr] came. [R:Her lawyer], [P:Ann Roe], left. "
                 "[P:Dee Orr] slept. {[R:Her lawyer]} said ‹no›.", "Ann Roe",
                 id="description-known-from-an-apposition"),
    pytest.param("[P:Ann Roe], a baker who [P:Bo Lee] knows, left. [P:Dee Orr] met "
                 "[P:Ann Roe], {who} said ‹it was late›.", "Ann Roe", id="relative"),
    pytest.param("[O:Roe Motors] lost money. {The company} said ‹it would close›.", "Roe Motors",
                 id="the-company"),
    pytest.param("[O:Alliance for Ports] ([O:AFP]) met. {[O:AFP]} said ‹no›.",
                 "Alliance for Ports", id="acronym"),
    pytest.param("[D:A [O:Fathom] poll] came out. {The poll} shows ‹a lead›.", "Fathom poll",
                 id="the-poll"),
    pytest.param("{[P:Ann Roe] and [P:Bo Lee]} said ‹no›.", "Ann Roe and Bo Lee", id="two"),
    pytest.param("{Some of the residents} said ‹no›.", "some of the residents", id="some-of"),
    pytest.param("{[O:The Gull]} said ‹no›.", "Gull", id="organisation"),
    pytest.param("{Senator [P:Ann Roe], [G:Democrat] of [L:Ohio],} said ‹no›.", "Ann Roe",
                 id="party-after-the-name"),
    pytest.param("{Sens. [P:Ann Roe] (D-Mont.) and [P:Bo Lee] (R-La.)} said ‹no›.",
                 "Ann Roe and Bo Lee", id="two-with-parties"),
    pytest.param("[P:Ann Roe] spoke of 2009. {The former senator} said ‹no›.", "Ann Roe",
                 id="the-topic-of-the-sentence-before"),
    pytest.param("{A number of experts} said ‹no›.", "number of experts", id="a-number-of"),
    pytest.param("[P:Ann Roe], who left early, said ‹no›.", None, id="no-source-no-evidence"),
])
def test_the_source_is_resolved(text, speaker):
    assert speakers_of(text) == [speaker]


def test_forms_of_one_person_are_one_speaker():
    text = ("{Ukrainian Foreign Minister} says ‹no›\n\n"
            "Ukrainian Foreign Minister [P:Dmitry Kuleba] spoke on Sunday.\n\n"
            "{[O:Kuleba]} told CBS’s [P:Leslie Stahl] ‹it would not back down›.\n\n"
            "{He} added ‹that it stood›.")
    resolved = resolve_speakers(*frames(text))
    assert len(set(resolved.quotes["speaker_id"])) == 1
    row = resolved.speakers.iloc[0]
    assert (row["name"], row["role"], row["n_quotes"]) == ("Dmitry Kuleba", "Foreign Minister", 3)
    assert (row["affiliation"], row["role_class"]) == ("Ukraine", "politician")
    assert resolved.quotes["speaker_basis"].tolist() == ["description", "short_name", "pronoun"]


def test_honorifics_tell_two_bearers_of_a_surname_apart():
    text = ("Mr. [P:Piet Halden] met Ms. [P:Ruth Halden]. [P:Ruth Halden] left early. "
            "{Ms. [P:Halden]} said ‹it was late›. {Mr. [P:Halden]} said ‹no›.")
    assert speakers_of(text) == ["Ruth Halden", "Piet Halden"]


def test_a_bare_surname_goes_to_whom_the_article_names_most():
    text = ("[P:Ann Clay] won. [P:Bo Clay], her husband, waved. [P:Ann Clay] smiled.\n\n"
            "{[P:Clay]} said ‹it was a good day›.")
    assert speakers_of(text) == ["Ann Clay"]


def test_the_addressee_is_not_the_speaker():
    text = "[P:Ann Roe] told [P:Bo Lee] that it rained. “‹It pours,›” {she} said."
    assert speakers_of(text) == ["Ann Roe"]


def test_a_pronoun_does_not_mean_somebody_of_the_other_gender():
    text = ("Mr. [P:Bo Lee] met Ms. [P:Ann Roe]. {She} said ‹it rained›.")
    assert speakers_of(text) == ["Ann Roe"]


def test_who_is_named_inside_the_quoted_words_did_not_speak_them():
    text = ("[P:Ann Roe] sat down. “‹I asked [P:Bea Orr] twice,›” {she} said.")
    assert speakers_of(text) == ["Ann Roe"]


def test_i_inside_quoted_words_is_who_speaks_them():
    quotes, mentions, articles = frames("{[P:Ann Roe]} said: “‹I think it rains›.”")
    text = articles["text"][0]
    at = text.index("I think")
    inner = quotes.assign(quote_id="inner", spans=[[[at + 8, at + 16]]], source="I",
                          source_spans=[[[at, at + 1]]])
    both = pd.concat([quotes, inner], ignore_index=True)
    found = resolve_in_articles(both, mentions, articles)
    assert len(set(found.quotes["speaker_id"])) == 1


def test_i_outside_quoted_words_is_the_author():
    found = local("{I} think ‹it rains›.", authors=["Isa Venn"])
    row = found.speakers.query("n_quotes > 0").iloc[0]
    assert (row["name"], row["kind"]) == ("Isa Venn", "author")
    assert found.quotes["speaker_basis"].tolist() == ["author"]


def test_a_transcript_names_the_speaker_before_the_colon():
    assert speakers_of("[P:Chris Wallace] asked.\n\nWALLACE: ‹Do you know›?") == ["Chris Wallace"]


@pytest.mark.parametrize("asks", ["Gull", "GAZETTE", "Q"])
def test_the_outlet_that_asks_in_an_interview_is_the_author(asks):
    found = local(f"[P:Ann Roe] sat down.\n\n{{{asks}}}: ‹Do you sleep›?", authors=["Isa Venn"])
    assert found.quotes["speaker_basis"].tolist() == ["author"]


def test_a_joined_verb_shares_its_subject():
    quotes, mentions, articles = frames("{[P:Ann Roe]} said ‹it rained› and asked ‹for tea›.")
    at = articles["text"][0].index("asked")
    quotes = quotes.assign(cue_spans=[[], [[at, at + 5]]])
    found = resolve_in_articles(quotes, mentions, articles)
    assert len(set(found.quotes["speaker_id"])) == 1
    assert found.quotes["speaker_basis"].tolist()[1] == "running"


@pytest.mark.parametrize(("text", "names"), [
    pytest.param("“‹It tinkers,›” said {[P:Al Cole]} of the [O:Tax Foundation]. “‹I am sad.›”",
                 ["Al Cole", "Al Cole"], id="past-a-body"),
    pytest.param("“‹Wrong,›” {[P:Ann Roe]} said. {She} cited ‹the bank's greed›. “‹Leave!›”",
                 ["Ann Roe", "Ann Roe", "Ann Roe"], id="past-reported-words"),
    pytest.param("“‹Wrong,›” {[P:Ann Roe]} said to [P:Bo Lee]. “‹Leave!›”",
                 ["Ann Roe", None], id="not-past-a-person"),
])
def test_a_quotation_behind_its_attribution_goes_on_with_the_speaker(text, names):
    assert speakers_of(text) == names


@pytest.mark.parametrize(("named", "speaker"), [("Egypt", "Egypt"), ("Sudan", "Cairo")])
def test_a_capital_speaks_for_its_state_where_the_article_names_both(named, speaker):
    found = local(f"[L:{named}] waits. {{[L:Cairo]}} said ‹no›.")
    row = found.speakers.query("n_quotes > 0").iloc[0]
    assert row["name"] == speaker
    assert "Cairo" in row["aliases"]


def test_a_quotation_without_source_stays_unresolved():
    found = local("It is expected ‹to rain›.")
    assert found.quotes["speaker_id"].isna().all()
    assert found.quotes["speaker_basis"].tolist() == ["unresolved"]


@pytest.mark.parametrize(("text", "kind"), [
    pytest.param("{[P:Ann Roe]} said ‹no›.", "person", id="person"),
    pytest.param("{The [O:White House]} said ‹no›.", "organization", id="building"),
    pytest.param("{[L:Kyiv]} said ‹no›.", "organization", id="capital"),
    pytest.param("{Officials} said ‹no›.", "group", id="group"),
    pytest.param("{Police} said ‹no›.", "group", id="police"),
    pytest.param("{A spokesman for the harbour} said ‹no›.", "unnamed_person", id="unnamed"),
    pytest.param("{A survey of 900 voters} said ‹no›.", "document", id="document"),
    pytest.param("{The [P:Roe] campaign} said ‹no›.", "organization", id="campaign"),
    pytest.param("{Republicans} said ‹no›.", "group", id="members-of-a-party"),
    pytest.param("{Two lawyers} said ‹no›.", "group", id="plural-role"),
])
def test_the_kind_of_a_source(text, kind):
    assert kinds_of(text) == [kind]


@pytest.mark.parametrize(("text", "gender", "basis"), [
    pytest.param("{Ms. [P:Roe]} said ‹no›.", "f", "honorific", id="honorific"),
    pytest.param("{Congresswoman [P:Ann Roe]} said ‹no›.", "f", "honorific", id="gendered-noun"),
    pytest.param("[P:Ann Roe] came. She sat. She ate. {[P:Roe]} said ‹no›, and she left.", "f",
                 "pronoun", id="pronoun"),
    pytest.param("{[P:Ann Roe]} said ‹no›.", "unknown", "unknown", id="never-by-first-name"),
])
def test_gender_is_shown_only_with_evidence(text, gender, basis):
    row = local(text).speakers.iloc[0]
    assert (row["gender"], row["gender_basis"]) == (gender, basis)


@pytest.mark.parametrize(("text", "role", "role_class", "affiliation"), [
    pytest.param("{[P:Ann Roe], chief executive of [O:Vandel Chemicals],} said ‹no›.",
                 "chief executive", "business", "Vandel Chemicals", id="apposition"),
    pytest.param("{Gov. [P:Ann Roe]} said ‹no›.", "governor", "politician", None, id="short-title"),
    pytest.param("{Harbour Office spokesman [P:Bo Lee]} said ‹no›.", "spokesman", "spokesperson",
                 "Harbour Office", id="title-with-office"),
    pytest.param("{[P:Bo Lee], 52, a baker,} said ‹no›.", "baker", "worker", None, id="after-age"),
])
def test_roles_come_from_titles_and_appositions(text, role, role_class, affiliation):
    row = local(text).speakers.query("n_quotes > 0").iloc[0]
    assert (row["role"], row["role_class"]) == (role, role_class)
    found = None if pd.isna(row["affiliation"]) else row["affiliation"]
    assert found == affiliation


def test_mentions_point_to_their_person():
    found = local("[P:Ann Roe] came. {[P:Roe]} said ‹no›.")
    assert len(set(found.mentions["speaker_id"])) == 1
    assert found.mentions["speaker_id"].notna().all()


def test_inputs_are_not_changed_and_empty_tables_give_empty_tables():
    quotes, mentions, articles = frames("{[P:Ann Roe]} said ‹no›.")
    before = quotes.copy()
    resolve_speakers(quotes, mentions, articles)
    pd.testing.assert_frame_equal(quotes, before)
    found = resolve_speakers(empty("quotes"), empty("mentions"), empty("articles"))
    assert [len(frame) for frame in found] == [0, 0, 0]
    check(found.speakers, "speakers")


def test_the_order_of_rows_does_not_matter():
    quotes, mentions, articles = frames(
        "{[P:Ann Roe]} said ‹no›. {She} said ‹it rained›.", "{[P:Roe]} said ‹no›. {He} said ‹yes›.")
    one = resolve_speakers(quotes, mentions, articles)
    other = resolve_speakers(quotes[::-1], mentions[::-1], articles[::-1])
    first = one.quotes.set_index("quote_id")["speaker_id"].sort_index()
    second = other.quotes.set_index("quote_id")["speaker_id"].sort_index()
    pd.testing.assert_series_equal(first, second)


def test_two_names_with_a_comma_are_two():
    text = "{[P:Roe], [P:Lee]} answer ‹no›.\n\n[P:Ann Roe] met [P:Bo Lee] today."
    assert speakers_of(text) == ["Ann Roe and Bo Lee"]


def test_the_partys_presumed_nominee_is_who_is_named_after():
    text = "[P:Ann Roe] left. {The [O:Labour Party]'s presumed nominee, [P:Roe]} said ‹no›."
    assert speakers_of(text) == ["Ann Roe"]
