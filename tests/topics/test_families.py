import pytest

from analysis.errors import InputError
from analysis.tables import empty
from analysis.topics import compare_wordings, find_families

from .frames import make_articles, make_quotes

FULL = "We will open the northern tunnel before winter, whatever the drillers find"


def families(*contents, speakers=None, same_article=False):
    texts = ["\n".join(contents)] if same_article else contents
    articles = make_articles(
        *texts, published=[f"2026-03-{9 - i:02}" for i in range(len(texts))])
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
    pytest.param("northern tunnel before winter", ["hale", "hale"], id="too short"),
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


def test_empty_tables_stay_empty():
    assert find_families(empty("quotes"), empty("articles")).empty


def test_wordings_are_set_side_by_side():
    quotes, articles = families(FULL, "“We would open the northern tunnel before winter")
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
