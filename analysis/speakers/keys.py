"""The key under which local speakers are one, and the row of the table speakers they make."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from analysis.speakers import summary
from analysis.speakers.aliases import Alias, alias_key
from analysis.speakers.bearers import Local
from analysis.speakers.names import fold, without_article

LISTED = "alias list"


class UserList:
    """The user's list of names, looked up by alias and outlet."""

    def __init__(self, listed: Sequence[Alias]) -> None:
        self._by_alias = {(alias_key(one.alias), fold(one.outlet)): one for one in listed}
        self._by_alias.update({(alias_key(one.name), ""): one for one in listed
                               if (alias_key(one.name), "") not in self._by_alias})
        self._by_key = {f"list:{fold(one.name)}": one for one in reversed(listed)}

    def line_for(self, one: Local) -> Alias | None:
        """Find the list's line for a local speaker.

        By its name first. Other forms count too, but a person's bare surname does not: an alias
        "Clinton" must not catch Hillary Clinton where the article names her in full.
        """
        if not self._by_alias:
            return None
        forms = [one.name, *(one.row["aliases"] or ())]
        if one.kind == "person" and one.name_parts.first:
            forms = [form for form in forms if " " in form]
        for form in forms:
            for outlet in (fold(one.outlet), ""):
                alias = self._by_alias.get((alias_key(form), outlet))
                if alias is not None:
                    return alias
        return None

    def line_of(self, key: str) -> Alias | None:
        """Give the line that a key of the list stands for."""
        return self._by_key.get(key)


def key_alone(one: Local, listed: UserList) -> tuple[str, str]:
    """Give the key and its reason where they need no other local speaker; "" for persons."""
    alias = listed.line_for(one)
    if alias is not None:
        return f"list:{fold(alias.name)}", LISTED
    if one.kind == "person":
        return "", ""
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


def acronyms_of(one: Local, key: str) -> Iterator[str]:
    """Give the keys of "CFPB" alone where the organisation's forms include that acronym."""
    if one.kind == "organization" and key.startswith("organization:"):
        for form in one.row["aliases"] or ():
            if form.isupper() and form != one.name:
                yield f"organization:{fold(form)}"


def speaker_row(
    key: str, members: Sequence[Local], reasons: Iterable[str], listed: UserList,
) -> dict:
    """Give the row of the table speakers for all local speakers of one key."""
    row = summary.summarize(members, listed.line_of(key))
    return {**row, "speaker_id": _make_id(row["name"], key), "merge_reason": _reason(reasons)}


def _reason(reasons: Iterable[str]) -> str | None:
    counts = Counter(reason for reason in reasons if reason)
    return "; ".join(f"{reason} ({count})" for reason, count in
                     sorted(counts.items(), key=lambda item: (-item[1], item[0]))) or None


def _make_id(name: str, key: str) -> str:
    """Give a readable id that stays the same whatever the order of rows: dmitry-kuleba-3f9a1c."""
    slug = "-".join("".join(char if char.isalnum() else " " for char in fold(name)).split())[:40]
    return f"{slug.strip('-') or 'speaker'}-{sha256(key.encode()).hexdigest()[:6]}"
