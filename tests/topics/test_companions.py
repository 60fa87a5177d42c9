import numpy as np

from analysis.tables import empty
from analysis.topics import Topic, assign_topics, draw_lessons, learn_topics
from analysis.topics.companions import sum_up

from .frames import make_articles, make_quotes

TOPICS = (Topic("Health", ("hospital",)), Topic("Sport", ("stadium",)))


def corpus():
    texts = [f"“The {place} has {n} {words},” Hale said." for n in range(60)
             for place, words in (("hospital", "infants on formula"), ("stadium", "new seats"))]
    texts += ["“Infants drink formula,” Hale said."]
    articles = make_articles(*texts)
    quotes = make_quotes(articles, *[(n, text[1:text.index(",")]) for n, text in enumerate(texts)])
    return quotes, articles


def test_companions_are_the_words_that_stand_with_the_keywords():
    quotes, articles = corpus()
    learned = learn_topics(quotes, empty("terms"), articles, topics=TOPICS)
    lessons = draw_lessons([learned], ["Health", "Sport"])
    assert lessons.companions["infant"][0] > 0 > lessons.companions["infant"][1]
    assert lessons.companions["seat"][1] > 0
    assert "hale" not in lessons.companions  # stands with both


def test_few_quotations_teach_no_companions():
    learned = sum_up([np.ones(2)], [["infant"]] * 9, np.ones((9, 2)), ["Health", "Sport"])
    assert draw_lessons([learned], ["Health", "Sport"]).companions == {}


def test_parts_teach_what_the_whole_teaches():
    quotes, articles = corpus()
    names = [topic.name for topic in TOPICS]
    halves = [(articles.iloc[:50], quotes.iloc[:50]), (articles.iloc[50:], quotes.iloc[50:])]
    whole = draw_lessons([learn_topics(quotes, empty("terms"), articles, topics=TOPICS)], names)
    learned = draw_lessons((learn_topics(said, empty("terms"), read, topics=TOPICS)
                            for read, said in halves), names, n_buckets=5)
    assert learned.usual.tolist() == whole.usual.tolist()
    assert len(whole.companions) > 3
    assert {stem: weights.tolist() for stem, weights in learned.companions.items()} == {
        stem: weights.tolist() for stem, weights in whole.companions.items()}
    filed = [assign_topics(said, empty("terms"), read, topics=TOPICS, learned=learned)
             for read, said in halves]
    together = assign_topics(quotes, empty("terms"), articles, topics=TOPICS)
    assert [row for frame in filed for row in frame.to_numpy().tolist()] == (
        together.to_numpy().tolist())
