"""Where a mention stands in its sentence: as the subject, an object, an owner."""

import re

from analysis.speakers import lists
from analysis.speakers.passage import Passage, sentence_of, word_index
from analysis.speakers.story import Link, Story, links_from

OWN = frozenset({"his", "her", "their", "its"})
OWNING = frozenset({"'s", "’s", "' ", "’ "})
_ACTORS = frozenset({"person", "unnamed_person", "group", "organization"})


def is_subject(story: Story, link: Link) -> bool:
    """Say whether a mention is the first of a person in its sentence."""
    passage = story.passage
    start = passage.sentence_starts[sentence_of(passage, link.start)]
    actors = [one for one in links_from(story, start, link.start + 1)
              if one.entity.kind in _ACTORS]
    firsts = actors[:1] + [one for one in actors if not _owns(passage, one)][:1]
    if any(one.start == link.start for one in firsts):
        return True
    return link.how == "name" and _ends_opening(passage, start, name_start(story, link))


def name_start(story: Story, link: Link) -> int:
    """Give where a mention begins, titles included."""
    spot = story.cast.spot_at.get(link.start)
    return spot.title_start if spot else link.start


def _ends_opening(passage: Passage, start: int, offset: int) -> bool:
    """Say whether a name follows an opening phrase: "Armed with what she had made, Miss Roe".

    Also behind what he is called: "Outside court, his mother, Ida Roe, wept".
    """
    return bool(_OPENING.fullmatch(passage.text, start, offset))


_OPENING = re.compile(
    r"(?:[A-Z]\w+(?:ed|ing)|In|After|Before|When|While|As|At|With|Although|Though|If|Since|Despite"
    r"|Like|Unlike|For|On|By|Because|Once|From|Even|Until|Outside|Inside)\b[^,.;:“”\"\n]+, "
    r"(?:(?:his|her|their|its|the) [a-z]+(?: [a-z]+)?, )?")


def _owns(passage: Passage, link: Link) -> bool:
    """Say whether a mention only owns what follows: "[Her] father", "[Trump's] words"."""
    return passage.text[link.end:link.end + 2] in OWNING or (
        link.how == "pronoun" and passage.text[link.start:link.end].lower() in OWN)


_OBJECT_WORDS = lists.word_set(
    "of for to with by against about from at on in after before like than between under over "
    "told asked into as versus vs")


def is_object(story: Story, link: Link) -> bool:
    """Say whether a preposition or "told" stands before: an object."""
    words = story.passage.words
    at = word_index(story.passage, name_start(story, link) - 1)
    if at > 0 and words[at].text.lower() in ("the", "a", "an", "his", "her"):
        at -= 1
    first = word_index(story.passage, link.start)
    if words[first].text.lower() in ("the", "a", "an", "his", "her") and link.how == "nominal":
        at = first - 1
    gave = words[at].text == "as" and words[at - 1].text in ("name", "only")  # "… her name as Ida"
    return at >= 0 and words[at].text.lower() in _OBJECT_WORDS and not gave
