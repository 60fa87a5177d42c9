"""Variations of an article against the corpus's narrow world: names, offices, marks, layout.

Every variation is a list of edits (start, end, new text) or a rebuilt line; spans move along.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable

import numpy as np

from analysis.quotations.pieces import normalise
from analysis.quotations.training.data import Article, trimmed
from analysis.quotations.training.inventions import category, pick

Edit = tuple[int, int, str]
Span = tuple[str, int, int]

_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
_PRONOUNS = frozenset(
    ("he", "she", "they", "it", "we", "i", "you", "who", "which", "that", "his", "her", "their")
)
_TITLES = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\.")


def vary(article: Article, rng: np.random.Generator) -> Article:
    """Make a random choice of variations."""
    for chance, change in _CHANGES:
        if rng.random() < chance:
            article = change(article, rng)
    return article


def edited(article: Article, edits: Iterable[Edit]) -> Article:
    """Make `edits` in the article; a span whose inside changes keeps its edges."""
    edits = sorted(edits)
    parts, places, shifts, at, shift = [], [0], [0], 0, 0
    for start, end, new in edits:
        if start < at:
            continue
        parts += [article.text[at:start], new]
        shift += len(new) - (end - start)
        places.append(end if end > start else start)
        shifts.append(shift)
        at = end
    parts.append(article.text[at:])

    spans = tuple(
        (label, _moved(places, shifts, a), _moved(places, shifts, b))
        for label, a, b in article.spans
    )
    return Article(article.name, "".join(parts), spans)


def _moved(places: list[int], shifts: list[int], place: int) -> int:
    return place + shifts[max(bisect_right(places, place) - 1, 0)]


def rename(article: Article, rng: np.random.Generator) -> Article:
    """Swap names, parties and places for invented ones, the same way all through."""
    swap: dict[str, str] = {}
    for name in sorted(set(_NAME.findall(article.text))):
        kind = category().get(name)
        if kind and rng.random() < 0.8:
            swap[name] = pick(kind, rng)
    edits = [
        (m.start(), m.end(), swap[m.group()])
        for m in _NAME.finditer(article.text)
        if m.group() in swap
    ]
    if rng.random() < 0.5:
        edits += [(m.end() - 1, m.end(), "") for m in _TITLES.finditer(article.text)]
    return edited(article, edits)


def other_speakers(article: Article, rng: np.random.Generator) -> Article:
    """Swap some sources that are names or descriptions for invented offices and people."""
    edits = []
    for label, a, b in article.spans:
        words = article.text[a:b].split()
        if label != "source" or len(words) > 5 or words[0].lower() in _PRONOUNS:
            continue
        if article.text[a - 1 : a].isalnum() or article.text[b : b + 1].isalnum():
            continue  # a slip of the annotator's mouse
        if rng.random() < 0.3:
            new = pick("speakers", rng)
            edits.append((a, b, new[0].upper() + new[1:] if words[0][0].isupper() else new))
    return edited(article, edits)


def other_cues(article: Article, rng: np.random.Generator) -> Article:
    """Swap "said" for "told the court" and the like (listener untagged), "says" for "insists"."""
    spans, edits, cues = sorted(article.spans, key=lambda s: s[1]), [], {}
    for before, span in zip(spans, spans[1:], strict=False):
        label, a, b = span
        old = article.text[a:b]
        if label != "cue" or old not in ("said", "says") or rng.random() > 0.35:
            continue
        follows = before[0] == "source" and not article.text[before[2] : a].strip()
        told = follows and rng.random() < 0.5 and article.text[b : b + 4] != " in "
        new = pick("spoken to" if told and old == "said" else old, rng)
        cue = new.split(" ", 1)[0]
        edits.append((a, b, cue))
        if new != cue:
            edits.append((b, b, new[len(cue) :]))
            cues[b] = True
    return _edited_keeping_ends(article, edits, cues)


def _edited_keeping_ends(article: Article, edits: list[Edit], ends: dict[int, bool]) -> Article:
    """Like :func:`edited`, but an insertion right at a span's end stays outside the span."""
    inner = edited(article, [e for e in edits if e[0] != e[1]])
    if not ends:
        return inner
    by_old = {s[2]: t[2] for s, t in zip(article.spans, inner.spans, strict=True)}
    inserts = [(by_old[a], new) for a, b, new in edits if a == b]
    for place, new in sorted(inserts, reverse=True):
        text = inner.text[:place] + new + inner.text[place:]
        spans = tuple(
            (k, a + len(new) * (a >= place), b + len(new) * (b > place)) for k, a, b in inner.spans
        )
        inner = Article(inner.name, text, spans)
    return inner


def marks(article: Article, rng: np.random.Generator) -> Article:
    """Put quotation marks in another style, some of them lost or turned by accident."""
    style = str(
        rng.choice(
            ["‘’", "''", "“”", '""', "«»", "", "mixed", "odd"],
            p=[0.3, 0.25, 0.1, 0.05, 0.05, 0.05, 0.1, 0.1],
        )
    )
    plain, edits = normalise(article.text), []
    for match in re.finditer("[“”]", plain):
        i = match.start()
        if (
            i >= len(article.text)
            or article.text[i] in "'`"
            and article.text[i : i + 2] in ("''", "``")
        ):
            continue
        edits.append((i, i + 1, _mark(style, match.group() == "”", rng)))
    return edited(article, [e for e in edits if e[2] != article.text[e[0] : e[1]]])


def _mark(style: str, closes: bool, rng: np.random.Generator) -> str:
    if style == "mixed":
        style = str(rng.choice(["‘’", "“”", '""']))
    if style == "odd":
        style = "" if rng.random() < 0.15 else "“”"
        if style and rng.random() < 0.05:
            return "“" if closes else "”"
    return style[int(closes)] if style else ""


def lines(article: Article, rng: np.random.Generator) -> Article:
    """Join some lines with the one before, or all of them."""
    flat = rng.random() < 0.3
    edits = [
        (m.start(), m.end(), " ")
        for m in re.finditer(r"\s*[\r\n]+\s*", article.text)
        if flat or rng.random() < 0.3
    ]
    return edited(article, edits)


def long_quotations(article: Article, rng: np.random.Generator) -> Article:
    """Spread quotations of several sentences over lines, each reopened, only the last closed."""
    plain = normalise(article.text)
    text, spans = article.text, []
    inserts: list[tuple[int, str]] = []
    for label, a, b in article.spans:
        cuts = []
        if label == "content" and plain[a] == "“" and "”" not in plain[a : b - 1]:
            cuts = [a + m.end() for m in re.finditer(r"[.!?] (?=[A-Z])", plain[a:b])]
            cuts = [c for c in cuts if rng.random() < 0.6 and c > a + 60]
        inserts += [(c, "\n\n" + text[a]) for c in cuts]
        edges = [a, *cuts, b]
        spans += [(label, c, d) for c, d in zip(edges, edges[1:], strict=False)]
    shifts = sorted(inserts)
    places = [p for p, _ in shifts]
    parts = [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
    new = parts[0] + "".join(mark + part for (_, mark), part in zip(shifts, parts[1:], strict=True))

    def start_of(place: int) -> int:
        before = sum(len(mark) for p, mark in shifts if p < place)
        return place + before + (2 if place in places else 0)

    def end_of(place: int) -> int:
        return place + sum(len(mark) for p, mark in shifts if p < place)

    moved = tuple((k, start_of(a), end_of(b)) for k, a, b in spans)
    return Article(article.name, new, trimmed(new, moved))


def speaker_first(article: Article, rng: np.random.Generator) -> Article:
    """Turn "“A,” she said." into "She said: “A.”", as British papers and courts write it."""
    plain = normalise(article.text)
    spans = sorted(article.spans, key=lambda s: s[1])
    text, out, at, shift = [], [], 0, 0
    i = 0
    while i < len(spans):
        tail = _tail(article.text, plain, spans, i)
        if tail and spans[i][1] >= at and rng.random() < 0.6:
            (_, a, b), stop = spans[i], tail
            piece, moved = _turned(article.text, a, b, stop, spans[i + 1 : i + 3])
            text += [article.text[at:a], piece]
            out += [(k, s + a + shift, e + a + shift) for k, s, e in moved]
            shift += len(piece) - (stop - a)
            at, i = stop, i + 3
            continue
        out.append((spans[i][0], spans[i][1] + shift, spans[i][2] + shift))
        i += 1
    return Article(article.name, "".join([*text, article.text[at:]]), tuple(out))


def _tail(text: str, plain: str, spans: list[Span], i: int) -> int | None:
    """Find the end of the sentence "“A,” he said.", if span `i` is its content."""
    if i + 2 >= len(spans) or spans[i][0] != "content" or plain[spans[i][1]] != "“":
        return None
    pair = spans[i + 1 : i + 3]
    if {k for k, _, _ in pair} != {"source", "cue"}:
        return None
    end = pair[1][2]
    near = pair[0][1] - spans[i][2] <= 3 and pair[1][1] - pair[0][2] <= 1
    if not near or text[end : end + 1] != ".":
        return None
    return end + 1


def _turned(text: str, a: int, b: int, stop: int, pair: list[Span]) -> tuple[str, tuple[Span, ...]]:
    """Turn one sentence; give it and its spans, counted from its start."""
    lead = text[pair[0][1] : stop - 1]
    lead_spans = [(k, s - pair[0][1], e - pair[0][1]) for k, s, e in pair]
    quote = text[a:b]
    bare = quote.rstrip("”\"’'")
    closing = quote[len(bare) :]
    quote = (bare[:-1] + "." if bare.endswith(",") else bare) + closing
    head = lead[0].upper() + lead[1:] + ": "
    return head + quote, (*lead_spans, ("content", len(head), len(head) + len(quote)))


Change = Callable[[Article, np.random.Generator], Article]
_CHANGES: tuple[tuple[float, Change], ...] = (
    (0.25, speaker_first),
    (0.35, long_quotations),
    (0.6, rename),
    (0.5, other_speakers),
    (0.4, other_cues),
    (0.45, marks),
    (0.25, lines),
)
