"""Whom a description means: "the mayor", "her campaign manager", "the company", "the poll"."""

import re
from functools import lru_cache

from analysis.speakers import lists
from analysis.speakers.entities import Entity
from analysis.speakers.names import fold, without_article
from analysis.speakers.passage import sentence_of
from analysis.speakers.pronouns import known_gender
from analysis.speakers.sources import Reference
from analysis.speakers.story import Story, last_speaker, links_before

# nouns that may name one person's same role
_SAME = (
    {"senator", "lawmaker", "legislator"},
    {"representative", "congressman", "congresswoman", "lawmaker", "legislator"},
    {"candidate", "nominee", "contender", "hopeful", "standard-bearer", "presidential candidate",
     "presidential nominee", "front-runner", "presumptive nominee", "frontrunner"},
    {"businessman", "billionaire", "mogul", "tycoon", "real estate mogul", "developer", "magnate",
     "real estate developer", "reality tv star", "reality star"},
    {"businesswoman", "billionaire", "executive"},
    {"chief executive", "ceo", "chief executive officer", "executive", "boss", "chief"},
    {"lawyer", "attorney", "counsel", "barrister", "solicitor"},
    {"spokesman", "spokesperson", "press secretary", "press officer", "aide"},
    {"spokeswoman", "spokesperson", "press secretary", "press officer", "aide"},
    {"economist", "expert", "professor", "analyst"}, {"professor", "scholar", "academic", "expert"},
    {"officer", "policeman", "policewoman", "cop", "trooper", "deputy"},
    {"mother", "mom", "mum"}, {"father", "dad"}, {"reporter", "journalist", "correspondent"},
    {"doctor", "physician", "surgeon"}, {"chairman", "chair", "head", "chairwoman", "chief"},
    {"director", "head", "chief"}, {"host", "anchor", "presenter", "moderator"},
    {"actor", "star"}, {"actress", "star"}, {"author", "writer", "novelist"},
    {"minister", "politician"}, {"prime minister", "premier", "leader"},
    {"former president", "president"}, {"ad", "video", "web video", "spot", "clip", "commercial",
                                        "advertisement", "campaign ad"},
    {"video", "footage", "recording", "clip", "tape", "cellphone video"},
    {"poll", "survey"}, {"report", "study", "paper", "analysis"},
    {"article", "story", "piece", "report", "editorial", "column"},
    {"letter", "note", "memo"}, {"company", "firm", "group", "business"},
    {"newspaper", "paper", "outlet", "publication"}, {"group", "organization", "organisation",
                                                      "coalition", "alliance", "association"},
    {"suit", "lawsuit", "complaint", "filing"}, {"book", "memoir", "biography"},
)
_GENERIC = lists.word_set(
    "official officials analyst source aide person man woman one other someone")
_ORGANIZATION_WORDS = {
    "company": "Inc Corp Company Group Holdings Chemicals Motors Bank Energy Airlines LLC Ltd",
    "firm": "Inc Corp Company Group LLP Associates Partners Capital Research Consulting",
    "group": "Alliance Association Coalition League Union Council Network Committee Group PAC "
             "Foundation Project Institute Fund Action Watch Forum Society Movement Center",
    "organization": "Alliance Association Coalition League Union Council Network Foundation",
    "newspaper": "Times Post Journal Tribune Herald Globe Gazette News Register Guardian",
    "paper": "Times Post Journal Tribune Herald Globe Gazette News Register Guardian",
    "network": "CNN NBC CBS ABC MSNBC Fox Network Channel TV", "magazine": "Magazine Weekly",
    "agency": "Agency Administration Service Bureau Investigations FBI CIA EPA NSA FDA IRS",
    "union": "Union Federation Association Brotherhood Workers Teamsters Guild",
    "authority": "Authority", "ministry": "Ministry", "department": "Department",
    "court": "Court", "committee": "Committee Subcommittee", "commission": "Commission",
    "panel": "Committee Commission Panel Board Subcommittee Court", "council": "Council",
    "board": "Board", "university": "University", "hospital": "Hospital General Infirmary",
    "alliance": "Alliance", "institute": "Institute", "foundation": "Foundation",
    "think tank": "Institute Foundation Center",
    "bank": "Bank Bancorp", "school": "School", "party": "Party", "website": "",
}


_ENOUGH = 1.2


@lru_cache(maxsize=65_536)
def head_agrees(noun: str, other: str) -> bool:
    """Say whether two head nouns can name the same role or thing."""
    a, b = noun.removeprefix("former "), other.removeprefix("former ")
    if a == b or a.endswith(" " + b) or b.endswith(" " + a):
        return True
    ends = {a, a.split()[-1]}, {b, b.split()[-1]}
    return any(ends[0] & group and ends[1] & group for group in _SAME)


def find_person(story: Story, ref: Reference) -> tuple[Entity, float] | None:
    """Give the named person a singular description means, with points; None if nobody.

    Points for the same head noun, for shared further words, for nearness and for having just
    spoken. A description with "a" is somebody new. What it does not do: know the world ("the
    president" without any "President X" in the article stays open unless X just spoke).
    """
    if ref.article == "a" or ref.noun in _GENERIC and ref.article != "the":
        return None
    best, points = None, 0.0
    for entity in story.cast.entities:
        if entity.kind == "person" and _gender_fits(entity, ref.noun):
            score = _person_points(story, ref, entity)
            if score > points:
                best, points = entity, score
    return (best, points) if best is not None and points >= _ENOUGH else None


def _gender_fits(entity: Entity, noun: str) -> bool:
    gender = lists.role_nouns().get(noun, ("", ""))[1]
    return not gender or known_gender(entity) in ("", gender)


@lru_cache(maxsize=65_536)
def _modifiers(text: str, noun: str) -> frozenset[str]:
    words = re.findall(r"[\w.’'-]+", fold(without_article(text)))
    heads = set(noun.split())
    return frozenset(word.removesuffix("'s") for word in words) - heads - lists.STOP_WORDS - {
        "former", "'s", "who", "longtime", "outspoken"}


_STATES = {"republican": "gop", "gop": "republican", "democratic": "democrat"}


def _person_points(story: Story, ref: Reference, entity: Entity) -> float:
    roles = entity.notes.get("roles", [])
    asked = _modifiers(ref.text, ref.noun)
    points, matched = 0.0, False
    for role in roles:
        if not role.noun or not head_agrees(ref.noun, role.noun):
            continue
        have = _modifiers(f"{role.phrase} {role.affiliation}", role.noun)
        have |= _demonyms_of(role.affiliation)
        shared = len(asked & have)
        clash = len(asked - have) if asked and have else 0
        matched = True
        exact = role.noun.removeprefix("former ") == ref.noun
        points = max(points, 1.6 + 0.4 * exact + 0.6 * shared - 0.35 * min(clash, 3))
    near = _nearness(story, entity, ref.start)
    if matched:
        return points + near
    if any(role.noun and role.role_class == ref.role_class for role in roles):
        # "the mayor-elect" is hardly the man called "mayor"
        near -= 0.6
    return _unmatched_points(story, ref, entity, asked) + near


@lru_cache(maxsize=4_096)
def _demonyms_of(state: str) -> frozenset[str]:
    """Give "ukrainian" for Ukraine."""
    return frozenset(fold(word) for word, own in lists.states().items() if own == state)


_OFFICES = frozenset({"politician", "official", "spokesperson", "legal", "business", "media",
                      "expert", "military", "police", "activist", "culture", "sport"})


def _unmatched_points(story: Story, ref: Reference, entity: Entity, asked: set[str]) -> float:
    """Give points where no role noun agrees: for whom the text is about just there.

    "Clinton spoke of 2009. The former first lady said …": the topic of the sentence before, sooner
    if it has just spoken. "The FBI director" is nobody of whom the article has said no such thing.
    """
    owner = story.cast.by_start.get(ref.owner[0]) if ref.owner else None
    if ref.article != "the" or ref.role_class in ("spokesperson", "family") or (
            ref.owner and ref.owner[1] != "name"):
        return -5.0
    own_gender = lists.role_nouns().get(ref.noun, ("", ""))[1]
    if ref.role_class == "person" and not (own_gender and known_gender(entity) == own_gender):
        return -5.0
    roles = entity.notes.get("roles", [])
    places = {word for role in roles for word in fold(role.affiliation).split()}
    points = 0.2 + 0.8 * bool(asked & places) + 0.9 * (_topic(story, ref.start) is entity)
    points += 0.6 * (last_speaker(story, ref.start) is entity)
    points -= 2.0 * (owner is not None and owner.kind == "organization")
    classes = {role.role_class for role in roles} - {"", "person"}
    if classes and ref.role_class not in classes | {"person"}:
        points -= 0.3 if ref.role_class in _OFFICES and classes & _OFFICES else 1.5
    return points


def _topic(story: Story, offset: int) -> Entity | None:
    """Give the person named first earlier in this sentence, else in the one before."""
    at = sentence_of(story.passage, offset)
    starts = story.passage.sentence_starts
    near = [link for link in links_before(story, offset)[-30:]
            if link.start >= starts[max(0, at - 1)] and link.entity.kind == "person"]
    here = [link for link in near if link.start >= starts[at]]
    return (here or near)[0].entity if near else None


def _nearness(story: Story, entity: Entity, offset: int) -> float:
    before = [link for link in links_before(story, offset) if link.entity is entity]
    if not before:
        after = [start for start, _ in entity.spots if start > offset]
        gap = sentence_of(story.passage, after[0]) - sentence_of(story.passage, offset) if after \
            else 9
        return -0.3 if gap <= 2 else -0.6
    gap = sentence_of(story.passage, offset) - sentence_of(story.passage, before[-1].start)
    often = min(len(before), 10) / 20
    return 0.6 - 0.12 * min(gap, 10) + often


def find_thing(story: Story, ref: Reference) -> Entity | None:
    """Give the earlier organisation, document or group a definite description takes up.

    "the poll" ← "a Bloomberg poll", "the ad" ← "a web video", "the company" ← the last company
    named, "the appeals court" ← "U.S. Court of Appeals".
    """
    early = _named_together(story, ref) or _full_body(story, ref) or _company_named(story, ref)
    if early is not None:
        return early
    same = story.cast.by_key.get(("desc", fold(ref.text)))
    return same if same is not None or ref.article != "the" else _taken_up(story, ref)


def _taken_up(story: Story, ref: Reference) -> Entity | None:
    asked = _modifiers(ref.text, ref.noun)
    seen: set[int] = set()
    for link in reversed(links_before(story, ref.start)):
        if link.entity.number in seen:
            continue
        seen.add(link.entity.number)
        if _takes_up(link.entity, ref, asked):
            return link.entity
    return None


_BODIES = frozenset({"panel", "committee", "court", "appeals court", "federal court",
                     "subcommittee", "commission"})


def _full_body(story: Story, ref: Reference) -> Entity | None:
    """Give the committee or court "a House panel", "a federal appeals court" stands for.

    News names it in full only further down, so names after this place count too; "a panel of
    the … Court of Appeals" is that court.
    """
    if ref.noun not in _BODIES or " " not in ref.text:
        return None
    asked = _modifiers(ref.text, ref.noun)
    for entity in story.cast.entities:
        if entity.kind == "organization" and " " in entity.name and not entity.notes.get("noun"):
            inside = ref.noun == "panel" and entity.name in ref.text and "Court" in entity.name
            if inside or (asked | set(ref.noun.split()[:-1])) - {"federal"} and _names_kind(
                    entity.name, ref.noun, asked):
                return entity
    return None


def _named_together(story: Story, ref: Reference) -> Entity | None:
    """Give the coordination "the candidates", "the two senators" take up, if just named."""
    people = ref.noun_kind == "group" and ref.role_class and ref.article == "the"
    if not people or len(ref.text.split()) > 2:
        return None
    near = [link for link in links_before(story, ref.start) if link.entity.notes.get("joint")]
    for link in reversed(near):
        gap = sentence_of(story.passage, ref.start) - sentence_of(story.passage, link.start)
        if gap <= 12:
            return link.entity
    return None


def _takes_up(entity: Entity, ref: Reference, asked: set[str]) -> bool:
    noun = entity.notes.get("noun", "")
    if noun and entity.kind == ref.noun_kind or noun and ref.noun == noun:
        have = _modifiers(entity.name, noun) | set(noun.split())
        wanted = asked | set(ref.noun.split()[:-1])
        return head_agrees(ref.noun, noun) and not (wanted - have)
    if entity.kind == "organization" and ref.noun_kind == "organization":
        return _names_kind(entity.name, ref.noun, asked)
    return False


_COMPANY = lists.word_set(
    "company bank firm airline manufacturer retailer carmaker automaker drugmaker maker insurer "
    "lender brokerage chain brand developer contractor utility operator giant business supplier "
    "corporation conglomerate studio publisher startup start-up carrier")
_PUBLIC_BODY = lists.word_set(
    "Committee Department Court Party University Times Post Congress Senate House Ministry Council "
    "Commission Agency Bureau Office Police Army Institute Foundation School Union Church Journal "
    "News Parliament Administration Guard Reserve CNN NBC CBS ABC FBI CIA EPA AP")


def _company_named(story: Story, ref: Reference) -> Entity | None:
    """Give the company "the company" means: the one the article names most, near by.

    "Wells Fargo … the bank": a name need not say what kind of company bears it.
    """
    if ref.noun not in _COMPANY or " " in ref.text or ref.article != "the":
        return None
    best, points = None, 0.0
    for entity in story.cast.entities:
        words = {word.strip(".,") for word in entity.name.split()}
        if entity.kind != "organization" or words & _PUBLIC_BODY or entity.notes.get("noun") or (
                entity.name in lists.governments()):
            continue
        before = [start for start, _ in entity.spots if start < ref.start]
        if before:
            gap = sentence_of(story.passage, ref.start) - sentence_of(story.passage, before[-1])
            score = min(len(before), 8) - 0.5 * min(gap, 12) + 4
            if score > points:
                best, points = entity, score
    return best


def _names_kind(name: str, noun: str, asked: set[str]) -> bool:
    words = [word.strip(".,") for word in name.split()]
    lower = {word.lower() for word in words}
    stems = {lists.singular(word) for word in lower}
    if noun.split()[-1] in lower and all(
            word in lower or lists.singular(word) in stems for word in
            (asked | set(noun.split()[:-1])) - {"federal", "local"}):
        return True
    known = _ORGANIZATION_WORDS.get(noun, "").split()
    fits = all(lists.singular(word) in stems for word in asked - {"federal", "local"})
    return bool(known) and fits and bool(set(words) & set(known))
