"""Interviews printed as transcripts: each turn begins with a name in capitals and a colon.

`STEIN: Will he be there?` is a source, a cue (the colon) and a content that runs to the end of its
line. A turn's further paragraphs are left to the tagger and the linker.
"""

import re
from collections.abc import Sequence

from analysis.quotations.repair import Piece

_TURN = re.compile(
    r"^[ \t]*[\"“‘'«]?[ \t]*((?:(?:[A-Z]{2,}|[A-Z]\.|[A-Z]['’][A-Z]+)[.,]?[ -]?){1,4}"
    r"(?:\([^)\n]{1,40}\))?)[ \t]*(:)[ \t]*(\S.*)$", re.MULTILINE)
LEAST_TURNS = 4  # fewer are headings ("WATCH: …", "BREAKING: …")
LEAST_NAMES = 2


def read_turns(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Give the spans with those of a transcript's turns in place of the tagger's there."""
    turns = list(_TURN.finditer(text))
    names = [turn.group(1).strip(" ,") for turn in turns]
    if len(turns) < LEAST_TURNS or not LEAST_NAMES <= len(set(names)) <= len(turns) // 2:
        return list(pieces)
    kept = list(pieces)
    for turn, name in zip(turns, names, strict=True):
        start, end = turn.span()
        kept = [piece for piece in kept if piece.end <= start or end <= piece.start]
        kept += [Piece("source", turn.start(1), turn.start(1) + len(name), 1.0),
                 Piece("cue", turn.start(2), turn.end(2), 1.0),
                 Piece("content", turn.start(3), turn.end(3), 1.0)]
    return sorted(kept, key=lambda piece: piece.start)
