"""Quotations nobody is named for: joined verbs and speakers who go on."""

import re

from analysis.speakers.entities import Entity
from analysis.speakers.passage import paragraph_of, sentence_of
from analysis.speakers.phrases import describe
from analysis.speakers.sources import read_source
from analysis.speakers.story import Answer, Said, Story

_CONJOINED = re.compile(
    r"[”’\"',;.\s]*(?:(?:and|but|or|then|before|after|while|yet|as well as)\b)?"
    r"(?:\s*(?:also|later|then|further|even|now|still|again|instead|once|never|only|has|had|have|"
    r"was|is|not|did|does|would|will|be|been|to|by))*\s*")


_COLON = re.compile(r"\s*:\s*[“\"]?\s*")


def _before_colon(story: Story, one: Said) -> Entity | None:
    """Give the speaker a transcript sets before a colon: "WALLACE: …"."""
    passage, start = story.passage, one.spans[0][0]
    first = passage.paragraph_starts[paragraph_of(passage, start)]
    spot = story.cast.spot_at.get(first)
    if spot is None or not _COLON.fullmatch(passage.text[spot.end:start]):
        return None
    return story.cast.by_start[first]


def _shared_subject(story: Story, one: Said) -> Entity | None:
    """Give the speaker a joined verb shares: "Verrin said X and asked Y", "…, adding that Z"."""
    if not one.cue_spans:
        return None
    cue = one.cue_spans[0][0]
    passage = story.passage
    sentence = sentence_of(passage, cue)
    best, reach = None, -1
    for _, entity, last in story.spoke:
        end = max([end for _, end in [*last.spans, *last.cue_spans] if end <= cue], default=-1)
        if last.row != one.row and end > reach and sentence_of(passage, end - 1) == sentence:
            best, reach = entity, end
    if best is None:
        return _sentence_subject(story, cue)
    between = passage.text[reach:cue]
    gerund = passage.text[cue:cue + 20].split(" ")[0].rstrip(",:").endswith("ing")
    return best if _CONJOINED.fullmatch(between) and (between.strip(" ,”\"’'") or gerund) else None


_BULLET = re.compile(r"[•*·▪–-]\s*(?=[A-Z])")
_LISTED = re.compile(r"(?:^|, )([^,;:\n]{3,60}):\s*$", re.MULTILINE)


def _list_head(story: Story, one: Said) -> Entity | None:
    """Give whose deeds a list tells: "In other business, the board: ¶ • Approved the bid"."""
    passage = story.passage
    starts, cue = passage.paragraph_starts, (one.cue_spans or one.spans)[0][0]
    at = paragraph_of(passage, cue)
    opens = _BULLET.match(passage.text, starts[at])
    if opens is None or opens.end() != cue:
        return None
    while at > 0 and _BULLET.match(passage.text, starts[at]):
        at -= 1
    head = _LISTED.search(passage.text, starts[at], starts[at + 1])
    if head is None:
        return None
    ref = read_source(passage, story.cast, [list(head.span(1))])
    return ref.entity or (describe(story, ref)[0] if ref.form == "description" else None)


_SECOND_VERB = re.compile(r"[^“”\"]*\b(?:and|but)\s(?:has|had|have|also|later|then|even|now|\s)*$")


def _sentence_subject(story: Story, cue: int) -> Entity | None:
    """Give the person who opens the sentence of a second verb.

    "Foreign Minister Dmitry Kuleba has backed down …, and has made it clear that …"
    """
    passage = story.passage
    start = passage.sentence_starts[sentence_of(passage, cue)]
    links = [link for link in story.links if start <= link.start < cue]
    if not links or links[0].entity.kind not in ("person", "organization"):
        return None
    spot = story.cast.spot_at.get(links[0].start)
    opens = (spot.title_start if spot else links[0].start) - start <= 4
    between = passage.text[links[0].end:cue]
    gerund = between.endswith(", ") and bool(_GERUND.match(passage.text, cue))
    return links[0].entity if opens and (gerund or _SECOND_VERB.fullmatch(between)) else None


_GERUND = re.compile(r"[a-z]+ing\b")


def running_speaker(story: Story, one: Said) -> Answer:
    """Give the running speaker to a direct quotation nobody is named for.

    Evidence is asked for: it stands in quotation marks, and the speaker before it spoke
    directly in the same paragraph or the one before, with nobody named in between. Within a
    paragraph, names of what cannot go on speaking are not somebody: "…,” said Cole, of the Tax
    Foundation. “…"
    """
    shared = _before_colon(story, one) or _list_head(story, one) or _shared_subject(story, one)
    if shared is not None:
        return Answer(shared, "running")
    start = one.spans[0][0]
    before = [item for item in story.spoke if item[2].spans[-1][1] <= start]
    if not one.direct or not before:
        return Answer(None, "unresolved")
    _, entity, last = max(before, key=lambda item: item[2].spans[-1][1])
    passage = story.passage
    here = paragraph_of(passage, start)
    gap = here - paragraph_of(passage, last.spans[-1][1] - 1)
    spoke = last.direct or any(
        other.direct and who is entity and paragraph_of(passage, other.spans[0][0]) == here
        for _, who, other in before)
    named = [link for link in story.links
             if last.spans[-1][1] <= link.start < start and link.entity is not entity
             and (gap or link.entity.kind == "person")]
    if spoke and gap <= 1 and not named:
        return Answer(entity, "running")
    return Answer(None, "unresolved")
