"""Text as the tagger sees it: quotation marks given a direction, words, and their word pieces.

Everything here keeps offsets: :func:`normalise` never changes the length of a text, and every
word knows its characters. Training and run time share this module, so they cannot disagree.
"""

import re
from dataclasses import dataclass
from itertools import chain

import numpy as np
from tokenizers import Tokenizer

MAX_PIECES_PER_WORD = 6  # a web address says no more in forty pieces than in six
MAX_WORD = 100
CACHE_WORDS = 200_000
MAX_MARKS = 60  # how many single marks are tried as the close of one opening mark

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_DOUBLE = re.compile("``|''|[\"“”„‟″«»＂]")
_SINGLE = re.compile("['‘’‚‛`´′‹›]")
_MARKS = re.compile("[\"“”„‟″«»＂'‘’‚‛`´′‹›]")
_CLIPPED = re.compile(r"(?:em|til|cause|tis|twas|n|round|bout|cos|\d\ds?)\b", re.IGNORECASE)
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), " ")
_PLAIN = _CONTROL | str.maketrans("\u00a0\u2007\u202f–―−‑", "   ———-")
_OPENERS = " \t\n\r([{<—-/"
_STOPS = " \t\n\r.,;:!?)]}—-"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text as parallel arrays.

    Attributes
    ----------
    start, end
        Characters of each word in the untouched text.
    paragraph
        Number of the line each word stands in, counting only lines that have words.
    quoted
        1 where the word lies inside quotation marks.
    first
        Position of each word's first piece in `pieces`; one more entry than words.
    pieces
        Word-piece ids of all words, end to end.
    """

    start: np.ndarray
    end: np.ndarray
    paragraph: np.ndarray
    quoted: np.ndarray
    first: np.ndarray
    pieces: np.ndarray

    def __len__(self) -> int:
        """Count the words."""
        return len(self.start)


class PieceTable:
    """Word pieces per word, looked up once per distinct word."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[int, ...]] = {}
        self.unknown = tokenizer.token_to_id("[UNK]")
        self.start = tokenizer.token_to_id("[CLS]")
        self.paragraph = tokenizer.token_to_id("[SEP]")

    def __getitem__(self, word: str) -> tuple[int, ...]:
        """Give the pieces of a word."""
        pieces = self._known.get(word)
        if pieces is None:
            pieces = self._look_up(word)
        return pieces

    def _look_up(self, word: str) -> tuple[int, ...]:
        pieces = self._cut(word)[:MAX_PIECES_PER_WORD] or (self.unknown,)
        if len(self._known) >= CACHE_WORDS:
            self._known.clear()
        self._known[word] = pieces
        return pieces

    def _cut(self, word: str) -> tuple[int, ...]:
        if len(word) > MAX_WORD or "\ud800" <= word <= "\udfff":
            return ()  # half a surrogate pair cannot be handed to the tokenizer
        return tuple(self._tokenizer.encode(word, add_special_tokens=False).ids)


def load_pieces(path: str) -> PieceTable:
    """Load the piece table of a ``tokenizer.json``."""
    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return PieceTable(tokenizer)


def split_words(text: str, table: PieceTable) -> Words:
    """Split a text into words and pieces; offsets are those of the text as given."""
    plain = normalise(text)
    starts, ends = [], []
    for match in _WORD.finditer(plain):
        starts.append(match.start())
        ends.append(match.end())
    start, end = np.array(starts, np.int64), np.array(ends, np.int64)
    ids = [table[plain[a:b]] for a, b in zip(starts, ends, strict=True)]
    first = np.zeros(len(ids) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, ids), np.int64, len(ids)), out=first[1:])
    pieces = np.fromiter(chain.from_iterable(ids), np.int64, int(first[-1]))
    return Words(start, end, _paragraphs(plain, start), _quoted(plain, start), first, pieces)


def _paragraphs(plain: str, start: np.ndarray) -> np.ndarray:
    breaks = np.array([m.start() for m in re.finditer(r"[\n\r\u2028\u2029]", plain)], np.int64)
    lines = np.searchsorted(breaks, start)
    if not len(lines):
        return lines
    return np.concatenate(([0], np.cumsum(lines[1:] != lines[:-1])))


def _quoted(plain: str, start: np.ndarray) -> np.ndarray:
    """Mark the words between an opening mark and its closing mark or the end of the line."""
    edges, inside = [], False
    for match in re.finditer("[“”\n\r]", plain):
        opens = match.group() == "“"
        if opens != inside:
            edges.append(match.end() if opens else match.start())
            inside = opens
    return (np.searchsorted(np.array(edges, np.int64), start, side="right") % 2).astype(np.int64)


def normalise(text: str) -> str:
    """Give a text plain spaces, one kind of dash, and quotation marks that show a direction.

    Double marks, and single marks that quote rather than elide, become “ and ”; marks inside
    other marks and apostrophes become '. The length never changes.
    """
    plain = text.translate(_PLAIN).replace("--", " —")
    if not _MARKS.search(plain):
        return plain
    return "".join(
        _directed(line) if _MARKS.search(line) else line for line in re.split(r"(?<=[\n\r])", plain)
    )


def _directed(line: str) -> str:
    chars = list(line)
    spans = _mark_doubles(line, chars)
    _mark_singles(line, chars, spans)
    return "".join(chars)


def _mark_doubles(line: str, chars: list[str]) -> list[tuple[int, int]]:
    """Give double marks a direction; return the stretches they enclose."""
    spans, opened = [], None
    for match in _DOUBLE.finditer(line):
        a, b = match.span()
        before = line[a - 1] if a else " "
        after = line[b] if b < len(line) else " "
        opens = _is_opening(match.group(), before, after, opened is not None)
        chars[a:b] = ("“" if opens else "”").ljust(b - a)
        if opened is not None:
            spans.append((opened, b))
        opened = a if opens else None
    if opened is not None:
        spans.append((opened, len(line)))
    return spans


def _is_opening(mark: str, before: str, after: str, inside: bool) -> bool:
    free_left, free_right = before in _OPENERS, after in _STOPS
    if mark in "“„«``":
        return free_left or not free_right
    if mark in "”»''":
        return free_left and not free_right and not inside
    if free_left != free_right:
        return free_left
    return not inside


def _mark_singles(line: str, chars: list[str], spans: list[tuple[int, int]]) -> None:
    """Turn pairs of quoting single marks into “ ”, and what they enclose into '."""
    marks = [m.start() for m in _SINGLE.finditer(line) if chars[m.start()] not in "“” "]
    free = _outside(marks, spans)
    until = -1
    for place, at in enumerate(free):
        if at > until and _can_open(line, at):
            close = _closing(line, free[place + 1 : place + MAX_MARKS])
            if close is not None:
                _enclose(chars, at, close)
                until = close
    for at in marks:
        if chars[at] not in "“”":
            chars[at] = "'"


def _outside(marks: list[int], spans: list[tuple[int, int]]) -> list[int]:
    """Keep the marks that stand outside double marks, and those of a stray double mark."""
    if not spans or not marks:
        return marks
    starts = np.array([s for s, _ in spans])
    ends = np.array([e for _, e in spans])
    places = np.array(marks)
    at = np.searchsorted(starts, places) - 1
    inside = (at >= 0) & (places < ends[at])
    return places[~inside].tolist()


def _enclose(chars: list[str], at: int, close: int) -> None:
    for i in range(at + 1, close):
        if chars[i] in "“”":
            chars[i] = "'"
    chars[at] = "“"
    if close < len(chars):
        chars[close] = "”"


def _can_open(line: str, at: int) -> bool:
    before = line[at - 1] if at else " "
    after = line[at + 1] if at + 1 < len(line) else " "
    if before not in _OPENERS or after in _STOPS and after not in "—-":
        return False
    return line[at] in "‘‚‹`" or not _CLIPPED.match(line, at + 1)


def _closing(line: str, marks: list[int]) -> int | None:
    """Find the mark that closes a quotation opened just before `marks`; s' only if alone."""
    doubtful = None
    for at in marks:
        before = line[at - 1]
        after = line[at + 1] if at + 1 < len(line) else " "
        if before in " \t" and after not in _STOPS:
            break
        if before in " \t" or after not in _STOPS or line[at] in "‘‹":
            continue
        if before != "s" or after in ".,;:!?\n\r" or at + 1 >= len(line):
            return at
        doubtful = doubtful or at
    return doubtful
