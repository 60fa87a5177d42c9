"""What each table holds: its columns, their Arrow types, their meaning, and who fills them."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

SPANS = pa.list_(pa.list_(pa.int64()))
SKIPPED = pa.list_(
    pa.struct([("start", pa.int64()), ("end", pa.int64()), ("reason", pa.string())])
)
TEXTS = pa.list_(pa.string())
MOMENT = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True)
class Column:
    """One column: its name, Arrow type, meaning, and the stage that fills it."""

    name: str
    type: pa.DataType
    meaning: str
    made_by: str = ""


def _text(name: str, meaning: str, made_by: str) -> Column:
    return Column(name, pa.string(), meaning, made_by)


def _whole(name: str, meaning: str, made_by: str) -> Column:
    return Column(name, pa.int64(), meaning, made_by)


def _spans(name: str, meaning: str, made_by: str) -> Column:
    return Column(name, SPANS, meaning, made_by)


_ARTICLES = (
    _text("article_id", "given, else a hash of outlet, title and text", "articles"),
    _text("outlet", "who published it", "articles"),
    _text("title", "headline", "articles"),
    Column("published", MOMENT, "when it was published, UTC; may be missing", "articles"),
    Column("authors", TEXTS, "names of the authors", "articles"),
    _text("section", "section of the outlet", "articles"),
    _text("url", "address of the article", "articles"),
    _text("text", "the untouched text; every offset counts its characters", "articles"),
    _text("source_file", "the file it was read from", "articles"),
    _whole("n_words", "words of the text", "articles"),
    Column("skipped", SKIPPED, "spans that are not the story (start, end, reason)", "articles"),
    _text("copy_of", "article_id of the earliest near-identical text; missing: none", "articles"),
    _text("copy_kind", "verbatim | cut | reworded | wire; missing: no copy", "articles"),
    _text("copy_evidence", "why it counts as a copy: similarity, agency credit", "articles"),
)

_REJECTED = (
    _text("source_file", "the file that could not be used, wholly or in part", "articles"),
    _whole("row", "row as the spreadsheet shows it, or record; missing: the file", "articles"),
    _text("reason", "short reason: empty text, not text, duplicate id, …", "articles"),
    _text("detail", "what was found and what to do", "articles"),
)

_QUOTES = (
    _text("quote_id", "article_id:start-end of the content", "quotations"),
    _text("article_id", "the article it stands in", "quotations"),
    _text("content", "what is said: its spans joined by one space", "quotations"),
    _spans("spans", "[start, end] of each piece of the content", "quotations"),
    _text("kind", "direct | mixed | indirect", "quotations"),
    _text("cue", "the words that attribute it: said, according to", "quotations"),
    _spans("cue_spans", "[start, end] of each piece of the cue", "quotations"),
    _text("cue_lemma", "dictionary form of the cue's verb or noun", "quotations"),
    _text("stance", "neutral | endorsing | doubting, from the cue", "quotations"),
    _text("act", "statement | belief | intention | question | … , from the cue", "quotations"),
    _text("source", "the words that name who says it; missing: unattributed", "quotations"),
    _spans("source_spans", "[start, end] of each piece of the source", "quotations"),
    _text("addressee", "the words that name who is told; missing: nobody", "quotations"),
    _spans("addressee_spans", "[start, end] of each piece of the addressee", "quotations"),
    _whole("paragraph", "paragraph of the content's start, counted from 0", "quotations"),
    _whole("n_words", "words of the content", "quotations"),
    Column("confidence", pa.float64(), "calibrated probability that it is right", "quotations"),
    _text("parent_quote_id", "the quotation that contains this one", "quotations"),
    _text("speaker_id", "who is meant; missing: unresolved or unattributed", "speakers"),
    _text("speaker_basis", "how resolved: name | pronoun | description | running | …", "speakers"),
    _text("anonymity_reason", "stated reason why the source is unnamed", "speakers"),
    _text("quote_family", "the same words in several articles share one id", "topics"),
)

_MENTIONS = (
    _text("article_id", "the article it stands in", "quotations"),
    _whole("start", "first character", "quotations"),
    _whole("end", "after the last character", "quotations"),
    _text("text", "its words", "quotations"),
    _text("label", "person | organization | group | place | pronoun | role | …", "quotations"),
    _whole("sentence", "sentence of the article, counted from 0", "quotations"),
    _text("speaker_id", "who is meant, where known", "speakers"),
)

_TERMS = (
    _text("quote_id", "the quotation it stands in", "quotations"),
    _whole("start", "first character in the article", "quotations"),
    _whole("end", "after the last character", "quotations"),
    _text("text", "its words", "quotations"),
    _text("lemma", "dictionary form, lower case", "quotations"),
    _text("pos", "NOUN | PROPN | VERB | ADJ | ADV, or NP for a noun phrase", "quotations"),
)

_SPEAKERS = (
    _text("speaker_id", "one per person, organisation or other source in the corpus", "speakers"),
    _text("name", "the fullest name the corpus gives", "speakers"),
    _text("kind", "person | organization | group | unnamed_person | document | …", "speakers"),
    _text("role", "role in the article's own words: foreign minister", "speakers"),
    _text("role_class", "official | spokesperson | expert | business | citizen | …", "speakers"),
    _text("affiliation", "the organisation or place the role belongs to", "speakers"),
    _text("gender", "f | m | unknown; evidence only, never a guess from a first name", "speakers"),
    _text("gender_basis", "pronoun | honorific | list | unknown", "speakers"),
    Column("aliases", TEXTS, "every form under which it appears", "speakers"),
    _text("outlet", "the outlet that quotes it, where it is one only", "speakers"),
    _text("merge_reason", "why forms or articles were joined under this id", "speakers"),
    _whole("n_articles", "articles in which it is quoted", "speakers"),
    _whole("n_quotes", "quotations of which it is the speaker", "speakers"),
)

_QUOTE_TOPICS = (
    _text("quote_id", "the quotation", "topics"),
    _text("topic", "the topic; \"(found)\" at its end: from no file of topics", "topics"),
    Column("weight", pa.float64(), "strength, 0 to 1", "topics"),
    _text("basis", "keyword | model | correction", "topics"),
    _text("evidence", "the matched words, or the terms the model used", "topics"),
)

TABLES: Mapping[str, tuple[Column, ...]] = {
    "articles": _ARTICLES,
    "rejected": _REJECTED,
    "quotes": _QUOTES,
    "mentions": _MENTIONS,
    "terms": _TERMS,
    "speakers": _SPEAKERS,
    "quote_topics": _QUOTE_TOPICS,
}


def columns_of(name: str) -> tuple[Column, ...]:
    """Give the columns of the table `name`, in order."""
    if name not in TABLES:
        raise KeyError(f"no table {name!r}; there are {', '.join(TABLES)}")
    return TABLES[name]


def schema(name: str) -> pa.Schema:
    """Give the Arrow schema of the table `name`."""
    return pa.schema([(column.name, column.type) for column in columns_of(name)])
