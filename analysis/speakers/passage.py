"""An article's text as words, sentences, paragraphs and quoted stretches, without a parser."""

import re
from bisect import bisect_right
from typing import NamedTuple

from analysis.speakers import lists

_WORD = re.compile(r"\d{1,3}(?:,\d{3})+|[^\W_]+(?:['’.\-&][^\W_]+)*\.?")
_ABBREVIATION = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Gov|Govs|Sen|Sens|Rep|Reps|Prof|Rev|Fr|Gen|Col|Maj|Capt|Lt|Sgt|Cpl|Pvt|Cmdr|"
    r"Adm|Brig|Insp|Supt|Det|Const|Atty|Asst|Dep|Cllr|Coun|Del|Pres|Amb|Hon|St|Jr|Sr|Messrs|Mme|"
    r"No|Inc|Corp|Co|Ltd|Vice|Rear|vs|etc|[A-Z]|(?:[A-Za-z]\.)+[A-Za-z])\."
)
_PLAIN_END = re.compile(r"[.!?…]+[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+\s*")
_CLITIC = re.compile(r"['’](?:ve|re|ll|d|m)$", re.IGNORECASE)  # "they've", "he'd"
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)


class Word(NamedTuple):
    """One word: where it stands, without a possessive 's."""

    start: int
    end: int
    text: str
    possessive: bool


class Passage(NamedTuple):
    """One article's text, cut up."""

    text: str
    words: list[Word]
    word_starts: list[int]
    sentence_starts: list[int]
    paragraph_starts: list[int]
    quoted: list[tuple[int, int]]
    pronouns: list[Word]


def read_passage(text: str) -> Passage:
    """Cut `text` into words, sentences, paragraphs and stretches inside quotation marks."""
    words = _read_words(text)
    return Passage(
        text, words, [word.start for word in words], _sentence_starts(text),
        [0, *(match.end() for match in re.finditer(r"\n\s*", text))], _quoted(text),
        [word for word in words if word.text.lower() in lists.THIRD],
    )


def sentence_of(passage: Passage, offset: int) -> int:
    """Give the number of the sentence in which `offset` lies."""
    return bisect_right(passage.sentence_starts, offset) - 1


def paragraph_of(passage: Passage, offset: int) -> int:
    """Give the number of the paragraph in which `offset` lies."""
    return bisect_right(passage.paragraph_starts, offset) - 1


def in_quotes(passage: Passage, offset: int) -> bool:
    """Say whether `offset` lies inside quotation marks."""
    at = bisect_right(passage.quoted, (offset, len(passage.text) + 1)) - 1
    return at >= 0 and passage.quoted[at][0] <= offset < passage.quoted[at][1]


def words_between(passage: Passage, start: int, end: int) -> list[Word]:
    """Give the words that start in [start, end)."""
    first = bisect_right(passage.word_starts, start - 1)
    last = bisect_right(passage.word_starts, end - 1)
    return passage.words[first:last]


def word_index(passage: Passage, offset: int) -> int:
    """Give the number of the word at or before `offset` (−1 before the first)."""
    return bisect_right(passage.word_starts, offset) - 1


def _read_words(text: str) -> list[Word]:
    words = []
    for match in _WORD.finditer(text):
        raw, start = match.group(), match.start()
        if raw.isalnum() and raw[-1] != "s":  # most are plain
            words.append(Word(start, match.end(), raw, False))
            continue
        if raw.endswith(".") and not _ABBREVIATION.fullmatch(raw):
            raw = raw[:-1]
        end = start + len(raw)
        marked = "'" in raw or "’" in raw
        clitic = _CLITIC.search(raw) if marked else None
        if clitic:
            raw, end = raw[:clitic.start()], start + clitic.start()
        own = _POSSESSIVE.search(raw) if marked else None
        if own:
            raw, end = raw[: own.start()], start + own.start()
        # "Republicans' plan": the apostrophe alone marks the possessive
        bare = raw.endswith("s") and text[end:end + 2] in ("' ", "’ ") and raw[0].isupper()
        words.append(Word(start, end, raw, bool(own) or bare))
    return words


def _sentence_starts(text: str) -> list[int]:
    starts = [0]
    for match in _PLAIN_END.finditer(text):
        before = text[max(0, match.start() - 12): match.start() + 1].split()
        # "Gov. Mike Pence": a dot after an abbreviation ends no sentence
        short = bool(before) and _ABBREVIATION.fullmatch(before[-1].lstrip("(“\""))
        if match.group()[0] != "." or not short:
            starts.append(match.end())
    return starts


# “…”, "…", ''…''; and ‘…’, whose last mark is no apostrophe
_MARK = re.compile(r"[“”\"]|''|(?<![\w])‘(?=\w)|(?<=[\w.,?!…—])’(?=[\s.,;:)—]|$)|\n\s*\n")
_CLOSES = {"“": "”", "\"": "\"", "''": "''", "‘": "’"}


def _quoted(text: str) -> list[tuple[int, int]]:
    spans, opened, kind = [], None, ""
    for match in _MARK.finditer(text):
        mark, at = match.group(), match.start()
        if opened is None:
            if mark in _CLOSES:
                opened, kind = at, mark
        elif mark[0] == "\n":
            # an unclosed mark is carried to the end of its paragraph only
            spans.append((opened, at))
            opened = None
        elif mark == _CLOSES[kind]:
            spans.append((opened, match.end()))
            opened = None
    if opened is not None:
        spans.append((opened, len(text)))
    return spans
