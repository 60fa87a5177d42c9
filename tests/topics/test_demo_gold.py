"""How well topics and families do on the demo corpus, given the gold's quotations."""

from itertools import combinations

import pytest
from gold_tables import DEMO, gold_tables

from analysis.tables import empty
from analysis.topics import assign_topics, find_families, load_topics


@pytest.fixture(scope="module")
def gold():
    return gold_tables()


@pytest.fixture(scope="module")
def filed(gold):
    topics = load_topics(DEMO / "topics.csv")
    return assign_topics(gold.quotes, empty("terms"), gold.articles, topics=topics)


def test_main_topic_is_right(gold, filed):
    # The gold names up to three topics for a quotation; the strongest must be one of them.
    wanted = gold.quote_topics.groupby("quote_id")["topic"].agg(set)
    main = filed.drop_duplicates("quote_id").set_index("quote_id")["topic"]
    right = sum(topic in wanted.get(quote_id, ()) for quote_id, topic in main.items())
    precision, recall = right / len(main), right / len(wanted)
    assert 2 * precision * recall / (precision + recall) >= 0.83


def test_all_topics_together(gold, filed):
    wanted, found = (set(zip(table["quote_id"], table["topic"], strict=True))
                     for table in (gold.quote_topics, filed))
    assert 2 * len(wanted & found) / (len(wanted) + len(found)) >= 0.73


def test_evidence_of_every_row_stands_in_its_article(gold, filed):
    articles = gold.articles.set_index("article_id")
    homes = gold.quotes.set_index("quote_id")["article_id"]
    contents = gold.quotes.set_index("quote_id")["content"]
    for row in filed.itertuples():
        article = articles.loc[homes[row.quote_id]]
        for item in row.evidence.split("; "):
            place, words = item.split(": ")
            text = {"headline": article["title"], "content": contents[row.quote_id]}.get(
                place, article["text"])
            assert all(word in " ".join(text.split()) for word in words.split(", ")), row


def pairs(families):
    members = {}
    for quote_id, family in families.dropna().items():
        members.setdefault(family, []).append(quote_id)
    return {frozenset(pair) for ids in members.values() for pair in combinations(ids, 2)}


def test_families_are_found_without_others(gold):
    wanted = pairs(gold.quotes.set_index("quote_id")["quote_family"])
    quotes = gold.quotes.drop(columns="quote_family")
    found = pairs(find_families(quotes, gold.articles).set_index("quote_id")["quote_family"])
    assert len(wanted & found) / len(found) >= 0.95
    assert len(wanted & found) / len(wanted) >= 0.95
