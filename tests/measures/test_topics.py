import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.measures import (
    count_spread,
    count_talked_about,
    count_topics,
    count_topics_over_time,
    count_who_about_whom,
    quotes_behind,
)
from analysis.measures.topics import NO_TOPIC

from .frames import voices_of

ROWS = [(f"{outlet}{n}", who, 4) for n in range(7) for outlet, who in
        (("a", "ann"), ("a", "bob"), ("b", "bob"), ("b", None))]
DATES = {f"{outlet}{n}": f"2026-03-{2 + 4 * n:02d}" for n in range(7) for outlet in "ab"}
BY_SPEAKER = {"ann": ["Tunnel"], "bob": ["Tunnel", "Money"]}


@pytest.fixture(scope="module")
def voices():
    found = voices_of(ROWS, dates=DATES)
    return found.assign(topics=[BY_SPEAKER.get(who, []) for who in found["speaker_id"]])


def named(voices, *pairs):
    return pd.DataFrame(list(pairs), columns=["quote_id", "about"])


def test_shares_are_of_quotations_and_those_without_a_topic_are_shown(voices):
    counted = count_topics(voices).set_index("group")
    assert counted["n"].to_dict() == {"Tunnel": 21, "Money": 14, NO_TOPIC: 7}
    assert counted.loc["Money", "value"] == 0.5
    assert counted["n_of"].eq(28).all()
    assert counted.loc["Tunnel", "low"] < 0.75 < counted.loc["Tunnel", "high"]
    assert counted.loc["Tunnel", "n_articles"] == 14


def test_topics_within_speakers(voices):
    counted = count_topics(voices, within="speaker", groups=["Ann Vale"])
    assert dict(zip(counted["group"], counted["value"], strict=True)) == {
        "Tunnel": 1.0, "Money": 0.0, NO_TOPIC: 0.0}


def test_a_topic_or_group_that_is_none_is_refused(voices):
    with pytest.raises(InputError, match="no group by topic 'Monye'.*Did you mean 'Money'"):
        count_topics_over_time(voices, topics=["Monye"])
    with pytest.raises(InputError, match="no group by outlet 'Nope'"):
        count_topics(voices, within="outlet", groups=["Nope"])


def test_every_share_of_a_topic_leads_to_its_quotations(voices):
    for item in count_topics(voices, within="outlet").itertuples():
        if item.n:
            behind = quotes_behind(voices, by=item.by, group=item.group, within_by=item.within_by,
                                   within=item.within)
            assert len(behind) == item.n


def test_few_quotations_get_no_interval(voices):
    counted = count_topics(voices.head(8))
    assert counted["low"].isna().all()
    assert set(counted["note"]) == {"too few to say"}


def test_weeks_without_quotations_are_gaps(voices):
    late = voices[~voices["article_id"].isin(["a4", "b4", "a5", "b5"])]
    counted = count_topics_over_time(late, topics=["Money"])
    assert list(counted["n_of"]) == [8, 8, 0, 4]
    assert counted["value"].isna().tolist() == [False, False, True, False]
    with pytest.raises(InputError, match="no period 'weeks'"):
        count_topics_over_time(voices, period="weeks")


def test_who_about_whom_counts_quotations_not_names(voices):
    ann, bob = (voices[voices["speaker_id"] == who]["quote_id"].tolist() for who in ("ann", "bob"))
    pairs = [(ann[0], "Cid Ash"), (ann[0], "Cid Ash"), (ann[1], "Cid Ash"), (bob[0], "Ministry")]
    table = count_who_about_whom(voices, named(voices, *pairs)).set_index(["within", "group"])
    assert table["n"].to_dict() == {
        ("Ann Vale", "Cid Ash"): 2, ("Ann Vale", "Ministry"): 0, ("Bob Orr", "Cid Ash"): 0,
        ("Bob Orr", "Ministry"): 1}
    assert table.loc[("Ann Vale", "Cid Ash"), "n_of"] == 7
    assert table.loc[("Ann Vale", "Cid Ash"), "quote_ids"] == sorted(ann[:2])


def test_who_is_named_is_a_share_of_all_quotations(voices):
    pairs = [(quote_id, "Cid Ash") for quote_id in voices["quote_id"][:14]]
    counted = count_talked_about(voices, named(voices, *pairs))
    assert counted[["group", "n", "value", "by"]].to_numpy().tolist() == [
        ["Cid Ash", 14, 0.5, "about"]]
    assert count_talked_about(voices, named(voices)).empty


def test_spread_tells_first_use_and_reach(voices):
    family = voices["quote_id"].where(voices["article_id"].isin(["b1", "a2", "b3"]))
    families = voices.assign(quote_family=["f" if isinstance(x, str) else None for x in family],
                             content=["Same words." if n % 2 else "same words" for n in
                                      range(len(voices))])
    row = count_spread(families).iloc[0]
    assert (row["first_outlet"], row["n_outlets"], row["n_articles"], row["n_wordings"]) == (
        "B", 2, 3, 1)
    assert f"{row['first_published']:%Y-%m-%d}" == "2026-03-06"
    assert count_spread(voices).empty


def test_empty_voices_give_empty_tables(voices):
    nobody = voices.head(0)
    assert count_topics(nobody).empty
    assert count_topics_over_time(nobody).empty
    assert count_who_about_whom(nobody, named(nobody)).empty
