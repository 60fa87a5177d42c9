"""PolNeAR read as plain spans, and cut into windows of word pieces."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from analysis.quotations.chain import LABELS
from analysis.quotations.pieces import PieceTable, Words, split_words

IGNORED = -100
SHORTEST, LONGEST = 112, 320  # pieces of a window
MASK, FIRST_WORD = 103, 1996  # ids in the vocabulary of BERT, lower case


@dataclass(frozen=True)
class Article:
    """A text and its spans (label, start, end), which never overlap."""

    name: str
    text: str
    spans: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Window:
    """Pieces of one window; `tags` stand at first pieces, elsewhere ``IGNORED``.

    So does `syntax`, if known: relation, part of speech, piece of the head (0: none above it).
    """

    pieces: np.ndarray
    quoted: np.ndarray
    tags: np.ndarray
    syntax: np.ndarray | None = None


def read_articles(folder: Path) -> list[Article]:
    """Read all articles of a PolNeAR split, each with its alphabetically first annotator."""
    annotations: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotations.setdefault(path.stem.rsplit("_", 1)[0], path)
    articles = []
    for path in sorted((folder / "text").glob("*.txt")):
        text = _read(path)
        raw = _attributions(_read(annotations[path.stem])) if path.stem in annotations else []
        articles.append(Article(path.stem, text, trimmed(text, flatten(raw))))
    return articles


def left_out(articles: Sequence, fold: int, folds: int = 2) -> list:
    """Give what a fit with this fold leaves out: one article of every `folds`."""
    return list(articles[fold::folds])


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _attributions(standoff: str) -> list[tuple[str, int, int]]:
    """List every fragment of every part of an attribution that has a content."""
    marks, events = {}, []
    for record in re.split(r"\n(?=[A-Z#*]\d+\t)", standoff.rstrip("\n")):
        if record.startswith("T"):
            key, place, _ = record.split("\t", 2)
            label, offsets = place.split(" ", 1)
            marks[key] = (label.lower(), [tuple(map(int, o.split())) for o in offsets.split(";")])
        elif record.startswith("E"):
            events.append([part.rsplit(":", 1)[1] for part in record.split("\t", 1)[1].split()])
    spans = []
    for event in events:
        parts = [marks[key] for key in event if marks[key][0] in LABELS]
        if any(label == "content" for label, _ in parts):
            spans += [(label, a, b) for label, fragments in parts for a, b in fragments]
    return spans


def flatten(spans: Iterable[tuple[str, int, int]]) -> tuple[tuple[str, int, int], ...]:
    """Leave no overlap: the outermost content wins, then the longer span.

    PolNeAR hardly nests (a dozen of 22,000 attributions), so nothing much is lost.
    """
    kept: list[tuple[str, int, int]] = []
    for span in sorted(set(spans), key=lambda s: (s[0] != "content", s[1] - s[2], s[1])):
        if all(span[2] <= a or b <= span[1] for _, a, b in kept):
            kept.append(span)
    return tuple(sorted(kept, key=lambda s: s[1]))


def trimmed(text: str, spans: Iterable[tuple[str, int, int]]) -> tuple[tuple[str, int, int], ...]:
    """Cut white space off both ends of every span."""
    out = []
    for label, a, b in spans:
        piece = text[a:b]
        lead, body = len(piece) - len(piece.lstrip()), len(piece.strip())
        if body:
            out.append((label, a + lead, a + lead + body))
    return tuple(out)


def tags_of(words: Words, spans: Iterable[tuple[str, int, int]]) -> np.ndarray:
    """Give one tag per word; a span owns every word that it touches."""
    tags = np.zeros(len(words), np.int64)
    for label, start, end in spans:
        a = int(np.searchsorted(words.end, start, side="right"))
        b = int(np.searchsorted(words.start, end, side="left"))
        if a < b:
            tags[a:b] = 2 + 2 * LABELS.index(label)
            tags[a] -= 1
    return tags


@dataclass(frozen=True)
class Marked:
    """The words of an article, each with its tag and, if asked for, its syntax."""

    words: Words
    tags: np.ndarray
    syntax: np.ndarray | None = None


def mark(article: Article, table: PieceTable) -> Marked:
    """Cut an article into words with tags."""
    words = split_words(article.text, table)
    return Marked(words, tags_of(words, article.spans))


def windows(
    marked: Marked, table: PieceTable, rng: np.random.Generator, longest: int = LONGEST
) -> Iterator[Window]:
    """Cut an article at random: sometimes line by line, else in runs of 112 to 320 pieces."""
    words = marked.words
    if not len(words):
        return
    if rng.random() < 0.3:
        cuts = np.flatnonzero(np.diff(words.paragraph)) + 1
        limit = longest
    else:
        cuts, limit = np.array([], np.int64), int(rng.integers(SHORTEST, longest))
    for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True):
        offset = int(rng.integers(0, limit)) if len(cuts) == 0 else 0
        for c, d in _runs(words, int(a), int(b), limit - 2, offset):
            yield build_window(marked, c, d, table)


def _runs(words: Words, a: int, b: int, limit: int, offset: int) -> Iterator[tuple[int, int]]:
    """Yield runs of words of at most `limit` pieces and marks; the first ends at `offset`."""
    size = words.first[1:] + words.paragraph
    budget = offset or limit
    while a < b:
        before = size[a - 1] if a else 0
        end = int(np.searchsorted(size, before + budget, side="right"))
        end = min(max(end, a + 1), b)
        yield a, end
        a, budget = end, limit


def build_window(marked: Marked, a: int, b: int, table: PieceTable) -> Window:
    """Take words `a` to `b`, a start mark, and a mark after every line."""
    words, pieces, quoted, marks, places = marked.words, [table.start], [0], [IGNORED], []
    for i in range(a, b):
        if i > a and words.paragraph[i] != words.paragraph[i - 1]:
            pieces.append(table.paragraph)
            quoted.append(0)
            marks.append(0)
        places.append(len(pieces))
        own = words.pieces[words.first[i] : words.first[i + 1]].tolist()
        pieces += own
        quoted += [int(words.quoted[i])] * len(own)
        marks += [int(marked.tags[i]), *[IGNORED] * (len(own) - 1)]
    pieces.append(table.paragraph)
    quoted.append(0)
    marks.append(IGNORED)
    syntax = None
    if marked.syntax is not None:
        syntax = _in_window(marked.syntax[a:b], a, np.array(places), len(pieces))
    return Window(np.array(pieces), np.array(quoted), np.array(marks), syntax)


def _in_window(syntax: np.ndarray, a: int, places: np.ndarray, width: int) -> np.ndarray:
    """Spread the syntax of words over pieces; heads outside the window are ``IGNORED``."""
    head = syntax[:, 2] - a
    inside = (head >= 0) & (head < len(places))
    piece = np.where(inside, places[np.where(inside, head, 0)], IGNORED)
    piece[head == np.arange(len(places))] = 0
    out = np.full((width, 3), IGNORED)
    out[places] = np.column_stack([syntax[:, :2], piece])
    return out


def blanked(window: Window, share: float, rng: np.random.Generator) -> Window:
    """Hide a share of a window's word pieces (not marks), so that no single word decides."""
    hide = (rng.random(len(window.pieces)) < share) & (window.pieces >= FIRST_WORD)
    return replace(window, pieces=np.where(hide, MASK, window.pieces))


def batches(found: list[Window], budget: int, rng: np.random.Generator) -> list[list[Window]]:
    """Put windows of like length together, at most `budget` padded pieces, in random order."""
    noise = rng.uniform(0.93, 1.07, len(found))
    order = np.argsort([len(w.pieces) * n for w, n in zip(found, noise, strict=True)])
    out: list[list[Window]] = []
    longest = 0
    for i in order:
        longest = max(longest, len(found[i].pieces))
        if not out or longest * (len(out[-1]) + 1) > budget:
            out.append([])
            longest = len(found[i].pieces)
        out[-1].append(found[i])
    rng.shuffle(out)
    return out
