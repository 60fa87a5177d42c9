"""The user's topics: which quotation is about what, and by which words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from analysis.tables import check, conform
from analysis.topics.files import Topic
from analysis.topics.matcher import Hit, Node, build_tree, find_hits
from analysis.topics.places import Bounds, Span, find_bounds, surrounding

# How strongly one matched word speaks for a topic, by where it stands. The order is the order
# of trust: a place counts as a claim only where no place before it claims the quotation.
PLACES: Mapping[str, float] = {
    "content": 0.6, "sentence": 0.4, "paragraph": 0.25, "headline": 0.25, "article": 0.1,
}
_RANKS = {"content": 0, "sentence": 1, "paragraph": 2, "headline": 2, "article": 3}
_MOST_PER_PLACE = 3
_SHARE_OF_BEST = 0.5
_NEEDED_IN_ARTICLE = 2


@dataclass(frozen=True)
class _Article:
    """One article as the matcher sees it."""

    text: str
    title: str
    bounds: Bounds
    hits: tuple[Hit, ...]
    title_hits: tuple[Hit, ...]


class _Claim(NamedTuple):
    topic: int
    rank: int
    weight: float
    evidence: str


def assign_topics(
    quotes: pd.DataFrame, terms: pd.DataFrame, articles: pd.DataFrame, *, topics: Sequence[Topic]
) -> pd.DataFrame:
    """Say which of the user's topics each quotation is about.

    Parameters
    ----------
    quotes
        Needs `quote_id`, `article_id`, `spans`.
    terms
        Needs `quote_id`, `start`, `lemma`, `pos`; may be empty.
    articles
        Needs `article_id`, `title`, `text`, `skipped`.
    topics
        From `load_topics`.

    Returns
    -------
    pandas.DataFrame
        The table quote_topics: one row per quotation and topic, the strongest first. `evidence`
        names the matched words as they stand, by place: "content: tolls; headline: Tunnel".

    Notes
    -----
    Keywords in the words of the quotation decide. Only where there are none does its sentence,
    then its paragraph and the headline, then the article's main topic claim it, each with less
    weight; places of less trust add weight to a topic that is claimed already. The weight is
    1 - (1 - p) (1 - p) … over the matched words, p by place (`PLACES`). Of several topics,
    those with less than half the weight of the strongest are left out. Not caught: irony, and a
    topic told in words that are no keywords.
    """
    check(quotes, "quotes", needs=["quote_id", "article_id", "spans"])
    check(articles, "articles", needs=["article_id", "title", "text", "skipped"])
    tree = build_tree(topics)
    lemmas = _lemmas_by_article(quotes, terms)
    by_id = articles.drop_duplicates("article_id").set_index("article_id")
    rows = []
    for article_id, group in quotes.groupby("article_id", sort=False):
        if article_id not in by_id.index:
            continue
        article = _read_article(by_id.loc[article_id], tree, lemmas.get(article_id, {}))
        for quote_id, spans in zip(group["quote_id"], group["spans"], strict=True):
            for claim in _strongest(_claims(article, [tuple(span) for span in spans])):
                rows.append((quote_id, topics[claim.topic].name, round(claim.weight, 4),
                             "keyword", claim.evidence))
    columns = ["quote_id", "topic", "weight", "basis", "evidence"]
    return conform(pd.DataFrame(rows, columns=columns), "quote_topics")


def _lemmas_by_article(quotes: pd.DataFrame, terms: pd.DataFrame) -> dict[str, dict[int, str]]:
    """Lemma of each word of each quotation, by its offset in the article."""
    lemmas: dict[str, dict[int, str]] = defaultdict(dict)
    if not len(terms):
        return lemmas
    # The lemma of a name is the name: "Taxes" in a heading would stay plural.
    words = terms[~terms["pos"].isin(["NP", "PROPN"])]
    homes = dict(zip(quotes["quote_id"], quotes["article_id"], strict=True))
    for quote_id, start, lemma in zip(words["quote_id"], words["start"], words["lemma"],
                                      strict=True):
        if quote_id in homes and isinstance(lemma, str):
            lemmas[homes[quote_id]][int(start)] = lemma.lower()
    return lemmas


def _read_article(row: pd.Series, tree: Node, lemmas: Mapping[int, str]) -> _Article:
    text = row["text"] if isinstance(row["text"], str) else ""
    title = row["title"] if isinstance(row["title"], str) else ""
    skipped = [(start, end) for start, end, *_ in row["skipped"]]
    hits = [hit for hit in find_hits(text, tree, lemmas=lemmas) if not _inside(hit, skipped)]
    return _Article(text, title, find_bounds(text), _without_excluded(hits),
                    _without_excluded(find_hits(title, tree)))


def _inside(hit: Hit, spans: Iterable[Span]) -> bool:
    return any(start <= hit.start and hit.end <= end for start, end in spans)


def _without_excluded(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Drop keywords that an exclusion covers ("tunnel" in "tunnel vision"), and that exclusion.

    Exclusions that cover no keyword stay: they cancel the topic wherever they stand.
    """
    exclusions = [hit for hit in hits if hit.excludes]
    if not exclusions:
        return tuple(hits)
    keywords = [hit for hit in hits if not hit.excludes]
    covered = {(word, cover) for word in keywords for cover in exclusions
               if word.topic == cover.topic and _inside(word, [(cover.start, cover.end)])}
    gone = {hit for pair in covered for hit in pair}
    return tuple(hit for hit in hits if hit not in gone)


def _claims(article: _Article, spans: Sequence[Span]) -> Iterator[_Claim]:
    places = _places(article, spans)
    found: dict[int, dict[str, list[str]]] = defaultdict(dict)
    for place, hits in places.items():
        text = article.title if place == "headline" else article.text
        cancelled = {hit.topic for hit in hits if hit.excludes}
        for hit in hits:
            if hit.topic not in cancelled:
                found[hit.topic].setdefault(place, []).append(text[hit.start:hit.end])
    main = _main_topics(article)
    for topic, matched in found.items():
        if topic not in main:
            matched.pop("article", None)
        if matched:
            yield _claim(topic, matched)


def _places(article: _Article, spans: Sequence[Span]) -> dict[str, list[Hit]]:
    """Sort an article's hits by how near they stand to the quotation."""
    places: dict[str, list[Hit]] = {place: [] for place in PLACES}
    places["headline"] = list(article.title_hits)
    if not spans:
        return places
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    sentence = surrounding(article.bounds.sentences, start, end)
    paragraph = surrounding(article.bounds.paragraphs, start, end)
    for hit in article.hits:
        if _inside(hit, spans):
            places["content"].append(hit)
        elif _inside(hit, [sentence]):
            places["sentence"].append(hit)
        elif _inside(hit, [paragraph]):
            places["paragraph"].append(hit)
        else:
            places["article"].append(hit)
    return places


def _main_topics(article: _Article) -> set[int]:
    """Give the topic (or topics) an article names most, if it names it more than once."""
    counts: dict[int, int] = defaultdict(int)
    for hit in (*article.hits, *article.title_hits):
        counts[hit.topic] += not hit.excludes
    most = max(counts.values(), default=0)
    return {topic for topic, n in counts.items() if n == most >= _NEEDED_IN_ARTICLE}


def _claim(topic: int, matched: Mapping[str, Sequence[str]]) -> _Claim:
    missing = 1.0
    for place, words in matched.items():
        missing *= (1 - PLACES[place]) ** min(len(words), _MOST_PER_PLACE)
    evidence = "; ".join(f"{place}: {_listed(words)}" for place, words in matched.items())
    return _Claim(topic, min(_RANKS[place] for place in matched), 1 - missing, evidence)


def _listed(words: Iterable[str]) -> str:
    seen = list(dict.fromkeys(" ".join(word.split()) for word in words))
    return ", ".join(seen[:_MOST_PER_PLACE])


def _strongest(claims: Iterable[_Claim]) -> list[_Claim]:
    """Keep the claims of the most trusted place, and of these the strong ones, strongest first."""
    claims = list(claims)
    best = min((claim.rank for claim in claims), default=0)
    first = [claim for claim in claims if claim.rank == best]
    most = max((claim.weight for claim in first), default=0.0)
    kept = [claim for claim in first if claim.weight >= _SHARE_OF_BEST * most]
    return sorted(kept, key=lambda claim: (-claim.weight, claim.topic))
