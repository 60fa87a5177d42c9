import math

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invariants import NASTY, TEXTS, articles_of, check_invariants

from analysis.errors import InputError
from analysis.quotations import extract_quotations

pytestmark = pytest.mark.model


@pytest.mark.parametrize("name", NASTY)
def test_nasty_text_breaks_nothing(name):
    articles = articles_of([NASTY[name], "“We agree,” said Ada Hale."])
    found = extract_quotations(articles)
    check_invariants(articles, found)
    assert found.rejected.empty, found.rejected["detail"].tolist()
    assert (found.quotes["article_id"] == "a1").any()


@pytest.mark.slow
def test_line_of_five_megabytes_breaks_nothing():
    articles = articles_of(["x" * 4_980_000 + " “Yes,” he said." * 1_000])
    extract_quotations(articles)


@pytest.mark.slow
@given(st.lists(TEXTS, min_size=1, max_size=40))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_texts_keep_the_invariants(texts):
    articles = articles_of(texts)
    check_invariants(articles, extract_quotations(articles))


@given(st.lists(st.sampled_from([
    "“We agree,” ", "said Hale. ", "He told reporters ", "that it ended.\n", "\n“", "” ", "‘", "’ ",
    "according to the report, ", "Ms. Oduya, the mayor, ", "“I ", "never ", "stop\n\n", "'' ",
]), max_size=40))
@settings(max_examples=40, deadline=None)
def test_shuffled_speech_keeps_the_invariants(pieces):
    articles = articles_of(["".join(pieces)])
    check_invariants(articles, extract_quotations(articles))


def test_result_does_not_depend_on_the_articles_beside():
    texts = ["“We agree,” said Ada Hale, the mayor.", "Oduya denied that. “No,” he said.\n“Never.”",
             "The plan failed, officials said."]
    alone = [extract_quotations(articles_of(texts).iloc[[i]]).quotes for i in range(3)]
    together = extract_quotations(articles_of(texts)).quotes
    pd.testing.assert_frame_equal(pd.concat(alone, ignore_index=True), together)


def test_missing_text_is_rejected_and_the_rest_goes_on():
    articles = articles_of(["“We agree,” said Ada Hale.", math.nan])
    found = extract_quotations(articles)
    assert len(found.quotes) == 1
    assert found.rejected["article_id"].tolist() == ["a1"]
    assert found.rejected["reason"].tolist() == ["empty text"]


def test_no_articles_give_empty_tables():
    found = extract_quotations(articles_of([]))
    assert [len(frame) for frame in found] == [0, 0, 0, 0]


def test_quotation_with_a_skipped_source_is_left_out():
    text = "“We agree,” said Ada Hale.\n“We do not,” said Bo Oduya."
    skipped = [[{"start": 0, "end": text.index("\n"), "reason": "teaser"}]]
    found = extract_quotations(articles_of([text]).assign(skipped=skipped))
    assert found.quotes["source"].tolist() == ["Bo Oduya"]


def test_missing_column_is_told():
    with pytest.raises(InputError, match="lacks the column.*text"):
        extract_quotations(pd.DataFrame({"article_id": ["a"]}))


def test_missing_pipeline_is_told_with_the_command():
    with pytest.raises(InputError, match="spacy download en_core_web_huge"):
        extract_quotations(articles_of(["Hi."]), model="en_core_web_huge")


def test_progress_tells_articles_done():
    told = []
    extract_quotations(articles_of(["Hi.", "“No,” he said."]), progress=told.append)
    assert told == [2]


def test_every_source_is_covered_by_a_mention():
    text = ("“It is over,” said a tired shopkeeper outside. The Orland Courier reported that rain "
            "fell. According to people familiar with the talks, nothing was signed.")
    found = extract_quotations(articles_of([text]))
    for (start, end), *_ in found.quotes["source_spans"]:
        own = found.mentions
        assert ((own["start"] < end) & (own["end"] > start)).any(), text[start:end]


def test_terms_hold_words_and_phrases():
    found = extract_quotations(articles_of(["“The school boards were closed,” said Ada Hale."]))
    lemmas = set(zip(found.terms["lemma"], found.terms["pos"], strict=True))
    assert {("school board", "NP"), ("close", "VERB"), ("board", "NOUN")} <= lemmas


def test_speech_inside_speech_knows_its_parent():
    text = ("“My father always told me, ‘Never trust a man who hurries,’ and I have lived by it,” "
            "said Ada Hale.")
    quotes = extract_quotations(articles_of([text])).quotes
    inner = quotes[quotes["parent_quote_id"].notna()]
    assert inner["content"].tolist() == ["Never trust a man who hurries"]
    assert inner["source"].tolist() == ["My father"]
    assert inner["parent_quote_id"].tolist() == [quotes["quote_id"].iloc[0]]
