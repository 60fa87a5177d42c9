from dataclasses import replace

from analysis.tables import Tables, empty
from analysis.topics import Topic, assign_topics, check_topics, review_topics, unmatched

from .frames import make_articles, make_quotes, make_terms

TOPICS = (Topic("Tunnel", ("tunnel", "delve", "viaduct")), Topic("Works", ("tunnel",)),
          Topic("Moon", ("moon",)))


def findings(n=6):
    text = "\n".join(f"“We dug tunnel {i},” he said." for i in range(n)) + "\n“No,” he said."
    articles = make_articles(text)
    quotes = make_quotes(articles, *[(0, f"We dug tunnel {i}") for i in range(n)])
    terms = make_terms(quotes, articles, dug="delve")
    found = assign_topics(quotes, terms, articles, topics=TOPICS)
    tables = Tables(quotes=quotes, terms=terms, quote_topics=found)
    return check_topics(TOPICS, tables), tables


def test_keywords_that_never_match_are_told_and_lemmas_are_known():
    table = findings()[0]
    never = table[table["finding"] == "keyword never matches"]
    assert list(zip(never["topic"], never["detail"], strict=True)) == [
        ("Tunnel", "viaduct"), ("Moon", "moon")]


def test_topics_that_overlap_and_that_claim_nothing_are_told():
    table = findings()[0].set_index("finding")
    assert table.loc["topics overlap", "detail"] == "with Works"
    assert table.loc["topics overlap", "share"] == 1.0
    assert table.loc["topic claims nothing", "topic"] == "Moon"


def test_unclaimed_quotations_are_counted():
    tables = replace(findings()[1], quote_topics=empty("quote_topics"))
    table = check_topics(TOPICS, tables)
    assert list(table[table["finding"] == "quotations without a topic"]["n"]) == [6]


def test_without_a_file_only_the_topics_themselves_are_reviewed():
    _, tables = findings()
    assert set(review_topics("", tables)["finding"]) == {
        "quotations without a topic", "topics overlap"}


def test_a_keyword_found_by_its_lemma_or_late_in_the_corpus_is_no_finding(monkeypatch):
    monkeypatch.setattr(unmatched, "_FIRST", 1)
    _, tables = findings(n=9)
    left = unmatched.find_unmatched(
        [Topic("Late", ("tunnel 8", "tunnel 9", "delve tunnel", "tun*", "We"))], tables)
    assert left == [("Late", "tunnel 9")]
