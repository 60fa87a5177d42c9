"""A small corpus with texts, for corrections."""

import pandas as pd

from analysis.tables import Tables, conform

TEXTS = {
    "a1": "The bridge will open in May, Ann Vale said.\n\n“It is safe,” she said. “Nobody needs to "
          "worry.”\n\nBob Orr doubts that the money is there.",
    "a2": "Ms Vale said the opening would be late. The engineers, Bob Orr said, had warned of it.",
    "a3": "“No comment,” the ministry said.",
}
_QUOTES = [
    ("a1", ["The bridge will open in May"], "Ann Vale", "ann"),
    ("a1", ["It is safe,", "Nobody needs to worry."], "she", "ann"),
    ("a1", ["that the money is there"], "Bob Orr", "bob"),
    ("a2", ["the opening would be late"], "Ms Vale", "vale"),
    ("a2", ["The engineers", "had warned of it"], "Bob Orr", "bob"),
    ("a3", ["No comment,"], "the ministry", "min"),
]
_SPEAKERS = [("ann", "Ann Vale", "person"), ("vale", "Ms Vale", "person"),
             ("bob", "Bob Orr", "person"), ("min", "the ministry", "organization")]


def corpus(*, texts=TEXTS, extra=0, shift=""):
    """Give the tables; `extra` adds articles in front, `shift` text before each article."""
    quotes = []
    for article, pieces, source, who in _QUOTES:
        if article not in texts:
            continue
        text = shift + texts[article]
        spans = [[text.index(piece), text.index(piece) + len(piece)] for piece in pieces]
        at = text.index(source)
        quotes.append({
            "quote_id": f"{article}:{spans[0][0]}-{spans[-1][1]}", "article_id": article,
            "content": " ".join(pieces), "spans": spans, "kind": "direct", "cue": "said",
            "source": source, "source_spans": [[at, at + len(source)]], "speaker_id": who,
            "confidence": 0.7, "n_words": 4,
        })
    bodies = {f"new{n}": f"Nothing was said on day {n}." for n in range(extra)}
    bodies |= {name: shift + text for name, text in texts.items()}
    articles = pd.DataFrame({"article_id": list(bodies), "text": list(bodies.values()),
                             "outlet": ["A"] * len(bodies)})
    topics = pd.DataFrame({"quote_id": [quotes[0]["quote_id"]], "topic": ["Bridge"],
                           "weight": [1.0], "basis": ["keyword"]})
    speakers = pd.DataFrame([{"speaker_id": key, "name": name, "kind": kind, "aliases": [name]}
                             for key, name, kind in _SPEAKERS])
    return Tables(
        articles=conform(articles, "articles"), quotes=conform(pd.DataFrame(quotes), "quotes"),
        speakers=conform(speakers, "speakers"), quote_topics=conform(topics, "quote_topics"),
    )
