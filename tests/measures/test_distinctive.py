import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.measures import compare_words
from analysis.tables import Tables

from .frames import voices_of

ROWS = [(f"a{n}", who, 4) for n in range(20) for who in ("ann", "bob")]


def terms_of(voices, *, ann, bob):
    rows = [(row.quote_id, word, "NOUN") for row in voices.itertuples()
            for word in (ann if row.speaker_id == "ann" else bob)]
    return Tables(terms=pd.DataFrame(rows, columns=["quote_id", "lemma", "pos"]).astype("str"))


def test_words_of_one_group_stand_out_and_shared_ones_do_not():
    voices = voices_of(ROWS)
    table = compare_words(voices, terms_of(voices, ann=["toll", "city"], bob=["reef", "city"]))
    found = table.groupby("group")["term"].agg(list).to_dict()
    assert found == {"Ann Vale": ["toll"], "Bob Orr": ["reef"]}
    assert table["z"].gt(1.96).all()
    assert table["n"].tolist() == [20, 20]


def test_z_follows_the_paper():
    # y = 20 and 0 of 40 words each, prior of 100 words with a quarter on the word:
    # log((20 + 25) / (140 - 45)) - log(25 / 115), variance 1/45 + 1/25.
    voices = voices_of(ROWS)
    table = compare_words(voices, terms_of(voices, ann=["toll", "city"], bob=["reef", "city"]))
    row = table[table["term"] == "toll"].iloc[0]
    assert row["log_odds"] == pytest.approx(0.7788, abs=1e-3)
    assert row["z"] == pytest.approx(0.7788 / (1 / 45 + 1 / 25) ** 0.5, abs=1e-3)


def test_copies_of_one_quotation_count_once():
    voices = voices_of(ROWS)
    copied = voices.assign(quote_family=["f" if who == "ann" else None
                                         for who in voices["speaker_id"]])
    table = compare_words(copied, terms_of(copied, ann=["toll", "city"], bob=["reef", "city"]))
    assert "toll" not in list(table["term"])


def test_unknown_group_is_told_with_the_nearest():
    voices = voices_of(ROWS)
    with pytest.raises(InputError, match="no group by speaker 'Ann Vail'.*mean 'Ann Vale'"):
        compare_words(voices, terms_of(voices, ann=["toll"], bob=[]), groups=["Ann Vail"])


def test_nothing_said_gives_an_empty_table():
    voices = voices_of(ROWS)
    assert compare_words(voices, terms_of(voices, ann=[], bob=[])).empty
