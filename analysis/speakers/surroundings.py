"""What stands around a name, and what that says it is the name of."""

import re
from collections import Counter
from collections.abc import Mapping

from analysis.speakers import lists
from analysis.speakers.names import names_several
from analysis.speakers.passage import Passage, Word, words_between
from analysis.speakers.spotting import Spot

_AFTER_PERSON = re.compile(
    r",? (?:Jr|Sr)\b|, \d{2}(?:,|\.| )|,? \((?:[RDI]|Ind|Lab|Con)\b[^)]{0,12}\)|, aged? \d"
    r"|, who\b(?! (?:play|are|have|were|say|want)\b)"
    rf"|,? (?:{'|'.join(sorted(lists.LETTERS_AFTER))})\b"
)
# "Roe (RSM)", "Roe, which", "Roe 27 Lee 24"
_AFTER_ORGANIZATION = re.compile(r" \([A-Z]{2,8}\)|, which\b| \d{1,3}(?: [A-Z][a-z]+ | \(|\n)")


def add_votes(votes: Counter, more: Mapping[str, float]) -> None:
    """Add votes to those there are."""
    for kind, worth in more.items():
        votes[kind] += worth


def add_context_votes(votes: Counter, passage: Passage, spot: Spot) -> None:
    """Add what the words around a name say: ", 59,", "its plant", "Roe of Skerry Markets"."""
    after = passage.text[spot.end:spot.end + 24]
    if _AFTER_PERSON.match(after):
        add_votes(votes, {"person": 2.5, "titled": 1})
    if passage.text.startswith(" told reporters", spot.end) or _TAGS.search(
            passage.text, max(0, spot.title_start - 4), spot.title_start) and (
            _SAYS.match(passage.text, spot.end)):
        votes["person"] += 1.5
    _add_body_votes(votes, passage, spot)
    add_votes(votes, _apposition_votes(passage, spot.end))
    before = words_between(passage, spot.title_start - 40, spot.title_start)
    taken_up = TAKEN_UP.match(passage.text, spot.end)
    if taken_up and not (before and before[-1].text.lower() in _IN):
        # "Trump defended his …", "Blackmere defended its …"
        votes["it" if taken_up.group(1) in lists.IT else "he"] += 1
    add_votes(votes, _described_votes(passage, before, spot))
    votes["person"] += 2 * _is_somebody(passage, spot)
    votes["person"] += 2 * _is_of_a_state(before, spot)
    # "… his school. Roe said": what ends a sentence is no title
    if not before or passage.text[before[-1].end:spot.title_start].strip():
        return
    last = before[-1].text.lower()
    if spot.possessive and last in _IN:  # "in Roe's telling"
        return
    if last in ("and", "or") and _LISTED.search(
            passage.text, max(0, spot.title_start - 60), spot.title_start):
        add_votes(votes, _PLACED)
    add_votes(votes, _votes_before([word.text for word in before], titled=bool(spot.title)))


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
    if _RESIDENT.match(text, end) and text.endswith(("A ", "An ", " a ", " an "), 0, spot.start):
        add_votes(votes, {"place": 2, "located": 1})
    if _STATE_AFTER.match(text, end) or _DATELINE.match(text, spot.start):
        votes["place"] += 3


def _is_of_a_couple(text: str, spot: Spot) -> bool:
    """Say whether a name is the second of "Ken and Joan Pettigrew … the Pettigrews"."""
    pair = len(spot.text.split()) == 2 and _FIRST_AND.search(
        text, max(0, spot.start - 24), spot.start)
    return bool(pair) and names_several(text, spot.text.split()[1])


_FIRST_AND = re.compile(r"(?<![A-Z]\w{2} )\b[A-Z]\w+ and $")
_RESIDENT = re.compile(  # "a Cutler woman"
    r" (?:man|woman|boy|girl|teen\w*|pensioner|couple|family|resident|native|mother|father|mum)\b")
# "“…,” Hale said": bodies say so in a statement, or with "the"
_TAGS = re.compile(r"[,?!.](?:[”\"]|'')\s$")
_SAYS = re.compile(r" (?:said|says|added|asked|argued|recalled|joked)\b(?! (?:in|on) (?:an?|its) )")


def _described_votes(passage: Passage, before: list[Word], spot: Spot) -> dict[str, float]:
    """Give the vote of "its treasurer, Lionel Strake,": a name between commas after a role."""
    if len(before) < 2 or passage.text[before[-1].end:spot.title_start] != ", " or (
            passage.text[spot.end:spot.end + 1] not in ",."):
        return {}
    known = lists.noun_class(tuple(word.text.lower() for word in before[-3:]))
    beside = bool(known) and known[2] in _BESIDE and before[-2].text.lower() in ("his", "her")
    if " " not in spot.text and not beside and not (
            known and known[1] == "family"):  # "her son, Clive,"
        return {}
    if known is not None and known[0] == "organization":  # "the ferry line, Lines North,"
        return {} if {word.text for word in before[-4:]} & _LINKS else {"organization": 2}
    if known is not None and known[2] in lists.COMPANIES:  # "the operator, AldoLift,"
        return {"organization": 3}
    owned = before[-2].possessive or before[-2].text.lower() in _OWNERS or (
        len(before) > 2 and (before[-3].possessive or before[-3].text.lower() in _OWNERS))
    is_role = known is not None and known[0] == "role" and before[-1].text.islower() and (
        beside or known[2] not in BODIES_TOO)
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
_BESIDE = frozenset({"neighbour", "neighbor"})  # states have such, too
_OWNERS = lists.PERSONAL | {"the"}
_LINKS = frozenset({"of", "at", "for", "with", "from"})  # "the head of the group, Ann Roe,"
BODIES_TOO = lists.word_set("employer owner shareholder publisher rival sponsor supplier investor "
                             "landlord rivals neighbour neighbor sister")


def _votes_before(before: list[str], *, titled: bool) -> dict[str, float]:
    """Give the votes of the words right before a name: "in", "the", "spokesman"."""
    last = before[-1].lower()
    if last == "the":
        return {"organization": 1}
    if last == "as" and before[-2:-1] in (["name"], ["only"]):  # "who gave her name only as Ida"
        return {"person": 1.5}
    if last in _IN or last == "to":
        return _PLACED if last != "to" else {}
    kind = None if titled else lists.noun_class(tuple(word.lower() for word in before[-3:]))
    # "spokesman Josh Earnest", "the magazine MicroMega": a noun right before a name is its title
    title = {"role": "person", "organization": "organization"}.get(kind[0]) if kind else None
    if last in lists.COMPANIES | {"group"} or last.endswith("maker") and title != "person" or (
            _OF_BODIES.search(last)):  # "the left-leaning Voss"
        title = "organization"
    title = None if last in BODIES_TOO else title
    return {title: 2} if title and before[-1].islower() else {}


_PLACED = {"place": 0.5, "located": 1}
_LISTED = re.compile(  # "in Limerick, Shannon and [Lanzarote]"
    r"\b(?:in|at|near|from|across|outside) (?:[A-Z][\w'’-]+,? )+(?:and|or) $")
_IN = frozenset({"in", "at", "near", "from", "across", "outside"})
_OF_BODIES = re.compile(r"-(?:leaning|owned|language|listed|controlled)$")
_OF_COMPANY = re.compile(  # "Blackmere’s plant", "Blackmere’s shares", "the Blackmere works"
    r"['’]s? (?:\w+ )?(?:directors?|plants?|factory|factories|chief executive|shares|board|owners?|"
    r"headquarters|products|customers|employees|workers|profits|management|engineers|stock)\b"
    r"| (?:plant|factory|works|refinery|shares|employees|stores?|branch(?:es)?)\b|,? based in [A-Z]"
    r"| (?:boss|manager|captain|coach|midfielder|striker|defender|goalkeeper|chairman|director)"
    r" [A-Z][a-z]+ [A-Z]"
    r"| (?:said|says|announced|confirmed)(?: in a statement)?(?: (?:on|late|early) \w+)*"
    r"(?: that)? (?:its|it (?:would|will|had|has) (?:clos|cut|bu[iy]|sell|sold|pa[iy]|recall|rais|"
    r"launch|open|hir|agree|acqui|suspend|delay)\w*)\b"
    r"| (?:reported|posted|announced|forecast) (?:[\w.-]+ ){0,4}"
    r"(?:earnings|profits?|loss(?:es)?|revenues?|sales|dividend)\b")
TAKEN_UP = re.compile(  # not "Roe offered him", "the Greens would support it, he said"
    r"(?! (?:\w+ ){1,3}him\b)(?:(?!, s?he\b)[^.!?;:“”\"\nA-Z]){1,60}?"
    r"\b(he|she|his|her|him|himself|herself|it|its|itself)\b")
_ARE = re.compile(r" (?:are|have|were) ")  # a team: "Skerry are in the final"
_OF_BODY = re.compile(  # "Roe of Skerry Markets"
    rf" of (?:the )?(?:[A-Z][\w.&'’-]* ){{1,3}}(?:{'|'.join(lists.organization_words())})\b")
_DATELINE = re.compile(
    r"(?<![^\n])[A-Z][A-Z ]{3,}(?:, [^\n]{2,24}?)? ?(?:\([A-Z]\w+\) ?)?(?:--|[-—–]) ?[A-Z0-9“\"]")
_STATE_AFTER = re.compile(  # "of Ashton, Md.,"; not "Roe, Ohio Secretary of State,"
    r", (?:[A-Z][a-z]{1,4}\.|[A-Z]\.[A-Z]\."
    r"|(?:Texas|Ohio|Utah|Iowa|Idaho|Maine|Alaska|Hawaii)(?! [A-Z]))")
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
