"""The row of stages: paths in, a folder of tables out.

Notebooks and the command line call this module; it is the only one that knows every stage.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.tables import Tables, empty
from analysis.workbook.runs import Settings, describe_run, fingerprint, summary_line
from analysis.workbook.store import load_tables, read_run, save_tables

if TYPE_CHECKING:
    from analysis.articles import Loaded

Progress = Callable[[str], None]


def build_tables(
    paths: Sequence[str | Path], *, settings: Settings | None = None,
    progress: Progress | None = None,
) -> Tables:
    """Read articles and make every table of them, in memory.

    Parameters
    ----------
    paths
        Files and folders of articles.
    settings
        How; the defaults suit English news.
    progress
        Called with the name of each stage as it starts.

    Returns
    -------
    Tables
        With `run`: parameters, versions, model hash, input hashes, counts, seconds.

    Raises
    ------
    InputError
        If a path does not exist, holds no article, or a settings file cannot be used.
    """
    settings = settings or Settings()
    say = progress or (lambda _stage: None)
    started = time.monotonic()
    say("reading articles")
    loaded = read_articles(paths, settings)
    say("finding quotations")
    part = quote_articles(loaded.articles, settings)
    say("joining speakers, topics and copies")
    tables = join_corpus(
        replace(part, rejected=_stack("rejected", [loaded.rejected, part.rejected])), settings
    )
    run = describe_run(paths, settings, files=loaded.files, tables=tables)
    run["seconds"] = round(time.monotonic() - started, 1)
    return replace(tables, run=run)


def read_articles(paths: Sequence[str | Path], settings: Settings) -> "Loaded":
    """Read the files and mark what in each article is not the story.

    Returns
    -------
    Loaded
        `articles`, `rejected`, and `files`: one row per file with its counts.
    """
    from analysis.articles import load_articles, mark_skipped

    loaded = load_articles(
        paths, columns=dict(settings.columns) or None, language=settings.language or None,
        repair=settings.repair,
    )
    return loaded._replace(articles=mark_skipped(loaded.articles))


def quote_articles(articles: pd.DataFrame, settings: Settings, *, threads: int = 2) -> Tables:
    """Find the quotations of some articles and who is meant within each article.

    This is the work of one partition: it looks at nothing beyond the given articles.
    """
    from analysis.quotations import extract_quotations
    from analysis.speakers import resolve_in_articles

    found = extract_quotations(articles, model=settings.model, threads=threads)
    resolved = resolve_in_articles(found.quotes, found.mentions, articles)
    used = articles[~articles["article_id"].isin(found.rejected.get("article_id", []))]
    return Tables(
        articles=used, rejected=found.rejected, quotes=resolved.quotes,
        mentions=resolved.mentions, terms=found.terms, speakers=resolved.speakers,
    )


def join_corpus(tables: Tables, settings: Settings) -> Tables:
    """Do what needs the whole corpus: copies, one identity per speaker, families, topics."""
    from analysis.articles import find_copies
    from analysis.speakers import merge_speakers
    from analysis.topics import find_families

    articles = find_copies(tables.articles)
    merged = merge_speakers(tables.speakers, aliases=settings.aliases or None)
    known = dict(zip(merged.mapping["local_id"], merged.mapping["speaker_id"], strict=True))
    quotes = tables.quotes.assign(speaker_id=tables.quotes["speaker_id"].map(known))
    mentions = tables.mentions.assign(speaker_id=tables.mentions["speaker_id"].map(known))
    tables = replace(
        tables, articles=articles, mentions=mentions, speakers=merged.speakers,
        quotes=find_families(quotes, articles),
    )
    return _corrected(replace(tables, quote_topics=_topics(tables, settings)), settings)


def _topics(tables: Tables, settings: Settings) -> pd.DataFrame:
    from analysis.topics import assign_topics, discover_topics, load_topics

    if settings.topics:
        topics = load_topics(settings.topics)
        return assign_topics(tables.quotes, tables.terms, tables.articles, topics=topics)
    return discover_topics(tables.quotes, tables.terms).quote_topics


def _corrected(tables: Tables, settings: Settings) -> Tables:
    if not settings.corrections:
        return tables
    from analysis.corrections import apply_corrections, load_corrections

    return apply_corrections(tables, load_corrections(settings.corrections)).tables


def _stack(name: str, frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    full = [frame for frame in frames if len(frame)]
    return pd.concat(full, ignore_index=True) if full else empty(name)


def open_tables(
    tables_dir: str | Path, *, articles: str | Path = "", topics: str = "", aliases: str = "",
    corrections: str = "", model: str = "en_core_web_sm", progress: Progress | None = None,
) -> Tables:
    """Give the tables of a folder, making them first from `articles` if they are not up to date.

    Up to date means: the same input files, settings, package and model as last time. Without
    `articles` the folder's tables are taken as they are.

    Raises
    ------
    InputError
        If neither tables nor articles are there.
    """
    if articles:
        settings = Settings(model=model, topics=topics, aliases=aliases, corrections=corrections)
        extract_tables([articles], out=tables_dir, settings=settings, progress=progress)
    return load_tables(tables_dir)


def extract_tables(
    paths: Sequence[str | Path], *, out: str | Path, settings: Settings | None = None,
    csv: bool = False, progress: Progress | None = None,
) -> str:
    """Make the tables of some articles in the folder `out`, unless they are up to date there.

    Returns
    -------
    str
        One line that says what was read, used, rejected and found.

    Raises
    ------
    InputError
        As `build_tables` and `save_tables`.
    """
    settings = settings or Settings()
    known = read_run(out)
    fresh = known.get("fingerprint") == fingerprint(paths, settings)
    if not fresh:
        tables = build_tables(paths, settings=settings, progress=progress)
        save_tables(tables, out, csv=csv)
        known = tables.run
    return summary_line(known) + (" (unchanged, not made again)" if fresh else f" → {out}")
