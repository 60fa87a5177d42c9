"""Whether each annotated quotation that was found has the right speaker."""

import re
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from analysis.accuracy.compare import Compared
from analysis.accuracy.counts import Counts
from analysis.accuracy.names import Named, same_speaker, words
from analysis.accuracy.records import Gold, GoldQuote
from analysis.tables import Tables

END_TO_END = ("all", "quote_speaker")
_PRONOUNS = frozenset({
    "i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your", "he", "him", "his",
    "she", "her", "hers", "it", "its", "they", "them", "their", "theirs", "who", "whom",
    "whose", "which", "that", "this", "these", "those", "each", "all", "both", "some", "many",
    "most", "none", "one", "others", "himself", "herself", "themselves", "itself",
})
_FORMS = {"name": "by name", "pronoun": "by pronoun", "description": "by description",
          "none": "without a source"}
_KINDS = {"person": "persons", "organization": "organizations", "group": "groups",
          "unnamed_person": "unnamed persons", "document": "documents", "author": "the author",
          "other": "others"}


def judge_speakers(compared: Iterable[Compared], gold: Gold, tables: Tables) -> pd.DataFrame:
    """Compare the speaker of each annotated quotation with the one we name.

    Parameters
    ----------
    compared
        The articles with their matching.
    gold
        Gold that carries `speaker`.
    tables
        Tables with `speakers`.

    Returns
    -------
    DataFrame
        One row per annotated quotation: `article_id`, `outlet`, `gold_row`, `found_row`
        (missing: not found), `speaker` (missing: nobody can say), `kind`, `form`,
        `uncertain`, `found_speaker` (missing: unresolved), `found_kind`, `right`,
        `right_kind`.
    """
    known = _known_speakers(tables)
    ids = tables.quotes["speaker_id"].to_numpy(dtype=object)
    bylines = dict(zip(tables.articles["article_id"], tables.articles["authors"], strict=True))
    quotes = {article.article_id: article.quotes for article in gold.articles}
    rows = []
    for article in compared:
        others = {(quote.speaker, quote.speaker_kind) for quote in quotes[article.article_id]
                  if quote.speaker}
        for place, item in enumerate(article.gold):
            other = article.pairs.partial.get(place)
            row = None if other is None else article.found[other].row
            found = None if row is None else known.get(ids[row])
            quote = quotes[article.article_id][item.row]
            judged = _judge(quote, found, others, bylines.get(article.article_id) or ())
            rows.append({
                "article_id": article.article_id, "outlet": article.outlet, "gold_row": place,
                "found_row": row, "form": quote.form or _form(quote, article.text), **judged,
            })
    return pd.DataFrame(rows).astype({"found_row": "Int64"})


def _known_speakers(tables: Tables) -> Mapping[str, Named]:
    speakers = tables.speakers
    return {
        key: Named(name, tuple(aliases), kind if isinstance(kind, str) else "")
        for key, name, aliases, kind in zip(
            speakers["speaker_id"], speakers["name"], speakers["aliases"], speakers["kind"],
            strict=True)
        if isinstance(name, str)
    }


def _judge(
    quote: GoldQuote, found: Named | None, others: set[tuple], byline: Iterable[str]
) -> dict[str, object]:
    kind = quote.speaker_kind or ""
    right = False
    if quote.speaker and found:
        names = [quote.speaker, *(byline if kind == "author" else ())]
        rest = {name for name, other in others
                if other == quote.speaker_kind and name != quote.speaker}
        right = any(same_speaker(name, found, kind=kind, others=rest) for name in names)
    return {
        "speaker": quote.speaker, "kind": kind or None, "uncertain": quote.uncertain,
        "found_speaker": found.name if found else None,
        "found_kind": found.kind if found else None,
        "right": right, "right_kind": bool(found and found.kind == kind),
    }


def _form(quote: GoldQuote, text: str) -> str:
    """Tell name, pronoun and description apart where the gold does not."""
    source = " ".join(text[start:end] for start, end in quote.source)
    tokens = re.findall(r"\w+", source.casefold())
    if not tokens:
        return "none"
    if _PRONOUNS.issuperset(tokens):
        return "pronoun"
    named = quote.speaker_kind in {"person", "organization", None}
    shares_a_word = not set(words(quote.speaker or "")).isdisjoint(words(source))
    return "name" if named and shares_a_word else "description"


def count_speakers(judged: pd.DataFrame, counts: Counts) -> Counts:
    """Count, article by article, how many speakers of each sort are right.

    Parameters
    ----------
    judged
        What `judge_speakers` gives.
    counts
        Counts of the same articles; they give order and outlets.

    Returns
    -------
    Counts
        Keys ("speakers", sort of speaker), and END_TO_END: quotation found and speaker right.

    Notes
    -----
    Quotations of which nobody can say who speaks (`speaker` missing in the gold) count only in
    "left open": there an unresolved speaker is right. They are no error end to end either.
    """
    known = judged[judged["speaker"].notna()]
    named = {}
    for sort, rows in _sorts(judged, known):
        found = rows[rows["found_row"].notna()]
        right = found["right_kind"] if sort == "kind right" else found["right"]
        if sort == "left open where nobody can say":
            right = found["found_speaker"].isna()
        if len(found):
            ids = found["article_id"]
            named["speakers", sort] = _stack(counts, ids[right], ids)
    named[END_TO_END] = _end_to_end(judged, known, counts)
    cube = np.stack(list(named.values()), axis=1)
    return Counts(counts.article_ids, counts.outlets, list(named), cube)


def _sorts(judged: pd.DataFrame, known: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    yield "all", known
    for form, label in _FORMS.items():
        yield label, known[known["form"] == form]
    for kind, label in _KINDS.items():
        of_kind = known[known["kind"] == kind]
        yield label, of_kind
        if kind == "person":
            for form in ("name", "pronoun", "description"):
                yield f"{label} {_FORMS[form]}", of_kind[of_kind["form"] == form]
    if judged["uncertain"].any():
        yield "all but the uncertain", known[~known["uncertain"]]
    yield "kind right", known[known["kind"].notna()]
    yield "left open where nobody can say", judged[judged["speaker"].isna()]


def _end_to_end(judged: pd.DataFrame, known: pd.DataFrame, counts: Counts) -> np.ndarray:
    every = counts.cube[:, counts.keys.index(("all", "content_partial")), 3]
    open_to_all = judged[judged["speaker"].isna() & judged["found_row"].notna()]
    cell = _stack(counts, known["article_id"][known["right"]], known["article_id"])
    cell[:, 2] = cell[:, 0]
    cell[:, 3] = every - _per_article(counts, open_to_all["article_id"])
    return cell


def _stack(counts: Counts, right: pd.Series, every: pd.Series) -> np.ndarray:
    columns = [_per_article(counts, right), _per_article(counts, every)]
    nothing = np.zeros_like(columns[0])
    return np.stack([*columns, nothing, nothing], axis=1)


def _per_article(counts: Counts, article_ids: pd.Series) -> np.ndarray:
    sizes = article_ids.value_counts()
    return sizes.reindex(counts.article_ids, fill_value=0).to_numpy(dtype=np.int64)
