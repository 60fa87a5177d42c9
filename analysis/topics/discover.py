"""Topics found in the quotations themselves, where the user names none."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.tables import check, conform, empty
from analysis.topics.phrases import name_topics, phrases_as_topics
from analysis.topics.stability import (
    Choice,
    choose_number,
    fit_topics,
    ignore_convergence,
    top_words,
)
from analysis.topics.words import function_words, is_address

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfTransformer

Embed = Callable[[list[str]], np.ndarray]

# Below this, any number of topics fits about as well as any other.
FEWEST_QUOTES = 100
# A topic whose ten words stay half alike on samples can be named; under that it wavers.
FIRM = 0.5
_MATTER = ("NOUN", "PROPN", "ADJ")
_FEWEST_ARTICLES = 3
_RARE = 0.004
_OFTEN = 0.4
_SHARE = 0.35
_MOST_EVIDENCE = 3


class Discovered(NamedTuple):
    """What was found.

    `quote_topics` is the table; `topics` has one row per topic (`topic`, `terms`: its ten
    strongest words, `n` quotations, `stability`, `example`: a quote_id); `note` says in a sentence
    or two how far to trust it.
    """

    quote_topics: pd.DataFrame
    topics: pd.DataFrame
    note: str
    model: "TopicModel | None" = None


class TopicModel(NamedTuple):
    """Discovered topics, to file other quotations of the same corpus under them."""

    names: list[str]
    words: tuple[str, ...]
    scale: "TfidfTransformer"
    components: np.ndarray

    def file(self, quotes: pd.DataFrame, terms: pd.DataFrame) -> pd.DataFrame:
        """Give the table quote_topics of some quotations by their own words."""
        from sklearn.feature_extraction.text import CountVectorizer

        words_of = _words_of(_matter(terms, quotes))
        if words_of.empty:
            return empty("quote_topics")
        counter = CountVectorizer(analyzer=_as_is, vocabulary=self.words)
        weights = self.scale.transform(counter.transform(words_of)).tocsr()
        # Every quotation goes through all steps: its topics do not depend on those beside it.
        strengths = _strengths(weights, self.components, tol=0.0)
        filed = _filed(tuple(words_of.index), self.words, weights, terms,
                       components=self.components, strengths=strengths)
        return conform(_named(filed, self.names), "quote_topics")


class _Corpus(NamedTuple):
    """The quotations as weights of words: one row each, and pooled by article."""

    quote_ids: tuple[str, ...]
    words: tuple[str, ...]
    weights: "csr_matrix"
    pooled: "csr_matrix"
    scale: "TfidfTransformer"


def discover_topics(
    quotes: pd.DataFrame, terms: pd.DataFrame, *, random_seed: int = 0,
    n_topics: int | None = None, embed: Embed | None = None,
) -> Discovered:
    """Find topics in the words of the quotations.

    Parameters
    ----------
    quotes
        Needs `quote_id`, `article_id`, `content`.
    terms
        Needs `quote_id`, `text`, `lemma`, `pos`.
    random_seed
        Decides where grouping by `embed` starts. Topics from words are the same under every
        seed: nothing in them is left to chance.
    n_topics
        How many; None chooses the number under which topics stay most alike on samples.
    embed
        A function from texts to vectors, one row each (such as `SentenceTransformer.encode`):
        quotations are then grouped by meaning instead of by words.

    Returns
    -------
    Discovered
        `quote_topics`, `topics`, `note`. With fewer than 100 quotations no topics but recurring
        phrases, and `note` says so.

    Notes
    -----
    TF-IDF over the lemmas of nouns, names and adjectives, then non-negative matrix
    factorisation. Quotations are short, so topics are learned from all quotations of an article
    together (Mehrotra et al. 2013, "Improving LDA topic models for microblogs via tweet
    pooling") and each quotation is then filed by its own words alone. The number of topics
    follows Greene, O'Callaghan & Cunningham 2014, "How many topics? Stability analysis for
    topic models". A quotation with none of a topic's words gets no topic.
    """
    check(quotes, "quotes", needs=["quote_id", "article_id", "content"])
    check(terms, "terms", needs=["quote_id", "text", "lemma", "pos"])
    matter = _matter(terms, quotes)
    n_usable = matter["quote_id"].nunique()
    if n_usable < FEWEST_QUOTES:
        return _phrases_instead(quotes, terms, n_usable)
    corpus = _count_words(quotes, matter)
    choice = choose_number(corpus.pooled, n_topics=n_topics)
    if embed is None:
        components = fit_topics(corpus.pooled, choice.n_topics)
        strengths = _strengths(corpus.weights, components)
    else:
        components, strengths = _group(corpus, quotes, embed=embed, n=choice.n_topics,
                                       random_seed=random_seed)
    return _describe(corpus, terms, components=components, strengths=strengths, choice=choice)


def _matter(terms: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Give the words that tell topics: nouns, names, adjectives; no grammar, no numbers."""
    known = terms["quote_id"].isin(quotes["quote_id"])
    matter = terms["pos"].isin(_MATTER) & ~is_address(terms)
    found = terms[matter & known & terms["lemma"].notna()]
    lemmas = found["lemma"].str.lower()
    good = lemmas.str.fullmatch(r"[^\W\d_][\w’'.-]+") & ~lemmas.isin(function_words())
    return found.assign(lemma=lemmas)[good]


def _phrases_instead(quotes: pd.DataFrame, terms: pd.DataFrame, n_usable: int) -> Discovered:
    quote_topics, topics = phrases_as_topics(quotes, terms)
    note = (f"Only {n_usable} quotations have words to compare; topics need at least "
            f"{FEWEST_QUOTES}. Shown instead: {len(topics)} phrases that recur.")
    return Discovered(quote_topics, topics, note)


def _words_of(matter: pd.DataFrame) -> pd.Series:
    # Sorted by id, so that row order decides nothing.
    return matter.groupby("quote_id")["lemma"].agg(list).sort_index()


def _count_words(quotes: pd.DataFrame, matter: pd.DataFrame) -> _Corpus:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    words_of = _words_of(matter)
    homes = quotes.drop_duplicates("quote_id").set_index("quote_id")["article_id"]
    articles, names = pd.factorize(homes.loc[words_of.index], sort=True)
    counter = CountVectorizer(analyzer=_as_is)
    counts = counter.fit_transform(words_of)
    members = csr_matrix((np.ones(len(articles)), (articles, np.arange(len(articles)))),
                         shape=(len(names), len(articles)))
    pooled = members @ counts
    spread = np.asarray((pooled > 0).sum(axis=0)).ravel()
    kept = (spread >= max(_FEWEST_ARTICLES, _RARE * len(names))) & (spread <= _OFTEN * len(names))
    if not kept.any():
        kept = spread > 0
    scale = TfidfTransformer(sublinear_tf=True).fit(pooled[:, kept])
    return _Corpus(tuple(words_of.index), tuple(counter.get_feature_names_out()[kept]),
                   scale.transform(counts[:, kept]).tocsr(),
                   scale.transform(pooled[:, kept]).tocsr(), scale)


def _as_is(words: Sequence[str]) -> Sequence[str]:
    return words


def _strengths(
    weights: "csr_matrix", components: np.ndarray, *, tol: float = 1e-3
) -> np.ndarray:
    """Give how much of each quotation's words each topic explains, as shares."""
    from sklearn.decomposition import non_negative_factorization

    with ignore_convergence():
        found, *_ = non_negative_factorization(
            weights, H=components, n_components=len(components), init="custom", update_H=False,
            tol=tol, max_iter=100)
    return found / np.maximum(found.sum(axis=1, keepdims=True), 1e-12)


def _group(corpus: _Corpus, quotes: pd.DataFrame, *, embed: Embed, n: int,
           random_seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Group quotations by the vectors of the user's function; give words and strengths."""
    from sklearn.cluster import KMeans

    contents = quotes.drop_duplicates("quote_id").set_index("quote_id")["content"]
    vectors = np.asarray(embed(contents.loc[list(corpus.quote_ids)].tolist()), dtype=float)
    if vectors.ndim != 2 or len(vectors) != len(corpus.quote_ids):
        raise InputError(
            f"embed gave {vectors.shape} for {len(corpus.quote_ids)} texts. Give a function that "
            "returns one vector per text."
        )
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    groups = KMeans(n_clusters=n, n_init=5, random_state=random_seed).fit_predict(vectors)
    members = np.eye(n)[groups]
    means = (corpus.weights.T @ members).T / np.maximum(members.sum(axis=0)[:, None], 1)
    usual = np.asarray(corpus.weights.mean(axis=0)).ravel()
    return np.maximum(means - usual, 0.0), members


def _describe(
    corpus: _Corpus, terms: pd.DataFrame, *, components: np.ndarray, strengths: np.ndarray,
    choice: Choice,
) -> Discovered:
    filed = _filed(corpus.quote_ids, corpus.words, corpus.weights, terms, components=components,
                   strengths=strengths)
    names = name_topics(filed, terms, n=len(components))
    topics = pd.DataFrame({
        "topic": names,
        "terms": [", ".join(corpus.words[word] for word in words)
                  for words in top_words(components)],
        "n": [int((filed["number"] == number).sum()) for number in range(len(components))],
        "stability": choice.by_topic,
        "example": [_example(filed, number) for number in range(len(components))],
    })
    filed = _named(filed, names)
    firm = sum(value >= FIRM for value in choice.by_topic)
    n = len(components)
    doubt = "all are firm" if firm == n else f"{firm} of {n} reach {FIRM}; doubt the others"
    note = (
        f"{n} topics; with each fifth of the articles left out in turn their ten strongest "
        f"words stay alike by {choice.stability:.2f} (0 none, 1 all; Jaccard); {doubt}. "
        f"{filed['quote_id'].nunique()} of {len(corpus.quote_ids)} quotations are filed."
    )
    order = topics["n"].sort_values(ascending=False, kind="stable").index
    return Discovered(conform(filed, "quote_topics"), topics.loc[order].reset_index(drop=True),
                      note, TopicModel(names, corpus.words, corpus.scale, components))


def _named(filed: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    return filed.assign(topic=[names[number] for number in filed["number"]], basis="model")


def _filed(  # noqa: PLR0913 - private
    quote_ids: Sequence[str], words: Sequence[str], weights: "csr_matrix", terms: pd.DataFrame, *,
    components: np.ndarray, strengths: np.ndarray,
) -> pd.DataFrame:
    """File each quotation under the topics that explain a good share of its words."""
    rows = []
    for row, number in zip(*np.nonzero(strengths >= _SHARE), strict=True):
        here = slice(weights.indptr[row], weights.indptr[row + 1])
        gains = weights.data[here] * components[number, weights.indices[here]]
        best = [words[weights.indices[here][place]]
                for place in np.argsort(-gains, kind="stable")[:_MOST_EVIDENCE]
                if gains[place] > 0]
        if best:
            rows.append((quote_ids[row], int(number), float(strengths[row, number]), best))
    written = _as_written({(quote_id, word) for quote_id, *_, best in rows for word in best}, terms)
    filed = [(quote_id, number, weight, ", ".join(written[quote_id, word] for word in best))
             for quote_id, number, weight, best in rows]
    return pd.DataFrame(filed, columns=["quote_id", "number", "weight", "evidence"])


def _as_written(
    wanted: set[tuple[str, str]], terms: pd.DataFrame
) -> dict[tuple[str, str], str]:
    """Give the words wanted, by quotation and lemma, as they stand."""
    written = {}
    for quote_id, lemma, text in zip(terms["quote_id"], terms["lemma"], terms["text"], strict=True):
        key = quote_id, str(lemma).lower()
        if key in wanted:
            written[key] = text
    return written


def _example(filed: pd.DataFrame, number: int) -> str | None:
    mine = filed[filed["number"] == number]
    if mine.empty:
        return None
    # The fullest evidence among the surest: a quotation of one word is a poor example.
    rank = mine.assign(words=mine["evidence"].str.count(",")).sort_values(
        ["words", "weight", "quote_id"], ascending=[False, False, True])
    return rank["quote_id"].iloc[0]
