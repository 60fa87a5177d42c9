"""The row of the table speakers that stands for several local speakers."""

from collections import Counter
from collections.abc import Iterable, Sequence

from analysis.speakers.aliases import Alias
from analysis.speakers.bearers import Local
from analysis.speakers.names import fuller


def summarize(locals_: Sequence[Local], alias: Alias | None) -> dict:
    """Give name, kind, role, gender and counts of one speaker; the user's list wins."""
    rows = [one.row for one in locals_]
    gender, basis = _gender(rows)
    role, role_class, affiliation = _role(rows)
    made = {
        "name": _name(locals_), "kind": _most(row["kind"] for row in rows) or "other",
        "role": role, "role_class": role_class, "affiliation": affiliation,
        "gender": gender, "gender_basis": basis,
        "aliases": _aliases(rows),
        "n_articles": len({one.article_id for one in locals_ if one.row["n_quotes"]}),
        "n_quotes": sum(int(row["n_quotes"] or 0) for row in rows),
        "outlet": _only({one.outlet for one in locals_ if one.row["n_quotes"]}),
    }
    if alias is not None:
        made["name"] = alias.name
        made.update({key: value for key, value in (
            ("kind", alias.kind), ("role", alias.role), ("role_class", alias.role_class)) if value})
        if alias.gender:
            made.update(gender=alias.gender,
                        gender_basis="list" if alias.gender != "unknown" else "unknown")
        made["aliases"] = list(dict.fromkeys([alias.name, *made["aliases"]]))
    return made


def _name(locals_: Sequence[Local]) -> str:
    counts = Counter(one.name for one in locals_)
    if locals_[0].kind != "person":
        return min(counts, key=lambda name: (-counts[name], name))
    best = min(counts)
    for name in sorted(counts):
        # the form most articles use of the full ones: "Donald Trump" sooner than "Donald J. Trump"
        if (" " in name, counts[name]) > (" " in best, counts[best]) or (
                counts[name] == counts[best] and fuller(name, best) == name):
            best = name
    return best


def _only(values: set[str]) -> str | None:
    return next(iter(values)) or None if len(values) == 1 else None


def _most(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def _role(rows: Sequence[dict]) -> tuple[str | None, str | None, str | None]:
    roles = Counter((row["role"], row["role_class"], row["affiliation"]) for row in rows
                    if row["role"])
    if not roles:
        return (None, _most(row["role_class"] for row in rows),
                _most(row["affiliation"] for row in rows))

    def rank(item: tuple) -> tuple:
        role, role_class, affiliation = item
        private = role_class in ("person", "family", "citizen")
        return (private, -roles[item] - 0.5 * bool(affiliation), str(item))
    return min(roles, key=rank)


def _gender(rows: Sequence[dict]) -> tuple[str, str]:
    for basis in ("list", "honorific", "pronoun"):
        counts = Counter(row["gender"] for row in rows
                         if row["gender_basis"] == basis and row["gender"] in ("f", "m"))
        if counts:
            best = max(counts, key=lambda gender: counts[gender])
            clear = counts[best] >= 0.9 * sum(counts.values())
            return (best, basis) if clear else ("unknown", "unknown")
    return "unknown", "unknown"


def _aliases(rows: Sequence[dict]) -> list[str]:
    counts = Counter(form for row in rows for form in row["aliases"] or ())
    return sorted(counts, key=lambda form: (-counts[form], form))[:30]
