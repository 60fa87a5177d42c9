"""Texts meant to break the extraction, and what must hold of its tables whatever the text."""

import pandas as pd
from hypothesis import strategies as st

from analysis.tables import columns_of

NASTY = {
    "empty": "", "blank": " \n\n\t ", "one mark": "“", "marks only": "\"'“”‘’«»``''" * 40,
    "ten thousand marks": "“a ”b \"c ’d " * 2500,
    "control": "He said\x00 “no\x07”\x1b he\x85 left\u2028now.",
    "right to left": "قال الوزير: «لن نستسلم» أمس.\n“لا”, he said.",
    "emoji": "“👩‍👩‍👧 yes 🎉,” said 🐱. 🏳️‍🌈",
    "combining": "“Zo\u0301e\u0301,” sa\u0301id É\u0301mile\u200b.",
    "wide": "“\uff21\uff22,” said \U0001d4d0\U0001d4d1.", "no blanks": "said" * 5000,
    "newlines": "\n" * 5000 + "“Yes,” he said.", "crlf": "“Yes,”\r\nhe said.\r\n",
    "deep": "“‘“‘“‘no’”’”’”,” he said.",
}
TEXTS = st.text(max_size=200, alphabet=st.one_of(
    st.sampled_from(list("\"'“”‘’«»`,.\n :;—aAsS\u202e\x00🎉")),
    st.characters(exclude_categories=["Cs"]),
))


def articles_of(texts):
    return pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "text": texts})


def check_invariants(articles, found):
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    for name in ("quotes", "mentions", "terms"):
        frame = getattr(found, name)
        assert list(frame.columns) == [column.name for column in columns_of(name)]
    quotes = found.quotes
    assert quotes["quote_id"].is_unique
    for row in quotes.itertuples():
        text = texts[row.article_id]
        parts = ((row.spans, row.content), (row.cue_spans, row.cue),
                 (row.source_spans, row.source), (row.addressee_spans, row.addressee))
        for spans, content in parts:
            if spans:
                assert " ".join(text[a:b] for a, b in spans) == content
        edges = [edge for span in row.spans for edge in span]
        assert edges == sorted(edges)
        assert row.quote_id == f"{row.article_id}:{edges[0]}-{edges[-1]}"
        assert row.kind in ("direct", "mixed", "indirect")
        assert 0 <= row.confidence <= 1
    for row in found.mentions.itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text
    article_of = dict(zip(quotes["quote_id"], quotes["article_id"], strict=True))
    for row in found.terms.itertuples():
        assert texts[article_of[row.quote_id]][row.start : row.end] == row.text
