from analysis.tables import empty
from analysis.topics import Topic, assign_topics, check_topics, review_topics

from .frames import make_articles, make_quotes, make_terms

TOPICS = (Topic("Tunnel", ("tunnel", "delve", "viaduct")), Topic("Works", ("tunnel",)),
          Topic("Moon", ("moon",)))


def findings(n=6):
    text = "\n".join(f"“We dug tunnel {i},” he said." for i in range(n)) + "\n“No,” he said."
    articles = make_articles(text)
    quotes = make_quotes(articles, *[(0, f"We dug tunnel {i}") for i in range(n)])
    terms = make_terms(quotes, articles, dug="delve")
    found = assign_topics(quotes, terms, articles, topics=TOPICS)
    return check_topics(TOPICS, found, quotes, terms), found, quotes, terms


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
    _, _, quotes, terms = findings()
    table = check_topics(TOPICS, empty("quote_topics"), quotes, terms)
    assert list(table[table["finding"] == "quotations without a topic"]["n"]) == [6]


def test_without_a_file_only_the_topics_themselves_are_reviewed():
    _, found, quotes, terms = findings()
    assert set(review_topics("", found, quotes, terms)["finding"]) == {
        "quotations without a topic", "topics overlap"}
