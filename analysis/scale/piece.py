"""The work on one piece, done in whatever process it lands in. The model is loaded once there."""

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa

from analysis.scale import place as files
from analysis.scale.place import Place
from analysis.tables import conform, from_arrow, to_arrow
from analysis.workbook import Settings, quote_articles

PIECE_TABLES = ("articles", "rejected", "quotes", "mentions", "terms", "speakers")


def work_on(root: str, key: str, settings: Settings, threads: int = 1) -> None:
    """Find the quotations of one piece and leave its tables in its folder, `done.json` last.

    Articles that `bad.json` names (they stopped a worker before) are rejected, not read.
    """
    piece = Place(root).under(key)
    if files.exists(piece, "done.json"):
        return
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
