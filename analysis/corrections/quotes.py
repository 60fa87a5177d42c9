"""A quotation that was missed, as a row of the table."""

from collections.abc import Sequence

from analysis.corrections.file import Correction

_NEAR = 400  # letters around the quotation in which its cue and source stand


def new_quote(
    correction: Correction, article_id: str, spans: Sequence[tuple[int, int]], *, text: str
) -> dict[str, object]:
    """Give the row of `quotes` for an `add`; the speaker is filled by the caller.

    Whoever adds a quotation states what is known of it: it has no `cue_lemma`, no
    `quote_family`, no rows in `terms`, and only the topics that the correction names.
    """
    content = " ".join(text[start:end] for start, end in spans)
    cue, source = (_near(words, spans, text) for words in (correction.cue, correction.source))
    return {
        "quote_id": f"{article_id}:{spans[0][0]}-{spans[-1][1]}", "article_id": article_id,
        "content": content, "spans": [list(span) for span in spans],
        "kind": correction.kind or kind_of(spans, text),
        "cue": correction.cue if cue else None, "cue_spans": cue,
        "stance": "neutral" if cue else None, "act": "statement",
        "source": correction.source if source else None, "source_spans": source,
        "paragraph": text.count("\n\n", 0, spans[0][0]), "n_words": len(content.split()),
        "confidence": 1.0, "speaker_basis": "correction",
    }


def _near(words: str, spans: Sequence[tuple[int, int]], text: str) -> list[list[int]]:
    """Find the cue or source nearest to the quotation."""
    if not words:
        return []
    low, high = max(spans[0][0] - _NEAR, 0), min(spans[-1][1] + _NEAR, len(text))
    found, at = [], text.find(words, low, high)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1, high)
    outside = [at for at in found if not any(start <= at < end for start, end in spans)]
    if not outside:
        return []
    best = min(outside, key=lambda at: min(abs(at - end) for span in spans for end in span))
    return [[best, best + len(words)]]


def kind_of(spans: Sequence[tuple[int, int]], text: str) -> str:
    """Guess the kind: marks around the words, within them, or none."""
    first, last = spans[0][0], spans[-1][1]
    marks = "\"“”‘«»„'"
    if text[max(first - 1, 0):first + 1].strip(" \n").startswith(tuple(marks)) and any(
            mark in text[last - 1:last + 1] for mark in marks):
        return "direct"
    inside = "".join(text[start:end] for start, end in spans)
    return "mixed" if any(mark in inside for mark in "\"“”«»„") else "indirect"
