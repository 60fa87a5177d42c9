"""Lines that a phrase or a shape gives away: READ MORE, captions, bylines, datelines, furniture.

Each rule takes a paragraph and says from where to where it is not the story, or nothing.
"""

import re
from functools import cache

from analysis.articles.paragraphs import Paragraph
from analysis.lexicons import load_lexicon

_NAME = r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|de|van|von|der|al|bin|la|le))*"
_MOST_WORDS = 60

DATELINE = re.compile(
    # "PORT ELDER, March 3 (Corvane) —", "WASHINGTON —", "OSLO, Norway (AP) --", "LONDON: "
    r"^(?:[A-Z][A-Z.'’/-]+(?: [A-Z][A-Z.'’/-]*){0,3}"
    r"(?:, (?:[A-Z][a-z][A-Za-z.' ]{0,22}|[A-Z]{2}\b|(?:[A-Z]\.){2,3}))?"
    r"(?:,? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?)?"
    r"(?: ?\([A-Z][\w ./-]{1,40}\))?|\([A-Z][\w ./-]{1,40}\)) ?(?:—|–|--?)(?=\s)")
CREDIT = re.compile(r"\((?P<agency>[A-Z][\w ./-]{1,40})\) ?(?:—|–|--?)$")

_BYLINE = re.compile(
    # "By Jane Doe", "By Jane Doe and John Roe, Political Editor", "Jane Doe in Oslo"
    rf"^(?:(?:Words|Text|Story|Interview|Analysis|Reporting)?\s*[Bb]y:? |BY:? )"
    rf"{_NAME}(?:(?:,| and| in| for| at|,? and)? (?:the )?{_NAME})*[,.]?"
    r"(?:,? (?:[\w-]+ ){0,4}(?:editor|correspondent|reporter|writer|columnist|staff|bureau))?\.?$")
_CONTRIBUTED = re.compile(
    rf"^\W*(?i:(?:with )?additional reporting (?:by|from)\b|reporting by\b|edited by\b|editing by\b"
    rf"|writing by\b|compiled by\b)|^{_NAME}(?:(?:,| and|, and) {_NAME})*"
    rf"(?: in [\w ,.]+?)? (?:contributed(?: reporting)?(?: (?:to|from) [\w ,.’']+)?|reported from "
    rf"[\w ,.]+)(?:; {_NAME}, from [\w ,.]+)?\.?$")
_PHOTO_END = re.compile(
    r"(?:\((?:AP )?(?:Photo|Image|Picture|Credit|File)s?\b[^)]{0,80}\)|"
    r"(?:/|\bvia )\s?(?:Getty(?: Images)?|AP|Reuters|AFP|EPA|Shutterstock|Alamy)\)?|"
    r"Getty Images|AP Photo)\.?$", re.IGNORECASE)
_AGENCIES = re.compile(r"^(?:[A-Z]\w+ [A-Z]\w+ ?[/|,] ?)?(?:Getty|AP|Reuters|AFP|EPA)(?: Images)?"
                       r"(?:/\w+)*\.?$")
_LABEL = re.compile(r"^([A-Z][A-Z’'!-]+(?: [A-Z’'!-]+){0,3}): [A-Z“‘\"']")
_CLOCK = re.compile(
    r"^(?:_{2,}\.? ?)?\d{1,2}[:.]\d{2} ?[ap]\.?m\.?(?: [A-Z]{2,4})?\.?$", re.IGNORECASE)
_RULE = re.compile(r"^[\W_]{3,}$")
_FOLLOW = re.compile(rf"^\W*(?:On Twitter,? )?[Ff]ollow (?:{_NAME} )?[\w ,]{{0,60}}?"
                     r"(?:on (?:Twitter|X|Facebook|Instagram)|@\w+)")
_TWEET = re.compile(
    r"^</?tweet\b[^>]*>(?:</?tweet/?>)?\.?$|pic\.twitter\.com/\w+\W*$|^https?://\S+$|^\[?<a href",
    re.IGNORECASE)
_VIDEO = re.compile(r"^\[(?:Video|Photo|Image|Embed|Watch)\b.*\]$", re.IGNORECASE)
_CONTACT = re.compile(r"\S+@\S+\.\w|https?://|www\.|newsdesk|newsletter|inbox|@\w{3,}|\d{5,}")
_END = re.compile(r"[.?!…][”\"’')\]]*$")
_MARKS = re.compile(r"[“”\"]")


def dateline_end(text: str) -> int:
    """Give where the dateline at the head of this paragraph ends; 0 if it has none."""
    found = DATELINE.match(text)
    return found.end() if found else 0


def reason_of(paragraph: Paragraph, *, place: int, last: int) -> str | None:
    """Give why this paragraph is not the story, or None; `place` counts from 0 to `last`."""
    text = paragraph.text
    if len(text.split()) > _MOST_WORDS:
        return "furniture" if _phrase(text) == "furniture" else None
    return (_by_name(text, place, last) or _phrase(text) or _by_shape(text))


def label_of(text: str) -> str | None:
    """Give the capitals before a colon, as tabloid captions have them ("SOAKED: Rescued …")."""
    found = _LABEL.match(text)
    return found[1] if found else None


def is_labelled_caption(text: str) -> bool:
    """Tell a caption "SOAKED: Rescued workers wrapped in foil" from a turn in a transcript.

    Captions end without a stop; what a speaker says ("TRUMP: I don’t think so.") ends with one.
    """
    words = len(text.split())
    return bool(label_of(text)) and 5 <= words <= 40 and not _END.search(_unquoted_end(text))


def closing_sentence(text: str) -> int:
    """Give where the furniture begins that ends a paragraph ("… Email us at a@b"); -1 if none."""
    starts = [found.end() for found in re.finditer(r"[.?!][”\"’']?\s+(?=[A-Z])", text)]
    return next((start for start in starts if _is_to_the_reader(text[start:])), -1)


def _is_to_the_reader(text: str) -> bool:
    plain = _plain(text)
    if any(plain.startswith(phrase) for phrase, _ in _phrases()["tail"]):
        return True
    return bool(_CONTACT.search(text)) and any(
        plain.startswith(phrase) for phrase, _ in _phrases()["sentence"])


def _by_name(text: str, place: int, last: int) -> str | None:
    near_head, near_end = place <= 3, place >= last - 3
    if (near_head or near_end) and len(text.split()) <= 16 and _BYLINE.match(text):
        return "byline"
    return "byline" if near_end and _CONTRIBUTED.search(text) else None


def _by_shape(text: str) -> str | None:
    if _AGENCIES.match(text):
        return "caption"
    if _PHOTO_END.search(text) and len(text.split()) <= 45 and not _MARKS.search(text):
        return "caption"
    shapes = (_CLOCK, _RULE, _FOLLOW, _TWEET, _VIDEO)
    return "furniture" if any(shape.search(text) for shape in shapes) else None


def _phrase(text: str) -> str | None:
    plain = _plain(text)
    for phrase, reason in _phrases()["line"]:
        if plain.rstrip(" .:>»…") == phrase:
            return reason
    for phrase, reason in _phrases()["label"]:
        if plain.startswith(phrase) and re.match(r"\s*(?:[:|»>]|[–—-]\s)", plain[len(phrase):]):
            return reason if _is_label(text, phrase) else None
    for phrase, reason in _phrases()["start"]:
        if plain.startswith(phrase):
            return reason
    return None


def _is_label(text: str, phrase: str) -> bool:
    """Tell a label from a word of the story: after "More: " a title must stand, no sentence."""
    rest = text[text.lower().find(phrase) + len(phrase):]
    sure = phrase.startswith(("read", "also", "see", "photo", "pic", "image", "related", "most"))
    return sure or text.isupper() or (text[:len(phrase)].isupper() or not _END.search(rest)) \
        and not _MARKS.search(rest)


def _unquoted_end(text: str) -> str:
    """Without a closing mark that ends the line: a caption may end with a short quotation."""
    return re.sub(r"[”\"’']$", "", text)


def _plain(text: str) -> str:
    return text.lstrip("*•·►▶>»[(—–- \t“\"").replace("’", "'").lower()


@cache
def _phrases() -> dict[str, list[tuple[str, str]]]:
    phrases: dict[str, list[tuple[str, str]]] = {}
    for row in load_lexicon("teaser_phrases"):
        for place in row["places"].split():
            phrases.setdefault(place, []).append((row["phrase"], row["reason"]))
    return {place: sorted(found, key=lambda item: -len(item[0]))
            for place, found in phrases.items()}
