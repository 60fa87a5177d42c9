from datetime import date, timedelta

import pytest

from analysis.errors import InputError
from analysis.tables import empty
from analysis.topics import (
    candidates,
    compare_wordings,
    find_families,
    list_voices,
    name_families,
    voices,
)

from .frames import make_articles, make_quotes

FULL = "We will open the northern tunnel before winter, whatever the drillers find"


def families(*contents, speakers=None, same_article=False):
    texts = ["\n".join(contents)] if same_article else contents
    articles = make_articles(
        *texts, published=[str(date(2026, 3, 9) - timedelta(days=i)) for i in range(len(texts))])
    places = [(0 if same_article else i, words) for i, words in enumerate(contents)]
    return find_families(make_quotes(articles, *places, speakers=speakers), articles), articles


@pytest.mark.parametrize("other", [
    pytest.param(FULL, id="verbatim"),
    pytest.param("“We will open the northern tunnel before winter,", id="cut"),
    pytest.param("they would open the northern tunnel before the winter", id="indirect"),
    pytest.param("We'll open the new northern tunnel before winter", id="reworded"),
])
def test_same_words_elsewhere_are_one_family(other):
    quotes, _ = families(FULL, other, speakers=["hale", "hale"])
    # The later row is dated earlier: the first use names the family.
    assert list(quotes["quote_family"]) == [quotes["quote_id"][1]] * 2


@pytest.mark.parametrize(("other", "speakers"), [
    pytest.param("We will never open the southern gate in summer", ["hale", "hale"], id="else"),
    pytest.param("the northern tunnel", ["hale", "hale"], id="too short"),
    pytest.param("We will open the northern tunnel before winter", ["hale", "moor"],
                 id="other speaker"),
])
def test_other_words_or_speakers_are_no_family(other, speakers):
    quotes, _ = families(FULL, other, speakers=speakers)
    assert quotes["quote_family"].isna().all()


def test_unresolved_speaker_joins():
    quotes, _ = families(FULL, FULL, speakers=["hale", None])
    assert quotes["quote_family"].notna().all()


def test_long_verbatim_words_join_two_names_of_one_source():
    long = FULL + " under the eastern hills of the city this year"
    quotes, _ = families(long, long, speakers=["the-ministry", "a-spokeswoman"])
    assert quotes["quote_family"].nunique() == 1


@pytest.mark.parametrize(("one", "other"), [
    pytest.param("The tunnel will open, and it will open on my watch.", "The tunnel will open",
                 id="cut to four words"),
    pytest.param('residents had "been paying for a hole" since 2022',
                 "the city had “been paying for a hole” for four years", id="words in marks"),
    pytest.param("to keep children and animals away from the bank",
                 "to keep children and pets away from the bank", id="one word in nine"),
    pytest.param("We will not be tried by rumour, our tanks are sound", "‘tried by rumor’",
                 id="spelling"),
])
def test_short_words_of_one_speaker_are_one_family(one, other):
    quotes, _ = families(one, other, speakers=["hale", "hale"])
    assert quotes["quote_family"].nunique() == 1
    apart, _ = families(one, other, speakers=["hale", "moor"])
    assert apart["quote_family"].isna().all()


def test_a_name_of_many_words_is_no_utterance():
    quotes, _ = families("The North Elder Free Harbour Trade Agreement",
                         "to leave the North Elder Free Harbour Trade Agreement now",
                         speakers=[None, None])
    assert quotes["quote_family"].isna().all()


def test_short_words_are_the_same_between_copies_only():
    long, other = FULL, "Nobody on the night shift was told about the gravel under the quay"
    texts = [f"{long}. {other}. It stopped all digging."] * 2 + ["They praised all digging."]
    articles = make_articles(*texts, published=["2026-03-01", "2026-03-02", "2026-03-03"])
    places = [(n, words) for n in range(2) for words in (long, other, "all digging")]
    quotes = make_quotes(articles, *places, (2, "all digging"), speakers=["hale"] * 7)
    found = find_families(quotes, articles).set_index("quote_id")["quote_family"]
    short = found[[name for name, words in zip(quotes["quote_id"], quotes["content"], strict=True)
                   if words == "all digging"]]
    assert short.isna().tolist() == [False, False, True]


def test_an_unresolved_quotation_joins_no_two_speakers():
    words = "Northern tunnel drillers found wet gravel everywhere"
    quotes, _ = families(words, words, words, speakers=["hale", None, "moor"])
    assert quotes["quote_family"].notna().sum() == 2
    named = quotes.dropna(subset=["speaker_id", "quote_family"])
    assert named.groupby("quote_family")["speaker_id"].nunique().max() == 1


def test_sources_of_one_name_in_two_articles_are_one():
    quotes, _ = families("not to hoard bottled water", "not to hoard bottled water",
                         speakers=["farrow-b8de5d", "farrow-d777f9"])
    assert quotes["quote_family"].nunique() == 1


def test_nine_words_are_the_same_whoever_is_named_for_them():
    words = "I would not give this water to a dog"
    quotes, _ = families(words + ", let alone a child", words, speakers=["hale", "the-hero"])
    assert quotes["quote_family"].nunique() == 1


def test_repetition_in_one_article_is_no_family():
    quotes, _ = families(FULL, "So: " + FULL, speakers=["hale", "hale"], same_article=True)
    assert quotes["quote_family"].isna().all()


def test_row_order_does_not_matter():
    quotes, articles = families(FULL, FULL[:48], "Nothing of that kind was said here at all",
                                speakers=["hale"] * 3)
    turned = find_families(quotes.iloc[::-1], articles.iloc[::-1])
    assert dict(zip(turned["quote_id"], turned["quote_family"].fillna(""), strict=True)) == dict(
        zip(quotes["quote_id"], quotes["quote_family"].fillna(""), strict=True))


def test_many_copies_stay_one_family():
    quotes, _ = families(*[FULL if i % 2 else FULL[:60 - i] for i in range(9)])
    assert quotes["quote_family"].nunique() == 1


def test_a_corpus_in_parts_and_buckets_gives_the_same_families(monkeypatch):
    words = ["tunnel", "ferry", "water", "bridge", "school", "strike", "museum", "price"]
    said = [f"We will open the {one} and close the {other} before {turn} winters"[:83 - 7 * turn]
            for turn in (0, 1, 5) for one in words for other in words]
    quotes, articles = families(*said, speakers=["hale", None, "moor"] * 64)
    parts = [quotes[:50].reset_index(drop=True), quotes[50:].reset_index(drop=True)]
    monkeypatch.setattr(voices, "_IN_A_BUCKET", 11)
    monkeypatch.setattr(candidates, "_IN_A_RANGE", 40)
    found = name_families(lambda name: [part[name] for part in parts], parts,
                          map(list_voices, parts), articles)
    names = [name for start in (0, 64, 128) for name in found.of(start, 64).fillna("")]
    assert names == quotes["quote_family"].fillna("").to_list()
    assert 1 < quotes["quote_family"].nunique() < len(found.rows) < len(quotes)


def test_empty_tables_stay_empty():
    assert find_families(empty("quotes"), empty("articles")).empty


def test_wordings_are_set_side_by_side():
    cut = "“We would open the northern tunnel before winter"
    quotes, articles = families(FULL, cut, speakers=["hale", "hale"])
    wordings = compare_wordings(quotes, quotes["quote_family"][0], articles=articles)
    assert list(wordings["article_id"]) == ["a1", "a0"]
    assert wordings["put_in"][0] == "would"
    assert wordings["left_out"][0] == "will … whatever the drillers find"
    assert wordings["marked"][0] == ("“We [-will-] {+would+} open the northern tunnel before "
                                     "winter [-whatever the drillers find-]")
    assert list(wordings["marked"])[1] == FULL


def test_unknown_family_is_told():
    with pytest.raises(InputError, match="No quotation belongs to the family 'x'"):
        compare_wordings(empty("quotes"), "x")


def test_a_quotation_that_runs_everywhere_is_one_family():
    quotes, _ = families(*[FULL] * 70, speakers=["hale"] * 70)
    assert quotes["quote_family"].nunique() == 1
    assert quotes["quote_family"].notna().all()
