"""Teasers without any label: the headline of another story standing between two paragraphs.

    … pressure on the minister grew.
    Nine held after raid on harbour warehouse
    “We are not leaving,” she said. …

What gives it away is its shape: a line of its own, six to 25 words, no full stop, no verb in the
past, full sentences before and after it. Traps are subheadings (short), list items (many in a
row), what a colon announces, turns of an interview (they end with a stop or a question mark), and
a quotation whose next paragraph follows.
"""

import re
from collections.abc import Sequence

from analysis.articles.furniture import label_of
from analysis.articles.paragraphs import Paragraph

_STOP = re.compile(r"[.?!:;,…—–-][”\"’')\]]*$|[”\"]$")
_SENTENCE = re.compile(r"[.?!…][”\"’')\]]*$")
_PAST = re.compile(r"\b(?:said|told|added|asked|wrote|was|were|had|did|replied|insisted|went|came|"
                   r"thought|knew|began|we|our|my|I|I’m|I've)\b|, (?:who|which)\b")
_ITEM = re.compile(r"^(?:[-–—*•·‣▪]|\(?\d{1,3}[.)]|[a-z]\)|#|@|\$|<)")
_OPENING = ("“", "\"", "‘", "'", "[", "(")


def find_teasers(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Give the paragraphs that have the shape of another story's headline.

    None is given where more than one paragraph in five has that shape: there the shape is the
    article's own (a list, a text without full stops).
    """
    found = [paragraph for place, paragraph in enumerate(paragraphs)
             if _has_shape(paragraph.text) and _stands_alone(paragraphs, place)]
    shaped = sum(_has_shape(paragraph.text) for paragraph in paragraphs[1:])
    return found if shaped <= max(2, len(paragraphs) / 5) else []


def _has_shape(text: str) -> bool:
    words = text.split()
    if not 6 <= len(words) <= 25 or _STOP.search(text) or _ITEM.match(text):
        return False
    if text.startswith(_OPENING) or not text[0].isupper() or _PAST.search(text) or label_of(text):
        return False
    return not re.search(r"[.?!] [A-Z“]", text)


def _stands_alone(paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Full sentences stand before and after, and nothing that announces or continues it."""
    if not 1 < place < len(paragraphs) - 1:
        return False
    before, after = paragraphs[place - 1].text, paragraphs[place + 1].text
    if before.endswith(":") or _ITEM.match(after) or after[0].islower():
        return False
    told = any(_is_told(item.text) for item in paragraphs[max(0, place - 2):place])
    return told and any(_is_told(item.text) for item in paragraphs[place + 1:place + 3])


def _is_told(text: str) -> bool:
    return bool(_SENTENCE.search(text)) and len(text.split()) >= 8
