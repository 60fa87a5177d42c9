"""Merging and splitting people, and counting them anew."""

import re
import unicodedata
from dataclasses import replace
from hashlib import sha256

import pandas as pd

from analysis.corrections.file import Correction
from analysis.corrections.find import find_speaker
from analysis.errors import listed, nearest
from analysis.tables import Tables, conform


def add_speaker(tables: Tables, name: str, *, by: str = "") -> tuple[Tables, str]:
    """Add a person whom only a correction names; give the tables and the new speaker_id."""
    speaker_id = f"{_slug(name)}-{sha256(name.encode()).hexdigest()[:6]}"
    row = {"speaker_id": speaker_id, "name": name, "kind": "person", "gender": "unknown",
           "gender_basis": "unknown", "aliases": [name],
           "merge_reason": f"correction by {by or 'hand'}"}
    added = conform(pd.DataFrame([row]), "speakers")
    speakers = pd.concat([tables.speakers, added], ignore_index=True) \
        if len(tables.speakers) else added
    return replace(tables, speakers=conform(speakers, "speakers")), speaker_id


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "person"


def said_new(name: str, speakers: pd.DataFrame) -> str:
    """Say that a name is new, and whose it may have been meant to be."""
    guess = nearest(name, speakers["name"].dropna())
    return "new speaker" + (f"; nearest is '{guess}'" if guess else "")


def merge_people(tables: Tables, correction: Correction) -> tuple[Tables, str, str]:
    """Make one person of several; give tables, status and detail.

    The first of `people` keeps its id; `speaker` is the name of the result: with one person
    only, a new name for them. Who has that name already becomes one with them.
    """
    found, problems = [], []
    for name in correction.people:
        speaker_id, problem = find_speaker(name, tables.speakers)
        if speaker_id:
            found.append(speaker_id)
        else:
            problems.append(problem)
    found = _with_bearer(correction.speaker, list(dict.fromkeys(found)), tables.speakers)
    ambiguous = [problem for problem in problems if not problem.startswith("no speaker")]
    if ambiguous or not found:
        return tables, "does not fit", "; ".join(ambiguous or problems)
    if len(found) == 1:
        if problems:
            return tables, "does not fit", "; ".join(problems)
        return _renamed(tables, found[0], correction)
    kept, *others = found
    speakers = _joined(tables.speakers, kept, others, correction)
    tables = _remapped(replace(tables, speakers=speakers), dict.fromkeys(others, kept))
    return tables, "applied", "; ".join(problems)


def _with_bearer(name: str, found: list[str], speakers: pd.DataFrame) -> list[str]:
    """Add whoever has the name of the result, unless one of those found has it."""
    bearers = speakers.loc[speakers["name"].str.casefold() == name.strip().casefold(),
                           "speaker_id"].tolist()
    alone = found and len(bearers) == 1 and bearers[0] not in found
    return [*bearers, *found] if alone else found


def _renamed(tables: Tables, speaker_id: str, correction: Correction) -> tuple[Tables, str, str]:
    """Give one person another name; the old one stays as an alias and finds them again."""
    names = tables.speakers.set_index("speaker_id")["name"]
    if names[speaker_id] == correction.speaker:
        return tables, "already so", "they are one"
    speakers = _joined(tables.speakers, speaker_id, [], correction)
    return replace(tables, speakers=speakers), "applied", "renamed"


def _joined(
    speakers: pd.DataFrame, kept: str, others: list[str], correction: Correction
) -> pd.DataFrame:
    rows = speakers[speakers["speaker_id"].isin([kept, *others])]
    row = rows[rows["speaker_id"] == kept].iloc[0].to_dict()
    for name in ("role", "role_class", "affiliation"):
        known = rows[name].dropna()
        if pd.isna(row[name]) and len(known):
            row[name] = known.iloc[0]
    genders = rows.loc[rows["gender"].isin(["f", "m"]), ["gender", "gender_basis"]]
    if row["gender"] not in {"f", "m"} and len(set(genders["gender"])) == 1:
        row |= genders.iloc[0].to_dict()
    forms = [*rows["name"].dropna(), correction.speaker,
             *(alias for aliases in rows["aliases"] for alias in aliases)]
    row |= {"aliases": list(dict.fromkeys(forms)), "name": correction.speaker,
            "merge_reason": f"correction by {correction.by or 'hand'}"}
    rest = speakers[~speakers["speaker_id"].isin([kept, *others])]
    return conform(pd.concat([rest, conform(pd.DataFrame([row]), "speakers")]), "speakers")


def _remapped(tables: Tables, mapping: dict[str, str]) -> Tables:
    quotes, mentions = tables.quotes.copy(), tables.mentions.copy()
    for frame in (quotes, mentions):
        frame["speaker_id"] = frame["speaker_id"].replace(mapping)
    return replace(tables, quotes=quotes, mentions=mentions)


def split_person(tables: Tables, correction: Correction) -> tuple[Tables, str, str]:
    """Give the words of a person in some articles to someone else; tables, status, detail."""
    old, problem = find_speaker(correction.people[0], tables.speakers)
    if old is None:
        return tables, "does not fit", problem
    new, problem = find_speaker(correction.speaker, tables.speakers)
    here = (tables.quotes["speaker_id"] == old) & tables.quotes["article_id"].isin(
        correction.articles)
    if not here.any():
        done = new is not None and new != old and (
            (tables.quotes["speaker_id"] == new)
            & tables.quotes["article_id"].isin(correction.articles)).any()
        return (tables, "already so", "") if done else (
            tables, "does not fit", f"'{correction.people[0]}' is not quoted in these articles")
    if new is None and not problem.startswith("no speaker"):
        return tables, "does not fit", problem
    details = [] if new else [said_new(correction.speaker, tables.speakers)]
    if new is None or new == old:
        tables, new = add_speaker(tables, correction.speaker, by=correction.by)
    absent = set(correction.articles) - set(tables.quotes.loc[here, "article_id"])
    if absent:
        details.append(f"not quoted in {listed(sorted(absent), most=4)}")
    quotes, mentions = tables.quotes.copy(), tables.mentions.copy()
    for frame in (quotes, mentions):
        moved = (frame["speaker_id"] == old) & frame["article_id"].isin(correction.articles)
        frame["speaker_id"] = frame["speaker_id"].mask(moved, new)
    return replace(tables, quotes=quotes, mentions=mentions), "applied", "; ".join(details)


def recount(tables: Tables) -> pd.DataFrame:
    """Give the speakers with what follows from their quotations: their numbers, the one outlet."""
    by_speaker = tables.quotes.dropna(subset=["speaker_id"]).groupby("speaker_id")
    speakers = tables.speakers.copy()
    for column, counted in (("n_articles", by_speaker["article_id"].nunique()),
                            ("n_quotes", by_speaker.size())):
        speakers[column] = speakers["speaker_id"].map(counted).fillna(0).astype("Int64")
    outlets = tables.quotes["article_id"].map(tables.articles.set_index("article_id")["outlet"])
    outlets = outlets.groupby(tables.quotes["speaker_id"])
    only = outlets.first().where(outlets.nunique(dropna=False).eq(1))
    return speakers.assign(outlet=speakers["speaker_id"].map(only).astype("str"))
