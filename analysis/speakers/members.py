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


MEMBER = re.compile(r"(?:one|another)(?: of them)?|other(?: one)?|(?:a )?(?:second|third)")
