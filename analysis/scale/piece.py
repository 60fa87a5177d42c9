"""The work on one piece, done in whatever process it lands in. The model is loaded once there."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from analysis.scale import place as files
from analysis.scale.place import Place
from analysis.tables import conform, from_arrow, to_arrow
from analysis.workbook import Settings, quote_articles

if TYPE_CHECKING:
    from analysis.topics import Lessons, Topic

LESSONS = "lessons.parquet"
_PIECES_IN_A_BUCKET = 20  # of what pieces teach about the user's topics
_TAUGHT = ("quotes", "terms", "articles")
PIECE_TABLES = ("articles", "rejected", "quotes", "mentions", "terms", "speakers")


def work_on(
    root: str, key: str, settings: Settings, threads: int = 1, topics: "Sequence[Topic]" = ()
) -> None:
    """Find the quotations of one piece and leave its tables in its folder, `done.json` last.

    Then what it teaches about the user's topics, if there are any. Articles that `bad.json` names
    (they stopped a worker before) are rejected, not read.
    """
    piece = Place(root).under(key)
    if not files.exists(piece, "done.json"):
        _extract(piece, settings, threads)
    if topics and not files.exists(piece, last_of(topics)):
        learn(piece, topics)


def last_of(topics: "Sequence[Topic]") -> str:
    """Name the file that is there when the work on a piece is done."""
    if not topics:
        return "done.json"
    return f"learned-{blake2b(repr(topics).encode(), digest_size=6).hexdigest()}.parquet"


def _extract(piece: Place, settings: Settings, threads: int) -> None:
    articles = from_arrow(files.read_parquet(piece, "input.parquet"), "articles")
    bad = files.read_json(piece, "bad.json")
    good = articles[~articles["article_id"].isin(bad)].reset_index(drop=True)
    found = _find(good, settings, threads)
    lost = pd.concat([found["rejected"], _rejected(articles, bad)], ignore_index=True)
    found["rejected"] = conform(lost, "rejected")
    for name in PIECE_TABLES:
        files.write_parquet(piece, f"{name}.parquet", to_arrow(found[name], name))
    for name, table in summaries(found["articles"], found["quotes"]).items():
        files.write_parquet(piece, f"{name}.parquet", table)
    files.write_json(piece, "done.json", {name: len(found[name]) for name in PIECE_TABLES})


def draw(work: Place, keys: Sequence[str], topics: "Sequence[Topic]") -> None:
    """Draw the lessons of what all pieces teach, and leave them where `file_topics` finds them."""
    from analysis.topics import draw_lessons

    learned = (files.read_parquet(work.under(key), last_of(topics)).to_pandas() for key in keys)
    lessons = draw_lessons(learned, [topic.name for topic in topics],
                           n_buckets=1 + len(keys) // _PIECES_IN_A_BUCKET)
    files.write_parquet(work, LESSONS, lessons.table)


def file_topics(root: str, key: str, topics: "Sequence[Topic]", run: str) -> None:
    """Leave the piece's table quote_topics, by the lessons of this run."""
    from analysis.topics import assign_topics

    piece = Place(root).under(key)
    filed = assign_topics(*_read(piece, _TAUGHT), topics=topics, learned=_lessons(root, run))
    files.write_parquet(piece, "quote_topics.parquet", to_arrow(filed, "quote_topics"))


@lru_cache(1)
def _lessons(root: str, run: str) -> "Lessons":  # noqa: ARG001 - tells one run from the next
    from analysis.topics import Lessons

    return Lessons(files.read_parquet(Place(root), LESSONS))


def _read(piece: Place, names: Iterable[str]) -> list[pd.DataFrame]:
    return [from_arrow(files.read_parquet(piece, f"{name}.parquet"), name) for name in names]


def learn(piece: Place, topics: "Sequence[Topic]") -> None:
    """Leave what a piece teaches about the user's topics."""
    from analysis.topics import learn_topics

    learned = learn_topics(*_read(piece, _TAUGHT), topics=topics)
    files.write_parquet(piece, last_of(topics), pa.Table.from_pandas(learned, preserve_index=False))


def get_ready(settings: Settings) -> None:
    """Load what the work needs, before there is any."""
    from analysis.quotations import load_models

    load_models(settings.model, threads=1)


def try_on(root: str, key: str, settings: Settings, rows: tuple[int, int]) -> None:
    """Find the quotations of some articles and forget them, to see whether the worker lives."""
    articles = from_arrow(files.read_parquet(Place(root).under(key), "input.parquet"), "articles")
    _find(articles.iloc[slice(*rows)].reset_index(drop=True), settings, 1)


def _find(articles: pd.DataFrame, settings: Settings, threads: int) -> dict[str, pd.DataFrame]:
    from analysis.articles import mark_skipped

    return quote_articles(mark_skipped(articles), settings, threads=threads).frames()


def _rejected(articles: pd.DataFrame, bad: Mapping[str, str]) -> pd.DataFrame:
    rows = articles[articles["article_id"].isin(bad)]
    return pd.DataFrame({
        "source_file": rows["source_file"], "row": None, "reason": "stopped the worker",
        "detail": [f"article {name}: {bad[name]}" for name in rows["article_id"]],
    })


def summaries(articles: pd.DataFrame, quotes: pd.DataFrame) -> dict[str, pa.Table]:
    """Give what finding copies and families needs of each article and quotation."""
    from analysis.articles import signatures
    from analysis.topics import list_voices

    return {"signatures": signatures(articles), "voices": list_voices(quotes)}
