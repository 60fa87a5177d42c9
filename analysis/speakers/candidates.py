"""Who a pronoun may mean: every candidate gets points for nearness, place, number and gender."""

import math
import re
from typing import NamedTuple

from analysis.speakers import lists
from analysis.speakers.entities import Entity, known_gender, may_be
from analysis.speakers.passage import Passage, in_quotes, paragraph_of, sentence_of
from analysis.speakers.positions import OWN, OWNING, is_object, is_subject, name_start
from analysis.speakers.story import (
    Link,
    Said,
    Story,
    anchor_of,
    enclosing,
    is_owner,
    last_speaker,
    last_speech,
    links_before,
    said_from,
    times_before,
)

# points of each feature; fitted by hand, kept where three corpora gain, see tests/benchmarks
WEIGHTS = {
    "same_sentence": 1.0, "previous_sentence": 0.8, "two_back": 0.2, "three_back": -0.3,
    "far": -0.9, "very_far": -2.0, "subject": 0.7, "object": -0.3, "possessive": -0.5,
    "often": 0.35, "last_speaker": 0.8, "last_same_pronoun": 1.2, "nearest": 0.3,
    "own_indirect": 0.4, "own_direct": -6.0, "other_quoted": -0.8, "same_paragraph": 0.6,
    "gender_known": 1.3, "gender_other": -2.0, "headline": -0.4, "unnamed": -0.6,
    "opener_subject": 0.5, "chain_sentence": 0.5, "they_organization": -1.2, "joint": 0.3,
    "fresh_subject": 0.6,
    "own_subject": 0.3, "him_subject": -0.8, "reflexive_subject": 2.0,
    "main": 0.2, "goes_on": 1.0, "adds": 1.5, "replies": -2.0, "finds": 3.5, "their_subject": 1.2,
}
_BY_GAP = (*(WEIGHTS[name] for name in (
    "same_sentence", "previous_sentence", "two_back", "three_back")), *[WEIGHTS["far"]] * 5,
    WEIGHTS["far"] + WEIGHTS["very_far"])  # by how many sentences back, nine and more last


def score_candidates(
    story: Story, offset: int, word: str, *, kinds: tuple[str, ...], either: bool = False,
) -> list[tuple[Entity, float]]:
    """Give the entities of those kinds mentioned before `offset` with their points.

    At most 6, the nearest; nobody of the other gender unless `either` may be meant.
    """
    place, tag = offset, _tags_quoted_words(story, offset)
    adds = bool(_ADDS.match(story.passage.text, offset + len(word)))
    replies = bool(_REPLIES.match(story.passage.text, offset + len(word)))
    finds = bool(_FINDS.match(story.passage.text, offset + len(word)))
    offset = anchor_of(story, offset, indirect=word in lists.THEY)
    before = links_before(story, offset)
    latest = _latest(before, kinds, "" if either else lists.PRONOUN_GENDERS.get(word, ""))
    if word in lists.THEY:
        latest += _far_speaker(before, latest, last_speaker(story, offset), kinds)
    latest = [link for link in latest if not _is_another(story, link, place)]
    if not latest:
        return []
    around = _look_around(story, offset, word, before)._replace(
        tag=tag, adds=adds, replies=replies, finds=finds)
    return [(link.entity, _points(story, link, around) + WEIGHTS["nearest"] * (link is latest[0]))
            for link in latest]


def _latest(before: list[Link], kinds: tuple[str, ...], gender: str) -> list[Link]:
    """Give the last mention of each who fits, nearest first."""
    latest: list[Link] = []
    seen: set[Entity] = set()
    for link in reversed(before):
        entity = link.entity
        if entity in seen:
            continue
        seen.add(entity)
        if entity.kind in kinds and (not gender or may_be(entity, gender)):
            latest.append(link)
            if len(latest) == _MOST:
                break
    return latest


def _far_speaker(
    before: list[Link], latest: list[Link], speaker: Entity | None, kinds: tuple[str, ...],
) -> list[Link]:
    """Give the last speaker's last mention where others stand between: "they concluded"."""
    if speaker is None or speaker.kind not in kinds or any(
            link.entity is speaker for link in latest):
        return []
    return [link for link in reversed(before) if link.entity is speaker][:1]


def _is_another(story: Story, link: Link, place: int) -> bool:
    """Say whether grammar lets a pronoun not mean the name right before it.

    "Stucky, whom he called …" is of two persons, and so is "Roe, she says, was late".
    """
    if not link.end < place <= link.end + _NEAR:
        return False
    gap = story.passage.text[link.end:place]
    return gap.strip(" ,") == "whom" or (
        gap == ", " and link.how == "name" and bool(said_from(story, place))
        and name_start(story, link) in story.passage.sentence_starts)


_NEAR = 12  # characters
_MOST = 6  # candidates of one pronoun
_ADDS = re.compile(
    r" (?:also |then |later )?(?:added|adds|continued|continues|went on|concluded)\b")
_FINDS = re.compile(
    r" (?:also |then )?(?:f(?:ound|inds)|show(?:s|ed)|conclude[sd]|recommend(?:s|ed)|reads?"
    r"|advise[sd]|detail(?:s|ed)|describe[sd])\b")
_REPLIES = re.compile(r" (?:then |later )?(?:replie[ds]|answer(?:ed|s)|retort(?:ed|s)|shot back)\b")


def _tags_quoted_words(story: Story, offset: int) -> bool:
    """Say whether the source at `offset` says words in quotation marks: "“…,” he said"."""
    return any(one.direct or any(
        in_quotes(story.passage, (start + end) // 2) for start, end in one.spans)
        for one in said_from(story, offset))


class _Around(NamedTuple):
    """What the place of a pronoun says of all its candidates."""

    offset: int
    sentence: int
    paragraph: int
    gender: str
    quoted: bool
    plural: bool
    opens: bool
    case: float
    fresh: Link | None
    speaker: Entity | None
    chained: Entity | None
    chain: float
    inside: bool
    own: Entity | None
    tag: bool = False
    adds: bool = False
    replies: bool = False
    finds: bool = False


def _look_around(story: Story, offset: int, word: str, before: list[Link]) -> _Around:
    passage = story.passage
    inside, quoted = enclosing(story, offset), in_quotes(passage, offset)
    gender, sentence = lists.PRONOUN_GENDERS.get(word, ""), sentence_of(passage, offset)
    chained, chain = _chain(passage, before, gender, sentence=sentence, quoted=quoted)
    speaker, speech = last_speech(story, offset) or (None, None)
    return _Around(
        offset, sentence, paragraph_of(passage, offset), gender, quoted, word in lists.THEY,
        offset - passage.sentence_starts[sentence] <= 2, _CASES.get(word, 0.0),
        _fresh_subject(story, before, gender, speech), speaker, chained, chain,
        inside is not None, story.speaker_of.get(inside.row) if inside else None)


def _chain(
    passage: Passage, before: list[Link], gender: str, *, sentence: int, quoted: bool,
) -> tuple[Entity | None, float]:
    """Give whom the pronoun of that gender before this one means, and what going on is worth."""
    for link in reversed(before[-40:]):
        if link.how != "pronoun" or not quoted and in_quotes(passage, link.start):
            continue
        word = passage.text[link.start:link.end].lower()
        if gender in ("", lists.PRONOUN_GENDERS.get(word)):
            gap = sentence - sentence_of(passage, link.start)
            return link.entity, WEIGHTS["last_same_pronoun"] * (gap <= 2) + (
                WEIGHTS["chain_sentence"] * (gap == 0))
    return None, 0.0


def _points(story: Story, link: Link, around: _Around) -> float:
    entity, place, worth = link.entity, _place_of(story, link), WEIGHTS
    gap, fresh = around.sentence - place.sentence, around.fresh
    # somebody else has become the subject since
    stale = fresh is not None and fresh.entity is not entity and link.start < fresh.start
    points = place.points + _BY_GAP[min(gap, 9)]
    points += worth["often"] * math.log(1 + times_before(story, entity, around.offset))
    points += worth["main"] * math.log(1 + len(entity.spots))
    points += worth["same_paragraph"] * (place.paragraph == around.paragraph)
    if entity is around.speaker and around.replies:
        points += worth["replies"]
    elif entity is around.speaker:
        points += worth["adds"] * around.adds
        points += 0 if stale else worth["last_speaker"] + worth["goes_on"] * around.tag
    if entity is around.chained and not stale:
        points += around.chain
    points += worth["fresh_subject"] * (fresh is not None and fresh.entity is entity)
    if place.subject:
        points += worth["their_subject"] * (around.plural and gap == 0 and around.case > 0)
        points += around.case * (gap == 0) + worth["opener_subject"] * (gap == 1 and around.opens)
    return points + _nature_points(entity, around) + _quote_points(entity, place, around)


def _nature_points(entity: Entity, around: _Around) -> float:
    """Give points for what the candidate is: its gender, its number."""
    if around.gender:
        known = known_gender(entity)
        worth = WEIGHTS["gender_known"] * (known == around.gender) + (
            WEIGHTS["gender_other"] * (known not in ("", around.gender)))
        return worth + WEIGHTS["unnamed"] * (entity.kind == "unnamed_person")
    if around.finds and entity.kind == "document":
        return WEIGHTS["finds"]
    points = WEIGHTS["they_organization"] * (around.plural and entity.kind == "organization")
    return points + WEIGHTS["joint"] * bool(entity.notes.get("joint"))


def _quote_points(entity: Entity, place: "_Place", around: _Around) -> float:
    """Give points for words reported: whoever speaks them is "he" there, but not in quotes."""
    if not around.inside:
        return WEIGHTS["other_quoted"] * (place.quoted and not around.quoted)
    if entity is not around.own:
        return 0.0
    return WEIGHTS["own_direct" if around.quoted else "own_indirect"]


# what a pronoun's case says of the subject: "his" and "himself" look to it, "him" away
_CASES = (dict.fromkeys(OWN, WEIGHTS["own_subject"])
          | dict.fromkeys(("him", "them"), WEIGHTS["him_subject"])
          | dict.fromkeys(("himself", "herself", "themselves", "itself"),
                          WEIGHTS["reflexive_subject"]))


class _Place(NamedTuple):
    """What the place of a mention says, whichever pronoun looks back to it."""

    sentence: int
    paragraph: int
    subject: bool
    quoted: bool
    points: float


def _place_of(story: Story, link: Link) -> _Place:
    key = ("place", link.start, link.end, link.how)
    if key not in story.memo:
        passage, after = story.passage, story.passage.text[link.end:link.end + 2]
        paragraph, an_object = paragraph_of(passage, link.start), is_object(story, link)
        owner = link.how == "name" and is_owner(story, link)
        subject = not an_object and not owner and is_subject(story, link)
        points = WEIGHTS["subject"] * subject + WEIGHTS["object"] * an_object
        points += WEIGHTS["possessive"] * (after in OWNING or owner)
        points += WEIGHTS["headline"] * (paragraph == 0)
        quoted = in_quotes(passage, link.start) or _in_said(story, link.start)
        story.memo[key] = _Place(
            sentence_of(passage, link.start), paragraph, subject, quoted, points)
    return story.memo[key]


def _fresh_subject(
    story: Story, before: list[Link], gender: str, speech: Said | None,
) -> Link | None:
    """Give the person last named outside quotations, if fitting, as a subject or as who spoke last.

    "[Roe] wept. Outside court Miss Lee's niece, [Ann Lee], said …" has gone on to Ann Lee.
    """
    source = range(speech.source_spans[0][0], speech.source_spans[-1][1]) if (
        speech and speech.source_spans) else ()
    for link in reversed(before[-12:]):
        if link.how == "name" and link.entity.kind == "person" and (
                known_gender(link.entity) in ("", gender)) and not _in_said(story, link.start) and (
                _place_of(story, link).subject
                or link.start in source and story.speaker_of.get(speech.row) is link.entity):
            return link
    return None


def _in_said(story: Story, offset: int) -> bool:
    inside = enclosing(story, offset)
    return inside is not None and inside.direct
