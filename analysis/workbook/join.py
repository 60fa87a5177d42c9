"""What needs the whole corpus: copies, one identity per speaker, families, discovered topics.

Two steps, so that a corpus larger than memory can take them: `learn_corpus` looks at a few
columns of everything, `apply_joint` then finishes any part of the tables on its own.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.tables import Tables
from analysis.workbook.runs import Settings


@dataclass(frozen=True)
class Joint:
    """What is known of the corpus as a whole."""

    copies: pd.DataFrame  # article_id, copy_of, copy_kind, copy_evidence
    speaker_of: Mapping[str, str]  # local id → speaker_id
    by_alias: frozenset[str]  # local ids that the user's alias list names
    speakers: pd.DataFrame
    family_of: Mapping[str, str]  # quote_id → quote_family
    quote_topics: pd.DataFrame | None  # discovered; None where the user's topics are assigned
    learned: pd.DataFrame | None = None  # what all stories teach about the user's topics


def learn_corpus(
    light: Tables, signed: pd.DataFrame, settings: Settings, *,
    learned: pd.DataFrame | None = None,
) -> Joint:
    """Look at the corpus as a whole.

    Parameters
    ----------
    light
        All articles (`article_id`, `published`), quotes (`quote_id`, `article_id`, `content`,
        `speaker_id`), local speakers and, where topics are to be discovered, terms;
        other columns may be missing.
    signed
        `analysis.articles.signatures` of all articles.
    settings
        Aliases and topics of the user.
    learned
        `learn_part` of all articles, merged with `analysis.topics.merge_learned`.
    """
    from analysis.articles import group_copies
    from analysis.speakers import merge_speakers
    from analysis.topics import discover_topics, name_families

    merged = merge_speakers(light.speakers, aliases=settings.aliases or None)
    known = dict(zip(merged.mapping["local_id"], merged.mapping["speaker_id"], strict=True))
    quotes = light.quotes.assign(speaker_id=light.quotes["speaker_id"].map(known).astype("str"))
    families = quotes[["quote_id"]].assign(
        quote_family=name_families(quotes, light.articles)).dropna()
    found = None if settings.topics else discover_topics(quotes, light.terms).quote_topics
    return Joint(
        copies=group_copies(signed), speaker_of=known, speakers=merged.speakers,
        by_alias=frozenset(
            merged.mapping.loc[merged.mapping["reason"] == "alias list", "local_id"]
        ),
        family_of=dict(families.itertuples(index=False, name=None)), quote_topics=found,
        learned=learned,
    )


def learn_part(part: Tables, settings: Settings) -> pd.DataFrame | None:
    """Give what some articles teach about the user's topics; None where the user has none."""
    if not settings.topics:
        return None
    from analysis.topics import learn_topics, load_topics

    topics = load_topics(settings.topics)
    return learn_topics(part.quotes, part.terms, part.articles, topics=topics)


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
    return values.map(known).astype("str")


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
