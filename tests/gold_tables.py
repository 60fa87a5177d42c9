"""The demo corpus as tables, made from its gold: fast, exact, and without a model."""

import json
from pathlib import Path

import pandas as pd

from analysis.tables import Tables, conform

DEMO = Path(__file__).parents[1] / "data" / "demo"
_TEXTS = ("content", "source", "cue", "addressee")


def gold_tables() -> Tables:
    """Give the demo's tables as the gold states them."""
    from analysis.articles import load_articles, mark_skipped

    loaded = load_articles([DEMO / "articles"])
    articles = mark_skipped(loaded.articles)
    texts = articles.set_index("article_id")["text"]
    lines = (DEMO / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [record for record in map(json.loads, lines) if record["article_id"] in texts]
    rows = [_quote(record["article_id"], item, texts[record["article_id"]])
            for record in gold for item in record["quotes"]]
    quotes = pd.DataFrame(rows)
    topics = quotes[["quote_id", "topics"]].explode("topics").dropna()
    topics = topics.rename(columns={"topics": "topic"}).assign(weight=1.0, basis="keyword")
    used = articles[articles["article_id"].isin(quotes["article_id"])]
    return Tables(
        articles=conform(used, "articles"), rejected=loaded.rejected,
        quotes=conform(quotes, "quotes"), speakers=_speakers(quotes, articles),
        terms=_terms(quotes), quote_topics=conform(topics, "quote_topics"), run=_run(loaded),
    )


def _quote(article_id: str, item: dict, text: str) -> dict:
    spans = {name: item[name] for name in _TEXTS}
    words = {name: " ".join(text[start:end] for start, end in spans[name]) or None
             for name in _TEXTS}
    first, last = (spans["content"][0][0], spans["content"][-1][1])
    return {
        "quote_id": f"{article_id}:{first}-{last}", "article_id": article_id, **words,
        "spans": spans["content"], **{f"{name}_spans": spans[name] for name in _TEXTS[1:]},
        "kind": item["kind"], "act": item["act"], "stance": "neutral",
        "cue_lemma": words["cue"].split()[0].lower() if words["cue"] else None,
        "n_words": len(words["content"].split()), "confidence": 0.9,
        "paragraph": text[:first].count("\n\n"), "speaker_id": item["speaker"],
        "speaker_basis": "name" if item["speaker"] else None,
        "quote_family": item["family"], "topics": item["topic"],
    }


def _speakers(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    known = pd.read_csv(DEMO / "speakers.csv")
    known["aliases"] = known["aliases"].fillna("").str.split(";")
    said = quotes.merge(articles[["article_id", "outlet"]]).groupby("speaker_id")
    counts = said.agg(n_quotes=("quote_id", "size"), n_articles=("article_id", "nunique"),
                      outlet=("outlet", _only))
    speakers = known.assign(speaker_id=known["name"]).merge(counts.reset_index(), how="inner")
    return conform(speakers.assign(gender_basis="list"), "speakers")


def _only(names: pd.Series) -> str | None:
    return names.iloc[0] if len(names.unique()) == 1 else None


def _terms(quotes: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for quote in quotes.itertuples():
        at = quote.spans[0][0]
        rows += [{"quote_id": quote.quote_id, "start": at, "end": at + len(word), "text": word,
                  "lemma": word.strip(".,“”\"'").lower(), "pos": "NOUN"}
                 for word in quote.content.split() if len(word) > 5]
    return conform(pd.DataFrame(rows), "terms")


def _run(loaded: object) -> dict:
    return {
        "made": "2026-11-23T20:00:00+00:00", "fingerprint": "gold", "settings": {},
        "versions": {"python": "3.11"}, "model_sha256": "none: made from the gold",
        "counts": {}, "files": json.loads(loaded.files.to_json(orient="records")),
    }
