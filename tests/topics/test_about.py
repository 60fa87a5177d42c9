import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.tables import Tables, conform
from analysis.topics import find_key_phrases, find_talked_about

from .frames import make_articles, make_quotes

TEXT = ("Anneke Grell met Tomas Verrin. “Verrin dug and Corvane paid, Grell signed,” Grell said. "
        "“Nobody knows Verrin,” Orla Maddern said.")


def tables(ids=()):
    articles = make_articles(TEXT)
    quotes = make_quotes(articles, (0, "Verrin dug and Corvane paid, Grell signed"),
                         (0, "Nobody knows Verrin"), speakers=["s1", "s2"])
    rows, place = [], 0
    for name, label in (("Anneke Grell", "person"), ("Tomas Verrin", "person"),
                        ("Verrin", "person"), ("Corvane", "organization"), ("Grell", "person"),
                        ("Verrin", "person"), ("Orla Maddern", "person")):
        place = TEXT.index(name, place)
        rows.append(("a0", place, place + len(name), name, label, 0, dict(ids).get(name)))
        place += len(name)
    columns = ["article_id", "start", "end", "text", "label", "sentence", "speaker_id"]
    mentions = conform(pd.DataFrame(rows, columns=columns), "mentions")
    speakers = conform(pd.DataFrame({"speaker_id": ["s1", "s2"],
                                     "name": ["Anneke Grell", "Orla Maddern"]}), "speakers")
    return quotes, Tables(quotes=quotes, mentions=mentions, speakers=speakers)


def test_names_in_quotations_are_found_by_their_fullest_form():
    found = find_talked_about(*tables())
    assert list(zip(found["speaker_id"], found["about"], strict=True)) == [
        ("s1", "Tomas Verrin"), ("s1", "Corvane"), ("s2", "Tomas Verrin")]


def test_a_speaker_who_names_himself_is_left_out():
    assert "Anneke Grell" not in list(find_talked_about(*tables({"Grell": "s1"}))["about"])


def test_kinds_of_names_can_be_chosen():
    found = find_talked_about(*tables(), labels=("organization",))
    assert list(found["about"]) == ["Corvane"]
    with pytest.raises(InputError, match="no kind of name 'persons'.*Did you mean 'person'"):
        find_talked_about(*tables(), labels=("persons",))


def test_empty_tables_give_an_empty_table():
    found = find_talked_about(Tables().quotes, Tables())
    assert found.empty
    assert "about" in found


def test_key_phrases_are_those_at_home_with_a_speaker():
    quotes, _ = tables()
    one, two = quotes["quote_id"]
    rows = [(one, "northern tunnel", "NP"), (one, "city", "NOUN"), (two, "city", "NOUN"),
            (two, "toll", "NOUN")]
    terms = conform(pd.DataFrame([(quote, 0, 1, text, text, pos) for quote, text, pos in rows],
                                 columns=["quote_id", "start", "end", "text", "lemma", "pos"]),
                    "terms")
    phrases = find_key_phrases(quotes, terms, top_n=1)
    assert list(zip(phrases["speaker_id"], phrases["phrase"], strict=True)) == [
        ("s1", "northern tunnel"), ("s2", "toll")]
