"""Who puts a question that nobody is named for: "Asked about the bill, Roe said …"."""

import re

from analysis.speakers.entities import Entity, generic
from analysis.speakers.passage import Passage, in_quotes, sentence_of
from analysis.speakers.story import Said, Story

_OPENS = re.compile(r"[“\"(]?(?:(?:But|And|When|Later),? )?[Aa]sked\b")
_BY = re.compile(r"\bby (?!\w+ing\b)")
_FORMAL = re.compile(  # in court, counsel asks
    r"\b(?:court|judge|jur(?:y|ors?)|counsel|barrister|solicitor|prosecut\w+|cross-exam\w+|testif\w+"
    r"|witness|tribunal|inquest)\b", re.IGNORECASE)
_NEAR = 600  # characters
_OTHERS = re.compile(  # pollsters, moderators, an interviewer ask
    r"%|\b(?:per ?cent|poll|survey|debate|interview|town hall|hearing)\b")


def is_asked(story: Story, one: Said) -> bool:
    """Say whether somebody "asked whether …" opens the sentence, and who asks is left out."""
    if one.source_spans or not one.cue_spans:
        return False
    text, starts = story.passage.text, story.passage.sentence_starts
    at = sentence_of(story.passage, one.cue_spans[0][0])
    end = starts[at + 1] if at + 1 < len(starts) else len(text)
    line = text.find("\n", starts[at], end)
    end = end if line < 0 else line
    opens = _OPENS.match(text, starts[at])
    return bool(opens) and opens.end() - len("asked") == one.cue_spans[0][0] and not (
        _BY.search(text, opens.end(), end) or _OTHERS.search(text, opens.end(), end)
        or _FORMAL.search(text, max(0, starts[at] - _NEAR), end))


def reporters(story: Story) -> Entity:
    """Give the journalists at large."""
    return generic(story.cast, "reporters", "group")


def is_told_by_one(passage: Passage) -> bool:
    """Say whether the author says "I" or "me": then it is the author who asks."""
    return any(word.text in ("I", "me") and not in_quotes(passage, word.start)
               for word in passage.words)
