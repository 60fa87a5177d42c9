import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.articles import (
    copies,
    find_copies,
    group_copies,
    load_articles,
    mark_skipped,
    signatures,
)
from analysis.articles.credits import find_credit
from analysis.articles.sketches import sketch
from analysis.errors import InputError

ROOT = Path(__file__).parents[2]
WORDS = ["tunnel", "ferry", "harbour", "council", "minister", "water", "bridge", "school",
         "teacher", "strike", "rain", "map", "museum", "mayor", "price", "year", "month", "street",
         "bread", "letter", "union", "court", "river", "fish", "audit", "vote", "paper"]


def story(seed, length=300):
    chance = random.Random(seed)
    return [chance.choice(WORDS) + chance.choice(["", "s", "ed"]) for _ in range(length)]


def corpus(texts, **columns):
    n = len(texts)
    return pd.DataFrame({
        "article_id": [f"a{i}" for i in range(n)], "outlet": [f"O{i}" for i in range(n)],
        "published": pd.date_range("2026-01-01", periods=n, tz="UTC"), "title": ["T"] * n,
        "text": [text if isinstance(text, str) else " ".join(text) for text in texts]} | columns)


def found(articles):
    told = articles[["copy_of", "copy_kind"]].astype(object)
    return told.where(articles["copy_of"].notna(), None).to_numpy().tolist()


def test_each_kind_of_copy_is_told():
    first, other = story(1), story(2)
    reworded = [word if place % 10 else "changed" for place, word in enumerate(first)]
    articles = find_copies(corpus([first, other, first, first[:120], reworded,
                                   ["New", "headline", *first]]))
    assert found(articles) == [[None, None], [None, None], ["a0", "verbatim"], ["a0", "cut"],
                               ["a0", "reworded"], ["a0", "verbatim"]]
    assert articles["copy_evidence"][2].startswith("100% of its word sequences stand in a0")


def test_an_agency_makes_the_same_text_a_wire_copy_and_is_evidence_otherwise():
    text = "OSLO (Reuters) - " + " ".join(story(1)) + "."
    articles = find_copies(corpus([text, text, text[:900]]))
    assert found(articles)[1:] == [["a0", "wire"], ["a0", "cut"]]
    assert articles["copy_evidence"].str.endswith("credits Reuters").tolist()[1:] == [True, True]


def test_two_stories_that_share_a_quotation_or_an_agency_are_no_copies():
    first, second = story(1), story(2)
    second[50:110] = first[80:140]
    articles = corpus([first, second], authors=[["Reuters"], ["Reuters"]])
    assert found(find_copies(articles)) == 2 * [[None, None]]


def test_a_roundup_does_not_join_the_briefs_it_holds():
    briefs = [story(seed, 90) for seed in (1, 2, 3, 4)]
    articles = find_copies(corpus([briefs[0], sum(briefs, []), briefs[1]]))
    assert found(articles)[:2] == [[None, None], [None, None]]
    assert articles["copy_of"][2] == "a1"


def test_the_earliest_is_the_original_and_row_order_does_not_matter():
    texts = [story(seed % 7) for seed in range(30)]
    articles = corpus(texts)
    articles.loc[3, "published"] = pd.NaT
    expected = find_copies(articles).set_index("article_id")["copy_of"]
    mixed = articles.sample(frac=1, random_state=1)
    again = find_copies(mixed)
    assert again.index.tolist() == mixed.index.tolist()
    pd.testing.assert_series_equal(again.set_index("article_id")["copy_of"].sort_index(),
                                   expected.sort_index())
    originals = set(expected.dropna())
    assert expected[list(originals)].isna().all()
    assert expected["a3"] == "a10"


def test_signatures_of_parts_give_the_same_groups_in_any_number_of_buckets(monkeypatch):
    articles = corpus([story(seed % 9) for seed in range(40)])
    whole = find_copies(articles).dropna(subset=["copy_of"])
    parts = [signatures(articles[:13]), signatures(articles[13:])]
    monkeypatch.setattr(copies, "_IN_A_BUCKET", 7)
    groups = group_copies(lambda columns: [part.select(columns) for part in parts])
    assert len(groups) == 31
    assert groups.set_index("article_id").sort_index().to_dict() == whole.set_index(
        "article_id").sort_index()[["copy_of", "copy_kind", "copy_evidence"]].to_dict()


def test_what_is_not_the_story_is_not_compared():
    note = " ".join(story(5, 200))
    texts = [f"{' '.join(story(seed, 60))}\n{note}" for seed in (1, 2)]
    spans = [[[text.index("\n") + 1, len(text), "boilerplate"]] for text in texts]
    assert found(find_copies(corpus(texts, skipped=spans))) == 2 * [[None, None]]


def test_short_and_empty_texts_are_copies_only_if_the_same():
    articles = find_copies(corpus(["", "", "Rain.", "Rain.", " ".join(story(1, 40)),
                                   " ".join(story(1, 40))]))
    assert articles["copy_of"].isna().tolist() == [True, True, True, True, True, False]
    assert len(find_copies(corpus([]))) == 0


def test_missing_columns_are_named():
    with pytest.raises(InputError, match=r"lacks the column\(s\) published, title"):
        find_copies(pd.DataFrame({"article_id": ["1"], "outlet": ["O"], "text": ["x"]}))


def test_sketches_ignore_case_marks_and_newlines():
    words = " ".join(story(1))
    assert np.array_equal(sketch(words), sketch(words.upper().replace(" ", ",\r\n")))
    assert len(sketch("too few words")) == 0


@pytest.mark.parametrize(("text", "authors", "outlet", "agency"), [
    ("OSLO, Norway (AP) — Rain fell.", [], None, "Associated Press"),
    ("(Reuters) - Rain fell.", [], None, "Reuters"),
    ("PORT ELDER, March 3 (Corvane) — Rain fell.", [], None, "Corvane"),
    ("Rain fell.", ["The Associated Press"], None, "Associated Press"),
    ("Rain fell.", [], "Agence France-Presse", "Agence France-Presse"),
    ("By Reuters\n\nRain fell.", [], None, "Reuters"),
    ("Rain fell.\n\n© 2024 Agence France-Presse", [], None, "Agence France-Presse"),
    ("“It rained,” he told Reuters (and AP) on Monday.", [], None, None),
])
def test_credits_are_told_from_mentions(text, authors, outlet, agency):
    assert find_credit(text, authors=authors, outlet=outlet) == agency


def test_the_demos_copies_are_found():
    import json

    articles = find_copies(load_articles(ROOT / "data/demo/articles").articles)
    lines = (ROOT / "data/demo/gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {item["article_id"]: item["copy_of"] for item in map(json.loads, lines)}
    copies = articles.set_index("article_id")["copy_of"].astype(object)
    assert {key: value for key, value in copies.dropna().items() if key in gold} == {
        key: value for key, value in gold.items() if value}


def test_an_article_without_a_text_is_no_copy_and_nothing_of_it_is_skipped():
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": ["Words of a story.", None]})
    articles = articles.assign(outlet=None, published=None, title=None)
    assert mark_skipped(articles)["skipped"].tolist() == [[], []]
    assert find_copies(articles)["copy_of"].isna().all()
