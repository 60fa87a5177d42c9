"""Phrases of quotations: those that name a topic, and those that stand in for topics."""

import math
from collections import Counter

import pandas as pd

from analysis.tables import conform
from analysis.topics.words import is_address

_MATTER = ("NOUN", "PROPN", "NP")
_LABEL_PHRASES = 3
_MOST_PHRASES = 20
_MOST_WORDS = 4
FOUND = " (found)"  # ends the name of a topic that stands in no file of the user's


def phrases_of(terms: pd.DataFrame) -> pd.DataFrame:
    """Give the noun phrases, names and nouns of quotations, one row each, without repeats.

    Columns: `quote_id`, `phrase` (lemma), `text` (as written), `n_words`.
    """
    matter = terms["pos"].isin(_MATTER) & ~is_address(terms)
    found = terms[matter & terms["lemma"].notna()]
    phrases = pd.DataFrame({
        "quote_id": found["quote_id"], "phrase": found["lemma"].str.lower(),
        "text": found["text"], "n_words": found["lemma"].str.count(r"\s+") + 1,
    })
    good = phrases["phrase"].str.contains(r"[^\W\d_]{2}") & (phrases["n_words"] <= _MOST_WORDS)
    return phrases[good].drop_duplicates(["quote_id", "phrase"]).reset_index(drop=True)


def phrases_as_topics(
    quotes: pd.DataFrame, terms: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take the phrases that recur in several quotations for topics of a small corpus."""
    phrases = phrases_of(terms[terms["quote_id"].isin(quotes["quote_id"])])
    counts = phrases.groupby("phrase")["quote_id"].nunique()
    rank = pd.DataFrame({"n": counts, "words": counts.index.str.count(" ") + 1})
    # Of phrases that recur equally often the longer tells more.
    rank = rank[rank["n"] > 1].sort_values(["n", "words"], ascending=False, kind="stable")
    kept = rank.index[:_MOST_PHRASES]
    rows = phrases[phrases["phrase"].isin(kept)]
    quote_topics = conform(pd.DataFrame({
        "quote_id": rows["quote_id"], "topic": rows["phrase"] + FOUND, "weight": 1.0,
        "basis": "model", "evidence": rows["text"]}), "quote_topics")
    first = rows.groupby("phrase")["quote_id"].first()
    topics = pd.DataFrame({
        "topic": kept + FOUND, "terms": kept, "n": rank.loc[kept, "n"].to_numpy(),
        "stability": float("nan"), "example": first.reindex(kept).to_numpy()})
    return quote_topics, topics


def name_topics(filed: pd.DataFrame, terms: pd.DataFrame, *, n: int) -> list[str]:
    """Name each topic by the phrases most its own, as they are most often written, "(found)".

    A phrase's score is its part of the divergence between the topic's quotations and all:
    frequent and at home here.
    """
    phrases = phrases_of(terms)
    everywhere = Counter(phrases["phrase"])
    written: dict[str, Counter[str]] = {}
    for phrase, text in zip(phrases["phrase"], phrases["text"], strict=True):
        written.setdefault(phrase, Counter())[text] += 1
    homes = filed.groupby("quote_id")["number"].agg(list)
    inside = [Counter() for _ in range(n)]
    for quote_id, phrase in zip(phrases["quote_id"], phrases["phrase"], strict=True):
        for number in homes.get(quote_id, ()):
            inside[number][phrase] += 1
    names: list[str] = []
    for number in range(n):
        name = ", ".join(written[phrase].most_common(1)[0][0]
                         for phrase in own_phrases(inside[number], everywhere))
        told_apart = name and name + FOUND not in names
        names.append((name if told_apart else f"topic {number + 1} {name}".strip()) + FOUND)
    return names


def own_phrases(
    inside: Counter, everywhere: Counter, *, most: int = _LABEL_PHRASES, fewest: int = 2
) -> list[str]:
    """Give the phrases most a group's own: their part of its divergence from the whole."""
    total, all_total = sum(inside.values()), sum(everywhere.values())
    scores = {
        phrase: k * math.log((k / total) / (everywhere[phrase] / all_total))
        for phrase, k in inside.items() if k >= fewest
    }
    whole = [phrase for phrase in scores if " " in phrase]
    # "donald" is mostly "donald trump" here: the whole says more than its part.
    parts = {word for phrase in whole for word in phrase.split()
             if inside[word] < 2 * inside[phrase]}
    chosen: list[str] = []
    for phrase in sorted(scores.keys() - parts, key=lambda phrase: (-scores[phrase], phrase)):
        words = set(phrase.split())
        # "gun" says nothing after "gun control".
        if not any(words & set(other.split()) for other in chosen):
            chosen.append(phrase)
        if len(chosen) == most:
            break
    return chosen
