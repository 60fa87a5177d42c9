"""Linked spans → rows of the table `quotes`.

Content spans carry no quotation marks at their ends, and no comma that only leads to the cue,
unless the fragment mixes quoted and unquoted words: then its marks are part of it.
"""

from collections.abc import Sequence

from analysis.quotations.addressee import find_addressee
from analysis.quotations.confidence import confidence_of, load_weights
from analysis.quotations.cues import read_cue
from analysis.quotations.layout import Layout
from analysis.quotations.linker import Link
from analysis.quotations.marks import kind_of, unmarked
from analysis.quotations.printed import is_turn
from analysis.quotations.story import Story, paragraph_of

Row = dict[str, object]


def quote_rows(story: Story, layout: Layout, links: Sequence[Link]) -> list[Row]:
    """Give one row per quotation that is sure enough, in order; no two with the same content."""
    least, found = load_weights()[2], {}
    sure = confidence_of(story.text, layout, links)
    for made, (content, whole) in zip(links, sure, strict=True):
        row = _row(story, layout, made)
        # marks are evidence enough: only what is not all in marks must be sure
        if row and (content >= least or row["kind"] == "direct"):
            row["confidence"] = round(float(whole), 3)
            found.setdefault(row["quote_id"], row)
    return sorted(found.values(), key=lambda row: row["spans"])


def _row(story: Story, layout: Layout, made: Link) -> Row | None:
    text = story.text
    bare = [unmarked(text, *_span(layout, at), regions=story.regions, mask=story.mask)
            for at in made.contents]
    cue, source = _span(layout, made.cue), _span(layout, made.source)
    spans = _of_headline(story, [span for span in bare if span], cue or source)
    if not spans:
        return None
    told = find_addressee(text, cue, content=spans[0]) if cue else None
    read = read_cue(text[slice(*cue)] if cue else "")
    content = " ".join(text[a:b] for a, b in spans)
    return {
        "quote_id": f"{story.article_id}:{spans[0][0]}-{spans[-1][1]}",
        "article_id": story.article_id, "content": content,
        "spans": [list(span) for span in spans], "kind": _kind(story, spans, source),
        **_part(text, "cue", cue), "cue_lemma": read.lemma, "stance": read.stance,
        "act": read.act, **_part(text, "source", source), **_part(text, "addressee", told),
        "paragraph": paragraph_of(story, spans[0][0]), "n_words": len(content.split()),
    }


def _of_headline(
    story: Story, spans: list[tuple[int, int]], at: tuple[int, int] | None,
) -> list[tuple[int, int]]:
    """Drop what stands below a headline from what is said in it, unless all is in marks."""
    below = at is None or paragraph_of(story, at[0]) > 0
    if below or kind_of(story.text, spans, story.mask) == "direct":
        return spans
    return [span for span in spans if not paragraph_of(story, span[0])] or spans


def _kind(story: Story, spans: list[tuple[int, int]], source: tuple[int, int] | None) -> str:
    if source and is_turn(story.text, source[0], spans[0][0]):
        return "direct"
    return kind_of(story.text, spans, story.mask)


def _span(layout: Layout, at: int) -> tuple[int, int] | None:
    return (int(layout.start[at]), int(layout.end[at])) if at >= 0 else None


def _part(text: str, name: str, span: tuple[int, int] | None) -> Row:
    return {name: text[slice(*span)] if span else None,
            f"{name}_spans": [list(span)] if span else []}
