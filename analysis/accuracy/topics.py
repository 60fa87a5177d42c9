"""Whether quotations that were found have the annotated topics."""

from collections.abc import Iterable

import numpy as np

from analysis.accuracy.compare import Compared
from analysis.accuracy.counts import Counts
from analysis.accuracy.records import Gold
from analysis.tables import Tables


def count_topics(
    compared: Iterable[Compared], gold: Gold, *, tables: Tables, counts: Counts
) -> Counts | None:
    """Count, article by article, how many topics of found quotations are right.

    Only quotations found count, so that the figures judge the topics and not the finding; only
    topics that the gold names count. None where the tables use none of them (discovered
    topics have names of their own, which no gold can know).
    """
    known = sorted({topic for article in gold.articles for quote in article.quotes
                    for topic in quote.topics})
    given = tables.quote_topics[tables.quote_topics["topic"].isin(known)]
    if given.empty:
        return None
    of_quote = given.groupby("quote_id")["topic"].agg(set).to_dict()
    quotes = {article.article_id: article.quotes for article in gold.articles}
    ids = tables.quotes["quote_id"].to_numpy(dtype=object)
    place = {topic: row for row, topic in enumerate(["all", *known])}
    cube = np.zeros((len(counts.article_ids), len(place), 4), dtype=np.int64)
    for row, article in enumerate(compared):
        for one, other in article.pairs.partial.items():
            wanted = set(quotes[article.article_id][article.gold[one].row].topics)
            found = of_quote.get(ids[article.found[other].row], set())
            for topic in wanted | found:
                both, only = topic in wanted and topic in found, topic in wanted
                numbers = (both, only, both, topic in found)
                cube[row, [0, place[topic]]] += np.array(numbers, dtype=np.int64)
    keys = [("topics", topic) for topic in place]
    return Counts(counts.article_ids, counts.outlets, keys, cube)
