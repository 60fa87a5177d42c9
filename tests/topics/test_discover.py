import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.tables import conform, empty
from analysis.topics import discover_topics

MATTERS = (("tunnel", "bore", "digger", "seepage", "gravel"),
           ("teacher", "pupil", "classroom", "exam", "homework"),
           ("river", "fish", "solvent", "spill", "tank"))


def corpus(n=40, seed=0):
    """Quotations of three words on one of three matters, three to an article."""
    chance = np.random.default_rng(seed)
    quotes, terms = [], []
    for number in range(3 * n):
        matter = MATTERS[number % 3]
        article = f"a{number // 9 * 3 + number % 3:03}"
        quote_id = f"{article}:{number:03}"
        words = chance.choice(matter, size=3, replace=False)
        quotes.append((quote_id, article, " ".join(words)))
        terms += [(quote_id, place, place + 1, word.title(), word, "NOUN")
                  for place, word in enumerate(words)]
    return (conform(pd.DataFrame(quotes, columns=["quote_id", "article_id", "content"]), "quotes"),
            conform(pd.DataFrame(terms, columns=["quote_id", "start", "end", "text", "lemma",
                                                 "pos"]), "terms"))


def test_matters_are_found_named_and_filed():
    quotes, terms = corpus()
    found = discover_topics(quotes, terms, n_topics=3)
    assert len(found.topics) == 3
    for words in found.topics["terms"]:
        top = {*words.split(", ")[:5]}
        assert top in [{*matter} for matter in MATTERS]
    assert found.quote_topics["quote_id"].nunique() == len(quotes)
    assert set(found.quote_topics["basis"]) == {"model"}
    assert found.topics["stability"].gt(0.5).all()
    assert "3 topics" in found.note
    assert found.topics["topic"].str.endswith(" (found)").all()


def test_forms_of_address_tell_no_topic():
    quotes, terms = corpus()
    address = terms.drop_duplicates("quote_id").iloc[::3].assign(text="Mr", lemma="Mr", pos="PROPN")
    found = discover_topics(quotes, pd.concat([terms, address], ignore_index=True), n_topics=3)
    words = found.topics["topic"].str.cat(found.topics["terms"], sep=", ").str.lower()
    assert not words.str.contains(r"\bmr\b").any()


def test_evidence_stands_in_the_quotation_as_written():
    quotes, terms = corpus()
    found = discover_topics(quotes, terms, n_topics=3).quote_topics
    written = terms.groupby("quote_id")["text"].agg(set)
    assert all(set(row.evidence.split(", ")) <= written[row.quote_id]
               for row in found.itertuples())


def test_same_input_and_seed_give_the_same_topics_in_any_row_order():
    quotes, terms = corpus()
    one = discover_topics(quotes, terms, random_seed=3)
    two = discover_topics(quotes.iloc[::-1], terms.iloc[::-1], random_seed=3)
    assert one.topics["topic"].tolist() == two.topics["topic"].tolist()
    assert one.note == two.note


def test_few_quotations_give_phrases_and_say_so():
    quotes, terms = corpus(n=5)
    found = discover_topics(quotes, terms)
    assert "Only 15 quotations" in found.note
    assert found.topics["n"].ge(2).all()
    assert set(found.quote_topics["topic"]) == set(found.topics["topic"])


def test_no_quotation_gives_empty_tables():
    found = discover_topics(empty("quotes"), empty("terms"))
    assert found.quote_topics.empty
    assert found.topics.empty


def test_a_function_of_the_users_groups_by_meaning():
    quotes, terms = corpus()

    def embed(texts):
        return np.array([[float(any(word in text for word in matter)) for matter in MATTERS]
                         for text in texts])

    found = discover_topics(quotes, terms, n_topics=3, embed=embed)
    assert found.quote_topics.groupby("topic").size().tolist() == [40, 40, 40]


def test_a_function_that_gives_no_vectors_is_told():
    quotes, terms = corpus()
    with pytest.raises(InputError, match="embed gave .* one vector per text"):
        discover_topics(quotes, terms, n_topics=3, embed=lambda texts: np.zeros(len(texts)))


def test_other_quotations_of_the_corpus_are_filed_under_the_same_topics():
    quotes, terms = corpus(n=80)
    sample = quotes["article_id"].isin(quotes["article_id"].unique()[::2])
    found = discover_topics(quotes[sample], terms, n_topics=3)
    filed = found.model.file(quotes, terms)
    assert filed["quote_id"].nunique() == len(quotes)
    assert set(filed["topic"]) == set(found.topics["topic"])
    assert set(filed["basis"]) == {"model"}
    known = found.quote_topics.merge(filed, on=["quote_id", "topic"])
    assert len(known) == len(found.quote_topics)
    assert (known["evidence_x"] == known["evidence_y"]).all()


def test_what_a_quotation_is_filed_under_does_not_depend_on_those_beside_it():
    quotes, terms = corpus()
    model = discover_topics(quotes, terms, n_topics=3).model
    whole, alone = model.file(quotes, terms), model.file(quotes[:7], terms)
    beside = whole[whole["quote_id"].isin(quotes["quote_id"][:7])].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, beside)
