"""Articles → quotations, mentions and terms."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.progress import progress_bar
from analysis.quotations.announced import add_announced
from analysis.quotations.inner import inner_rows
from analysis.quotations.language import DEFAULT, Language, find_names, load_language, tag_words
from analysis.quotations.layout import Layout, lay_out
from analysis.quotations.linker import Linker, link, load_linker
from analysis.quotations.mentions import Mention, find_mentions
from analysis.quotations.printed import read_printed
from analysis.quotations.repair import repair_spans
from analysis.quotations.rows import Row, quote_rows
from analysis.quotations.story import Story, cut_text, join_spans, make_story, outside_skipped
from analysis.quotations.tagger import Span, Tagger, load_tagger, tag_texts
from analysis.quotations.terms import Term, terms_of
from analysis.tables import check, conform, empty

BATCH_CHARACTERS = 400_000


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
    Content, cue or source that lies in a skipped span (teaser, caption) is left out. Not caught:
    quotations without any sign of attribution outside marks, and speech told as an event ("they
    discussed taxes") where the annotators of PolNeAR saw none.
    """
    check(articles, "articles", needs=("article_id", "text"))
    tools = load_models(model, threads=threads)
    parts, done = [], 0
    with progress_bar("Finding quotations", unit="articles", total=len(articles)) as bar:
        for batch in _batches(articles):
            parts.append(_extract_safely(batch, tools))
            done += len(batch)
            bar.update(len(batch))
            if progress:
                progress(done)
    return Extracted(*(_stack(name, [getattr(part, name) for part in parts])
                       for name in Extracted._fields))


def load_models(model: str = DEFAULT, *, threads: int = 1) -> Tools:
    """Load what finding quotations needs; each is kept for the next time.

    Raises
    ------
    InputError
        If the spaCy pipeline is not installed.
    """
    return Tools(load_tagger(threads=threads), load_linker(), load_language(model))


def _batches(articles: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Cut the articles into runs of about `BATCH_CHARACTERS`."""
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
    stories = [make_story(*row)
               for row in zip(batch["article_id"], batch["text"], skipped, strict=True)]
    quotes = find_quotes(stories, tools)
    mentions = _mentions(stories, quotes, tools.language)
    terms = _terms(stories, quotes, tools.language)
    return Extracted(
        conform(pd.DataFrame([row for own in quotes for row in own]), "quotes"),
        conform(pd.DataFrame(mentions), "mentions"),
        conform(pd.DataFrame({"quote_id": key, **term._asdict()} for key, term in terms), "terms"),
        empty("rejected"),
    )


def find_quotes(stories: Sequence[Story], tools: Tools) -> list[list[Row]]:
    """Find the quotations of each story as rows of the table `quotes`."""
    layouts = find_layouts(stories, tools.tagger)
    links = link(layouts, tools.linker)
    outer = [quote_rows(*each) for each in zip(stories, layouts, links, strict=True)]
    inner = inner_rows(stories, outer, tagger=tools.tagger, linker=tools.linker)
    return [_in_order(*each) for each in zip(outer, inner, strict=True)]


def find_layouts(stories: Sequence[Story], tagger: Tagger) -> list[Layout]:
    """Find the spans of each story, mended and described."""
    tagged = tag_texts([story.text for story in stories], tagger)
    layouts = []
    for story, spans in zip(stories, tagged, strict=True):
        repaired = repair_spans(story.text, _of_story(story, spans), story.regions)
        repaired = read_printed(story.text, repaired)
        repaired = add_announced(story.text, repaired, story.regions)
        layouts.append(lay_out(story.text, repaired, story.mask))
    return layouts


def _of_story(story: Story, spans: Sequence[Span]) -> list[Span]:
    places = [(span, outside_skipped(story, span.start, span.end)) for span in spans]
    return [replace(span, start=place[0], end=place[1]) for span, place in places if place]


def _in_order(outer: Sequence[Row], inner: Sequence[Row]) -> list[Row]:
    rows = {row["quote_id"]: row for row in (*inner, *outer)}
    return sorted(rows.values(), key=lambda row: (row["spans"][0][0], -row["spans"][-1][1]))


def _mentions(
    stories: Sequence[Story], quotes: Sequence[Sequence[Row]], language: Language
) -> Iterator[Row]:
    """Give the rows of the table `mentions`; names are looked for in pieces of paragraphs."""
    cut = [(number, *piece) for number, story in enumerate(stories)
           for piece in cut_text(story.text)]
    names: list[list] = [[] for _ in stories]
    named = find_names([piece for *_, piece in cut], language)
    for (number, offset, _), own in zip(cut, named, strict=True):
        names[number] += [name._replace(start=name.start + offset, end=name.end + offset)
                          for name in own]
    for story, own, rows in zip(stories, names, quotes, strict=True):
        sources = [tuple(span) for row in rows for span in row["source_spans"]]
        yield from (_mention_row(story, each) for each in find_mentions(story.text, own, sources))


def _mention_row(story: Story, mention: Mention) -> Row:
    start, end, label = mention
    return {"article_id": story.article_id, "start": start, "end": end,
            "text": story.text[start:end], "label": label,
            "sentence": bisect_right(story.ends, start)}


def _terms(
    stories: Sequence[Story], quotes: Sequence[Sequence[Row]], language: Language
) -> Iterator[tuple[str, Term]]:
    """Give the terms of every quotation; nothing but the contents is tagged."""
    cut = [join_spans([span for row in rows for span in row["spans"]]) for rows in quotes]
    tagged = iter(tag_words(
        [story.text[a:b] for story, spans in zip(stories, cut, strict=True) for a, b in spans],
        language))
    for story, spans, rows in zip(stories, cut, quotes, strict=True):
        words = [word._replace(start=word.start + a, end=word.end + a)
                 for a, _ in spans for word in next(tagged)]
        for row in rows:
            for term in terms_of(words, row["spans"], story.text):
                yield row["quote_id"], term
