"""Which organisation "the company", "the club", "the French retailer" mean."""

import re
from collections.abc import Iterator

from analysis.speakers import lists
from analysis.speakers.entities import Entity
from analysis.speakers.nouns import modifiers
from analysis.speakers.passage import sentence_of, words_between
from analysis.speakers.sources import Reference
from analysis.speakers.story import Story, times_before

# bodies whose names need not say what they are: "Wells Fargo … the bank"
_OPEN = lists.COMPANIES | lists.word_set(
    "chain brand developer contractor operator giant business corporation studio publisher "
    "start-up club lab label network developer housebuilder supermarket brewery restaurant "
    "chipmaker automaker producer consultancy shipyard landlord miner trader builder shipbuilder")
_PUBLIC_BODY = lists.word_set(
    "Committee Department Court Party University Times Post Congress Senate House Ministry Council "
    "Commission Agency Bureau Office Police Army Institute Foundation School Union Church Journal "
    "News Parliament Administration Guard Reserve CNN NBC CBS ABC FBI CIA EPA AP")
_OWNED = re.compile(r"['’]s? ")
_LEAST = 0.0


def named_body(story: Story, ref: Reference) -> Entity | None:
    """Give the organisation that "the company", "the Spanish bank" means; None if none fits."""
    noun = ref.noun.rpartition(" ")[2]  # "the Democratic Party‘s" has none
    if noun not in _OPEN or ref.article != "the" or _OWNED.search(ref.text):
        return None
    return best_body(story, ref)


def best_body(story: Story, ref: Reference) -> Entity | None:
    """Give the organisation with most points: called so, named often, named just before."""
    best, points = None, _LEAST
    for entity in story.cast.entities:
        if entity.kind == "organization" and not entity.notes.get("noun"):
            score = _points(story, ref, entity)
            if score > points:
                best, points = entity, score
    return best


def _points(story: Story, ref: Reference, entity: Entity) -> float:
    before = [start for start, _ in entity.spots if start < ref.start]
    called = _called_points(story, ref, entity)
    if not before or not called and not _may_be(entity, ref.noun, len(entity.spots)):
        return _LEAST
    last = max([before[-1], *_mentions(story, entity, ref.start)[-1:]])
    gap = sentence_of(story.passage, ref.start) - sentence_of(story.passage, last)
    points = min(len(before), 8) - 0.5 * min(gap, 12) + 4 + called
    points += 5 * _has_opened(story, entity, ref.start)
    return points


def _may_be(entity: Entity, noun: str, times: int) -> bool:
    """Say whether nothing in a name speaks against: no committee, no state, no "on Twitter"."""
    words = {word.strip(".,") for word in entity.name.split()}
    if words & _PUBLIC_BODY or lists.is_place(entity.name):
        return False
    return entity.name not in lists.governments() or noun == "company" and times > 2


def _called_points(story: Story, ref: Reference, entity: Entity) -> float:
    """Give points where the article calls a body so: "Roe Partners, a Texas investment group,"."""
    asked, points = modifiers(ref.text, ref.noun), 0.0
    for phrase, noun in called(story, entity):
        shared = asked & modifiers(phrase, noun)
        if noun.split()[-1] == ref.noun.split()[-1]:
            points = max(points, 4.0 + 2 * len(shared))
    return points


def called(story: Story, entity: Entity) -> list[tuple[str, str]]:
    """Give what the article calls a body, each with its head noun, from all its mentions."""
    key = ("called", entity.number)
    if key not in story.memo:
        story.memo[key] = [
            (phrase, known[2]) for phrase in _phrases(story, entity)
            if (known := lists.noun_class(_head(phrase))) is not None
            and (known[0] == "organization" or known[2].split()[-1] in _OPEN)]
    return story.memo[key]


_AFTER = re.compile(r"(?:,| is| was|, which is) (?:an?|the|one of (?:the|its)|[A-Z]\w+['’]s|its|"
                    r"their) ([^,.;:()“”\"\n]{3,70})")
_BEFORE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|['’]s) ((?:[\w-]+ ){0,3}[a-z-]+), $")
_LINKS = re.compile(r" (?:of|in|at|for|that|which|who|with|from|to|and|based|headquartered)\b")


def _phrases(story: Story, entity: Entity) -> Iterator[str]:
    text = story.passage.text
    for start, end in entity.spots:
        after = _AFTER.match(text, end)
        if after:
            yield after.group(1)
        before = _BEFORE.search(text, max(0, start - 60), start)
        if before:  # "its union, Unite,"
            yield before.group(1)
        title = [word.text for word in words_between(story.passage, start - 40, start)[-2:]]
        if title and title[-1].islower() and text[start - 1] == " ":  # "rail operator SouthLink"
            yield " ".join(title)


def _head(phrase: str) -> tuple[str, ...]:
    return tuple(_LINKS.split(phrase)[0].lower().split())


def _mentions(story: Story, entity: Entity, offset: int) -> list[int]:
    """Give where an entity is mentioned before `offset`, by "the company" too."""
    return story.starts_of.get(entity.number, [])[:times_before(story, entity, offset)]


def _has_opened(story: Story, entity: Entity, offset: int) -> bool:
    """Say whether a body opened a sentence just before: "[Roe], which … The bank said"."""
    starts, here = story.passage.sentence_starts, sentence_of(story.passage, offset)
    return any(start - starts[at] <= _OPENING for start in _mentions(story, entity, offset)[-4:]
               if here - (at := sentence_of(story.passage, start)) <= _JUST)


_OPENING, _JUST = 4, 2  # characters, sentences
