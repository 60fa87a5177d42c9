"""Whom a surname alone means, by what else the corpus knows of those who bear it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from analysis.speakers.bearers import PUBLIC, Bearer, Local, contradict
from analysis.speakers.names import fold

_USUAL = 10  # articles


def place_short(
    one: Local, bearers: Sequence[tuple[Bearer, str]], names_in: Mapping[str, frozenset[str]],
) -> tuple[str, str]:
    """Give the identity of somebody an article names by surname only."""
    alone = f"person-in:{one.article_id}:{fold(one.name)}", ""
    mine = Bearer(one.name_parts, [], Counter(), Counter(), Counter(), Counter(), set())
    _note_short(mine, one, names_in)
    fitting: dict[str, float] = {}
    by_role: Counter = Counter()
    for bearer, key in bearers:
        if contradict(bearer, mine):
            continue
        points = _short_points(bearer, mine)
        if points > 0:
            fitting[key] = max(fitting.get(key, 0), points)
        by_role[key] += sum(bearer.roles[role] for role in mine.roles.keys() & bearer.roles.keys())
    ranked = sorted(fitting.items(), key=lambda item: (-item[1], item[0]))
    (key, most), *others = [*by_role.most_common(2), ("", 0), ("", 0)][:2]
    if most >= 2 and most >= 3 * others[0][1] and one.row["role_class"] in PUBLIC:
        return key, "surname, same role"
    if ranked and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
        return ranked[0][0], "surname, same role or company"
    usual = _usual(bearers, mine)
    if usual:
        return usual, "surname, nearly always this person's, and the same people named beside"
    if not bearers and one.row["role"] and one.row["role_class"] in PUBLIC:
        role = fold(one.row["role"])
        return f"person:{fold(one.name)}:{role}", "surname and role"
    return alone


def _usual(bearers: Sequence[tuple[Bearer, str]], mine: Bearer) -> str:
    """Give whom nine of ten articles with that surname mean, if the same two are named beside."""
    articles: Counter = Counter()
    for bearer, key in bearers:
        if not contradict(bearer, mine):
            articles[key] += len(bearer.rows)
    key, most = articles.most_common(1)[0] if articles else ("", 0)
    if most < _USUAL or most < 0.9 * sum(articles.values()):
        return ""
    own = [bearer for bearer, other in bearers if other == key]
    shared = sum(any(name in one.beside for one in own) for name in mine.beside)
    return key if shared >= 2 else ""


def _note_short(mine: Bearer, one: Local, names_in: Mapping[str, frozenset[str]]) -> None:
    values = one.row
    if values["role"]:
        mine.roles["role:" + fold(values["role"]).removeprefix("former ")] += 1
    if values["affiliation"]:
        mine.affiliations[fold(values["affiliation"])] += 1
    if values["gender"] in ("f", "m"):
        mine.genders[values["gender"]] += 1 + (values["gender_basis"] == "honorific")
    mine.beside.update(names_in.get(one.article_id, ()))


def _short_points(bearer: Bearer, mine: Bearer) -> float:
    """Give points for one bearer: shared role, affiliation, people named beside both."""
    rows = max(1, len(bearer.rows))
    role = sum(bearer.roles[name] for name in mine.roles.keys() & bearer.roles.keys()) / rows
    place = sum(bearer.affiliations[name] for name in
                mine.affiliations.keys() & bearer.affiliations.keys()) / rows
    shared = mine.beside.keys() & bearer.beside.keys()
    company = sum(min(bearer.beside[name], 5) for name in shared) / rows
    known = bool(mine.genders or mine.roles)  # else it may be no person: "Bloomberg"
    if not role and not place and (len(shared) < 2 or not known):
        return 0.0
    return 3 * role + 2 * place + min(company, 2.0) + 0.02 * min(rows, 50)
