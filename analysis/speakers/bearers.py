"""Local persons, and all that bear one name with what is known of them."""

from collections import Counter
from typing import NamedTuple

from analysis.speakers.names import Name

PUBLIC = frozenset({"politician", "official", "spokesperson", "legal", "business", "media",
                    "expert", "military", "police", "activist"})


class Local(NamedTuple):
    """One local speaker as the merge needs it."""

    local_id: str
    article_id: str
    name: str
    kind: str
    name_parts: Name
    row: dict
    outlet: str


class Bearer(NamedTuple):
    """All local persons written with one full name (folded), and what is known of them."""

    name: Name
    rows: list[int]
    roles: Counter
    affiliations: Counter
    beside: Counter
    genders: Counter
    articles: set[str]


def contradict(one: Bearer, other: Bearer) -> bool:
    """Say whether suffix or gender rule out that two are one."""
    a, b = one.name, other.name
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return True
    genders = _clear_gender(one), _clear_gender(other)
    return all(genders) and genders[0] != genders[1]


def _clear_gender(bearer: Bearer) -> str:
    """Give the gender two articles or one honorific show; a lone pronoun errs too often."""
    if not bearer.genders:
        return ""
    gender, count = bearer.genders.most_common(1)[0]
    return gender if count >= 2 and count >= 0.8 * sum(bearer.genders.values()) else ""
