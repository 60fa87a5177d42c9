"""Articles → quotations, mentions and terms.

Content spans carry no quotation marks at their ends, and no comma that only leads to the cue,
unless the fragment mixes quoted and unquoted words: then its marks are part of it.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.quotations.confidence import confidence_of, load_weights
from analysis.quotations.cues import find_addressee, read_cue
from analysis.quotations.language import Language, find_names, load_language, tag_words
from analysis.quotations.layout import Layout, lay_out, sentence_ends
from analysis.quotations.linker import Link, Linker, link, load_linker
from analysis.quotations.marks import Region, kind_of, mask_of, quoted_regions, unmarked
from analysis.quotations.mentions import Mention, find_mentions
from analysis.quotations.repair import repair_spans
from analysis.quotations.tagger import Tagger, load_tagger, tag_texts
from analysis.quotations.terms import Term, sentence_pieces, terms_of
from analysis.tables import check, conform, empty

BATCH_CHARACTERS = 400_000
PIECE = 1_500  # characters of one piece in which names are looked for, cut at paragraphs


class Extracted(NamedTuple):
    """The tables of some articles; `rejected` has one row per article that could not be read."""

    quotes: pd.DataFrame
    mentions: pd.DataFrame
    terms: pd.DataFrame
    rejected: pd.DataFrame


@dataclass(frozen=True)
class Tools:
    """The loaded models."""

    tagger: Tagger
    linker: Linker
    language: Language


@dataclass(frozen=True)
class Story:
    """One article while it is worked on."""

    article_id: str
    text: str
    skipped: tuple[tuple[int, int], ...]
    regions: tuple[Region, ...]
    mask: np.ndarray
    ends: np.ndarray


def extract_quotations(
    articles: pd.DataFrame, *, model: str = "en_core_web_sm", threads: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Extracted:
    """Find who is quoted saying what, directly or indirectly.

    Parameters
    ----------
    articles
        One row per article; needs `article_id` and `text`, uses `skipped`.
    model
        Name or path of an installed spaCy English pipeline.
    threads
        Threads of the tagger.
    progress
        Called with the number of articles done, after each batch.

    Returns
    -------
    Extracted
        `quotes`, `mentions`, `terms` as in the tables, and `rejected` (with an extra column
        `article_id`): articles that could not be worked on, with the reason; the others go on.

    Raises
    ------
    InputError
        If a column is missing or the spaCy pipeline is not installed.

    Notes
    -----
    A quotation that touches a skipped span (teaser, caption) with its content, cue or source is
    left out. Not caught: quotations without any sign of attribution outside marks, speech told
    as an event ("they discussed taxes") where the annotators of PolNeAR saw none.
    """
    check(articles, "articles", needs=("article_id", "text"))
    tools = Tools(load_tagger(threads=threads), load_linker(), load_language(model))
    parts, done = [], 0
    for batch in _batches(articles):
        parts.append(_extract_safely(batch, tools))
        done += len(batch)
        if progress:
            progress(done)
    return Extracted(*(_stack(name, [getattr(part, name) for part in parts])
                       for name in Extracted._fields))


def _batches(articles: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Runs of articles of about `BATCH_CHARACTERS`."""
    sizes = [len(text) if isinstance(text, str) else 0 for text in articles["text"]]
    group = np.cumsum(sizes) // BATCH_CHARACTERS
    for _, rows in articles.groupby(group, sort=False):
        yield rows


def _stack(name: str, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    full = [frame for frame in frames if len(frame)]
    return pd.concat(full, ignore_index=True) if full else empty(name)


def _extract_safely(batch: pd.DataFrame, tools: Tools) -> Extracted:
    """Work on a batch; if that fails, article by article, so that one cannot harm the others."""
    try:
        return _extract(batch, tools)
    except Exception as error:  # noqa: BLE001 - whatever a strange text does, the corpus goes on
        if len(batch) == 1:
            return _rejected(batch, error)
    parts = [_extract_safely(batch.iloc[[at]], tools) for at in range(len(batch))]
    return Extracted(*(_stack(name, [getattr(part, name) for part in parts])
                       for name in Extracted._fields))


def _rejected(batch: pd.DataFrame, error: Exception) -> Extracted:
    row = batch.iloc[0]
    reason = "empty text" if not isinstance(row["text"], str) else "quotations could not be found"
    frame = conform(pd.DataFrame([{
        "source_file": row.get("source_file"), "reason": reason,
        "detail": f"{type(error).__name__}: {error}"[:200],
    }]), "rejected").assign(article_id=str(row["article_id"]))
    return Extracted(empty("quotes"), empty("mentions"), empty("terms"), frame)


def _extract(batch: pd.DataFrame, tools: Tools) -> Extracted:
    skipped = batch["skipped"] if "skipped" in batch else [()] * len(batch)
    stories = [_story(*row) for row in zip(batch["article_id"], batch["text"], skipped, strict=True)]
    quotes = find_quotes(stories, tools)
    names = _names(stories, tools.language)
    mention_rows, term_rows = [], []
    for story, own, found in zip(stories, quotes, names, strict=True):
        sources = [tuple(span) for quote in own for span in quote["source_spans"]]
        mention_rows += _mention_rows(story, find_mentions(story.text, found, sources))
    for quote_id, terms in _terms(stories, quotes, tools.language):
        term_rows += [{"quote_id": quote_id, **term._asdict()} for term in terms]
    return Extracted(
        conform(pd.DataFrame([q for own in quotes for q in own]), "quotes"),
        conform(pd.DataFrame(mention_rows), "mentions"),
        conform(pd.DataFrame(term_rows), "terms"),
        empty("rejected"),
    )


def _story(article_id: object, text: object, skipped: object) -> Story:
    if not isinstance(text, str):
        raise TypeError("the text is missing")
    spans = skipped if isinstance(skipped, list | tuple | np.ndarray) else ()
    regions = quoted_regions(text)
    return Story(
        str(article_id), text, tuple(_ends_of(span) for span in spans), regions,
        mask_of(len(text), regions), sentence_ends(text),
    )


def _ends_of(span: object) -> tuple[int, int]:
    if isinstance(span, dict):
        return int(span["start"]), int(span["end"])
    return int(span[0]), int(span[1])


def find_quotes(stories: Sequence[Story], tools: Tools) -> list[list[dict[str, object]]]:
    """Find the quotations of each story as rows of the table `quotes`."""
    tagged = tag_texts([story.text for story in stories], tools.tagger)
    layouts = []
    for story, spans in zip(stories, tagged, strict=True):
        kept = [span for span in spans if not _skipped(story, [(span.start, span.end)])]
        repaired = repair_spans(story.text, kept, story.regions)
        layouts.append(lay_out(story.text, repaired, story.mask))
    links = link(layouts, tools.linker)
    return [_rows(*each) for each in zip(stories, layouts, links, strict=True)]


def _skipped(story: Story, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a < high and low < b for a, b in spans for low, high in story.skipped)


def _rows(story: Story, layout: Layout, links: Sequence[Link]) -> list[dict[str, object]]:
    rows, seen = [], set()
    sure, least = confidence_of(layout, links), load_weights()[2]
    for made, confidence in zip(links, sure, strict=True):
        row = _row(story, layout, made) if confidence >= least else None
        if row and row["quote_id"] not in seen:
            seen.add(row["quote_id"])
            rows.append({**row, "confidence": round(float(confidence), 3)})
    return rows


def _row(story: Story, layout: Layout, made: Link) -> dict[str, object] | None:
    text = story.text
    bare = [unmarked(text, *_span(layout, at), regions=story.regions, mask=story.mask)
            for at in made.contents]
    spans = [span for span in bare if span]
    if not spans:
        return None
    cue, source = _span(layout, made.cue), _span(layout, made.source)
    content = " ".join(text[a:b] for a, b in spans)
    told = find_addressee(text, cue, content=spans[0]) if cue else None
    read = read_cue(text[slice(*cue)]) if cue else None
    start, end = spans[0][0], spans[-1][1]
    return {
        "quote_id": f"{story.article_id}:{start}-{end}", "article_id": story.article_id,
        "content": content, "spans": [list(span) for span in spans],
        "kind": kind_of(text, spans, story.mask), **_part(text, "cue", cue),
        "cue_lemma": read and read.lemma, "stance": read and read.stance, "act": read and read.act,
        **_part(text, "source", source), **_part(text, "addressee", told),
        "paragraph": _paragraph(text, start), "n_words": len(content.split()),
    }


def _span(layout: Layout, at: int) -> tuple[int, int] | None:
    return (int(layout.start[at]), int(layout.end[at])) if at >= 0 else None


def _part(text: str, name: str, span: tuple[int, int] | None) -> dict[str, object]:
    return {name: text[slice(*span)] if span else None,
            f"{name}_spans": [list(span)] if span else []}


def _paragraph(text: str, start: int) -> int:
    """Number of the paragraph: lines with words before this one."""
    return len(re.findall(r"\S[^\n]*\n", text[:start]))


def _names(stories: Sequence[Story], language: Language) -> list[list]:
    """Names of each story, looked for in pieces of whole paragraphs."""
    cut = [(number, offset, piece) for number, story in enumerate(stories)
           for offset, piece in pieces_of(story.text)]
    found: list[list] = [[] for _ in stories]
    for (number, offset, _), names in zip(cut, find_names([p for *_, p in cut], language), strict=True):
        found[number] += [name._replace(start=name.start + offset, end=name.end + offset)
                          for name in names]
    return found


def pieces_of(text: str, limit: int = PIECE) -> Iterator[tuple[int, str]]:
    """Cut a text into pieces of at most `limit` characters where a line ends, else at a blank."""
    start = 0
    while start < len(text):
        end = min(len(text), start + limit)
        if end < len(text):
            cut = max(text.rfind("\n", start, end), start)
            cut = cut if cut > start else max(text.rfind(" ", start, end), start)
            end = cut + 1 if cut > start else end
        yield start, text[start:end]
        start = end


def _mention_rows(story: Story, mentions: Sequence[Mention]) -> list[dict[str, object]]:
    return [
        {"article_id": story.article_id, "start": m.start, "end": m.end,
         "text": story.text[m.start : m.end], "label": m.label,
         "sentence": bisect_right(story.ends, m.start)}
        for m in mentions
    ]


def _terms(
    stories: Sequence[Story], quotes: Sequence[list[dict[str, object]]], language: Language
) -> Iterator[tuple[str, list[Term]]]:
    """Terms of every quotation; only the sentences that hold content are tagged."""
    cut = []
    for story, own in zip(stories, quotes, strict=True):
        spans = [tuple(span) for quote in own for span in quote["spans"]]
        cut.append(sentence_pieces(spans, story.ends, length=len(story.text)))
    texts = [story.text[a:b] for story, pieces in zip(stories, cut, strict=True) for a, b in pieces]
    tagged = iter(tag_words(texts, language))
    for story, own, pieces in zip(stories, quotes, cut, strict=True):
        words = [word._replace(start=word.start + a, end=word.end + a)
                 for a, _ in pieces for word in next(tagged)]
        starts = [word.start for word in words]
        for quote in own:
            yield quote["quote_id"], terms_of(words, starts, quote["spans"], story.text)
