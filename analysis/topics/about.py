"""What is talked about inside quotations: people and organisations, and key phrases."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.errors import unknown
from analysis.tables import check
from analysis.topics.phrases import own_phrases, phrases_of

_NAMED = ("person", "organization", "group", "place")
_COLUMNS = ["quote_id", "speaker_id", "about", "about_id", "label", "text", "start", "end"]


def find_talked_about(
    quotes: pd.DataFrame, mentions: pd.DataFrame, speakers: pd.DataFrame, *,
    labels: Sequence[str] = ("person", "organization"),
) -> pd.DataFrame:
    """Find who is named in the words of each quotation.

    Parameters
    ----------
    quotes
        Needs `quote_id`, `article_id`, `spans`, `speaker_id`.
    mentions
        Needs `article_id`, `start`, `end`, `text`, `label`, `speaker_id`.
    speakers
        Needs `speaker_id`, `name`.
    labels
        Which kinds: person, organization, group, place.

    Returns
    -------
    pandas.DataFrame
        One row per name in a quotation: `quote_id`, `speaker_id`, `about` (the fullest name
        known), `about_id` (missing if no speaker of the corpus), `label`, `text`, `start`, `end`.
        Speakers who name themselves are left out.

    Raises
    ------
    InputError
        If a label is none of the four.

    Notes
    -----
    A surname goes to the one person of the article who has it ("Grell" to "Anneke Grell").
    Not caught: people meant by "she" or "the minister", where speaker resolution left them open.
    """
    for label in labels:
        if label not in _NAMED:
            raise unknown("kind of name", label, _NAMED)
    check(mentions, "mentions", needs=["article_id", "start", "end", "text", "label"])
    found = _inside(quotes, mentions, labels)
    names = dict(zip(speakers["speaker_id"], speakers["name"], strict=True))
    fullest = _fullest(mentions[mentions["label"].isin(labels)])
    about = [
        names.get(about_id) or fullest.get((article, text), text)
        for about_id, article, text in zip(found["about_id"], found["article_id"], found["text"],
                                           strict=True)
    ]
    found = found.assign(about=pd.Series(about, index=found.index, dtype="str"))
    own = found["speaker_id"].map(names).astype("str")
    himself = (found["about_id"] == found["speaker_id"]) | (own == found["about"])
    return found[~himself.fillna(False).astype(bool)][_COLUMNS].reset_index(drop=True)


def _inside(
    quotes: pd.DataFrame, mentions: pd.DataFrame, labels: Sequence[str]
) -> pd.DataFrame:
    """Join names with the quotations in whose spans they stand."""
    pieces = quotes[["quote_id", "article_id", "speaker_id", "spans"]].explode("spans")
    pieces = pieces.dropna(subset=["spans"])
    pieces = pieces.assign(first=[span[0] for span in pieces["spans"]],
                           last=[span[1] for span in pieces["spans"]])
    named = mentions[mentions["label"].isin(labels)].rename(columns={"speaker_id": "about_id"})
    joined = named.merge(pieces.drop(columns="spans"), on="article_id")
    kept = joined[(joined["start"] >= joined["first"]) & (joined["end"] <= joined["last"])]
    return kept.sort_values(["quote_id", "start"], kind="stable").reset_index(drop=True)


def _fullest(mentions: pd.DataFrame) -> Mapping[tuple[str, str], str]:
    """Give the one longer name of the article that ends in a name, if it is one only."""
    known: dict[tuple[str, str], set[str]] = {}
    for article, text in {*zip(mentions["article_id"], mentions["text"], strict=True)}:
        words = str(text).split()
        for place in range(1, len(words)):
            known.setdefault((article, " ".join(words[place:])), set()).add(text)
    return {key: names.copy().pop() for key, names in known.items() if len(names) == 1}


def find_key_phrases(
    quotes: pd.DataFrame, terms: pd.DataFrame, *, by: str = "speaker_id", top_n: int = 5
) -> pd.DataFrame:
    """Find the phrases most the own of each speaker (or outlet's article, or quotation).

    Parameters
    ----------
    quotes
        Needs `quote_id` and the column `by`.
    terms
        Needs `quote_id`, `text`, `lemma`, `pos`.
    by
        `speaker_id`, `article_id`, `quote_id` or another column of quotes.
    top_n
        How many phrases for each.

    Returns
    -------
    pandas.DataFrame
        `by`, `rank` (from 1), `phrase` as it is most often written, `n` quotations with it.

    Notes
    -----
    Noun phrases, names and nouns, ranked by their part of the divergence between these
    quotations and all: frequent here and at home here. Words of a phrase are not repeated alone.
    """
    check(quotes, "quotes", needs=["quote_id", by])
    homes = dict(zip(quotes["quote_id"], quotes[by], strict=True))
    phrases = phrases_of(terms[terms["quote_id"].isin(quotes["quote_id"])])
    phrases = phrases.assign(group=phrases["quote_id"].map(homes)).dropna(subset=["group"])
    everywhere = Counter(phrases["phrase"])
    written: dict[str, Counter[str]] = {}
    for phrase, text in zip(phrases["phrase"], phrases["text"], strict=True):
        written.setdefault(phrase, Counter())[text] += 1
    rows = []
    for group, own in phrases.groupby("group", sort=True):
        counts = Counter(own["phrase"])
        best = own_phrases(counts, everywhere, most=top_n, fewest=1)
        rows += [(group, rank, written[phrase].most_common(1)[0][0], counts[phrase])
                 for rank, phrase in enumerate(best, start=1)]
    table = pd.DataFrame(rows, columns=[by, "rank", "phrase", "n"])
    return table.astype({by: "str", "rank": "Int64", "phrase": "str", "n": "Int64"})
