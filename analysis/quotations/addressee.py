"""Who is told: the addressee of a quotation, read from the words after its cue."""

import re

_TOLD = re.compile(
    r"\b(?:t(?:old|ells?|elling)|assur(?:ed?|es|ing)|inform(?:ed|s|ing)?|ask(?:ed|s|ing)?"
    r"|remind(?:ed|s|ing)?|warn(?:ed|s|ing)?|urg(?:ed?|es|ing)|notif(?:y|ied|ies|ying)"
    r"|promis(?:ed?|es|ing)|advis(?:ed?|es|ing)|reassur(?:ed?|es|ing)|address(?:ed|es|ing)?"
    r"|beg(?:ged|s|ging)?|brief(?:ed|s|ing)?|persuad(?:ed?|es|ing))\s+", re.IGNORECASE)
_PLACED = re.compile(
    r"\b(?:interview(?:s|ed)? (?:with|by|on)|(?:question|questions) from|(?:statement|letter|email|"
    r"e-mail|message|note|memo|remarks|speech|testimony|appeal|tweet) to|(?:speaking|spoke|speaks|"
    r"talking|talked|said|wrote|writing|boasted|complained|explained) (?:to|with)|asked by|"
    r"conversation with|pressed by)\s+", re.IGNORECASE)
_STOP = re.compile(
    r"[,.:;!?—–()\[\]\n\"“”«»]|\s['‘’]|\b(?:that|in|on|at|by|during|after|before|when|while|as|to|for|"
    r"how|why|whether|what|who|if|he|she|they|it|we|i|there|this|these|those|about|not|last|next|"
    r"earlier|later|yesterday|today|tomorrow|via|through|from|over|where|because|is|was|were|are|"
    r"has|have|had|will|would|and (?:said|told|added)|said|says|gathered|(?:mon|tues|wednes|thurs"
    r"|fri|satur|sun)day|recently|and that|under|outside|inside|following|without|with|shortly)\b",
    re.IGNORECASE)


def find_addressee(
    text: str, cue: tuple[int, int], *, content: tuple[int, int]
) -> tuple[int, int] | None:
    """Find who is told, from the cue onwards, as characters, or None.

    It does not look across the content, nor past the sentence.

    Examples
    --------
    >>> text = "Hale told reporters on Monday that it was over."
    >>> text[slice(*find_addressee(text, (5, 9), content=(30, 46)))]
    'reporters'
    """
    end = min(len(text), cue[1] + 120)
    if cue[1] <= content[0]:
        end = min(end, content[0])
    start = max(0, cue[0] - 1)
    told = _TOLD.search(text, start, min(end, cue[1] + 2))
    found = _phrase(text, told.end(), end) if told else None
    if found:
        return found
    placed = _PLACED.search(text, start, end)
    if placed and not re.search(r"[.!?\n]\s", text[cue[1] : placed.start()]):
        return _phrase(text, placed.end(), min(len(text), placed.end() + 80))
    return None


def _phrase(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Give the words from `start` up to where the sentence goes on; at most seven of them."""
    stop = _STOP.search(text, start, end)
    stop_at = stop.start() if stop else end
    words = list(re.finditer(r"\S+", text[start:stop_at]))[:7]
    if not words or not re.search(r"\w", words[0].group()):
        return None
    last = start + words[-1].end()
    piece = text[start:last].rstrip(" ,'’‘")
    if not stop and end == len(text) and len(words) > 4 or len(piece) < 2:
        return None
    return start, start + len(piece)
