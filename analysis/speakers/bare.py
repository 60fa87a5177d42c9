"""A bare name that the rest of the corpus knows as an organisation's is no person's.

"Blackmere said": an article that never says "Blackmere Chemicals" leaves open what Blackmere is,
and the small language model likes to see a person. Another article that uses the one word as the
short form of the company settles it, where nobody in the corpus has it as a surname. The other
way round "Kasich" is a person's where several articles name John Kasich, and none an organisation
of that name.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from analysis.speakers.bearers import Local
from analysis.speakers.names import fold

_SEVERAL = 3  # articles


def settle_bare_names(locals_: Sequence[Local]) -> list[Local]:
    """Give the local speakers, bare "persons" that are an organisation turned into it.

    Not caught: an organisation that no article of the corpus introduces, and one whose name is
    also somebody's surname.
    """
    known = _organisations_by_bare_name(locals_)
    surnames = Counter(fold(one.name_parts.last) for one in locals_ if _is_surely_a_person(one))
    return [_settled_person(one, known, surnames) or _settled(one, known, surnames)
            for one in locals_]


def words_of(one: Local) -> set[str]:
    """Give the words under which a local speaker settles others, or is settled.

    So those that share a word can be settled apart from all others.
    """
    words = set()
    if one.kind == "organization":
        words = {fold(form) for form in {one.name, *(one.row["aliases"] or ())}
                 if " " not in form and form[:1].isupper()}
    elif _is_surely_a_person(one):
        words = {fold(one.name_parts.last)}
    return words | ({fold(one.name)} if _may_change(one) else set())


def _may_change(one: Local) -> bool:
    return one.kind == "organization" or one.kind == "person" and " " not in one.name


def settled_as(one: Local, kind: str, name: str) -> Local:
    """Turn a local speaker into a person, or into the organisation of that name."""
    if kind == "person":
        return one._replace(kind=kind, row={**one.row, "kind": kind})
    row = {**one.row, "kind": kind, "name": name, "gender": "unknown",
           "gender_basis": "unknown", "role": None, "role_class": None}
    return one._replace(kind=kind, name=name, row=row)


def _settled_person(
    one: Local, known: dict[str, set[str]], surnames: Counter,
) -> Local | None:
    """Turn a bare "organisation" into the person whose surname it is: "Kasich"; else None.

    Only a surname that several articles know, and no organisation is shortened to.
    """
    bare = fold(one.name)
    longer = {name for name in known.get(bare, ()) if fold(name) != bare}
    if one.kind != "organization" or " " in bare or surnames[bare] < _SEVERAL or longer:
        return None
    return settled_as(one, "person", one.name)


def _organisations_by_bare_name(locals_: Sequence[Local]) -> dict[str, set[str]]:
    """One word → the organisations that some article calls by it, each by its name."""
    known: dict[str, set[str]] = defaultdict(set)
    for one in locals_:
        if one.kind == "organization":
            for form in {one.name, *(one.row["aliases"] or ())}:
                if " " not in form and form[:1].isupper():
                    known[fold(form)].add(one.name)
    for bare, names in known.items():
        # "Blackmere" in one article and "Blackmere Chemicals" in another are one company.
        longer = {name for name in names if fold(name) != bare}
        known[bare] = longer or names
    return known


def _is_surely_a_person(one: Local) -> bool:
    return one.kind == "person" and bool(
        one.name_parts.first or one.row["gender_basis"] == "honorific"
    )


def _settled(one: Local, known: dict[str, set[str]], surnames: Counter) -> Local:
    bare = fold(one.name)
    names = known.get(bare, set())
    if not _may_change(one) or len(names) != 1 or bare in surnames:
        return one
    return settled_as(one, "organization", next(iter(names)))
