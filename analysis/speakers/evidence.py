"""What a name is the name of: votes of every mention, for and against a person."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from analysis.speakers import lists
from analysis.speakers.names import fold, names_several
from analysis.speakers.passage import Passage, Word, words_between
from analysis.speakers.spotting import Spot

# how much one mention's label of the language model says; it errs on short names
_LABELS = {"person": 1.0, "organization": 1.0, "place": 1.0, "group": 1.0, "document": 0.6}
_AFTER_PERSON = re.compile(
    r",? (?:Jr|Sr)\b|, \d{2}(?:,|\.| )|,? \((?:[RDI]|Ind|Lab|Con)\b[^)]{0,12}\)|, aged? \d"
    r"|, who\b(?! (?:play|are|have|were|say|want)\b)"
    rf"|,? (?:{'|'.join(sorted(lists.LETTERS_AFTER))})\b"
)
# "Roe (RSM)", "Roe, which", "Roe 27 Lee 24"
_AFTER_ORGANIZATION = re.compile(r" \([A-Z]{2,8}\)|, which\b| \d{1,3}(?: [A-Z][a-z]+ | \(|\n)")
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
        _add(own, _form_votes(spot.text, spot.title, spot.honorific))
        _add_context_votes(own, passage, spot)
        _add_label_votes(own, spot, spans, starts)
    return votes


def _add(votes: Counter, more: Mapping[str, float]) -> None:
    for kind, worth in more.items():
        votes[kind] += worth


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
        title.lower() not in _BODIES_TOO)
    if is_title or text[0] == "@":
        votes["person"] += 2
    if len(words) > 1 and any(_is_organization_word(word) for word in words):
        votes["organization"] += 3
    if _is_acronym(text) or _CAMEL.fullmatch(text):
        votes["organization"] += 1.5
    if words[-1].lower() in lists.SUFFIXES or re.search(r"^\S+ [A-Z]\. \S+", text):
        votes["person"] += 3
    if len(words) in (2, 3) and words[0].lower().split("-")[0] in lists.nicknames():
        votes["person"] += 1.5
    votes["organization"] += _body_votes(text, words)
    votes.update(_list_votes(text))
    votes["person"] -= 5 * _is_too_long(words)
    votes["place"] += 3 * (len(words) > 1 and words[-1] in _STREETS)
    return votes


def _body_votes(text: str, words: list[str]) -> float:
    """Give the votes for "Team Trump", "Factcheck.org", "Cricket Australia", "CUPE Quebec"."""
    if words[0] == "Team" or _MEMBERS.match(text) or _DOMAIN.search(text) or (
            _CHAPTER.fullmatch(text)):
        return 4
    if len(words) == 2 and words[1] in _CLUBS:
        return 1
    if len(words) != 2 or words[0].lower() in lists.nicknames():
        return 0
    letters = [word.isupper() and word.isalpha() and len(word) > 2 for word in words]
    return 2 * (lists.is_state(words[1]) or letters == [True, False])


def _is_too_long(words: list[str]) -> bool:
    return len(words) > _LONGEST and not any(word in lists.PARTICLES for word in words)



_CAMEL = re.compile(r"(?!Mc|Mac|De|La|Le|O)[A-Z][a-z]+[A-Z][a-z]+")  # "SouthLink"
_STREETS = frozenset({"Street", "Road", "Avenue", "Square", "Boulevard"})
_CLUBS = frozenset({"City", "Town", "County"})  # towns too: what acts is the club, or the council
_LONGEST = 4  # words of a person's name; a headline's run of capitals has more
_MEMBERS = re.compile(r"[A-Z]\w+s (?:for|against|of) [A-Z]")  # "Americans for Prosperity"
_CHAPTER = re.compile(r"(?:Local|Lodge|Branch|Chapter|Division) \d+")  # of a union
_DOMAIN = re.compile(r"\w\.(?:com|org|net|gov)$", re.IGNORECASE)


def _is_organization_word(word: str) -> bool:
    return word in lists.organization_words()


def _is_acronym(text: str) -> bool:
    return text.isupper() and 2 <= len(text) <= 6 and " " not in text


def _list_votes(text: str) -> dict[str, float]:
    if text in lists.governments():
        kind = lists.governments()[text][0]
        return {"place" if kind in ("place", "capital") else "organization": 3}
    return {"group": 3} if text in lists.demonyms() else {}


def _add_context_votes(votes: Counter, passage: Passage, spot: Spot) -> None:
    after = passage.text[spot.end:spot.end + 24]
    if _AFTER_PERSON.match(after):
        _add(votes, {"person": 2.5, "titled": 1})
    if passage.text.startswith(" told reporters", spot.end) or _TAGS.search(
            passage.text, max(0, spot.title_start - 4), spot.title_start) and (
            _SAYS.match(passage.text, spot.end)):
        votes["person"] += 1.5
    _add_body_votes(votes, passage, spot)
    _add(votes, _apposition_votes(passage, spot.end))
    before = words_between(passage, spot.title_start - 40, spot.title_start)
    taken_up = TAKEN_UP.match(passage.text, spot.end)
    if taken_up and not (before and before[-1].text.lower() in _IN):
        # "Trump defended his …", "Blackmere defended its …"
        votes["it" if taken_up.group(1) in lists.IT else "he"] += 1
    _add(votes, _described_votes(passage, before, spot))
    votes["person"] += 2 * _is_somebody(passage, spot)
    votes["person"] += 2 * _is_of_a_state(before, spot)
    # "… his school. Roe said": what ends a sentence is no title
    if not before or passage.text[before[-1].end:spot.title_start].strip():
        return
    _add(votes, _votes_before([word.text for word in before], titled=bool(spot.title)))


def _add_body_votes(votes: Counter, passage: Passage, spot: Spot) -> None:
    """Add what tells bodies and places: "Roe (RSM)", "Roe's plant", "M/s. Roe", "Roe, Md."."""
    text, end = passage.text, spot.end
    if _AFTER_ORGANIZATION.match(text, end):
        votes["organization"] += 2
    if _OF_COMPANY.match(text, end):
        votes["organization"] += 2
    if _ARE.match(text, end) and not text.endswith((" and ", ", "), 0, spot.title_start):
        votes["organization"] += 1.5
    if text.endswith(("M/s. ", "M/s "), 0, spot.title_start):  # "Messrs", of a firm
        votes["organization"] += 3
    if _OF_BODY.match(text, end):
        votes["person"] += 1.5
    votes["person"] += 4 * _is_of_a_couple(text, spot)
    if _STATE_AFTER.match(text, end) or _DATELINE.match(text, spot.start):
        votes["place"] += 3


def _is_of_a_couple(text: str, spot: Spot) -> bool:
    """Say whether a name is the second of "Ken and Joan Pettigrew … the Pettigrews"."""
    pair = len(spot.text.split()) == 2 and _FIRST_AND.search(
        text, max(0, spot.start - 24), spot.start)
    return bool(pair) and names_several(text, spot.text.split()[1])


_FIRST_AND = re.compile(r"(?<![A-Z]\w{2} )\b[A-Z]\w+ and $")
# "“…,” Hale said": bodies say so in a statement, or with "the"
_TAGS = re.compile(r"[,?!.](?:[”\"]|'')\s$")
_SAYS = re.compile(r" (?:said|says|added|asked|argued|recalled|joked)\b(?! (?:in|on) (?:an?|its) )")


def _described_votes(passage: Passage, before: list[Word], spot: Spot) -> dict[str, float]:
    """Give the vote of "its treasurer, Lionel Strake,": a name between commas after a role."""
    if len(before) < 2 or passage.text[before[-1].end:spot.title_start] != ", " or (
            passage.text[spot.end:spot.end + 1] not in ",."):
        return {}
    known = lists.noun_class(tuple(word.text.lower() for word in before[-3:]))
    if " " not in spot.text and not (known and known[1] == "family"):  # "her son, Clive,"
        return {}
    if known is not None and known[0] == "organization":  # "the ferry line, Lines North,"
        return {} if {word.text for word in before[-4:]} & _LINKS else {"organization": 2}
    if known is not None and known[2] in lists.COMPANIES:  # "the operator, AldoLift,"
        return {"organization": 3}
    owned = before[-2].possessive or before[-2].text.lower() in _OWNERS or (
        len(before) > 2 and (before[-3].possessive or before[-3].text.lower() in _OWNERS))
    is_role = known is not None and known[0] == "role" and before[-1].text.islower() and (
        known[2] not in _BODIES_TOO)
    return {"person": 2} if owned and is_role else {}


def _is_somebody(passage: Passage, spot: Spot) -> bool:
    """Say whether a name says who somebody is: "a guide from Orra, Ida Roe,", "a baker, Ida,"."""
    match = _SOMEBODY.search(passage.text, max(0, spot.title_start - 80), spot.title_start)
    if match is None or passage.text[spot.end:spot.end + 1] not in (",", "."):
        return False
    head = re.split(r" (?:of|at|for|in|with|from|to) ", match.group(1))[0]
    known = [lists.noun_class(tuple(words.split())) for words in (head, match.group(1).lower())]
    return known[0] is not None and known[0][0] == "role" and not (
        known[1] is not None and known[1][0] == "organization")  # "for the company, Roe Works,"


def _is_of_a_state(before: list[Word], spot: Spot) -> bool:
    """Say whether a state owns a name of two words: "Spain's Iker Zubiri"."""
    return bool(before) and before[-1].possessive and lists.is_place(before[-1].text) and (
        len(spot.text.split()) == 2)


_SOMEBODY = re.compile(r"\b[Aa]n? ([a-z][^,.;:()“”\"\n]{2,60}), (?:the )?$")
_OWNERS = lists.PERSONAL | {"the"}
_LINKS = frozenset({"of", "at", "for", "with", "from"})  # "the head of the group, Ann Roe,"
_BODIES_TOO = lists.word_set("employer owner shareholder publisher rival sponsor supplier investor "
                             "landlord rivals neighbour neighbor sister")


def _votes_before(before: list[str], *, titled: bool) -> dict[str, float]:
    """Give the votes of the words right before a name: "in", "the", "spokesman"."""
    last = before[-1].lower()
    if last == "the":
        return {"organization": 1}
    if last == "as" and before[-2:-1] in (["name"], ["only"]):  # "who gave her name only as Ida"
        return {"person": 1.5}
    if last in _IN or last == "to":
        return {"place": 0.5, "located": 1} if last != "to" else {}
    kind = None if titled else lists.noun_class(tuple(word.lower() for word in before[-3:]))
    # "spokesman Josh Earnest", "the magazine MicroMega": a noun right before a name is its title
    title = {"role": "person", "organization": "organization"}.get(kind[0]) if kind else None
    title = "organization" if last in lists.COMPANIES | {"group"} else title
    title = None if last in _BODIES_TOO else title
    return {title: 2} if title and before[-1].islower() else {}


_IN = frozenset({"in", "at", "near", "from", "across", "outside"})
_OF_COMPANY = re.compile(  # "Blackmere’s plant", "Blackmere’s shares", "the Blackmere works"
    r"['’]s? (?:\w+ )?(?:directors?|plants?|factory|factories|chief executive|shares|board|owners?|"
    r"headquarters|products|customers|employees|workers|profits|management|engineers|stock)\b"
    r"| (?:plant|factory|works|refinery|shares|employees|stores?|branch(?:es)?)\b|,? based in [A-Z]"
    r"| (?:boss|manager|captain|coach|midfielder|striker|defender|goalkeeper|chairman|director)"
    r" [A-Z][a-z]+ [A-Z]"
    r"| (?:said|says|announced|confirmed)(?: in a statement)?(?: (?:on|late|early) \w+)*"
    r"(?: that)? (?:its|it (?:would|will|had|has) (?:clos|cut|bu[iy]|sell|sold|pa[iy]|recall|rais|"
    r"launch|open|hir|agree|acqui|suspend|delay)\w*)\b")
TAKEN_UP = re.compile(  # not "Roe offered him", "the Greens would support it, he said"
    r"(?! (?:\w+ ){1,3}him\b)(?:(?!, s?he\b)[^.!?;:“”\"\nA-Z]){1,60}?"
    r"\b(he|she|his|her|him|himself|herself|it|its|itself)\b")
_ARE = re.compile(r" (?:are|have|were) ")  # a team: "Skerry are in the final"
_OF_BODY = re.compile(  # "Roe of Skerry Markets"
    rf" of (?:the )?(?:[A-Z][\w.&'’-]* ){{1,3}}(?:{'|'.join(lists.organization_words())})\b")
_DATELINE = re.compile(
    r"(?<![^\n])[A-Z][A-Z ]{3,}(?:, [^\n]{2,24}?)? ?(?:\([A-Z]\w+\) ?)?(?:--|[-—–]) ?[A-Z0-9“\"]")
_STATE_AFTER = re.compile(  # "of Ashton, Md.,"
    r", (?:[A-Z][a-z]{1,4}\.|[A-Z]\.[A-Z]\.|Texas|Ohio|Utah|Iowa|Idaho|Maine|Alaska|Hawaii)")
_APPOSED = re.compile(r", (?:an?|the|[A-Z][\w.]+(?: [A-Z][\w.]+)?['’]s|his|her|its|their) "
                      r"([^,.;:()“”\"\n]{3,60})")


def _apposition_votes(passage: Passage, end: int) -> dict[str, float]:
    """Give the vote of a noun in apposition: "Lisk, the mayor's aide,", "Voss, a firm"."""
    match = _APPOSED.match(passage.text, end)
    if not match:
        bare = _HEAD_OF.match(passage.text, end)
        known = lists.noun_class(tuple(bare.group(1).lower().split())) if bare else None
        return {"person": 2} if known and known[0] == "role" else {}
    phrase = match.group(1).lower()
    head = re.split(r"\s+(?:of|at|for|in|with|who|from|on|to|and)\b", phrase)[0]
    kinds = [known[0] for known in (lists.noun_class(tuple(one.split())) for one in (head, phrase))
             if known]
    # "the University of Essex pollster": the last word counts too
    title = "person" if "role" in kinds else "organization" if kinds[:1] == ["organization"] else ""
    if head.split()[-1] in lists.COMPANIES:
        title = "organization"
    return {title: 2} if title else {}


_HEAD_OF = re.compile(r", ([a-z][a-z-]+(?: [a-z-]+){0,3}?) (?:of|at|for) ")  # "Roe, head of the …"
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
