"""Quotations that their surroundings announce and the tagger now and then passes over.

`“It is heavy,” one said.`: a sentence in marks that ends with a comma, a question mark or an
exclamation mark, and behind it who says so.

`Doyle wrote:` at the end of a paragraph: the next one, without marks, is what she wrote. Newsrooms
set long quotations apart; what set them apart is lost with the page. Only its first paragraph is
found.

Of 2,441 such sentences in PolNeAR train and dev all but three are annotated, and of four such
paragraphs all four.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from analysis.quotations.marks import Region
from analysis.quotations.repair import Piece

LEAST_WORDS = 4  # fewer in marks may be a title or a scare quote
LEAST_BLOCK = 8  # words of a paragraph; fewer may be a heading or a list's item
LONGEST_LEAD = 300  # characters of a paragraph that announces the next

_VERB = (r"(?:said|says|told|added|adds|wrote|writes|asked|tweeted|explained|explains|insisted"
         r"|warned|continued|argued|argues|claimed|recalled|replied|responded|joked|noted|notes"
         r"|concluded|declared|admitted|announced|stated|reports|reported)")
_NAMED = (r"(?!(?:and|but|or|then|as|which|who)\b)"
          r"(?:[^\W\d_][\w.'’-]*[ \xa0]){0,4}?[^\W\d_](?:[\w.'’-]*\w)?")
_TAIL = re.compile(
    rf"[\"”“»’']{{1,2}}[ \xa0](?:(?P<source>{_NAMED})[ \xa0](?P<cue>{_VERB})\b(?![ \xa0]?[:“\"])"
    rf"|(?P<cue2>{_VERB})[ \xa0](?P<source2>{_NAMED})(?=[.,;\n]))")
_BLOCK = re.compile(
    rf"^(?P<lead>[^\n]*\b(?P<cue>{_VERB})(?:[ ]that)?:)[ \t]*\n\s*"
    rf"(?P<block>[^\W\d_a-z…][^\n]*[.!?…])[ \t]*$", re.MULTILINE)


def add_announced(text: str, pieces: Sequence[Piece], regions: Sequence[Region]) -> list[Piece]:
    """Give the pieces with the contents that are announced where next to none was found."""
    for found in (_before_tails(text, regions), _blocks(text)):
        pieces = _added(pieces, found)
    return list(pieces)


def _added(pieces: Sequence[Piece], found: Iterable[list[Piece]]) -> list[Piece]:
    ordered = sorted(pieces, key=lambda piece: piece.start)
    starts = [piece.start for piece in ordered]
    gone, added = set(), []
    for content, *beside in found:
        near = _near(ordered, starts, [content, *beside])
        inside = [piece for piece in near if _shared(piece, content)]
        told = sum(_shared(piece, content) for piece in inside if piece.label == "content")
        if 2 * told < content.end - content.start and all(p.label == "content" for p in inside):
            gone.update(inside)
            added += [content, *(one for one in beside if not any(_shared(one, p) for p in near))]
    kept = [piece for piece in ordered if piece not in gone]
    return sorted([*kept, *added], key=lambda piece: piece.start)


def _near(ordered: Sequence[Piece], starts: Sequence[int], own: Sequence[Piece]) -> Sequence[Piece]:
    """Give the pieces that may meet one of these; no two pieces overlap."""
    first = bisect_left(starts, min(piece.start for piece in own))
    return ordered[max(0, first - 1) : bisect_left(starts, max(piece.end for piece in own))]


def _shared(one: Piece, other: Piece) -> int:
    """Count the characters that two spans share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _before_tails(text: str, regions: Sequence[Region]) -> Iterator[list[Piece]]:
    for region in regions:
        said = text[region.start : region.end]
        tail = _TAIL.match(text, region.end) if said.rstrip().endswith((",", "?", "!")) else None
        if tail and len(said.split()) >= LEAST_WORDS:
            yield [Piece("content", region.start, region.end, 1.0), *_parts(tail)]


def _parts(match: re.Match[str]) -> Iterator[Piece]:
    for name, said in match.groupdict().items():
        label = name.rstrip("2")
        if said and label in ("source", "cue"):
            yield Piece(label, *match.span(name), 1.0)


def _blocks(text: str) -> Iterator[list[Piece]]:
    for match in _BLOCK.finditer(text):
        long_enough = len(match["block"].split()) >= LEAST_BLOCK
        if long_enough and len(match["lead"]) <= LONGEST_LEAD:
            yield [Piece("content", *match.span("block"), 1.0), *_parts(match)]
