"""Speech whose print says who speaks: turns of an interview, and quotations that are signed.

`STEIN: Will he be there?` is a source, a cue (the colon) and a content that runs to the end of its
line; so is `Q: Will he be there?`. A turn's further paragraphs are left to the tagger and the
linker.

`“It scares me.” ― Ana Ruiz, nurse` is a content, a cue (the dash) and a source, on one line or, as
in boxes of sayings, with the dash on the next. All 31 such lines of PolNeAR are annotated so; the
tagger, which met seven of them in training, gives many to the name on the line before.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from analysis.quotations.repair import Piece

_TURN = re.compile(
    r"^[ \t]*[\"“‘'«]?[ \t]*([QA]|(?:(?:[A-Z]{2,}|[A-Z]\.|[A-Z]['’][A-Z]+)[.,]?[ -]?){1,4}"
    r"(?:\([^)\n]{1,40}\))?)[ \t]*(:)[ \t]*(\S.*)$", re.MULTILINE)
LEAST_TURNS = 4  # fewer are headings ("WATCH: …", "BREAKING: …")
LEAST_NAMES = 2

_NAME = r"@?[^\W\d_a-z][\w.'’-]*"
_SIGNED = re.compile(
    rf"^[ \t\xa0•]{{0,4}}([\"“”„«‘'][^\n]{{12,}}?(?:[\"“”»’]|''))[ \t\xa0]{{0,3}}(?:\n\s{{0,4}})?"
    rf"(--|[-–—―])[ \t\xa0]{{0,3}}({_NAME}(?:[ \xa0](?:[a-z]{{1,4}}[ \xa0])?{_NAME}){{0,5}})"
    r"(?:,[^\n\"“”]{1,80}|[ \xa0]?\([^\n]{1,60}\))?[ \t\xa0.]{0,3}$", re.MULTILINE)
_GOES_ON = re.compile(r"[,.!?][\"”’»]\s+[a-z]")  # “No,” he said. “It …”
_AGENCY = re.compile(r"(?:AFP|AP|PA|Reuters|Bloomberg|(?:The )?Associated Press)\b")


def read_printed(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Give the spans with those that the print decides in place of the tagger's there."""
    for found in (_turns(text), list(_signed(text))):
        pieces = _placed(pieces, found)
    return sorted(pieces, key=lambda piece: piece.start)


def _placed(pieces: Sequence[Piece], found: Sequence[list[Piece]]) -> list[Piece]:
    """Put what was found, in order and apart, in place of the pieces that lie there."""
    starts, ends = [own[0].start for own in found], [own[-1].end for own in found]
    kept = []
    for piece in pieces:
        at = bisect_left(starts, piece.end) - 1
        if at < 0 or ends[at] <= piece.start:
            kept.append(piece)
    return kept + [piece for own in found for piece in own]


def is_turn(text: str, source: int, content: int) -> bool:
    """Say whether a content is a turn's: `STEIN: Will he be there?`, his words without marks."""
    line = text.rfind("\n", 0, source) + 1
    turn = _TURN.match(text, line)
    return turn is not None and turn.start(1) <= source < turn.end(1) and turn.start(3) == content


def _turns(text: str) -> list[list[Piece]]:
    """Find the turns of a transcript, where there are enough of them."""
    turns = list(_TURN.finditer(text))
    names = [turn.group(1).strip(" ,") for turn in turns]
    named = set(names) - {"Q", "A"} or set(names)
    if len(turns) < LEAST_TURNS or not LEAST_NAMES <= len(named) <= len(turns) // 2:
        return []
    return [
        [Piece("source", turn.start(1), turn.start(1) + len(name), 1.0),
         Piece("cue", turn.start(2), turn.end(2), 1.0),
         Piece("content", turn.start(3), turn.end(3), 1.0)]
        for turn, name in zip(turns, names, strict=True)
    ]


def _signed(text: str) -> Iterator[list[Piece]]:
    """Find the signed quotations; a news agency below one signs the article."""
    for match in _SIGNED.finditer(text):
        said, _, name = match.groups()
        if _GOES_ON.search(said) or _AGENCY.match(name):
            continue
        name = name if re.search(r"\b(?:\w|Jr|Sr)\.$", name) else name.rstrip(".")
        yield [Piece("content", match.start(1), match.end(1), 1.0),
               Piece("cue", match.start(2), match.end(2), 1.0),
               Piece("source", match.start(3), match.start(3) + len(name), 1.0)]
