"""What a name is the name of: votes of every mention, for and against a person."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from analysis.speakers import lists
from analysis.speakers.names import fold
from analysis.speakers.passage import Passage
from analysis.speakers.spotting import Spot
from analysis.speakers.surroundings import BODIES_TOO, add_context_votes, add_votes

# how much one mention's label of the language model says; it errs on short names
_LABELS = {"person": 1.0, "organization": 1.0, "place": 1.0, "group": 1.0, "document": 0.6}
_TITLED = frozenset({"m", "f"})
_SOURCE_IS_PERSON = 0.6  # less than one label: what is always called an organisation is one


def collect_votes(
    passage: Passage, spots: Iterable[Spot], labels: Mapping[str, list[tuple[int, int]]],
) -> dict[str, Counter]:
    """Give folded name → votes for person, organization, place, group, document.

    The small language model calls the same name now a person, now an organisation; its labels
    count one vote each, and what surrounds the name counts too: "Mr.", "Gov.", ", 59,", ", who".
    """
    votes: dict[str, Counter] = defaultdict(Counter)
    spans = sorted((start, end, label) for label, rows in labels.items() for start, end in rows)
    starts = [span[0] for span in spans]
    for spot in spots:
        own = votes[fold(spot.text)]
        own["mentions"] += 1
        add_votes(own, _form_votes(spot.text, spot.title, spot.honorific))
        add_context_votes(own, passage, spot)
        _add_label_votes(own, spot, spans, starts)
    return votes


def _add_label_votes(
    votes: Counter, spot: Spot, spans: list[tuple[int, int, str]], starts: list[int],
) -> None:
    at = bisect_left(starts, spot.start - 60)
    while at < len(spans) and spans[at][0] < spot.end:
        start, end, label = spans[at]
        at += 1
        overlap = min(end, spot.end) - max(start, spot.start)
        if overlap > 0 and label in _LABELS:
            share = overlap / max(spot.end - spot.start, end - max(start, spot.title_start))
            votes[label] += _LABELS[label] * min(1.0, share)


@lru_cache(maxsize=65_536)
def _form_votes(text: str, title: str, honorific: str) -> Counter:
    votes: Counter = Counter()
    words = text.split()
    kind, gender, _ = lists.honorifics().get(honorific, ("", "", ""))
    if kind and (gender in _TITLED or honorific not in ("Lord", "Lady", "Father", "Mother")):
        votes.update({"person": 3, "titled": 1})
    is_title = title and not title.endswith(tuple(lists.demonyms())) and (
        title.lower() not in BODIES_TOO)
    if is_title or text[0] == "@":
        votes["person"] += 2
    if len(words) > 1 and any(_is_organization_word(word) for word in words):
        votes["organization"] += 3
    if _is_acronym(text) or _CAMEL.fullmatch(text):
        votes["organization"] += 1.5
    if words[-1].lower() in lists.SUFFIXES or re.search(r"^\S+ [A-Z]\. \S+", text):
        votes["person"] += 3
    if len(words) in (2, 3) and words[0].lower().split("-")[0] in lists.first_names():
        votes["person"] += 1.5
    votes["organization"] += _body_votes(text, words)
    if len(words) == 2 and words[0] in _CHAMBERS and words[1] in lists.demonyms():
        votes["group"] += 5  # "Senate Republicans"
    votes.update(_list_votes(text))
    votes["person"] -= 5 * _is_too_long(words)
    votes["place"] += 3 * (len(words) > 1 and words[-1] in _STREETS)
    return votes


def _body_votes(text: str, words: list[str]) -> float:
    """Give the votes for "Team Trump", "Factcheck.org", "Cricket Australia", "CUPE Quebec"."""
    if words[0] == "Team" or _MEMBERS.match(text) or _DOMAIN.search(text) or (
            _CHAPTER.fullmatch(text)):
        return 4
    if "&" in words:  # "Holt & Avery"
        return 2
    if len(words) == 2 and words[1] in _CLUBS:
        return 1
    if len(words) != 2 or words[0].lower() in lists.first_names():
        return 0
    letters = [word.isupper() and word.isalpha() and len(word) > 2 for word in words]
    return 2 * (lists.is_state(words[1]) or letters == [True, False])


def _is_too_long(words: list[str]) -> bool:
    return len(words) > _LONGEST and not any(word in lists.PARTICLES for word in words)



_LETTERS = 4  # "TODAY" is a word
_CAMEL = re.compile(r"(?!Mc|Mac|De|La|Le|O)[A-Z][a-z]+[A-Z][a-z]+")  # "SouthLink"
_CHAMBERS = frozenset({"House", "Senate", "Congressional", "Assembly"})
_STREETS = frozenset({"Street", "Road", "Avenue", "Square", "Boulevard"})
_CLUBS = frozenset({"City", "Town", "County"})  # towns too: what acts is the club, or the council
_LONGEST = 4  # words of a person's name; a headline's run of capitals has more
_MEMBERS = re.compile(r"[A-Z]\w+s (?:for|against|of) [A-Z]")  # "Americans for Prosperity"
_CHAPTER = re.compile(r"(?:Local|Lodge|Branch|Chapter|Division) \d+")  # of a union
_DOMAIN = re.compile(r"\w\.(?:com|org|net|gov)$", re.IGNORECASE)


def _is_organization_word(word: str) -> bool:
    return (word.capitalize() if word.isupper() and len(word) > _LETTERS else word) in (
        lists.organization_words())


def _is_acronym(text: str) -> bool:
    return text.isupper() and 2 <= len(text) <= 6 and " " not in text


def _list_votes(text: str) -> dict[str, float]:
    if text in lists.governments():
        kind = lists.governments()[text][0]
        return {"place" if kind in ("place", "capital") else "organization": 3}
    return {"group": 3} if text in lists.demonyms() else {}


_OFTEN = 3  # times "it" takes a name up


def is_a_thing(votes: Mapping[str, float]) -> bool:
    """Say whether "it" takes a name up time and again, and nothing else speaks for a person."""
    return votes.get("it", 0) >= _OFTEN and not votes.get("he") and not votes.get("titled")


def best_kind(votes: Mapping[str, float], *, is_source: bool = False) -> str:
    """Give the kind with most votes: person | organization | place | group | document | ''.

    A source of quotations is a person or an organisation sooner than a place.
    """
    order = ("person", "organization", "group", "place", "document")
    if not any(votes.get(kind, 0) > 0 for kind in order):
        return "person" if is_source and votes.get("person", 0) >= 0 else ""
    if is_a_thing(votes):
        return "organization"
    if votes.get("he", 0) >= _OFTEN and not votes.get("it") and (
            votes.get("person", 0) > 0.4 * votes.get("organization", 0)):
        return "person"
    weights = {kind: votes.get(kind, 0.0) for kind in order}
    if weights["organization"]:  # a person or a company: which pronoun takes it up
        weights["person"] += min(votes.get("he", 0), 3)
        weights["organization"] += min(votes.get("it", 0), 3)
    if is_source:
        if weights["person"] >= 2 and not votes.get("located"):
            weights["place"] /= 2  # a label alone makes no place
        weights["person"] += _SOURCE_IS_PERSON
    return max(order, key=lambda kind: weights[kind])
