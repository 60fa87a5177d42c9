import pandas as pd
import pytest

from analysis.measures import corpus_words, difference_words, speaker_words

from .frames import voices_of


@pytest.mark.parametrize(("notes", "words"), [
    (["differs", "may be chance"],
     "1 of 2 differences between A and B has a 95 % interval that leaves out zero"),
    (["differs", "differs", "too few to say"],
     "2 of 2 differences between A and B have a 95 % interval that leaves out zero; "
     "1 group too few to say"),
    (["too few to say"], "Too few articles on one side to say whether the two differ"),
    ([], "The articles have no two sides to compare"),
])
def test_a_comparison_says_no_more_than_its_intervals(notes, words):
    assert difference_words(pd.DataFrame({"note": notes, "first": "A", "second": "B"})) == words


def test_one_article_is_no_articles():
    voices = voices_of([("a0", "ann", 4), ("a0", "ann", 4)])
    assert speaker_words(voices, "Ann") == "Ann is quoted 2 times in 1 article of 1 outlet"
    assert corpus_words(voices) == "2 quotations by 1 speaker in 1 article"


def test_an_outlet_that_no_article_states_is_not_counted():
    voices = voices_of([("a0", "ann", 4)]).assign(outlet=None)
    assert speaker_words(voices, "Ann") == (
        "Ann is quoted 1 time in 1 article, outlet not stated")


def test_who_is_silent_here_is_said_to_be():
    assert speaker_words(voices_of([("a0", "ann", 4)])[:0], "Ann") == "Ann is not quoted here"
