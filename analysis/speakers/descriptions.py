"""Which person a description means: "the mayor", "her campaign manager"."""

import re
from functools import lru_cache
from typing import NamedTuple

from analysis.speakers import lists
from analysis.speakers.entities import Entity, known_gender, may_be
from analysis.speakers.names import fold
from analysis.speakers.nouns import head_agrees, modifiers
from analysis.speakers.passage import paragraph_of, sentence_of
from analysis.speakers.roles import Role
from analysis.speakers.sources import Reference
from analysis.speakers.story import Story, last_speaker, times_before, topic_of
from analysis.speakers.surroundings import TAKEN_UP

_GENERIC = lists.word_set(
    "official officials analyst source aide person man woman one other someone")
# whose they are is all that says who: "her friend" is no friend of somebody else
_RELATED = lists.word_set("friend colleague neighbor neighbour doctor teacher roommate classmate "
                          "teammate counterpart co-author cousin uncle aunt nephew niece")
_CALLED_SO = 0.6  # whom the article has called so is meant sooner than whom it is about
_ENOUGH = 1.2
_LEAD = 4  # paragraphs


def find_person(story: Story, ref: Reference) -> tuple[Entity, float] | None:
    """Give the named person a singular description means, with points; None if nobody.

    Points for the same head noun, for shared further words, for nearness and for having just
    spoken. A description with "a" is somebody new. What it does not do: know the world ("the
    president" without any "President X" in the article stays open unless X just spoke).
    """
    related = ref.article == "own" and ref.noun.split()[-1] in _RELATED
    if ref.article == "a" or related or ref.noun in _GENERIC and ref.article != "the":
        return None
    best, points = None, 0.0
    around = _look_around(story, ref)
    gender = _gender(story, ref)
    for entity in story.cast.entities:
        if entity.kind == "person" and (not gender or may_be(entity, gender)):
            score = _person_points(story, ref, entity, around)
            if score > points:
                best, points = entity, score
    return (best, points) if best is not None and points >= _ENOUGH else None


class _Around(NamedTuple):
    """What the place of a description says: its further words, the topic, who has just spoken."""

    asked: frozenset[str]
    topic: Entity | None
    speaker: Entity | None
    most: int


def _look_around(story: Story, ref: Reference) -> _Around:
    most = max((len(one.spots) for one in story.cast.entities if one.kind == "person"), default=1)
    speaker = last_speaker(story, ref.start)
    topic = topic_of(story, ref.start)
    if topic is None and speaker is not None and speaker.kind == "person":
        topic = speaker
    return _Around(modifiers(ref.text, ref.noun), topic, speaker, max(1, most))


def _gender(story: Story, ref: Reference) -> str:
    """Give the gender a description shows: "the congresswoman", "the senator cited his vote"."""
    gender = lists.noun_gender(ref.noun)
    taken_up = TAKEN_UP.match(story.passage.text, ref.end)
    if gender or taken_up is None or taken_up.group(1) == "him":  # "the poet says it is him"
        return gender
    return lists.PRONOUN_GENDERS.get(taken_up.group(1), "")


def _person_points(story: Story, ref: Reference, entity: Entity, around: _Around) -> float:
    roles, asked = entity.notes.get("roles", []), around.asked
    named_owner = ref.owner is not None and ref.owner[1] == "name"
    if _other_party(asked, roles):
        return -5.0
    home = {word for role in roles if not role.noun for word in fold(role.phrase).split()}
    # "(D-Wash.)": the Washington Democrat
    matched = ref.noun in _PARTIES and bool(home & asked)
    points = 2.2 * matched
    if _OF_SOME.search(ref.text) and not any(
            asked & modifiers(f"{role.phrase} {role.affiliation}", role.noun) for role in roles):
        return -5.0
    for role in roles:
        if not role.noun or not head_agrees(ref.noun, role.noun):
            continue
        have = modifiers(f"{role.phrase} {role.affiliation}", role.noun)
        have |= _demonyms_of(role.affiliation) | home  # "(R-Fla.)": the Florida senator
        shared = len(asked & have)
        clash = len(asked - have) if asked and have else 0
        if clash and not shared and named_owner and role.affiliation:
            continue  # "the SNP leader" is not the leader of Labour
        matched = True
        exact = role.noun.removeprefix("former ") == ref.noun
        other = clash > 0 and not shared and role.affiliation not in lists.demonyms()
        points = max(points, 1.6 + 0.4 * exact + 0.6 * shared - 0.35 * min(clash, 3) - 1.0 * other
                     - (named_owner and not have))
    near = _nearness(story, entity, ref.start)
    if matched:
        headline = not ref.article and paragraph_of(story.passage, ref.start) < _LEAD
        return points + near + 0.3 * headline + _CALLED_SO  # "CEO says", "Minister to resign"
    if any(role.noun and role.role_class == ref.role_class for role in roles):
        # "the mayor-elect" is hardly the man called "mayor"
        near -= 2.0 if ref.noun in _OF_STATE else 0.6
    return _unmatched_points(story, ref, entity, around) + near


_IN_LIFE = re.compile(  # relatives of nobody in the story: "the widow", "the mother of two"
    r"(?:new|young|single|expectant) (?:m[ou]m|mother|father|dad)"
    r"|(?:[a-z]+ )?(?:widow|widower|(?:great-)?grand\w+|nan|gran|divorcee|newlywed|bride|groom|"
    r"(?:mother|father|parent|m[ou]m|dad)(?:[ -]of[ -](?:a |\w+$)?\w*))")
_OF_STATE = frozenset({"prime minister", "president", "chancellor"})
_OF_A_BODY = re.compile(
    r" (?:of|at) (?:(?:the )?(?:[A-Z][\w.]+ ){1,5}[A-Z]\w+|the [a-z]+ [a-z]+)$")
_OF_SOME = re.compile(r" (?:of|at|for) an? ")  # "the president of a gun group" is another's


_YOUNG = lists.word_set("boy girl child baby toddler teen teenager schoolboy schoolgirl pupil "
                        "student son daughter")
_AGE = re.compile(r", (?:aged )?1?\d\b(?!,\d)")
_PARTIES = {"democratic": "democrat", "democrat": "democrat", "republican": "republican",
            "gop": "republican", "libertarian": "libertarian", "green": "green"}


def _other_party(asked: frozenset[str], roles: list[Role]) -> bool:
    """Say whether a description names a party and the roles of the person another."""
    wanted = {_PARTIES[word] for word in asked if word in _PARTIES}
    if not wanted:
        return False
    own = {_PARTIES[word] for role in roles for word in
           fold(f"{role.phrase} {role.affiliation}").split() if word in _PARTIES}
    return bool(own) and not wanted & own


def _is_young(story: Story, entity: Entity) -> bool:
    """Say whether the article calls somebody a child or says an age below 20."""
    called = any(role.noun.split()[-1:] and role.noun.split()[-1] in _YOUNG
                 for role in entity.notes.get("roles", ()))
    return called or any(_AGE.match(story.passage.text, end) for _, end in entity.spots)


@lru_cache(maxsize=4_096)
def _demonyms_of(state: str) -> frozenset[str]:
    """Give "ukrainian" for Ukraine."""
    return frozenset(fold(word) for word, own in lists.states().items() if own == state)


_OFFICES = frozenset({"politician", "official", "spokesperson", "legal", "business", "media",
                      "expert", "military", "police", "activist", "culture", "sport"})


def _unmatched_points(story: Story, ref: Reference, entity: Entity, around: _Around) -> float:
    """Give points where no role noun agrees: for whom the text is about just there.

    "Clinton spoke of 2009. The former first lady said …": the topic of the sentence before, sooner
    if it has just spoken. "The FBI director" is nobody of whom the article has said no such thing.
    """
    owner = story.cast.by_start.get(ref.owner[0]) if ref.owner else None
    of_others = ref.role_class == "spokesperson" or ref.role_class == "family" and not (
        _IN_LIFE.fullmatch(ref.text))
    if ref.article != "the" or of_others or owner is entity or (
            ref.owner and ref.owner[1] != "name") or (
            "'s " in ref.text or "’s " in ref.text):  # "the Roe administration official" is not Roe
        return -5.0
    own_gender = lists.noun_gender(ref.noun)
    speaks = entity is around.speaker and entity is around.topic
    entity_in_focus = speaks or entity is around.topic and len(entity.spots) >= around.most
    if ref.role_class == "person" and not (own_gender and known_gender(entity) == own_gender) and (
            not entity_in_focus or ref.noun in _GENERIC):
        return -5.0
    roles = entity.notes.get("roles", [])
    places = {word for role in roles for word in fold(
        role.affiliation if role.noun else f"{role.phrase} {role.affiliation}").split()}
    if _OF_A_BODY.search(ref.text) and not around.asked & places:
        return -5.0  # "the head of the Catholic Church" is nobody the article has not called so
    points = 0.2 + 0.8 * bool(around.asked & places) + 0.9 * (around.topic is entity)
    # whom the article names most is meant sooner
    points += 0.6 * (around.speaker is entity) + 0.8 * (len(entity.spots) / around.most - 0.5)
    in_life = bool(own_gender and _IN_LIFE.fullmatch(ref.text))
    points += 0.5 * (in_life and known_gender(entity) == own_gender)  # "the grandmother"
    if owner is not None and owner.kind == "organization":
        points -= 2.0
    classes = {role.role_class for role in roles} - {"", "person", "family", "citizen"}
    if ref.noun in _YOUNG and not _is_young(story, entity):
        return -5.0
    if ref.role_class == "accused" and classes - {"accused"}:
        return -5.0  # "the defendant" is no lawyer
    if classes and ref.role_class not in classes | {"person", "family"}:
        points -= 0.3 if ref.role_class in _OFFICES and classes & _OFFICES else 1.5
    return points


def _nearness(story: Story, entity: Entity, offset: int) -> float:
    times = times_before(story, entity, offset)
    if not times:
        late = paragraph_of(story.passage, offset) >= _LEAD  # whom the lead describes comes soon
        return -1.2 if late else -0.6
    gap = sentence_of(story.passage, offset) - sentence_of(
        story.passage, story.starts_of[entity.number][times - 1])
    often = min(times, 10) / 20
    return 0.6 - 0.12 * min(gap, 10) + often
