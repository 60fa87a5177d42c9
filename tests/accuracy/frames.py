"""Tables and gold for the tests, from plain lists."""

import json

import pandas as pd

from analysis.tables import Tables, conform

CORPUS = "polnear/dev"


def make_tables(texts, quotes, *, speakers=(), topics=()):
    """Give tables of {article_id: text or row} and {article_id: [quote, …]}."""
    articles = [{"article_id": name, **({"text": text} if isinstance(text, str) else text)}
                for name, text in texts.items()]
    rows = [
        {"quote_id": f"{name}:{number}", "article_id": name, "spans": quote["content"],
         "cue_spans": quote.get("cue", []), "source_spans": quote.get("source", []),
         **{key: quote[key] for key in ("kind", "speaker_id", "confidence") if key in quote}}
        for name, found in quotes.items() for number, quote in enumerate(found)
    ]
    return Tables(
        articles=conform(pd.DataFrame(articles), "articles"),
        quotes=conform(pd.DataFrame(rows), "quotes"),
        speakers=conform(pd.DataFrame(list(speakers)), "speakers"),
        quote_topics=conform(pd.DataFrame(list(topics)), "quote_topics"),
    )


def span(text, words):
    start = text.index(words)
    return [start, start + len(words)]


def write_lines(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def row_of(frame, **wanted):
    """Give the one row of the frame with these values."""
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1, frame
    return frame.iloc[0]
