"""The tables that flow between the stages: columns, types, one check each, Parquet in and out.

Offsets are characters of the article's untouched `text`, `start` inclusive, `end` exclusive.
Span columns hold lists of `[start, end]`; a missing list is the empty list, a missing string
is missing (`isna()`), so that "nobody is named" is counted and never mistaken for a name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import InputError, listed

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
    _whole("row", "row as the spreadsheet shows it, or record number; missing: the file", "articles"),
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
    _text("speaker_basis", "name | pronoun | description | running | alias | … ; how resolved", "speakers"),
    _text("anonymity_reason", "stated reason why the source is unnamed", "speakers"),
    _text("quote_family", "the same words in several articles share one id", "topics"),
)

_MENTIONS = (
    _text("article_id", "the article it stands in", "quotations"),
    _whole("start", "first character", "quotations"),
    _whole("end", "after the last character", "quotations"),
    _text("text", "its words", "quotations"),
    _text("label", "person | organization | group | place | pronoun | role | document | other", "quotations"),
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
    _text("kind", "person | organization | group | unnamed_person | document | author | other", "speakers"),
    _text("role", "role in the article's own words: foreign minister", "speakers"),
    _text("role_class", "official | spokesperson | expert | business | citizen | …", "speakers"),
    _text("affiliation", "the organisation or place the role belongs to", "speakers"),
    _text("gender", "f | m | unknown; evidence only, never a guess from a first name", "speakers"),
    _text("gender_basis", "pronoun | honorific | list | unknown", "speakers"),
    Column("aliases", TEXTS, "every form under which it appears", "speakers"),
    _text("merge_reason", "why forms or articles were joined under this id", "speakers"),
    _whole("n_articles", "articles in which it is quoted", "speakers"),
    _whole("n_quotes", "quotations of which it is the speaker", "speakers"),
)

_QUOTE_TOPICS = (
    _text("quote_id", "the quotation", "topics"),
    _text("topic", "the topic", "topics"),
    Column("weight", pa.float64(), "strength, 0 to 1", "topics"),
    _text("basis", "keyword | model", "topics"),
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


def _columns(name: str) -> tuple[Column, ...]:
    if name not in TABLES:
        raise KeyError(f"no table {name!r}; there are {', '.join(TABLES)}")
    return TABLES[name]


def schema(name: str) -> pa.Schema:
    """Give the Arrow schema of the table `name`."""
    return pa.schema([(column.name, column.type) for column in _columns(name)])


def conform(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give a new frame with exactly the columns and types of the table `name`.

    Columns the frame lacks are added as missing (spans and lists as empty lists), columns the
    table does not know are dropped, column order is the table's and the index is 0, 1, 2, ….

    Raises
    ------
    InputError
        If a value does not fit its column's type; the message names the column.
    """
    columns = {
        column.name: _typed(frame[column.name], column) if column.name in frame else
        _missing(column, len(frame))
        for column in _columns(name)
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(len(frame)))


def empty(name: str) -> pd.DataFrame:
    """Give the table `name` with its columns and types and no row."""
    return conform(pd.DataFrame(), name)


def check(frame: pd.DataFrame, name: str, *, needs: Iterable[str] = ()) -> pd.DataFrame:
    """Give `frame` back unchanged if it has the columns `needs` (default: all of the table's).

    Raises
    ------
    InputError
        If columns are missing; the message lists which, and what was found.
    """
    wanted = list(needs) or [column.name for column in _columns(name)]
    absent = [column for column in wanted if column not in frame]
    if absent:
        raise InputError(
            f"The table {name} lacks the column(s) {listed(absent)} "
            f"(found: {listed(frame.columns)}). Make it again with `on-record extract`."
        )
    return frame


def _is_list(column: Column) -> bool:
    return pa.types.is_list(column.type)


def _missing(column: Column, n: int) -> pd.Series:
    if _is_list(column):
        return pd.Series([[] for _ in range(n)], dtype=object)
    return _typed(pd.Series([None] * n, dtype=object), column)


def _typed(values: pd.Series, column: Column) -> pd.Series:
    values = values.reset_index(drop=True)
    if _is_list(column):
        return pd.Series([_plain(value) for value in values], dtype=object)
    try:
        if pa.types.is_timestamp(column.type):
            return pd.to_datetime(values, utc=True).astype("datetime64[us, UTC]")
        return values.astype(_PANDAS[str(column.type)])
    except (TypeError, ValueError) as error:
        raise InputError(
            f"The column {column.name} holds values that are not {column.type}: {error}."
        ) from error


_PANDAS = {"string": "str", "int64": "Int64", "double": "Float64"}


def _plain(value: object) -> list:
    """Nested tuples and arrays as plain lists; a missing value as the empty list."""
    if value is None or isinstance(value, float):
        return []
    return [_plain(item) if isinstance(item, list | tuple) or hasattr(item, "tolist")
            and getattr(item, "ndim", 0) else _scalar(item) for item in value]


def _scalar(item: object) -> object:
    return item.item() if hasattr(item, "item") else item


def to_arrow(frame: pd.DataFrame, name: str) -> pa.Table:
    """Give the frame as an Arrow table of the table's schema."""
    frame = conform(frame, name)
    arrays = []
    for column in _columns(name):
        values = frame[column.name]
        if column.name == "skipped":
            values = [[dict(zip(("start", "end", "reason"), item, strict=True)) for item in row]
                      for row in values]
        arrays.append(pa.array(values, type=column.type, from_pandas=True))
    return pa.Table.from_arrays(arrays, schema=schema(name))


def from_arrow(table: pa.Table, name: str) -> pd.DataFrame:
    """Give an Arrow table as a frame of the table `name`; nested values become plain lists."""
    nested = [column.name for column in _columns(name)
              if _is_list(column) and column.name in table.column_names]
    flat = table.drop_columns(nested).to_pandas()
    for column in nested:
        flat[column] = pd.Series(table.column(column).to_pylist(), dtype=object)
    if "skipped" in flat:
        flat["skipped"] = pd.Series(
            [[[item["start"], item["end"], item["reason"]] for item in row or []]
             for row in flat["skipped"]], dtype=object)
    return conform(flat, name)


def write_table(frame: pd.DataFrame, name: str, path: str | Path) -> Path:
    """Write the frame as Parquet to `path` (whole or not at all) and give the path."""
    path = Path(path)
    part = path.with_name(path.name + ".part")
    pq.write_table(to_arrow(frame, name), part, compression="zstd")
    return part.replace(path)


def read_table(path: str | Path, name: str) -> pd.DataFrame:
    """Read the table `name` from a Parquet file, or a folder of Parquet partitions.

    Raises
    ------
    InputError
        If there is no such file, or it is not Parquet.
    """
    path = Path(path)
    if not path.exists():
        raise InputError(
            f"{path} does not exist. Make the tables first: on-record extract PATHS --out "
            f"{path.parent}."
        )
    try:
        return from_arrow(pq.read_table(path), name)
    except pa.ArrowInvalid as error:
        raise InputError(f"{path} is not a Parquet file ({error}). Make the tables again.") from error


@dataclass(frozen=True)
class Tables:
    """One corpus: all its tables, and what `run.json` says of how they were made."""

    articles: pd.DataFrame = field(default_factory=lambda: empty("articles"))
    rejected: pd.DataFrame = field(default_factory=lambda: empty("rejected"))
    quotes: pd.DataFrame = field(default_factory=lambda: empty("quotes"))
    mentions: pd.DataFrame = field(default_factory=lambda: empty("mentions"))
    terms: pd.DataFrame = field(default_factory=lambda: empty("terms"))
    speakers: pd.DataFrame = field(default_factory=lambda: empty("speakers"))
    quote_topics: pd.DataFrame = field(default_factory=lambda: empty("quote_topics"))
    run: Mapping[str, object] = field(default_factory=dict)

    def frames(self) -> dict[str, pd.DataFrame]:
        """Give the tables by name, without `run`."""
        return {item.name: getattr(self, item.name) for item in fields(self) if item.name != "run"}
