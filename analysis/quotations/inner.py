"""Speech inside speech: “My father used to say ‘never trust a man who hurries’,” she said.

The tagger marks the outer quotation only, as the annotated articles do. So a content that holds
quotation marks of its own is read once more, as a text by itself.
"""

from collections.abc import Sequence
from dataclasses import replace

from analysis.quotations.layout import lay_out
from analysis.quotations.linker import Linker, link
from analysis.quotations.marks import mask_of, quoted_regions, region_at
from analysis.quotations.repair import Piece
from analysis.quotations.rows import Row, quote_rows
from analysis.quotations.story import Story
from analysis.quotations.tagger import Tagger, tag_texts

LEAST_WORDS = 3  # of what stands in the inner marks; less is a title or a scare quote


def inner_rows(
    stories: Sequence[Story], quotes: Sequence[Sequence[Row]], *, tagger: Tagger, linker: Linker
) -> list[list[Row]]:
    """Give the quotations inside the quotations of each story, with their parent's id.

    Only those with a cue and a source of their own count, and only inside inner marks: indirect
    speech inside speech ("she told me that …") is left to the outer quotation.
    """
    inside = [(number, row, start, end) for number, rows in enumerate(quotes) for row in rows
              if row["kind"] == "direct" for start, end in row["spans"]
              if _holds_speech(stories[number].text[start:end])]
    tagged = tag_texts([stories[number].text[a:b] for number, _, a, b in inside], tagger)
    views = [_view(stories[number], start, end) for number, _, start, end in inside]
    layouts = []
    for story, (_, _, start, _), spans in zip(views, inside, tagged, strict=True):
        moved = [Piece(s.label, s.start + start, s.end + start, s.score) for s in spans]
        kept = [_within_marks(story, piece) for piece in moved]
        layouts.append(lay_out(story.text, kept, story.mask))
    found: list[list[Row]] = [[] for _ in stories]
    links = link(layouts, linker)
    for story, (number, parent, *_), layout, made in zip(
            views, inside, layouts, links, strict=True):
        found[number] += [{**row, "parent_quote_id": parent["quote_id"]}
                          for row in quote_rows(story, layout, made) if _counts(row, parent)]
    return found


def _holds_speech(text: str) -> bool:
    return any(text[r.start : r.end].count(" ") >= LEAST_WORDS - 1 for r in quoted_regions(text))


def _view(story: Story, start: int, end: int) -> Story:
    """Give the story with no marks but those inside one of its quotations."""
    regions = tuple(region._replace(start=region.start + start, end=region.end + start)
                    for region in quoted_regions(story.text[start:end]))
    return replace(story, regions=regions, mask=mask_of(len(story.text), regions))


def _within_marks(story: Story, piece: Piece) -> Piece:
    """End a content with the marks it starts with: ‘Never trust …,’ [and I have lived by it]."""
    region = region_at(piece.start, story.regions) if piece.label == "content" else None
    if region and piece.start <= region.start:
        return piece._replace(end=min(piece.end, region.end))
    return piece


def _counts(row: Row, parent: Row) -> bool:
    own = row["cue"] and row["source"] and row["kind"] == "direct"
    return bool(own) and row["quote_id"] != parent["quote_id"]
