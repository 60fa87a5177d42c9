import pandas as pd
import pytest

from analysis.speakers import merge_parts, merge_speakers, resolve_speakers
from analysis.speakers.blocks import sound
from analysis.speakers.names import may_be_one, read_name
from analysis.tables import conform, to_arrow

from .frames import frames, speakers_of


def people(*rows):
    """Rows of (article, name[, extra columns])."""
    made = []
    for number, (article, name, extra) in enumerate(
            (row if len(row) == 3 else (*row, {})) for row in rows):
        made.append({"speaker_id": f"{article}#{number}", "name": name, "kind": "person",
                     "gender": "unknown", "gender_basis": "unknown", "aliases": [name],
                     "n_articles": 1, "n_quotes": 1, **extra})
    return conform(pd.DataFrame(made), "speakers")


def ids(frame, **options):
    return merge_speakers(frame, **options).mapping["speaker_id"].tolist()


def test_the_same_full_name_is_one_person():
    one, two = ids(people(("a", "Ann Roe"), ("b", "Ann B. Roe")))
    assert one == two
    assert one.startswith("ann-")


def test_the_outlet_stands_where_one_alone_quotes_the_person():
    frame = people(("a", "Ann Roe"), ("b", "Ann Roe"), ("c", "Ann Roe", {"n_quotes": 0}))
    for last, found in (("A", "A"), ("B", "none")):
        merged = merge_speakers(frame.assign(outlet=["A", last, "C"])).speakers
        assert merged["outlet"].fillna("none").tolist() == [found]


def test_the_same_surname_is_not_enough():
    found = ids(people(("a", "Bill Clay"), ("b", "Hillary Clay"), ("c", "Clay")))
    assert len(set(found)) == 3


@pytest.mark.parametrize(("one", "other"), [
    pytest.param(("Ann Roe Sr.", {}), ("Ann Roe Jr.", {}), id="suffix"),
    pytest.param(("Lee Roe", {"gender": "f", "gender_basis": "honorific"}),
                 ("Lee Roe", {"gender": "m", "gender_basis": "honorific"}), id="gender"),
])
def test_contradictions_keep_two_apart(one, other):
    if one[0] == other[0]:
        other = ("Lee B. Roe", other[1])
    assert len(set(ids(people(("a", *one), ("b", *other))))) == 2


def test_father_and_son_of_one_article_stay_two():
    found = ids(people(("a", "Tomas Verrin"), ("a", "Tomas Verrin Jr."), ("b", "Tomas Verrin")))
    assert len(set(found)) == 2


def test_two_middle_names_are_two_persons():
    found = ids(people(("a", "George W. Bush"), ("b", "George H. W. Bush")))
    assert len(set(found)) == 2


def test_short_forms_need_the_same_role_or_company():
    alone = ids(people(("a", "Dmitry Kuleba"), ("b", "Dmytro Kuleba")))
    assert len(set(alone)) == 2
    role = {"role": "foreign minister", "affiliation": "Ukraine"}
    assert len(set(ids(people(("a", "Dmitry Kuleba", role), ("b", "Dmytro Kuleba", role))))) == 1


def test_a_surname_joins_its_only_bearer_with_the_same_role():
    role = {"role": "mayor", "affiliation": "Port Elder"}
    frame = people(("a", "Tomas Verrin", role), ("b", "Verrin", role))
    merged = merge_speakers(frame)
    assert len(set(merged.mapping["speaker_id"])) == 1
    assert merged.speakers["name"].tolist() == ["Tomas Verrin"]
    assert "surname" in merged.speakers["merge_reason"][0]


def test_unnamed_persons_and_documents_stay_in_their_article():
    for kind in ("unnamed_person", "document", "other"):
        assert len(set(ids(people(("a", "spokesman", {"kind": kind}),
                                  ("b", "spokesman", {"kind": kind}))))) == 2


def test_groups_and_organisations_are_joined_by_the_same_words():
    for kind, name in (("group", "Republicans"), ("organization", "White House")):
        assert len(set(ids(people(("a", name, {"kind": kind}), ("b", name, {"kind": kind}))))) == 1


def test_an_acronym_joins_the_organisation_that_introduced_it():
    frame = people(
        ("a", "Alliance for Ports", {"kind": "organization",
                                     "aliases": ["Alliance for Ports", "AFP"]}),
        ("b", "AFP", {"kind": "organization"}))
    assert len(set(ids(frame))) == 1


def test_ids_stay_when_articles_are_added():
    before = ids(people(("a", "Ann Roe"), ("b", "Bo Lee")))
    after = ids(people(("c", "Cy Orr"), ("a", "Ann Roe"), ("b", "Bo Lee")))
    assert set(before) <= set(after)


def test_spellings_of_a_surname_sound_alike():
    assert sound("kuleba") == sound("kulyeba")
    assert sound("roe") != sound("lee")


@pytest.mark.parametrize(("one", "other", "same"), [
    ("Donald Trump", "Donald J. Trump", True),
    ("Tom Verrin", "Tomas Verrin", True),
    ("Bill Gates", "William Gates", True),
    ("Ann Roe", "Bea Roe", False),
    ("George W. Bush", "George H. W. Bush", False),
    ("Piet Halden Sr.", "Piet Halden Jr.", False),
    ("Bill de Blasio", "de Blasio", True),
])
def test_names_of_one_person(one, other, same):
    assert may_be_one(read_name(one), read_name(other)) is same


def test_two_articles_give_one_person():
    names = speakers_of("{Mayor [P:Tomas Verrin]} said ‹no›.",
                        "Mayor [P:Tomas Verrin] came. {[P:Verrin]} said ‹yes›.")
    assert names == ["Tomas Verrin", "Tomas Verrin"]


def test_people_of_two_callings_stay_two_though_named_beside_the_same():
    beside = " He met [P:Bo Lee], [P:Cy Orr] and [P:Dee Fox]."
    resolved = resolve_speakers(*frames(
        "{Governor [P:Rick Perry]} said ‹no›." + beside,
        "{[P:Richard Perry], chief executive of [O:Perry Capital],} said ‹no›." + beside))
    assert len(set(resolved.quotes["speaker_id"])) == 2


BESIDE = " He met [P:Bo Lee] and [P:Cy Orr]."


def test_a_surname_is_whom_nine_of_ten_articles_mean_if_the_same_are_beside():
    many = ["{[P:Ann Roe]} said ‹no›." + BESIDE] * 10
    quotes = resolve_speakers(*frames(*many, "{[P:Roe]} said ‹yes›." + BESIDE)).quotes
    assert len(set(quotes["speaker_id"])) == 1


def test_a_surname_stays_alone_where_nobody_is_named_beside():
    many = ["{[P:Ann Roe]} said ‹no›." + BESIDE] * 10
    quotes = resolve_speakers(*frames(*many, "{[P:Roe]} said ‹yes›.")).quotes
    assert len(set(quotes["speaker_id"])) == 2


def test_a_bare_organisation_several_articles_know_as_a_surname_is_a_person():
    many = ["{[P:Ann Roe]} said ‹no›."] * 3
    resolved = resolve_speakers(*frames(*many, "{[O:Roe]} said ‹yes›."))
    kinds = resolved.speakers.set_index("speaker_id")["kind"]
    assert kinds[resolved.quotes["speaker_id"].iloc[-1]] == "person"


def corpus():
    """Rows that every rule has something to do with: parts of a corpus that belong together."""
    made = {"kind": "organization"}
    role = {"role": "mayor", "role_class": "official", "affiliation": "Port Elder"}
    rows = []
    for at in range(12):
        article = f"a{at}"
        rows += [(article, "Ann Roe"), (article, "Bo Lee"), (article, "Cy Orr"),
                 (article, ("Dmitry Kuleba", "Dmytro Kuleba")[at % 2], role),
                 (article, "spokesman", {"kind": "unnamed_person"}),
                 (article, "Republicans", {"kind": "group"})]
    rows += [("b", "Alliance for Ports", {**made, "aliases": ["Alliance for Ports", "AFP TV"]}),
             ("c", "AFP TV", {**made, "aliases": ["AFP TV", "AP TV"]}), ("d", "AP TV", made),
             ("e", "AFP TV", made), ("f", "Blackmere Steel", {
                 **made, "aliases": ["Blackmere Steel", "Blackmere"]}),
             ("g", "Blackmere"), ("h", "Kuleba", role), ("i", "Roe"), ("j", "Lee", made),
             ("k", "Gull", made)]
    return people(*rows)


@pytest.mark.parametrize("aliases", [None, pd.DataFrame({"alias": ["Gull", "Bo Lee"],
                                                         "name": ["The Gull", "The Gull"]})])
def test_a_corpus_in_parts_and_buckets_gives_the_same_speakers(aliases):
    table = to_arrow(corpus(), "speakers")
    whole = merge_speakers(corpus(), aliases=aliases)
    parts = merge_parts(lambda columns: [table[:37].select(columns), table[37:].select(columns)],
                        aliases=aliases, in_a_bucket=9)
    assert parts.speaker_ids(slice(None)) == whole.mapping["speaker_id"].tolist()
    assert parts.by_list(slice(None)).tolist() == (
        whole.mapping["reason"] == "alias list").tolist()
    pd.testing.assert_frame_equal(pd.concat(parts.speakers, ignore_index=True), whole.speakers)
    joined = {reason.split(" (")[0] for reason in whole.speakers["merge_reason"].dropna()}
    assert {"same full name", "acronym introduced in another article"} <= joined


def test_an_acronym_of_an_acronym_is_followed_one_step():
    mapping = merge_speakers(corpus()).mapping.set_index("local_id")["speaker_id"]
    by_article = {local_id.partition("#")[0]: speaker for local_id, speaker in mapping.items()}
    assert by_article["b"] == by_article["c"] == by_article["e"] != by_article["d"]


HONORIFIC = {"m": {"gender": "m", "gender_basis": "honorific"},
             "f": {"gender": "f", "gender_basis": "honorific"}}


def couple(last):
    """Bo Roe in ten articles, Ida Roe in twelve, always beside two others; then one more row."""
    rows = [(f"a{at}", name, HONORIFIC[gender]) for at in range(12)
            for name, gender in (("Bo Roe", "m"), ("Ida Roe", "f"))[at // 10:]]
    rows += [(f"a{at}", name, {}) for at in (*range(12), 99) for name in ("Cy Orr", "Dan Moe")]
    return [*rows, last]


@pytest.mark.parametrize("name", [
    pytest.param("Bo Roe", id="named-wrongly"), pytest.param("Roe", id="by-surname")])
def test_mrs_is_the_wife_where_the_corpus_calls_him_mr(name):
    last = ("a99", name, {**HONORIFIC["f"], "aliases": [name, "Roe"]})
    merged = merge_speakers(people(*couple(last)))
    wife = merged.speakers.set_index("name").loc["Ida Roe"]
    assert merged.mapping["speaker_id"].iloc[-1] == wife["speaker_id"]
    assert "Bo Roe" not in wife["aliases"]


def test_one_article_s_full_name_is_no_other_s_without_a_bare_form():
    last = ("a99", "Bo Roe", HONORIFIC["f"])
    merged = merge_speakers(people(*couple(last)))
    assert merged.speakers.set_index("speaker_id")["name"].loc[
        merged.mapping["speaker_id"].iloc[-1]] == "Bo Roe"
