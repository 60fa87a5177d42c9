"""What stands in an article but is not the story: marked with its reason, never deleted."""

import re

import pandas as pd

from analysis.articles.boilerplate import find_boilerplate
from analysis.articles.furniture import (
    closing_sentence,
    dateline_end,
    is_labelled_caption,
    label_of,
    reason_of,
)
from analysis.articles.paragraphs import Paragraph, split_paragraphs
from analysis.articles.teasers import find_teasers
from analysis.tables import check

REASONS = ("teaser", "read_more", "caption", "byline", "dateline", "furniture", "boilerplate")

_BIO = re.compile(
    # "Mina Ortega is the author of …", "Tom Hale, a former diplomat, teaches …"
    r"^(?!The |A |An )((?:[A-Z][\w.'’-]* ){1,3}[A-Z][\w'’-]+)(?:, [^.]{3,120}?,)? "
    r"(?:(?:is|are) (?:an? |the |on |currently |senior |also )?[^.]*?\b(?:author|director|"
    r"professor|fellow|editor|columnist|reporter|member|founder|co-founder|president|historian|writer|"
    r"analyst|correspondent|chair\w*|executive|secretary|mayor|senator|lawyer|attorney|teacher|lecturer|"
    r"playwright\S*|novelist|contributor|candidate|researcher|economist|scientist|student|"
    r"officer|ambassador|strategist|consultant|host)\b|edits |writes (?:about|for|the|a) |"
    r"covers |teaches )")


def mark_skipped(articles: pd.DataFrame) -> pd.DataFrame:
    """Give the articles with `skipped` filled: [[start, end, reason], …] in text order.

    Needs `text`; uses `outlet` and `authors` where they are there. Give the whole corpus or large
    batches: boilerplate is found by comparing an outlet's articles.

    Reasons: `teaser` (another story's headline between paragraphs), `read_more`, `caption`,
    `byline` (and a closing line about the author), `dateline`, `furniture` (newsletter and sharing
    lines, corrections, time stamps), `boilerplate` (repeated under many articles of the outlet).

    Notes
    -----
    Not caught: teasers that end with a full stop, sidebars of whole paragraphs, captions without
    a label or credit. The article's own headline, where the text holds it, is not marked.
    """
    check(articles, "articles", needs=("text",))
    paragraphs = [split_paragraphs(text) for text in articles["text"].fillna("")]
    outlets = articles["outlet"] if "outlet" in articles else pd.Series([""] * len(articles))
    repeated = find_boilerplate(outlets, paragraphs)
    spans = [_spans(found, places) for found, places in zip(paragraphs, repeated, strict=True)]
    return articles.assign(skipped=pd.Series(spans, index=articles.index, dtype=object))


def find_skipped(text: str) -> list[list]:
    """Give the spans of one text that are not the story, without knowing its outlet's others."""
    return _spans(split_paragraphs(text), set())


def _spans(paragraphs: list[Paragraph], repeated: set[int]) -> list[list]:
    reasons: dict[int, str] = dict.fromkeys(sorted(repeated), "boilerplate")
    last = len(paragraphs) - 1
    for place, paragraph in enumerate(paragraphs):
        reason = reason_of(paragraph, place=place, last=last) if last else None
        if reason:
            reasons[place] = reason
    for place in _captions(paragraphs) | _bios(paragraphs):
        reasons.setdefault(place, "caption" if label_of(paragraphs[place].text) else "byline")
    left = [item for place, item in enumerate(paragraphs) if place not in reasons]
    teasers = {item.start for item in find_teasers(left)}
    spans = []
    for place, item in enumerate(paragraphs):
        if place in reasons:
            spans.append([item.start, item.end, reasons[place]])
        elif item.start in teasers:
            spans.append([item.start, item.end, "teaser"])
        else:
            spans += _parts(item, place, last)
    return spans


def _parts(item: Paragraph, place: int, last: int) -> list[list]:
    """Mark a dateline before the story's first words; a line to the reader after its last."""
    parts = []
    end = dateline_end(item.text) if place <= 3 else 0
    if end and item.text[end:].strip():
        parts.append([item.start, item.start + end, "dateline"])
    start = closing_sentence(item.text) if place >= last - 1 else -1
    if start > end:
        parts.append([item.start + start, item.end, "furniture"])
    return parts


def _captions(paragraphs: list[Paragraph]) -> set[int]:
    """Labelled captions; where labels repeat or abound they are the turns of a transcript."""
    labels = [label_of(item.text) for item in paragraphs]
    used = [label for label in labels if label]
    if len(used) > 4 or len(set(used)) < len(used):
        return set()
    return {place for place, item in enumerate(paragraphs)
            if labels[place] and is_labelled_caption(item.text)}


def _bios(paragraphs: list[Paragraph]) -> set[int]:
    """Find a last paragraph about somebody whom the story never names: its author."""
    story = " ".join(item.text for item in paragraphs[:-2])
    found = set()
    for place in range(max(2, len(paragraphs) - 2), len(paragraphs)):
        text = paragraphs[place].text
        bio = _BIO.match(text)
        if bio and len(text.split()) <= 60 and not re.search(r"\b(?:said|told|asked)\b", text) \
                and bio[1].split()[-1] not in story:
            found.add(place)
    return found
