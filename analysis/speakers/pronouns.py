"""Whom a pronoun means: every candidate gets points for nearness, place, number and gender."""

import math
import re
from collections.abc import Callable

from analysis.speakers import lists
from analysis.speakers.entities import Entity
from analysis.speakers.passage import Passage, in_quotes, paragraph_of, sentence_of, word_index
from analysis.speakers.story import (
    Link,
    Story,
    enclosing,
    last_speaker,
    links_before,
    links_from,
    said_from,
    times_before,
)

# points of each feature; fitted by hand, kept where three corpora gain, see tests/benchmarks
WEIGHTS = {
    "same_sentence": 1.0, "previous_sentence": 0.8, "two_back": 0.2, "three_back": -0.3,
    "far": -0.9, "very_far": -2.0, "subject": 0.7, "object": -0.3, "possessive": -0.5,
    "often": 0.35, "last_speaker": 0.8, "last_same_pronoun": 1.2, "nearest": 0.3,
    "own_indirect": 0.4, "own_direct": -6.0, "other_quoted": -0.8, "same_paragraph": 0.6,
    "gender_known": 1.3, "headline": -0.4, "unnamed": -0.6, "opener_subject": 0.5,
    "chain_sentence": 0.5, "they_organization": -1.2, "joint": 0.3, "fresh_subject": 0.6,
    "own_subject": 0.3, "him_subject": -0.8, "reflexive_subject": 2.0,
    "main": 0.2, "goes_on": 1.0, "adds": 1.5,
}
_LEAST = -1.5  # below this nobody is meant: an unresolved pronoun is counted as such
_MALE, _FEMALE = ("m", lists.HE), ("f", lists.SHE)


def pronoun_gender(text: str) -> str:
    """Give the gender of a third-person pronoun: m | f | ''."""
    return next((gender for gender, words in (_MALE, _FEMALE) if text in words), "")


def known_gender(entity: Entity) -> str:
    """Give the gender the article shows for an entity, or '' where it shows none or both."""
    if not entity.genders:
        return ""
    sums = {"m": 0.0, "f": 0.0}
    for (basis, gender), count in entity.genders.items():
        sums[gender] += count * (3 if basis != "pronoun" else 1)
    high, low = max(sums.values()), min(sums.values())
    if high == 0 or low > 0.34 * high:
        return ""
    return "m" if sums["m"] > sums["f"] else "f"


def resolve_person(story: Story, offset: int, word: str) -> tuple[Entity, float] | None:
    """Give whom "he" or "she" at `offset` means, and by how many points; None without candidate."""
    gender = pronoun_gender(word)

    def fits(entity: Entity) -> bool:
        if entity.kind not in ("person", "unnamed_person"):
            return False
        return known_gender(entity) in ("", gender)
    return best_candidate(story, offset, word, fits=fits)


def resolve_plural(story: Story, offset: int, word: str) -> tuple[Entity, float] | None:
    """Give whom "they" at `offset` means: groups, coordinations, sometimes organisations.

    "Both" are the two last joined by "and", however far back.
    """
    if word in ("both", "neither"):
        pairs = [link.entity for link in links_before(story, offset)
                 if link.entity.notes.get("joint") and "," not in link.entity.name]
        if pairs:
            return pairs[-1], 1.0

    def fits(entity: Entity) -> bool:
        return entity.kind == "group" or (
            entity.kind == "organization" and word in lists.THEY)
    return best_candidate(story, offset, word, fits=fits)


def resolve_thing(story: Story, offset: int, word: str) -> tuple[Entity, float] | None:
    """Give what "it" at `offset` means: organisations, documents, places."""
    return best_candidate(
        story, offset, word,
        fits=lambda entity: entity.kind in ("organization", "document", "place", "other"))


def best_candidate(
    story: Story, offset: int, word: str, *, fits: Callable[[Entity], bool],
) -> tuple[Entity, float] | None:
    """Give the candidate with most points and its lead over the second."""
    scores = score_candidates(story, offset, word, fits=fits)
    if not scores:
        return None
    ranked = sorted(scores, key=lambda pair: -pair[1])
    if ranked[0][1] < _LEAST:
        return None
    lead = ranked[0][1] - ranked[1][1] if len(ranked) > 1 else 3.0
    return ranked[0][0], lead


def score_candidates(
    story: Story, offset: int, word: str, *, fits: Callable[[Entity], bool],
) -> list[tuple[Entity, float]]:
    """Give every fitting entity mentioned before `offset` with its points."""
    return [(entity, sum(WEIGHTS[name] * value for name, value in features.items() if value))
            for entity, features in candidate_features(story, offset, word, fits=fits)]


def candidate_features(
    story: Story, offset: int, word: str, *, fits: Callable[[Entity], bool],
) -> list[tuple[Entity, dict[str, float]]]:
    """Give the features of every fitting entity mentioned before `offset` (at most 6, nearest)."""
    tag = _tags_quoted_words(story, offset)
    adds = bool(_ADDS.match(story.passage.text, offset + len(word)))
    offset = anchor_of(story, offset, indirect=word in lists.THEY)
    before = links_before(story, offset)
    latest: dict[int, Link] = {}
    seen: set[int] = set()
    for link in reversed(before):
        if link.entity.number in seen:
            continue
        seen.add(link.entity.number)
        if fits(link.entity):
            latest[link.entity.number] = link
            if len(latest) == 6:
                break
    around = _surroundings(story, offset, word, before)
    around.update(tag=tag, adds=adds)
    return [(link.entity, _features(story, link, rank, around))
            for rank, link in enumerate(latest.values())]


_ADDS = re.compile(
    r" (?:also |then |later )?(?:added|adds|continued|continues|went on|concluded)\b")


def _tags_quoted_words(story: Story, offset: int) -> bool:
    """Say whether the source at `offset` says words in quotation marks: "“…,” he said"."""
    return any(one.direct or any(
        in_quotes(story.passage, (start + end) // 2) for start, end in one.spans)
        for one in said_from(story, offset))


def anchor_of(story: Story, offset: int, *, indirect: bool) -> int:
    """Give the place from which a pronoun looks back: for "“…,” she said" where the words begin.

    What stands inside the quoted words names nobody who speaks them; nor, for "they", inside
    the reported ones: "The banks took risks, they argue".
    """
    for one in said_from(story, offset):
        before = [start for start, _ in one.spans if start < offset]
        if before and (one.direct or indirect):
            return max(0, max(before) - 1)
    return offset


def _surroundings(story: Story, offset: int, word: str, before: list[Link]) -> dict:
    passage = story.passage
    inside = enclosing(story, offset)
    gender = pronoun_gender(word)
    fresh = _fresh_subject(story, before, gender)
    quoted = in_quotes(passage, offset)
    same = next((link for link in reversed(before[-40:]) if link.how == "pronoun"
                 and (not gender or pronoun_gender(
                     passage.text[link.start:link.end].lower()) == gender)
                 and (quoted or not in_quotes(passage, link.start))), None)
    return {
        "fresh": fresh, "offset": offset, "gender": gender,
        "sentence": sentence_of(passage, offset),
        "paragraph": paragraph_of(passage, offset), "quoted": quoted,
        "inside": inside, "same": same, "before": before,
        "speaker": last_speaker(story, offset),
        "opens": _opens_sentence(story, offset), "plural": word in lists.THEY,
        "word": word,
    }


def _opens_sentence(story: Story, offset: int) -> bool:
    at = sentence_of(story.passage, offset)
    return offset - story.passage.sentence_starts[at] <= 2


def _features(story: Story, link: Link, rank: int, around: dict) -> dict[str, float]:
    passage, entity = story.passage, link.entity
    gap = around["sentence"] - sentence_of(passage, link.start)
    subject = _is_subject(story, link)
    features = {
        "same_sentence": gap == 0, "previous_sentence": gap == 1, "two_back": gap == 2,
        "three_back": gap == 3, "far": gap > 3, "very_far": gap > 8,
        "subject": subject, "object": not subject and _after_small_word(story, link),
        "possessive": passage.text[link.end:link.end + 2] in _OWNING,
        "often": math.log(1 + times_before(story, entity, around["offset"])),
        "last_speaker": entity is around["speaker"] and not _superseded(around, entity),
        "goes_on": around["tag"] and entity is around["speaker"] and not _superseded(
            around, entity),
        "adds": around["adds"] and entity is around["speaker"],
        "fresh_subject": around["fresh"] is not None and around["fresh"].entity is entity,
        "nearest": rank == 0,
        "same_paragraph": paragraph_of(passage, link.start) == around["paragraph"],
        "gender_known": bool(around["gender"]) and known_gender(entity) == around["gender"],
        "headline": paragraph_of(passage, link.start) == 0,
        "unnamed": entity.kind == "unnamed_person",
        "they_organization": entity.kind == "organization" and around["plural"],
        "joint": bool(entity.notes.get("joint")),
        "opener_subject": around["opens"] and subject and gap == 1,
        "main": math.log(1 + len(entity.spots)),
    }
    features.update(_word_features(around, gap=gap, subject=subject))
    features.update(_chain_features(passage, entity, around))
    features.update(_quote_features(story, link, around))
    return features


_OWN = frozenset({"his", "her", "their", "its"})
_OBJECT = frozenset({"him", "them"})
_SELF = frozenset({"himself", "herself", "themselves", "itself"})


def _word_features(around: dict, *, gap: int, subject: bool) -> dict[str, bool]:
    """Give what the pronoun's case says: "his" and "himself" look to the subject, "him" away."""
    word, here = around["word"], subject and gap == 0
    return {"own_subject": here and word in _OWN, "him_subject": here and word in _OBJECT,
            "reflexive_subject": here and word in _SELF}


def _chain_features(passage: object, entity: Entity, around: dict) -> dict[str, bool]:
    same = around["same"]
    if same is None or same.entity is not entity or _superseded(around, entity):
        return {}
    gap = around["sentence"] - sentence_of(passage, same.start)
    return {"last_same_pronoun": gap <= 2, "chain_sentence": gap == 0}


def _superseded(around: dict, entity: Entity) -> bool:
    """Say whether somebody else has become the subject since `entity` was last meant."""
    fresh = around["fresh"]
    if fresh is None or fresh.entity is entity:
        return False
    last = next((link for link in reversed(around["before"]) if link.entity is entity), None)
    return last is not None and last.start < fresh.start


def _fresh_subject(story: Story, before: list[Link], gender: str) -> Link | None:
    """Give the last person named as the subject of a sentence outside quotations, if fitting."""
    for link in reversed(before[-12:]):
        if link.how == "name" and link.entity.kind == "person" and (
                known_gender(link.entity) in ("", gender)) and not _in_said(story, link.start) and (
                _is_subject(story, link)):
            return link
    return None


def _in_said(story: Story, offset: int) -> bool:
    inside = enclosing(story, offset)
    return inside is not None and inside.direct


def _quote_features(story: Story, link: Link, around: dict) -> dict[str, bool]:
    inside = around["inside"]
    if inside is None:
        quoted = in_quotes(story.passage, link.start) or _in_said(story, link.start)
        return {"other_quoted": quoted and not around["quoted"]}
    own = story.speaker_of.get(inside.row) is link.entity
    quoted = around["quoted"]
    return {"own_indirect": own and not quoted, "own_direct": own and quoted}


def _is_subject(story: Story, link: Link) -> bool:
    """Say whether a mention is the first of a person in its sentence and no object."""
    key = ("subject", link.start, link.how)
    if key not in story.memo:
        passage = story.passage
        start = passage.sentence_starts[sentence_of(passage, link.start)]
        actors = [one for one in links_from(story, start, link.start + 1)
                  if one.entity.kind in _ACTORS]
        firsts = actors[:1] + [one for one in actors if not _owns(passage, one)][:1]
        story.memo[key] = any(one.start == link.start for one in firsts) and (
            not _after_small_word(story, link))
    return story.memo[key]


def _owns(passage: Passage, link: Link) -> bool:
    """Say whether a mention only owns what follows: "[Her] father", "[Trump's] words"."""
    return passage.text[link.end:link.end + 2] in _OWNING or (
        link.how == "pronoun" and passage.text[link.start:link.end].lower() in _OWN)


_OWNING = frozenset({"'s", "’s", "' ", "’ "})
_ACTORS = frozenset({"person", "unnamed_person", "group", "organization"})
_OBJECT_WORDS = lists.word_set(
    "of for to with by against about from at on in after before like than between under over "
    "told asked into as versus vs")


def _after_small_word(story: Story, link: Link) -> bool:
    """Say whether a preposition or "told" stands before: an object."""
    key = ("object", link.start, link.how)
    if key not in story.memo:
        story.memo[key] = _is_object(story, link)
    return story.memo[key]


def _is_object(story: Story, link: Link) -> bool:
    spot = story.cast.spot_at.get(link.start)
    start = spot.title_start if spot else link.start
    words = story.passage.words
    at = word_index(story.passage, start - 1)
    if at > 0 and words[at].text.lower() in ("the", "a", "an", "his", "her"):
        at -= 1
    first = word_index(story.passage, link.start)
    if words[first].text.lower() in ("the", "a", "an", "his", "her") and link.how == "nominal":
        at = first - 1
    return at >= 0 and words[at].text.lower() in _OBJECT_WORDS
