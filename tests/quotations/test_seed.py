"""What the seed article must show; its text stays in seeds/ and is only pointed at here."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.quotations import extract_quotations

pytestmark = pytest.mark.model
SEED = next((Path(__file__).parents[2] / "seeds").glob("*.txt"))
TEASERS = ("Biden and Putin agree on", "NATO allies concerned over")
ATTRIBUTIONS = [  # words inside each of the story's attributions, in order
    "Ukraine is seeking membership in NATO", "Ukraine seeks NATO membership",
    "Ukraine was not shying away", "Ukraine was not sending", "We are not sending such signals",
    "if Ukraine succeeds, the whole", "The only signal", "the United States had not pressured",
    "some European members of NATO", "a large-scale Russian attack", "Economically, because",
    "For the last 300 years", "Most Ukrainians want",
]


@pytest.fixture(scope="module")
def text():
    return SEED.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def quotes(text):
    starts = [text.index(words) for words in TEASERS]
    skipped = [{"start": a, "end": text.index("\n", a), "reason": "teaser"} for a in starts]
    articles = pd.DataFrame([{"article_id": "seed", "text": text, "skipped": skipped}])
    return extract_quotations(articles).quotes


def holding(quotes, words):
    return quotes[quotes["content"].str.contains(words, regex=False)]


def test_at_least_twelve_of_thirteen_attributions_are_found(quotes):
    found = [words for words in ATTRIBUTIONS if len(holding(quotes, words))]
    assert len(found) >= 12, set(ATTRIBUTIONS) - set(found)


def test_content_is_the_text_at_its_spans(quotes, text):
    for spans, content in zip(quotes["spans"], quotes["content"], strict=True):
        assert " ".join(text[a:b] for a, b in spans) == content


def test_teasers_give_nothing(quotes, text):
    low = [(text.index(w), text.index("\n", text.index(w))) for w in TEASERS]
    for spans in [*quotes["spans"], *quotes["cue_spans"], *quotes["source_spans"]]:
        assert not any(a < end and start < b for a, b in spans for start, end in low)


def test_a_title_is_no_quotation(quotes):
    assert not (quotes["content"] == "60 Minutes").any()


def test_quotation_closed_with_an_opening_mark_is_whole(quotes):
    (row,) = holding(quotes, "For the last 300 years").to_dict("records")
    assert row["content"].startswith("You see, [Russia]")
    assert row["content"].endswith("stand up for a just cause")
    assert (row["kind"], row["source"]) == ("direct", "Kuleba")


def test_split_quotation_is_one_of_two_spans(quotes):
    (row,) = holding(quotes, "We are not sending such signals").to_dict("records")
    assert "Most Ukrainians want Ukraine to be a member of NATO" in row["content"]
    assert len(row["spans"]) == 2


def test_interviewer_is_the_addressee(quotes):
    told = quotes["addressee"].dropna()
    assert told.str.contains("Leslie Stahl").any()
    assert not quotes["source"].fillna("").str.contains("Stahl").any()
