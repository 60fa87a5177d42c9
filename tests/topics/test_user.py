import time

import pytest

from analysis.tables import empty
from analysis.topics import Topic, assign_topics
from analysis.topics.matcher import build_tree, find_hits
from analysis.topics.places import find_bounds, surrounding
from analysis.topics.words import base_forms, keyword_forms

from .frames import make_articles, make_quotes, make_terms

TUNNEL = Topic("Tunnel", ("tunnel", "toll road", "fund the works"), ("tunnel vision",))
PORT = Topic("Port", ("harbour", "migra*", "US"))


def matched(text, *topics, lemmas=None):
    hits = find_hits(text, build_tree(topics), lemmas=lemmas)
    return [text[hit.start:hit.end] for hit in hits if not hit.excludes]


@pytest.mark.parametrize(("word", "form"), [
    ("policies", "policy"), ("taxes", "tax"), ("houses", "house"), ("planned", "plan"),
    ("funded", "fund"), ("voting", "vote"), ("carried", "carry"), ("women", "woman"),
    ("built", "build"), ("processes", "process"), ("falling", "fall"),
])
def test_inflection_is_undone(word, form):
    assert form in base_forms(word)


@pytest.mark.parametrize(("word", "form"), [
    ("united", "unit"), ("news", "new"), ("rating", "rat"), ("bring", "br"), ("bus", "bu"),
    ("press", "pres"), ("crisis", "crisi"),
])
def test_other_words_are_not_taken_for_inflection(word, form):
    assert form not in base_forms(word)


def test_keyword_in_the_plural_means_its_singular_but_keeps_its_own_sense():
    assert keyword_forms("floods") == {"floods", "flood"}
    assert keyword_forms("housing") == {"housing"}


@pytest.mark.parametrize(("text", "words"), [
    pytest.param("Two tunnels and toll roads", ["tunnels", "toll roads"], id="plural"),
    pytest.param("the tunnel’s toll-road", ["tunnel", "toll-road"], id="possessive, hyphen"),
    pytest.param("the toll, road by road", [], id="comma parts a phrase"),
    pytest.param("They funded the works", ["funded the works"], id="verb in a phrase"),
    pytest.param("Migrants told us; the US and U.S. differ", ["Migrants", "US", "U.S."],
                 id="ending, capitals"),
    pytest.param("A tunneller", [], id="other word"),
])
def test_keywords_match_inflected_forms(text, words):
    assert matched(text, TUNNEL, PORT) == words


def test_lemma_of_the_parser_counts_before_the_rule():
    text = "The dug passage"
    assert matched(text, Topic("T", ("passage way", "delve")), lemmas={4: "delve"}) == ["dug"]


@pytest.mark.parametrize(("text", "sentence"), [
    ("One. Two is here. Three.", "Two is here. "),
    ("Mr. Hale of the U.S. Senate said Two. Three", "Mr. Hale of the U.S. Senate said Two. "),
    ("First line\n\nThen Two, “yes.” Next", "Then Two, “yes.” "),
])
def test_sentence_around_a_word_is_found(text, sentence):
    place = text.index("Two")
    start, end = surrounding(find_bounds(text).sentences, place, place + 3)
    assert text[start:end] == sentence


def test_hostile_text_takes_linear_time():
    text = "." * 200_000 + "!?" * 100_000 + "\n" * 100_000 + "a.b." * 50_000
    started = time.process_time()
    find_bounds(text)
    matched(text, TUNNEL, PORT)
    assert time.process_time() - started < 10


def assign(text, words, *topics, title=None, skipped=None, lemmas=None):
    articles = make_articles(text, titles=[title], skipped=[skipped or []])
    quotes = make_quotes(articles, (0, words))
    terms = make_terms(quotes, articles, **lemmas) if lemmas else empty("terms")
    return assign_topics(quotes, terms, articles, topics=topics)


def test_words_of_the_quotation_count_before_its_surroundings():
    found = assign("Hale spoke at the harbour. “Tolls pay for the tunnel,” he said.",
                   "Tolls pay for the tunnel", PORT, TUNNEL)
    assert found["topic"][0] == "Tunnel"
    assert found["evidence"][0] == "content: tunnel"
    assert found["basis"][0] == "keyword"


@pytest.mark.parametrize(("text", "title", "evidence"), [
    pytest.param("“It will open,” Hale said of the tunnel. More.", None, "sentence: tunnel",
                 id="sentence"),
    pytest.param("The tunnel is late. “It will open,” Hale said.", None, "paragraph: tunnel",
                 id="paragraph"),
    pytest.param("“It will open,” Hale said.", "Tunnels delayed", "headline: Tunnels",
                 id="headline"),
    pytest.param("A tunnel.\n\nThe tunnel.\n\n“It will open,” Hale said.", None,
                 "article: tunnel", id="article"),
])
def test_surroundings_claim_what_the_quotation_leaves_open(text, title, evidence):
    found = assign(text, "It will open", TUNNEL, title=title)
    assert list(found["evidence"]) == [evidence]


def test_nearer_words_weigh_more():
    weights = [assign(text, "It will open", TUNNEL)["weight"][0] for text in (
        "“It will open” for the tunnel. More.", "The tunnel. “It will open.” So.")]
    assert weights[0] > weights[1]


def test_exclusion_cancels_the_word_it_covers():
    assert assign("“It is tunnel vision,” he said.", "It is tunnel vision", TUNNEL).empty
    both = assign("“The tunnel is tunnel vision,” he said.", "The tunnel is tunnel vision", TUNNEL)
    assert list(both["evidence"]) == ["content: tunnel"]


def test_exclusion_elsewhere_cancels_the_topic_in_that_place():
    pitch = Topic("Sport", ("pitch",), ("sales",))
    assert assign("“Sales need a pitch,” he said.", "Sales need a pitch", pitch).empty


def test_skipped_text_is_no_context():
    text = "READ MORE: tunnel, tunnel\n\n“It will open,” Hale said."
    assert assign(text, "It will open", TUNNEL, skipped=[[0, 25, "teaser"]]).empty


def test_lemmas_of_terms_are_used():
    topic = Topic("Digging", ("delve",))
    assert len(assign("“We dug on,” he said.", "We dug on", topic, lemmas={"dug": "delve"})) == 1


def test_a_keyword_in_the_quotation_always_files_it():
    text = "Harbour, harbour.\n\nHarbour.\n\n“Tolls pay for the tunnel,” he said.\n\nHarbour."
    assert "Tunnel" in list(assign(text, "Tolls pay for the tunnel", PORT, TUNNEL)["topic"])


def test_one_keyword_in_passing_makes_no_story():
    text = "A tunnel.\n\n" + "Nothing here.\n\n" * 4 + "“It will open,” Hale said."
    assert assign(text, "It will open", TUNNEL).empty


def test_words_that_go_along_with_keywords_help():
    stories = [f"“The hospital has {n} infants on formula,” Hale said." for n in range(60)]
    others = [f"“The stadium sold {n} seats on Sunday,” Hale said." for n in range(59)]
    texts = [*stories, *others, "“Infants drink formula,” Hale said. “Nobody asked,” Hale said."]
    articles = make_articles(*texts)
    quotes = make_quotes(articles, *[(n, text[1:text.index(",")]) for n, text in enumerate(texts)])
    topics = [Topic("Health", ("hospital",)), Topic("Sport", ("stadium",))]
    found = assign_topics(quotes, empty("terms"), articles, topics=topics)
    assert set(found[found["topic"] == "Health"]["quote_id"]) <= set(quotes["quote_id"][:60]) | {
        quotes["quote_id"].iloc[-1]}


def test_row_order_does_not_matter():
    text = "The tunnel at the harbour. “Tolls pay for it,” he said. “The harbour is full,” he said."
    articles = make_articles(text)
    quotes = make_quotes(articles, (0, "Tolls pay for it"), (0, "The harbour is full"))
    one = assign_topics(quotes, empty("terms"), articles, topics=[TUNNEL, PORT])
    two = assign_topics(quotes.iloc[::-1], empty("terms"), articles, topics=[TUNNEL, PORT])
    order = ["quote_id", "topic"]
    assert one.sort_values(order).to_numpy().tolist() == two.sort_values(order).to_numpy().tolist()


def test_evidence_stands_in_the_text():
    text = "The tunnels of the harbour. “Tolls pay for the toll-road,” he said.\n\nUS ports."
    found = assign(text, "Tolls pay for the toll-road", TUNNEL, PORT, title="Tunnels")
    for place, words in (item.split(": ") for line in found["evidence"]
                         for item in line.split("; ")):
        assert all(word in ("Tunnels" if place == "headline" else text)
                   for word in words.split(", "))


def test_empty_tables_give_an_empty_table():
    found = assign_topics(empty("quotes"), empty("terms"), empty("articles"), topics=[TUNNEL])
    assert list(found.columns) == ["quote_id", "topic", "weight", "basis", "evidence"]
    assert found.empty
