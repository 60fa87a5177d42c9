"""Which local persons are one: compared within blocks of one surname, and only with evidence."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from analysis.speakers import lists
from analysis.speakers.bearers import PUBLIC, Bearer, Local, contradict
from analysis.speakers.names import Name, fold, read_name, surname
from analysis.speakers.surnames import place_short

# of a common surname, the bearers most often named; a bare "Smith" is weighed against these
_MOST_BEARERS = 50
_SURELY = 4  # articles, for each that says otherwise


def join_persons(
    persons: Sequence[Local], names_in: Mapping[str, frozenset[str]],
) -> list[tuple[str, str]]:
    """Give each person's identity key and the reason for it.

    `names_in` says who is named in each article (`names_by_article`). Nobody is compared with
    somebody whose surname sounds otherwise, so each sound can be joined on its own.

    1. Same full name (middle initials may be missing): one person, unless genders, suffixes or
       whole kinds of role contradict each other and nobody is named beside both.
    2. Another form of the first name, or a surname spelled a little differently: one person if
       role, affiliation or people named beside them agree.
    3. A surname alone: joined to the only bearer with agreeing role or company, or to whom nine
       of ten articles mean by it; else it stays alone, and in two articles stays two.
    """
    bearers = _bearers(persons, names_in)
    keys, reasons = _join_bearers(bearers)
    result: list[tuple[str, str]] = [("", "")] * len(persons)
    for at, bearer in enumerate(bearers):
        for row in bearer.rows:
            result[row] = keys[at], reasons[at]
    by_last = defaultdict(list)
    for at in sorted(range(len(bearers)), key=lambda at: (-len(bearers[at].rows), at)):
        if len(by_last[bearers[at].name.last]) < _MOST_BEARERS:
            by_last[bearers[at].name.last].append(at)
    for row, one in enumerate(persons):
        if not one.name_parts.first:
            result[row] = place_short(one, [(bearers[at], keys[at]) for at in
                                             by_last.get(one.name_parts.last, ())], names_in)
    return result


def without_other_names(persons: Sequence[Local]) -> list[Local]:
    """Take the first name from whom an article calls Mrs. and the rest of the corpus Mr."""
    called: dict[tuple[str, str], Counter] = defaultdict(Counter)
    for one in persons:
        if one.row["gender_basis"] == "honorific":
            called[one.name_parts.first, one.name_parts.last][one.row["gender"]] += 1
    found = []
    for one in persons:
        name = one.name_parts
        genders = called.get((name.first, name.last), {})
        forms = [form for form in one.row["aliases"] or () if " " not in form]
        wrong = one.row["gender_basis"] == "honorific" and name.first and (
            sum(genders.values()) >= _SURELY * genders[one.row["gender"]])
        if wrong and forms:
            last = surname(one.name)
            one = one._replace(name=last, name_parts=read_name(last), row={
                **one.row, "name": last, "aliases": forms, "role": None, "role_class": None})
        found.append(one)
    return found


def names_by_article(persons: Sequence[Local]) -> dict[str, frozenset[str]]:
    """Give the full names of the persons of each article that has any."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in persons:
        if one.name_parts.first:
            found[one.article_id].add(f"{one.name_parts.first} {one.name_parts.last}")
    return {article: frozenset(names) for article, names in found.items()}


def _signature(name: Name) -> tuple[str, str, str, str]:
    return name.first, name.middle, name.last, name.suffix


def _bearers(persons: Sequence[Local], names_in: Mapping[str, frozenset[str]]) -> list[Bearer]:
    found: dict[tuple, Bearer] = {}
    for row, one in enumerate(persons):
        name = one.name_parts
        if not name.first:
            continue
        bearer = found.setdefault(_signature(name), Bearer(
            name, [], Counter(), Counter(), Counter(), Counter(), set()))
        bearer.rows.append(row)
        bearer.articles.add(one.article_id)
        _note(bearer, one, names_in)
    return [found[key] for key in sorted(found)]


def _note(bearer: Bearer, one: Local, names_in: Mapping[str, frozenset[str]]) -> None:
    values = one.row
    if values["role_class"]:
        bearer.roles[values["role_class"]] += 1
    if values["role"]:
        bearer.roles["role:" + fold(values["role"]).removeprefix("former ")] += 1
    if values["affiliation"]:
        bearer.affiliations[fold(values["affiliation"])] += 1
    if values["gender"] in ("f", "m"):
        bearer.genders[values["gender"]] += 1 + (values["gender_basis"] == "honorific")
    if len(bearer.beside) < 400:
        bearer.beside.update(names_in[one.article_id] - {f"{one.name_parts.first} "
                                                         f"{one.name_parts.last}"})


def _join_bearers(bearers: Sequence[Bearer]) -> tuple[list[str], list[str]]:
    """Join bearers within blocks; the key is the commonest bearer's name."""
    parent = list(range(len(bearers)))
    reasons = ["same full name"] * len(bearers)
    members = [[at] for at in range(len(bearers))]

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at
    for block in _blocks(bearers).values():
        block.sort(key=lambda at: (-len(bearers[at].rows), at))
        for position, at in enumerate(block):
            for other in block[:position]:
                reason = _same(bearers[other], bearers[at], bearers, block)
                one, two = root(other), root(at)
                if reason and one != two and not _clash(members[one], members[two], bearers):
                    parent[two] = one
                    members[one] += members[two]
                    reasons[at] = reason
                    break
    keys = ["person:" + " ".join(part for part in _signature(bearers[root(at)].name) if part)
            for at in range(len(bearers))]
    return keys, reasons


def _blocks(bearers: Sequence[Bearer]) -> dict[tuple[str, str], list[int]]:
    """Group by the surname's rough sound and the first name's initial.

    Zelensky and Zelenskyy meet, and so do Bill and William, under either initial; blocks stay
    small, so that the cost of comparing grows with the number of names, not with its square.
    """
    blocks = defaultdict(list)
    for at, bearer in enumerate(bearers):
        first = bearer.name.first
        for initial in {form[0] for form in lists.nicknames().get(first, (first,))}:
            blocks[sound(bearer.name.last), initial].append(at)
    return dict(sorted(blocks.items()))


def sound(last: str) -> str:
    """Give a surname's rough sound: consonants, doubles and endings made one.

    Examples
    --------
    >>> sound("zelensky") == sound("zelenskyy") == sound("zelenskiy")
    True
    """
    word = last.replace("-", " ").split()[-1] if last else ""
    for old, new in (("ph", "f"), ("ck", "k"), ("kh", "h"), ("q", "k"), ("j", "y"), ("w", "v"),
                     ("z", "s"), ("tch", "ch"), ("c", "k")):
        word = word.replace(old, new)
    kept = word[:1] + "".join(char for char in word[1:] if char not in "aeiouy'")
    return "".join(char for at, char in enumerate(kept) if at == 0 or char != kept[at - 1])


def _same(one: Bearer, other: Bearer, bearers: Sequence[Bearer], block: Sequence[int]) -> str:
    """Give the reason why two bearers are one person, or '' if they are not."""
    a, b = one.name, other.name
    if contradict(one, other):
        return ""
    if a.first == b.first and a.last == b.last:
        if a.suffix != b.suffix:
            return "same name, same role or company" if agrees(one, other) else ""
        if a.middle and b.middle and not _initials_agree(a.middle, b.middle):
            return ""
        if a.middle != b.middle and _rivals(one, other, bearers, block):
            return "same name, same company" if agrees(one, other) else ""
        return "same full name"
    near = a.last == b.last or fuzz.ratio(a.last, b.last) >= 82
    first = a.first == b.first or b.first in lists.nicknames().get(a.first, ()) or (
        min(len(a.first), len(b.first)) == 1 and a.first[0] == b.first[0])
    if near and first and agrees(one, other) and not _other_walk(one, other):
        return "other form of the name, same role or company"
    return ""


def _clash(ones: Sequence[int], others: Sequence[int], bearers: Sequence[Bearer]) -> bool:
    """Say whether any two of two groups cannot be one: George P. and George W. Bush."""
    for at in ones[:20]:
        for other in others[:20]:
            a, b = bearers[at], bearers[other]
            if contradict(a, b) or a.articles & b.articles or (
                    a.name.middle and b.name.middle
                    and not _initials_agree(a.name.middle, b.name.middle)):
                return True
    return False


def _initials_agree(one: str, other: str) -> bool:
    return all(x[0] == y[0] for x, y in zip(one.split(), other.split(), strict=False)) and (
        len(one.split()) == len(other.split()))


def _rivals(one: Bearer, other: Bearer, bearers: Sequence[Bearer], block: Sequence[int]) -> bool:
    """Say whether a third bearer has another middle name: George W. and George H. W. Bush."""
    middles = {bearers[at].name.middle for at in block
               if bearers[at].name.first == one.name.first
               and bearers[at].name.last == one.name.last and bearers[at].name.middle}
    firsts = {middle[0] for middle in middles}
    return len(firsts) > 1 and bool(one.name.middle or other.name.middle)


def agrees(one: Bearer, other: Bearer) -> bool:
    """Say whether role, affiliation or the people named beside them speak for one person."""
    role = any(name.startswith("role:") for name in one.roles.keys() & other.roles.keys())
    place = bool(one.affiliations.keys() & other.affiliations.keys())
    company = len(one.beside.keys() & other.beside.keys())
    return (role and place) or company >= 2 or (role and company >= 1) or (place and company >= 1)


def _other_walk(one: Bearer, other: Bearer) -> bool:
    """Say whether two are of different callings: Governor Rick Perry, Richard Perry of a fund."""
    a, b = (bearer.roles.keys() & PUBLIC for bearer in (one, other))
    return bool(a and b) and not a & b
