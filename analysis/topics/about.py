"""What is talked about inside quotations: people and organisations, and key phrases."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set

import numpy as np
import pandas as pd

from analysis.errors import unknown
from analysis.tables import Tables, check, flat_spans, paired, places_in
from analysis.topics.phrases import own_phrases, phrases_of

_NAMED = ("person", "organization", "group", "place")
_MENTION = ["article_id", "start", "end", "text", "label", "speaker_id"]
_BLOCK = 256  # characters
_COLUMNS = ["quote_id", "speaker_id", "about", "about_id", "label", "text", "start", "end"]


def find_talked_about(
    quotes: pd.DataFrame, tables: Tables, *, labels: Sequence[str] = ("person", "organization")
) -> pd.DataFrame:
    """Find who is named in the words of each quotation.

    Parameters
    ----------
    quotes
        The table quotes or some of it, or voices: `quote_id`, `article_id`, `spans`, `speaker_id`.
    tables
        The corpus; its mentions are read part by part.
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
    check(quotes, "quotes", needs=["quote_id", "article_id", "spans", "speaker_id"])
    speakers = tables.columns("speakers", ["speaker_id", "name"])
    names = pd.Series(speakers["name"].to_numpy(), index=speakers["speaker_id"])
    articles = pd.Index(quotes["article_id"].unique())
    spans = flat_spans(quotes["spans"])
    spans = _in_blocks(spans, places_in(articles, quotes["article_id"])[spans["row"]])
    found = []
    for part in tables.parts("mentions", _MENTION):
        named = part.assign(article=places_in(articles, part["article_id"]))
        named = named[part["label"].isin(labels) & (named["article"] >= 0)]
        named = named.rename(columns={"speaker_id": "about_id"}).reset_index(drop=True)
        inside = _inside(named, spans)
        said = quotes[["quote_id", "speaker_id"]].take(inside["row"]).set_index(inside.index)
        found.append(_others(inside.assign(**said), named, names))
    whole = pd.concat(found, ignore_index=True)
    return whole.sort_values(["quote_id", "start"], kind="stable", ignore_index=True)


def _in_blocks(spans: pd.DataFrame, articles: np.ndarray) -> pd.DataFrame:
    """Give each span once for every block of its article that it touches, by `block`."""
    first, last = spans["first"] // _BLOCK, spans["last"] // _BLOCK
    rows, blocks = _count_on(first.to_numpy(), (last - first + 1).to_numpy())
    found = spans.take(rows).assign(block=paired(articles[rows], blocks))
    return found.sort_values("block", kind="stable", ignore_index=True)


def _count_on(first: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Count on from each number, `n` of them: give which it was, and the numbers."""
    which = np.arange(len(n)).repeat(n)
    return which, (first - n.cumsum() + n)[which] + np.arange(len(which))


def _inside(named: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Keep the names that stand in a quotation, whose `row` is added.

    Joined by numbers alone, and with what lies in the same block of the text: each name of an
    article with each of its quotations would be thirty million pairs in a million quotations.
    """
    start, end = (named[name].to_numpy("int64") for name in ("start", "end"))
    block = paired(named["article"].to_numpy(), start // _BLOCK)
    first, after = (np.searchsorted(spans["block"], block, side) for side in ("left", "right"))
    name, span = _count_on(first, after - first)
    row, begin, stop = (spans[column].to_numpy()[span] for column in ("row", "first", "last"))
    within = (start[name] >= begin) & (end[name] <= stop)
    return named.take(name[within]).assign(row=row[within]).reset_index(drop=True)


def _others(
    inside: pd.DataFrame, named: pd.DataFrame, names: pd.Series
) -> pd.DataFrame:
    """Say who is meant by each name, and leave out speakers who name themselves."""
    about, own = (_names_of(inside[column], names) for column in ("about_id", "speaker_id"))
    open_ = inside[about.isna()]
    fullest = _fullest(named[named["article"].isin(open_["article"].unique())], {*open_["text"]})
    meant = [fullest.get(key, key[1]) for key in zip(open_["article"], open_["text"], strict=True)]
    about = about.astype(object)
    about[open_.index] = meant
    inside = inside.assign(about=about.astype("str"))
    himself = (inside["about_id"] == inside["speaker_id"]) | (own == inside["about"])
    return inside.loc[~himself.fillna(False).astype(bool), _COLUMNS]


def _names_of(ids: pd.Series, names: pd.Series) -> pd.Series:
    """Give the name of each speaker, missing where none is known."""
    known = np.append(names.to_numpy(dtype=object), None)
    return pd.Series(known[places_in(names.index, ids)], index=ids.index, dtype="str")


def _fullest(named: pd.DataFrame, wanted: Set[str]) -> Mapping[tuple[int, str], str]:
    """Give the one longer name of the article that ends in a wanted name, if it is one only."""
    numbers, texts = pd.factorize(named["text"])
    texts = texts.to_numpy(dtype=object)
    ends = [(number, end) for number, text in enumerate(texts)
            for end in _ends_of(text) if end in wanted]
    ends = pd.DataFrame(ends, columns=["number", "end"]).astype({"number": "int64"})
    longer = named[["article"]].assign(number=numbers).drop_duplicates().merge(ends, on="number")
    longer = longer[~longer.duplicated(["article", "end"], keep=False)]
    keys = zip(longer["article"], longer["end"], strict=True)
    return dict(zip(keys, texts[longer["number"]], strict=True))


def _ends_of(name: str) -> list[str]:
    words = name.split()
    return [" ".join(words[place:]) for place in range(1, len(words))]


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
