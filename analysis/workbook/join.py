"""What needs the whole corpus: copies, one identity per speaker, families.

Two steps, so that a corpus larger than memory can take them: `learn_corpus` goes through a few
columns of everything, part by part, `apply_joint` then finishes each part on its own.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
import pyarrow as pa

from analysis.memory import give_back
from analysis.tables import Tables, framed
from analysis.workbook.runs import Settings

if TYPE_CHECKING:
    from analysis.speakers import MergedParts
    from analysis.topics import Families

Read = Callable[[str, Sequence[str]], Iterable[pa.Table]]


class Start(NamedTuple):
    """Where a part begins: how many local speakers and quotations stand in the parts before."""

    speakers: int = 0
    quotes: int = 0

    def after(self, part: Tables) -> "Start":
        """Give where the next part begins."""
        return Start(self.speakers + len(part.speakers), self.quotes + len(part.quotes))


_FIRST = Start()


@dataclass(frozen=True)
class Joint:
    """What is known of the corpus as a whole; local speakers and quotations by their number."""

    copies: pd.DataFrame  # article_id → copy_of, copy_kind, copy_evidence
    speakers: "MergedParts"
    families: "Families"


def learn_corpus(read: Read, settings: Settings) -> Joint:
    """Look at the corpus as a whole.

    Parameters
    ----------
    read
        Gives some columns of a table, part by part, by the table's name: signatures
        (`analysis.articles.signatures`), voices (`analysis.topics.list_voices`), articles,
        quotes and local speakers. An article lies in one part, with all that belongs to it.
    settings
        Aliases of the user.
    """
    from analysis.articles import group_copies
    from analysis.speakers import merge_parts
    from analysis.topics import name_families

    give_back()
    copies = group_copies(lambda columns: read("signatures", columns)).set_index("article_id")
    give_back()
    merged = merge_parts(lambda columns: read("speakers", columns),
                         aliases=settings.aliases or None)
    give_back()
    families = name_families(
        lambda name: (part.column(name).to_pandas() for part in read("quotes", [name])),
        _said(read, merged), read("voices", []),
        pa.concat_tables(read("articles", ["article_id", "published"])).to_pandas())
    give_back()
    return Joint(copies=copies, speakers=merged, families=families)


def _said(read: Read, merged: "MergedParts") -> Iterable[pd.DataFrame]:
    """Give who says each quotation, part by part."""
    start = 0
    speakers = read("speakers", ["speaker_id"])
    quotes = read("quotes", ["quote_id", "article_id", "speaker_id"])
    for local, part in zip(speakers, quotes, strict=True):
        ids = local.column("speaker_id").to_pylist()
        known = dict(zip(ids, merged.speaker_ids(slice(start, start + len(ids))), strict=True))
        start += len(ids)
        said = framed(part, "quotes")
        yield said.assign(speaker_id=_mapped(said["speaker_id"], known))


def apply_joint(part: Tables, joint: Joint, *, at: Start = _FIRST) -> Tables:
    """Finish articles, quotes and mentions of a part with what is known of the corpus."""
    rows = slice(at.speakers, at.speakers + len(part.speakers))
    local = part.speakers["speaker_id"]
    known = dict(zip(local, joint.speakers.speaker_ids(rows), strict=True))
    by_list = part.quotes["speaker_id"].isin(local[joint.speakers.by_list(rows)])
    quotes = part.quotes.assign(
        speaker_basis=part.quotes["speaker_basis"].mask(by_list, "alias"),
        speaker_id=_mapped(part.quotes["speaker_id"], known),
        quote_family=joint.families.of(at.quotes, len(part.quotes)),
    )
    mentions = part.mentions.assign(speaker_id=_mapped(part.mentions["speaker_id"], known))
    articles = _with_copies(part.articles, joint.copies)
    return replace(part, articles=articles, quotes=quotes, mentions=mentions)


def correct(tables: Tables, settings: Settings) -> Tables:
    """Replay the user's corrections, if there are any; `run["corrections"]` tells each's fate."""
    if not settings.corrections:
        return tables
    from analysis.corrections import apply_corrections, load_corrections

    done = apply_corrections(tables, load_corrections(settings.corrections))
    fate = json.loads(done.report.to_json(orient="records", date_format="iso"))
    return replace(done.tables, run={**done.tables.run, "corrections": fate})


def _mapped(values: pd.Series, known: Mapping[str, str]) -> pd.Series:
    return pd.Series([known.get(value) for value in values], index=values.index, dtype="str")


def _with_copies(articles: pd.DataFrame, copies: pd.DataFrame) -> pd.DataFrame:
    found = copies.reindex(articles["article_id"]).set_axis(articles.index)
    return articles.assign(**{name: found[name] for name in copies})


def find_topics(tables: Tables, settings: Settings) -> pd.DataFrame:
    """Give the table quote_topics of a corpus in memory: of the user's topics, or discovered."""
    from analysis.topics import assign_topics, discover_topics, load_topics

    if not settings.topics:
        return discover_topics(tables.quotes, tables.terms).quote_topics
    topics = load_topics(settings.topics)
    return assign_topics(tables.quotes, tables.terms, tables.articles, topics=topics)
