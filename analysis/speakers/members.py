"""One of several: "one of them", "the other one", a bare "one"."""

import re

from analysis.speakers import lists
from analysis.speakers.entities import Entity
from analysis.speakers.pronouns import find_pronoun
from analysis.speakers.sources import Reference
from analysis.speakers.story import Story, links_before


def one_of_them(story: Story, ref: Reference) -> str | None:
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


def some_of_them(story: Story, ref: Reference) -> str | None:
    """Name bare "some", "others" by the group before: "Farmers … others fear" → other farmers."""
    count = ref.text.lower()
    opens = ref.start in story.passage.sentence_starts
    bare = count in _COUNTS and (opens or "others" in count)  # not "with many worried"
    found = find_pronoun(story, ref.start, "those") if bare else None
    noun = found[0].notes.get("noun", "group") if found else "group"
    if noun == "group" or found[0].notes.get("joint"):
        return None
    words = [word for word in found[0].name.split() if word.lower() not in lists.QUANTITY | {"other"}]
    return " ".join([_COUNTS[count], *words])


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
    return None


_NUMBERS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ALL = re.compile(rf"(?:all |the )?({'|'.join(_NUMBERS[2:])})")
_COUNTS = {word: word for word in ("some", "many", "most", "several", "few", "a few")} | {
    "others": "other", "some others": "other", "many others": "many other"}
MEMBER = re.compile(r"(?:one|another)(?: of them)?|other(?: one)?|(?:a )?(?:second|third)")
