"""One identity across the corpus: local speakers joined where there is evidence."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.speakers import summary
from analysis.speakers.aliases import Alias, alias_key, load_aliases
from analysis.speakers.bare import settle_bare_names
from analysis.speakers.bearers import Local
from analysis.speakers.blocks import join_persons
from analysis.speakers.names import Name, fold, read_name, without_article
from analysis.tables import check, conform

_USED = ("name", "kind", "role", "role_class", "affiliation", "gender", "gender_basis", "aliases",
         "n_quotes")


class Merged(NamedTuple):
    """The corpus's speakers, and local id → speaker_id with the reason (frame `mapping`)."""

    speakers: pd.DataFrame
    mapping: pd.DataFrame


def merge_speakers(
    local_speakers: pd.DataFrame, *, aliases: str | Path | pd.DataFrame | None = None,
) -> Merged:
    """Join the local speakers of all articles that are one person or organisation.

    Persons are joined by their full name; by a short form, another spelling or a surname alone
    only if role, affiliation or the people named beside them agree too (Bill and Hillary Clinton
    stay two). Organisations and groups are joined by the same words. Unnamed persons, documents
    and generic sources stay in their article: the spokesman of two articles is two sources.

    Parameters
    ----------
    local_speakers : as `resolve_in_articles` gives them, of any number of articles.
    aliases : the user's list, path or frame; it always wins.

    Raises
    ------
    InputError
        If a column is missing or the alias list has an error.

    Notes
    -----
    Costs grow with the number of rows: names are compared within blocks of one surname only.
    """
    check(local_speakers, "speakers", needs=["speaker_id", "name", "kind"])
    listed = load_aliases(aliases) if aliases is not None else ()
    locals_ = settle_bare_names(_read_locals(local_speakers))
    keys, reasons = _keys(locals_, listed)
    return _assemble(locals_, keys, reasons, listed)


def _read_locals(frame: pd.DataFrame) -> list[Local]:
    """Read the local speakers; equal texts are one object, for a corpus has millions of them."""
    outlets = frame["outlet"].tolist() if "outlet" in frame else [None] * len(frame)
    frame = conform(frame, "speakers")
    one: dict[object, object] = {}
    parts: dict[str, Name] = {}
    columns = [[_plain(value, one) for value in frame[name]] for name in _USED]
    rows = []
    for local_id, outlet, *values in zip(frame["speaker_id"], outlets, *columns, strict=True):
        row = dict(zip(_USED, values, strict=True))
        name = row["name"] or ""
        if name not in parts:
            parts[name] = read_name(name)
        rows.append(Local(
            local_id, _plain(local_id.rpartition("#")[0], one), name, row["kind"] or "other",
            parts[name], row, _plain(outlet, one) if isinstance(outlet, str) else ""))
    return rows


def _plain(value: object, one: dict[object, object]) -> object:
    """Give a cell as Python knows it, a missing one as None, equal ones as one object."""
    if isinstance(value, list):
        return [one.setdefault(form, form) for form in value]
    return None if pd.isna(value) else one.setdefault(value, value)


def _keys(locals_: Sequence[Local], listed: Sequence[Alias]) -> tuple[list[str], list[str]]:
    """Give each local speaker's identity key and the reason it has that key."""
    keys: list[str] = [""] * len(locals_)
    reasons: list[str] = [""] * len(locals_)
    by_alias = {(alias_key(one.alias), fold(one.outlet)): one for one in listed}
    by_alias.update({(alias_key(one.name), ""): one for one in listed
                     if (alias_key(one.name), "") not in by_alias})
    persons = []
    for at, one in enumerate(locals_):
        alias = _alias_of(one, by_alias)
        if alias is not None:
            keys[at], reasons[at] = f"list:{fold(alias.name)}", "alias list"
        elif one.kind == "person":
            persons.append(at)
        else:
            keys[at], reasons[at] = _plain_key(one)
    joined = join_persons([locals_[at] for at in persons])
    for at, (key, reason) in zip(persons, joined, strict=True):
        keys[at], reasons[at] = key, reason
    _join_acronyms(locals_, keys, reasons)
    return keys, reasons


def _alias_of(one: Local, by_alias: dict[tuple[str, str], Alias]) -> Alias | None:
    """Find the list's line for a local speaker.

    By its name first. Other forms count too, but a person's bare surname does not: an alias
    "Clinton" must not catch Hillary Clinton where the article names her in full.
    """
    if not by_alias:
        return None
    forms = [one.name, *(one.row["aliases"] or ())]
    if one.kind == "person" and one.name_parts.first:
        forms = [form for form in forms if " " in form]
    for form in forms:
        for outlet in (fold(one.outlet), ""):
            alias = by_alias.get((alias_key(form), outlet))
            if alias is not None:
                return alias
    return None


def _plain_key(one: Local) -> tuple[str, str]:
    if one.kind == "organization" and not _is_vague(one.name):
        return f"organization:{fold(without_article(one.name))}", "same name"
    if one.kind == "group" and "'s " not in one.name and len(one.name.split()) <= 3:
        return f"group:{fold(without_article(one.name))}", "same words"
    if one.kind == "author" and one.name != "author":
        return f"author:{fold(one.name)}", "same name"
    return f"local:{one.local_id}", ""


def _is_vague(name: str) -> bool:
    """Say whether an organisation's name is no name: "company", "his campaign"."""
    return not any(word[0].isupper() for word in name.split())


def _join_acronyms(locals_: Sequence[Local], keys: list[str], reasons: list[str]) -> None:
    """Join "CFPB" to the one organisation whose local forms include that acronym."""
    full: dict[str, set[str]] = defaultdict(set)
    for one, key in zip(locals_, keys, strict=True):
        if one.kind == "organization" and key.startswith("organization:"):
            for form in one.row["aliases"] or ():
                if form.isupper() and form != one.name:
                    full[f"organization:{fold(form)}"].add(key)
    for at, key in enumerate(keys):
        if len(full.get(key, ())) == 1:
            keys[at], reasons[at] = next(iter(full[key])), "acronym introduced in another article"


def _assemble(
    locals_: Sequence[Local], keys: Sequence[str], reasons: Sequence[str],
    listed: Sequence[Alias],
) -> Merged:
    members: dict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        members[key].append(at)
    by_name = {f"list:{fold(one.name)}": one for one in reversed(listed)}
    rows, ids = [], {}
    for key, places in members.items():
        row = summary.summarize([locals_[at] for at in places], by_name.get(key))
        row["speaker_id"] = ids[key] = _make_id(row["name"], key)
        row["merge_reason"] = _reason(reasons[at] for at in places)
        rows.append(row)
    speakers = conform(pd.DataFrame(rows), "speakers") if rows else conform(pd.DataFrame(),
                                                                             "speakers")
    speakers = speakers.sort_values(["n_quotes", "speaker_id"], ascending=[False, True],
                                    ignore_index=True)
    mapping = pd.DataFrame({
        "local_id": pd.Series([one.local_id for one in locals_], dtype="str"),
        "speaker_id": pd.Series([ids[key] for key in keys], dtype="str"),
        "reason": pd.Series(list(reasons), dtype="str"),
    })
    return Merged(speakers, mapping)


def _reason(reasons: Iterable[str]) -> str | None:
    counts = Counter(reason for reason in reasons if reason)
    return "; ".join(f"{reason} ({count})" for reason, count in
                     sorted(counts.items(), key=lambda item: (-item[1], item[0]))) or None


def _make_id(name: str, key: str) -> str:
    """Give a readable id that stays the same whatever the order of rows: dmitry-kuleba-3f9a1c."""
    slug = "-".join("".join(char if char.isalnum() else " " for char in fold(name)).split())[:40]
    return f"{slug.strip('-') or 'speaker'}-{sha256(key.encode()).hexdigest()[:6]}"
