import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import InputError
from analysis.measures import (
    compare_copies,
    count_groups,
    count_kinds,
    count_naming,
    count_roles,
    count_roles_by_gender,
    count_speakers,
    count_stances,
    count_topics,
    group_voices,
    quotes_behind,
    share_words,
)

from .frames import voices_of

# By hand: 12 quotations; Ann 6 in a1..a5, Bob 4 in a1 a2 a3 b1, Cid 1 in b2, nobody 1 in b2.
ROWS = [("a1", "ann", 10), ("a1", "ann", 10), ("a1", "bob", 30), ("a2", "ann", 10),
        ("a2", "bob", 5), ("a3", "ann", 10), ("a3", "bob", 5), ("a4", "ann", 10),
        ("a5", "ann", 10), ("b1", "bob", 20), ("b2", "cid", 40), ("b2", None, 10)]


def row(table, group, within="all"):
    return table[(table["group"] == group) & (table["within"] == within)].iloc[0]


@pytest.mark.parametrize(("unit", "group", "n", "n_of"), [
    ("quotations", "Ann Vale", 6, 12), ("words", "Ann Vale", 60, 170),
    ("words", "Bob Orr", 60, 170),
    ("articles", "Ann Vale", 5, 7), ("articles", "no known speaker", 1, 7),
], ids=str)
def test_shares_are_those_counted_by_hand(unit, group, n, n_of):
    found = row(count_groups(voices_of(ROWS), "speaker", unit=unit), group)
    assert (found["n"], found["n_of"]) == (n, n_of)
    assert found["value"] == pytest.approx(n / n_of)
    assert found["low"] <= found["value"] <= found["high"]


def test_people_count_once_each():
    table = count_groups(voices_of(ROWS * 2), "role_class", unit="people")
    assert dict(zip(table["group"], table["n"], strict=True)) == {
        "official": 1, "expert": 1, "role not stated": 1}
    assert set(table["n_of"]) == {3}


def test_only_people_lack_a_role_and_other_sources_are_what_they_are():
    table = count_roles(voices_of([*ROWS, ("a1", "min", 10), ("a2", "min", 10)]))
    assert dict(zip(table["group"], table["n"], strict=True)) == {
        "official": 6, "expert": 4, "organisation": 2, "role not stated": 1, "nobody named": 1}


@pytest.mark.parametrize(("by", "count"), [("role_class", count_roles), ("topics", count_topics)],
                         ids=["roles", "topics"])
def test_every_bar_has_its_quotations_what_is_not_known_too(by, count):
    voices = voices_of([*ROWS, ("a1", "min", 10)])
    voices["topics"] = [["Tunnel", "Money"] if who == "ann" else [] for who in voices["speaker_id"]]
    behind = group_voices(voices, by).explode("group")["group"].value_counts()
    counted = count(voices)
    assert behind.to_dict() == dict(zip(counted["group"], counted["n"], strict=True))


def test_a_key_figure_names_no_topic_that_is_none():
    voices = voices_of(ROWS * 2)
    voices["topics"] = [["Tunnel"] if who == "bob" else [] for who in voices["speaker_id"]]
    assert share_words(count_topics(voices)) == "Tunnel 33 % of 24 quotations"


def test_too_little_says_so_and_has_no_interval():
    table = count_groups(voices_of(ROWS[:3]), "speaker")
    assert set(table["note"]) == {"too few to say"}
    assert table[["low", "high"]].isna().all(axis=None)


def test_copies_are_drawn_with_their_original():
    own = [(f"a{n}", "ann" if n % 2 else "bob", 1) for n in range(10) for _ in range(2)]
    twice = own + [(f"b{n}", who, words) for n, (_, who, words) in enumerate(own)]
    copies = {f"b{n}": own[n][0] for n in range(len(own))}
    narrow = row(count_groups(voices_of(twice), "speaker"), "Ann Vale")
    wide = row(count_groups(voices_of(twice, copies=copies), "speaker"), "Ann Vale")
    assert wide["high"] - wide["low"] > narrow["high"] - narrow["low"]


def test_with_and_without_copies_reconcile():
    voices = voices_of(ROWS, copies={"b1": "a1"})
    both = compare_copies(voices, count_roles)
    sums = both.groupby("copies")["n"].sum()
    assert sums["with copies"] - sums["without copies"] == (voices["copy_of"].notna()).sum()


def test_the_rest_is_pooled_and_named():
    table = count_speakers(voices_of(ROWS), top_n=1)
    assert table["group"].tolist() == ["Ann Vale", "others (2 speakers)", "no known speaker"]
    assert table["value"].sum() == pytest.approx(1)


def test_few_quotations_go_to_the_others():
    table = count_speakers(voices_of(ROWS), min_quotes=2)
    assert table["group"].tolist() == ["Ann Vale", "Bob Orr", "others (1 speaker)",
                                       "no known speaker"]


def test_people_of_one_name_stay_apart():
    voices = voices_of(ROWS)
    voices["speaker"] = voices["speaker"].replace("Bob Orr", "Ann Vale")
    voices.loc[voices["speaker_id"] == "ann", "role"] = "mayor"
    groups = set(count_groups(voices, "speaker")["group"])
    assert {"Ann Vale (mayor)", "Ann Vale (2)"} <= groups


def test_women_and_men_only_where_stated():
    table = count_roles_by_gender(voices_of(ROWS), unit="quotations")
    assert row(table, "women", "official")["n"] == 6
    assert row(table, "not stated", "role not stated")["n"] == 1


def test_stances_stand_inside_each_speaker():
    voices = voices_of(ROWS * 2)
    voices.loc[voices["speaker_id"] == "bob", "stance"] = "doubting"
    table = count_stances(voices)
    assert table["within"].drop_duplicates().tolist() == ["Ann Vale", "Bob Orr"]
    assert row(table, "doubting", "Bob Orr")["value"] == 1


@pytest.mark.parametrize("measure", [count_roles, count_naming, count_kinds, count_speakers],
                         ids=lambda measure: measure.__name__)
def test_every_number_leads_to_its_quotations(measure):
    voices = voices_of(ROWS)
    for item in measure(voices).itertuples():
        if item.n:
            behind = quotes_behind(voices, by=item.by, group=item.group, within_by=item.within_by,
                                   within=item.within)
            assert len(behind) == item.n


@pytest.mark.parametrize("how", [{"top_n": 1}, {"min_quotes": 5}], ids=str)
def test_the_others_lead_to_their_quotations(how):
    voices = voices_of(ROWS)
    item = next(item for item in count_speakers(voices, **how).itertuples()
                if item.group.startswith("others"))
    behind = quotes_behind(voices, by=item.by, group=item.group, unit=item.unit)
    assert len(behind) == item.n
    assert "Ann Vale" not in set(behind["speaker"])


def test_a_group_that_is_none_is_refused():
    with pytest.raises(InputError, match="no group by speaker 'Ann Vail'.*Did you mean 'Ann Vale'"):
        quotes_behind(voices_of(ROWS), by="speaker", group="Ann Vail")


@pytest.mark.parametrize(("how", "message"), [
    ({"by": "colour"}, "no way to group quotations 'colour'"),
    ({"by": "kind", "unit": "lines"}, "no unit to count 'lines'"),
], ids=["column", "unit"])
def test_unknown_names_are_refused(how, message):
    with pytest.raises(InputError, match=message):
        count_groups(voices_of(ROWS), **how)


def test_no_quotation_gives_a_typed_empty_table():
    empty = count_groups(voices_of(ROWS).head(0), "kind")
    assert empty.empty
    assert empty["n"].dtype == "Int64"
    assert share_words(empty) == "nothing was counted"


def test_a_key_figure_states_no_share_where_no_chart_draws_one():
    counted = count_speakers(voices_of(ROWS).head(4))
    assert share_words(counted).startswith("too few to say (quotations: 4, articles: ")


def test_a_table_that_is_no_table_of_voices_is_refused():
    with pytest.raises(InputError, match=r"Give what gather_voices\(tables\) gives"):
        count_speakers(voices_of(ROWS).drop(columns=["copy_of", "speaker"]))


def test_a_large_corpus_is_dealt_into_blocks():
    rng = np.random.default_rng(0)
    rows = [(f"a{n}", "ann" if rng.random() < 0.3 else "bob", 1) for n in range(2500)]
    found = row(count_groups(voices_of(rows), "speaker"), "Ann Vale")
    plain = np.sqrt(found["value"] * (1 - found["value"]) / 2500)
    assert found["high"] - found["low"] == pytest.approx(2 * 1.96 * plain, rel=0.15)


_rows = st.lists(st.tuples(st.sampled_from([f"{o}{n}" for o in "ab" for n in range(6)]),
                           st.sampled_from(["ann", "bob", "cid", "min", None]),
                           st.integers(1, 60)), min_size=1, max_size=40)


@settings(max_examples=12, deadline=None)
@given(rows=_rows, unit=st.sampled_from(["quotations", "words"]), seed=st.randoms())
def test_shares_sum_to_one_in_any_order(rows, unit, seed):
    voices = voices_of(rows)
    table = count_groups(voices, "speaker", unit=unit, within="outlet", n_bootstrap=50)
    assert np.allclose(table.groupby("within")["value"].sum(), 1)
    known = table.dropna(subset=["low"])
    assert (known["low"] <= known["value"] + 1e-9).all()
    assert (known["value"] <= known["high"] + 1e-9).all()
    order = list(range(len(voices)))
    seed.shuffle(order)
    again = count_groups(voices.iloc[order], "speaker", unit=unit, within="outlet",
                         n_bootstrap=50)
    pd.testing.assert_frame_equal(table, again)
