"""The row of stages: paths in, a folder of tables out.

Notebooks and the command line call this module; it is the only one that knows every stage.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from analysis.tables import Tables, conform, empty, to_arrow
from analysis.workbook.join import apply_joint, correct, find_topics, learn_corpus
from analysis.workbook.losses import count_rows
from analysis.workbook.runs import Settings, describe_run

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
    counts = count_rows(tables)
    run = describe_run(paths, settings, files=loaded.files, rejected=tables.rejected,
                       counts=counts)
    run["seconds"] = round(time.monotonic() - started, 1)
    return replace(tables, run={**run, **tables.run})


def read_articles(paths: Sequence[str | Path], settings: Settings) -> "Loaded":
    """Read the files and mark what in each article is not the story.

    Returns
    -------
    Loaded
        `articles`, `rejected`, and `files`: one row per file with its counts.
    """
    from analysis.articles import load_articles, mark_skipped

    loaded = load_articles(paths, **reading_options(settings))
    return loaded._replace(articles=mark_skipped(loaded.articles))


def reading_options(settings: Settings) -> dict[str, object]:
    """Give the settings that say how articles are read, as the readers' keyword arguments."""
    from analysis.articles import Only

    only = Only(hosts=settings.hosts, since=settings.since or None, until=settings.until or None)
    return {"columns": dict(settings.columns) or None, "language": settings.language or None,
            "repair": settings.repair, "only": only}


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
    from analysis.articles import signatures
    from analysis.topics import list_voices

    known = {"signatures": signatures(tables.articles), "voices": list_voices(tables.quotes)}

    def read(name: str, columns: Sequence[str]) -> Iterable[pa.Table]:
        table = known[name] if name in known else to_arrow(tables.frames()[name], name)
        return [table.select(columns) if columns else table]

    joint = learn_corpus(read, settings)
    speakers = conform(pd.concat([empty("speakers"), *joint.speakers.speakers]), "speakers")
    finished = replace(apply_joint(tables, joint), speakers=speakers,
                       quote_topics=find_topics(tables, settings))
    return correct(finished, settings)


def _stack(name: str, frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    full = [frame for frame in frames if len(frame)]
    return pd.concat(full, ignore_index=True) if full else empty(name)
