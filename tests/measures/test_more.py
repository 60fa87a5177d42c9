import numpy as np
import pandas as pd
import pytest
from scipy.stats import entropy

from analysis import InputError
from analysis.measures import (
    compare_outlets,
    compare_periods,
    count_anonymity_reasons,
    count_diversity,
    count_first_voices,
    count_groups,
    count_over_time,
    count_positions,
    describe_diversity,
    pick_outlets,
)

from .frames import voices_of

ROWS = [(f"{outlet}{n}", who, 4) for n in range(8) for outlet, who in
        (("a", "ann"), ("a", "ann"), ("a", "bob"), ("b", "bob"), ("b", "cid"), ("b", "bob"))]
DATES = {f"{outlet}{n}": f"2026-03-{2 + 3 * n:02d}" for n in range(8) for outlet in "ab"}


def figures(table, within="all"):
    rows = table[table["within"] == within]
    return dict(zip(rows["measure"], rows["value"], strict=True))


def test_diversity_is_that_of_scipy():
    counts = np.array([16, 24, 8])
    found = figures(count_diversity(voices_of(ROWS), top_k=1))
    assert found["shannon"] == pytest.approx(entropy(counts))
    assert found["effective_speakers"] == pytest.approx(np.exp(entropy(counts)))
    assert found["hhi"] == pytest.approx(((counts / 48) ** 2).sum())
    assert found["evenness"] == pytest.approx(entropy(counts, base=3))
    assert found["top_k_share"] == pytest.approx(0.5)
    assert found["speakers"] == 3


def test_the_spread_in_words_says_how_many_count_as_the_most_quoted():
    words = describe_diversity(count_diversity(voices_of(ROWS), top_k=2))
    assert "share of the 2 most quoted" in words["what"].tolist()


@pytest.mark.parametrize(("how", "message"), [
    ({"unit": "word"}, "no unit to count 'word'.*Did you mean 'words'"),
    ({"unit": "articles"}, "no unit to count 'articles'"),
    ({"top_k": 0}, "top_k = 0 is not 1 or more"),
], ids=["typo", "other unit", "nobody"])
def test_a_diversity_that_is_none_is_refused(how, message):
    with pytest.raises(InputError, match=message):
        count_diversity(voices_of(ROWS), **how)


def test_a_single_voice_is_no_diversity():
    found = figures(count_diversity(voices_of([(f"a{n}", "ann", 2) for n in range(12)])))
    assert found["hhi"] == found["effective_speakers"] == found["top_k_share"] == 1
    assert found["shannon"] == 0


def test_intervals_of_diversity_hold_the_value():
    table = count_diversity(voices_of(ROWS), within="outlet").dropna(subset=["low"])
    assert len(table)
    assert ((table["low"] <= table["value"]) & (table["value"] <= table["high"])).all()


def test_outlets_differ_where_they_do():
    table = compare_outlets(voices_of(ROWS), "speaker", first="A", second="B").set_index("group")
    assert table.loc["Ann Vale", "difference"] == pytest.approx(2 / 3)
    assert table.loc["Ann Vale", "note"] == "differs"
    assert table.loc["Ann Vale", "value_second"] == 0
    assert table.loc["Ann Vale", "high_second"] > 0


def test_the_same_on_both_sides_may_be_chance():
    both = [(f"{outlet}{n}", who, 4) for n in range(8) for outlet in "ab"
            for who in ("ann", "bob" if n % 2 else "cid")]
    table = compare_outlets(voices_of(both), "speaker", first="A", second="B")
    assert (table["difference"] == 0).all()
    assert set(table["note"]) == {"may be chance"}


def test_too_few_articles_are_not_compared():
    table = compare_outlets(voices_of(ROWS[:12]), "speaker", first="A", second="B")
    assert set(table["note"]) == {"too few to say"}


def test_periods_are_later_against_earlier():
    table = compare_periods(voices_of(ROWS, dates=DATES), "speaker", split_date="2026-03-14")
    assert set(table["first"]) == {"from 2026-03-14"}
    assert table["n_of_first"].iloc[0] + table["n_of_second"].iloc[0] == len(ROWS)


@pytest.mark.parametrize(("how", "message"), [
    ({"split_date": "later"}, "split_date = 'later' is not a date"),
    ({"split_date": "2020-01-01"}, "no quotation before this day"),
], ids=["no date", "outside"])
def test_a_split_that_is_none_is_refused(how, message):
    with pytest.raises(InputError, match=message):
        compare_periods(voices_of(ROWS, dates=DATES), **how)


def test_an_outlet_that_is_none_is_refused():
    with pytest.raises(InputError, match="no outlet 'C'"):
        compare_outlets(voices_of(ROWS), first="C", second="A")


def test_outlets_not_named_are_those_most_quoted_from():
    voices = voices_of([*ROWS, ("c0", "ann", 4)])
    assert pick_outlets(voices) == ("A", "B")
    assert pick_outlets(voices, "", "A") == ("B", "A")
    assert pick_outlets(voices, "C") == ("C", "A")


def test_an_outlet_alone_is_compared_with_none():
    alone = voices_of([row for row in ROWS if row[0].startswith("a")])
    assert pick_outlets(alone) == ("", "")
    assert compare_outlets(alone).empty
    with pytest.raises(InputError, match=r"no outlet to compare 'A' with \(there are: A\)"):
        pick_outlets(alone, "A")


@pytest.mark.parametrize(("dates", "split"), [
    (DATES, "2026-03-14"),
    ({**dict.fromkeys(DATES, "2026-03-02"), "b7": "2026-03-05"}, "2026-03-05"),
], ids=["half and half", "nearly all on the first day"])
def test_a_split_not_named_is_the_middle(dates, split):
    assert set(compare_periods(voices_of(ROWS, dates=dates))["first"]) == {f"from {split}"}


@pytest.mark.parametrize("dates", [{}, dict.fromkeys(DATES, "2026-03-02")],
                         ids=["no date", "one day"])
def test_what_has_no_two_periods_is_not_compared(dates):
    assert compare_periods(voices_of(ROWS, dates=dates)).empty


def test_weeks_without_articles_are_gaps_and_not_zeros():
    dates = {**DATES, **{f"{outlet}7": "2026-04-20" for outlet in "ab"}}
    table = count_over_time(voices_of(ROWS, dates=dates), "speaker", groups=["Cid Ash"])
    assert table["within"].tolist() == ["2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23",
                                        "2026-03-30", "2026-04-06", "2026-04-13", "2026-04-20"]
    gap = table[table["n_of"] == 0]
    assert len(gap) == 4
    assert gap["value"].isna().all()
    assert table["n"].sum() == 8


def test_a_group_over_time_has_the_shares_it_has_among_all_groups():
    voices = voices_of(ROWS, dates=DATES)
    among_all = count_groups(voices, "speaker", within="week")
    alone = count_over_time(voices, "speaker", groups=["Cid Ash"])
    columns = ["within", "n", "n_of", "value", "low", "high", "n_articles", "note"]
    pd.testing.assert_frame_equal(
        alone.loc[alone["n_of"] > 0, columns].reset_index(drop=True),
        among_all.loc[among_all["group"] == "Cid Ash", columns].reset_index(drop=True))


def test_a_group_that_is_none_is_refused():
    voices = voices_of(ROWS, dates=DATES)
    with pytest.raises(InputError, match="no group by role_class 'oficial'.*mean 'official'"):
        count_over_time(voices, "role_class", groups=["official", "oficial"])


def test_quotations_without_a_date_are_counted_as_left_out():
    table = count_over_time(voices_of(ROWS, dates={"a0": "2026-03-02"}), "speaker", period="day")
    assert set(table["n_undated"]) == {len(ROWS) - 3}


def test_positions_are_thirds_in_order():
    table = count_positions(voices_of(ROWS * 2), within="speaker")
    assert table["group"].drop_duplicates().tolist() == [
        "first third", "middle third", "last third"]


def test_positions_start_with_those_quoted_most():
    table = count_positions(voices_of(ROWS + [("b0", "cid", 4)] * 30))
    assert table["within"].drop_duplicates().tolist() == ["role not stated", "expert", "official"]


def test_what_is_not_known_is_no_group_to_follow_over_time():
    nobody = [(article, None, 4) for article, *_ in ROWS] * 2
    table = count_over_time(voices_of(ROWS + nobody, dates=DATES))
    assert set(table["group"]) == {"expert", "official"}


def test_only_the_first_voice_of_an_article_counts():
    table = count_first_voices(voices_of(ROWS), "speaker").set_index("group")
    assert table.loc["Ann Vale", "n"] == 8
    assert table["n_of"].iloc[0] == 16


def test_reasons_are_those_of_unnamed_people():
    voices = voices_of(ROWS)
    voices.loc[:11, "naming"] = "unnamed person"
    voices.loc[:2, "anonymity_reason"] = "not allowed to speak"
    table = count_anonymity_reasons(voices).set_index("group")
    assert table["n"].to_dict() == {"no reason stated": 9, "not allowed to speak": 3}
