import pandas as pd

from analysis.topics.voices import Voices, list_voices


def test_quotations_stand_in_the_order_of_their_ids():
    named = [f"{article}:{start}-{start + 9}" for article in ("b", "a", "a b", "a1", "a!")
             for start in (7, 10, 200)]
    quotes = pd.DataFrame({"quote_id": named, "article_id": [one.split(":")[0] for one in named],
                           "speaker_id": None, "content": "The tunnel opens"})
    articles = pd.DataFrame({"article_id": quotes["article_id"].unique(), "published": None})
    parts = [quotes[:6], quotes[6:]]
    said = Voices([part["article_id"] for part in parts],
                  zip(parts, map(list_voices, parts), strict=True), articles)
    assert [named[row] for row in said.rows()] == sorted(named)
