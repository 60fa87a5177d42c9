"""Why a source is not named, where the article says so."""

import re
from functools import cache

from analysis.speakers import lists
from analysis.speakers.passage import Passage, sentence_of

_CLAUSE = re.compile(
    r"[^.;]*?\b(?:because|since|citing|for fear|out of fear|fearing|due to|in order to|to protect|"
    r"to avoid|to discuss|to describe|to speak|so as|as (?:he|she|they|the)|while|given|until)\b"
    r"[^.;“”\"\n]*", re.IGNORECASE,
)
_TRAIL = " ,;:–—"


@cache
def _pattern() -> re.Pattern:
    phrases = sorted(lists.anonymity_phrases(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase) for phrase in phrases) + r")\b",
                      re.IGNORECASE)


def find_anonymity_reason(passage: Passage, start: int, end: int) -> str | None:
    """Give the stated reason why the source in [start, end) is unnamed, else None.

    Looks at the sentence of the source and the one after it: "who asked not to be named because
    the talks were private" gives "because the talks were private"; where no reason follows the
    phrase ("on condition of anonymity"), the phrase itself is given.
    """
    at = sentence_of(passage, start)
    starts = [*passage.sentence_starts, len(passage.text)]
    reach = starts[min(sentence_of(passage, max(start, end - 1)) + 1, len(starts) - 1)]
    match = _pattern().search(passage.text, starts[at], reach)
    if match is None:
        return None
    if start <= match.start() < end:
        reach = end
    clause = _CLAUSE.match(passage.text, match.end(), reach)
    text = match.group() + (clause.group() if clause else "")
    return " ".join(text.split()).strip(_TRAIL)
