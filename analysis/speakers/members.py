"""One of several: "one of them", "the other one", a bare "one"."""

import re

from analysis.speakers import lists
from analysis.speakers.entities import Entity, joined
from analysis.speakers.passage import sentence_of
from analysis.speakers.pronouns import find_pronoun
from analysis.speakers.sources import Reference
from analysis.speakers.story import Story, links_before


def group_name(story: Story, ref: Reference) -> str | None:
    """Name "one", "some", "a team" by the group or the head the article gives; else None."""
    return _one_of_them(story, ref) or _some_of_them(story, ref) or _led_name(story, ref)


def _one_of_them(story: Story, ref: Reference) -> str | None:
    """Name a bare "one" by the group before it: "Backbenchers … one predicted" → backbencher."""
    group = group_of(story, ref) if MEMBER.fullmatch(ref.text.lower()) else None
    if group is None:
        return None
    story.memo["one of",] = group
    words = [word for word in group.name.split() if word.lower() not in lists.QUANTITY]
    noun = group.notes["noun"].split()[-1]
    return " ".join(lists.singular(word) if lists.singular(word.lower()) == noun else word
                    for word in words)


def group_of(story: Story, ref: Reference) -> Entity | None:
    """Give the group of "one of [them]"; of a bare "one", the last named; of "the other", its."""
    if " of " in ref.text:
        them = story.passage.text.find("them", ref.start)
        found = find_pronoun(story, them, "them") if them >= 0 else None
        return found[0] if found and found[0].notes.get("noun") else None
    if ref.text.startswith("other") and ("one of",) in story.memo:
        return story.memo["one of",]
    return next((link.entity for link in reversed(links_before(story, ref.start))
                 if link.entity.kind == "group"
                 and link.entity.notes.get("noun", "group") != "group"), None)


def _some_of_them(story: Story, ref: Reference) -> str | None:
    """Name bare "some", "others" by the group before: "Farmers … others fear" → other farmers."""
    count = ref.text.lower()
    opens = ref.start in story.passage.sentence_starts
    bare = count in _COUNTS and (opens or "others" in count)  # not "with many worried"
    found = find_pronoun(story, ref.start, "those") if bare else None
    noun = found[0].notes.get("noun", "group") if found else "group"
    if noun == "group" or found[0].notes.get("joint"):
        return None
    words = [word for word in found[0].name.split()
             if word.lower() not in lists.QUANTITY | {"other"}]
    return " ".join([_COUNTS[count], *words])


def _led_name(story: Story, ref: Reference) -> str | None:
    """Name a team by its head: "a team at Essex led by Dr. Ida Roe" → "Ida Roe's team"."""
    led = _LED.match(story.passage.text, ref.start)
    head = story.cast.by_start.get(led.end()) if led else None
    return f"{head.name}'s {ref.noun}" if head is not None and head.kind == "person" else None


_LED = re.compile(r"[^.;:“”\"\n]{3,80}? (?:led|headed|directed) by (?:[\w.]+ ){0,2}?"
                  r"(?=[A-Z][a-z]+\b(?!\.))")


def all_of_them(story: Story, ref: Reference) -> Entity | None:
    """Give whom "all three", "the two" count: joined so before, or a group of that number."""
    count = _ALL.fullmatch(ref.text.lower())
    if count is None:
        return None
    number = _NUMBERS.index(count.group(1))
    for link in reversed(links_before(story, ref.start)):
        name = link.entity.name.lower()
        joined = link.entity.notes.get("joint") and name.count(",") + 2 == number
        if link.entity.kind == "group" and link.end < ref.start and (
                joined or name.startswith(f"{count.group(1)} ")):
            return link.entity
    return _last_named(story, ref, number)


def _last_named(story: Story, ref: Reference, number: int) -> Entity | None:
    """Join the last persons named, if just so many: "Roe says … Lee doubts it … The two plan"."""
    here = sentence_of(story.passage, ref.start)
    last = [link.entity for link in links_before(story, ref.start)
            if link.entity.kind == "person" and " " in link.entity.name
            and here - sentence_of(story.passage, link.start) <= _NEAR]
    persons = list(dict.fromkeys(reversed(last)))[:number][::-1]
    if len(persons) < number or not ref.text.lower().startswith(("all", "two")):
        return None
    return joined(story.cast, persons)


_NEAR = 6  # sentences
_NUMBERS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ALL = re.compile(rf"(?:all |the )?({'|'.join(_NUMBERS[2:])})")
_COUNTS = {word: word for word in ("some", "many", "most", "several", "few", "a few")} | {
    "others": "other", "some others": "other", "many others": "many other"}
MEMBER = re.compile(r"(?:one|another)(?: of them)?|other(?: one)?|(?:a )?(?:second|third)")
