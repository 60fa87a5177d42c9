"""What needs the whole corpus: copies, one identity per speaker, families, discovered topics.

Two steps, so that a corpus larger than memory can take them: `learn_corpus` looks at a few
columns of everything, one table after the other, `apply_joint` then finishes any part of the
tables on its own.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis.tables import Tables
from analysis.workbook.runs import Settings

if TYPE_CHECKING:
    from analysis.topics import Lessons


@dataclass(frozen=True)
class Joint:
    """What is known of the corpus as a whole."""

    copies: pd.DataFrame  # article_id, copy_of, copy_kind, copy_evidence
    speaker_of: Mapping[str, str]  # local id → speaker_id
    by_alias: frozenset[str]  # local ids that the user's alias list names
    speakers: pd.DataFrame
    family_of: Mapping[str, str]  # quote_id → quote_family
    quote_topics: pd.DataFrame | None  # discovered; None where the user's topics are assigned
    learned: "Lessons | None" = None  # what all stories teach about the user's topics


def learn_corpus(
    read: Callable[[str], pd.DataFrame], settings: Settings, *, learned: "Lessons | None" = None,
) -> Joint:
    """Look at the corpus as a whole.

    Parameters
    ----------
    read
        Gives a table of all articles by its name: signatures (`analysis.articles.signatures`),
        articles (`article_id`, `published`), quotes (`quote_id`, `article_id`, `content`,
        `speaker_id`), local speakers and, where topics are to be discovered, terms; other columns
        may be missing. Each is asked for when its turn comes, so that memory holds one or two.
    settings
        Aliases and topics of the user.
    learned
        `learn_parts` of all articles.
    """
    from analysis.articles import group_copies
    from analysis.speakers import merge_speakers
    from analysis.topics import discover_topics, name_families

    copies = group_copies(read("signatures"))
    merged = merge_speakers(read("speakers"), aliases=settings.aliases or None)
    known = dict(zip(merged.mapping["local_id"], merged.mapping["speaker_id"], strict=True))
    listed = merged.mapping.loc[merged.mapping["reason"] == "alias list", "local_id"]
    quotes = read("quotes")
    quotes = quotes.assign(speaker_id=_mapped(quotes["speaker_id"], known))
    families = quotes[["quote_id"]].assign(
        quote_family=name_families(quotes, read("articles"))).dropna()
    found = None if settings.topics else discover_topics(quotes, read("terms")).quote_topics
    return Joint(
        copies=copies, speaker_of=known, speakers=merged.speakers,
        by_alias=frozenset(listed),
        family_of=dict(families.itertuples(index=False, name=None)), quote_topics=found,
        learned=learned,
    )


def learn_parts(parts: Iterable[Tables], settings: Settings) -> "Lessons | None":
    """Give what all articles, part by part, teach about the user's topics; None without topics.

    Then the parts are filed as the whole is.
    """
    if not settings.topics:
        return None
    from analysis.topics import draw_lessons, learn_topics, load_topics, merge_learned

    topics = load_topics(settings.topics)
    learned = merge_learned(
        learn_topics(part.quotes, part.terms, part.articles, topics=topics) for part in parts)
    return draw_lessons(learned, [topic.name for topic in topics])


def apply_joint(part: Tables, joint: Joint, settings: Settings) -> Tables:
    """Finish some articles' tables with what is known of the corpus; all but `speakers`."""
    basis = part.quotes["speaker_basis"]
    quotes = part.quotes.assign(
        speaker_basis=basis.mask(part.quotes["speaker_id"].isin(joint.by_alias), "alias"),
        speaker_id=_mapped(part.quotes["speaker_id"], joint.speaker_of),
        quote_family=_mapped(part.quotes["quote_id"], joint.family_of),
    )
    mentions = part.mentions.assign(
        speaker_id=_mapped(part.mentions["speaker_id"], joint.speaker_of)
    )
    articles = _with_copies(part.articles, joint.copies)
    part = replace(part, articles=articles, quotes=quotes, mentions=mentions)
    return replace(part, quote_topics=_topics(part, joint, settings))


def correct(tables: Tables, settings: Settings) -> Tables:
    """Replay the user's corrections, if there are any; `run["corrections"]` tells each's fate."""
    if not settings.corrections:
        return tables
    from analysis.corrections import apply_corrections, load_corrections

    done = apply_corrections(tables, load_corrections(settings.corrections))
    fate = json.loads(done.report.to_json(orient="records", date_format="iso"))
    return replace(done.tables, run={**done.tables.run, "corrections": fate})


def _mapped(values: pd.Series, known: Mapping[str, str]) -> pd.Series:
    # One by one: `map` would hold all values and all that is known a second time.
    return pd.Series([known.get(value) for value in values], index=values.index, dtype="str")


def _with_copies(articles: pd.DataFrame, copies: pd.DataFrame) -> pd.DataFrame:
    names = ["copy_of", "copy_kind", "copy_evidence"]
    return articles.drop(columns=names).merge(copies, on="article_id", how="left")


def _topics(part: Tables, joint: Joint, settings: Settings) -> pd.DataFrame:
    if joint.quote_topics is not None:
        topics = joint.quote_topics
        return topics[topics["quote_id"].isin(part.quotes["quote_id"])].reset_index(drop=True)
    from analysis.topics import assign_topics, load_topics

    topics = load_topics(settings.topics)
    return assign_topics(part.quotes, part.terms, part.articles, topics=topics,
                         learned=joint.learned)
