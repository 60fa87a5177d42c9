"""Small tables for the tests of topics: an article, quotations named by their words."""

import pandas as pd

from analysis.tables import conform


def make_articles(*texts, titles=None, outlets=None, published=None, skipped=None):
    n = len(texts)
    return conform(pd.DataFrame({
        "article_id": [f"a{i}" for i in range(n)], "text": list(texts),
        "title": titles or [None] * n, "outlet": outlets or [None] * n,
        "published": published or [None] * n, "skipped": skipped or [[] for _ in range(n)],
    }), "articles")


def make_quotes(articles, *found, speakers=None, kinds=None):
    """One quotation per (article number, words of the article)."""
    rows = []
    for number, words in found:
        start = articles["text"][number].index(words)
        rows.append({
            "quote_id": f"a{number}:{start}-{start + len(words)}", "article_id": f"a{number}",
            "content": words, "spans": [[start, start + len(words)]],
            "n_words": len(words.split()),
        })
    quotes = pd.DataFrame(rows, columns=["quote_id", "article_id", "content", "spans", "n_words"])
    return conform(quotes.assign(speaker_id=speakers, kind=kinds), "quotes")


def make_terms(quotes, articles, **lemmas):
    """Terms of the words in `lemmas` (word → lemma), as nouns."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    rows = []
    for quote in quotes.itertuples():
        start, end = quote.spans[0]
        for word, lemma in lemmas.items():
            place = texts[quote.article_id].find(word, start, end)
            if place >= 0:
                rows.append((quote.quote_id, place, place + len(word), word, lemma, "NOUN"))
    columns = ["quote_id", "start", "end", "text", "lemma", "pos"]
    return conform(pd.DataFrame(rows, columns=columns), "terms")
