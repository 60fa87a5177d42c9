import pytest

from analysis.errors import InputError
from analysis.measures import describe_speaker, heard_with, pick_speaker, select_speaker

from .frames import voices_of

VOICES = voices_of([("a1", "ann", 4), ("a1", "bob", 5), ("a2", "ann", 6), ("b1", "cid", 2),
                    ("b1", None, 2)], dates={"a1": "2026-03-02", "a2": "2026-03-09"})


@pytest.mark.parametrize("speaker", ["Ann Vale", "ann", "Vale", "vale", ""])
def test_a_speaker_is_found_by_name_id_or_surname(speaker):
    assert pick_speaker(VOICES, speaker) == "Ann Vale"


def test_an_unknown_speaker_is_told_with_the_nearest():
    with pytest.raises(InputError, match="no speaker 'Anne Vale'.*Did you mean 'Ann Vale'"):
        pick_speaker(VOICES, "Anne Vale")


def test_two_of_one_surname_are_told():
    both = VOICES.assign(speaker=VOICES["speaker"].replace("Bob Orr", "Bob Vale"))
    with pytest.raises(InputError, match="Several speakers are named 'Vale': Ann Vale, Bob Vale"):
        pick_speaker(both, "Vale")


def test_no_known_speaker_is_told():
    assert pick_speaker(VOICES.head(0), "") == "nobody"
    assert select_speaker(VOICES.head(0), "nobody").empty
    with pytest.raises(InputError, match="No quotation here has a known speaker, so none of 'Ann'"):
        pick_speaker(VOICES.head(0), "Ann")


def test_a_speaker_who_is_silent_in_a_selection_is_no_mistake():
    first = VOICES[VOICES["article_id"] == "b1"]
    assert pick_speaker(first, "Vale", corpus=VOICES) == "Ann Vale"
    assert select_speaker(first, "Ann Vale").empty
    assert heard_with(first, "Ann Vale").empty
    assert dict(describe_speaker(first, "Ann Vale").values)["name"] == "Ann Vale"
    with pytest.raises(InputError, match="Did you mean 'Ann Vale'"):
        pick_speaker(first, "Anne Vale", corpus=VOICES)


def test_own_and_other_voices_of_the_same_articles():
    assert list(select_speaker(VOICES, "Vale")["article_id"]) == ["a1", "a2"]
    assert list(heard_with(VOICES, "Vale")["speaker"]) == ["Bob Orr"]


def test_the_profile_says_what_is_known_and_what_is_not():
    facts = dict(describe_speaker(VOICES, "Vale").to_numpy().tolist())
    assert facts["class of role"] == "official"
    assert facts["affiliation"] == "not stated"
    assert facts["articles"] == "2 of 3"
    assert facts["first and last quoted"] == "2026-03-02 to 2026-03-09"
