"""Text → spans of sources, cues and contents, by a small transformer in onnxruntime.

A text is read in windows of whole paragraphs. Windows of all texts are sorted by length and run
in batches; widths are multiples of ``BUCKET``, so what a text yields never depends on the texts
beside it.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime as ort

from analysis.quotations.chain import LABELS, best_tags, legal, posteriors, runs
from analysis.quotations.pieces import PieceTable, Words, load_pieces, split_words

MODEL = Path(__file__).with_name("model")
WINDOW = 160  # pieces read at once
CONTEXT = 32  # pieces by which the windows of one long paragraph overlap
BUCKET = 16
BATCH = 2048  # padded pieces in one run of the network
LONGEST_CHAIN = 2000  # words decoded together


@dataclass(frozen=True, slots=True)
class Span:
    """A span of one label in characters of the untouched text.

    Attributes
    ----------
    label
        ``source``, ``cue`` or ``content``.
    start, end
        Characters, `end` exclusive.
    score
        Mean probability of the span's tags, from 0 to 1.
    """

    label: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the tagger says about one text.

    Attributes
    ----------
    words
        The words of the text, with their characters.
    probability
        Probability of every tag of :data:`analysis.quotations.chain.TAGS` at every word.
    spans
        The best spans, in order; no two overlap.
    """

    words: Words
    probability: np.ndarray
    spans: list[Span]


@dataclass(frozen=True, slots=True)
class Tagger:
    """A loaded model: its session, word pieces and scores of tag after tag."""

    session: ort.InferenceSession
    pieces: PieceTable
    follow: np.ndarray


@dataclass(frozen=True, slots=True)
class _Stream:
    """All pieces of a text with a mark between paragraphs.

    `unit` is 1 where a word starts or a mark stands: the units that get a tag.
    """

    pieces: np.ndarray
    quoted: np.ndarray
    unit: np.ndarray
    marks: np.ndarray


@dataclass(frozen=True, slots=True)
class _Window:
    """Pieces `start` to `end` of text number `text`; it answers for `first` to `last` of them."""

    text: int
    start: int
    end: int
    first: int
    last: int


def load_tagger(path: str | Path | None = None, *, threads: int = 1) -> Tagger:
    """The tagger of a model folder (default: the one that ships), loaded once per process."""
    return _load(str(path or MODEL), threads)


@lru_cache(maxsize=4)
def _load(path: str, threads: int) -> Tagger:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    folder = Path(path)
    session = ort.InferenceSession(
        str(folder / "tagger.onnx"), options, providers=["CPUExecutionProvider"]
    )
    chain = json.loads((folder / "chain.json").read_text(encoding="utf-8"))
    pieces = load_pieces(str(folder / "tokenizer.json"))
    return Tagger(session, pieces, legal(np.array(chain["follow"], np.float32)))


@lru_cache(maxsize=4)
def model_hash(path: str | Path | None = None) -> str:
    """SHA-256 of the weights and of the scores of tag after tag, for the record of a run."""
    folder, digest = Path(path or MODEL), hashlib.sha256()
    for name in ("tagger.onnx", "chain.json"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def tag_texts(texts: Sequence[str], tagger: Tagger) -> list[list[Span]]:
    """Spans of every text, in order of appearance."""
    return [tagged.spans for tagged in tag_words(texts, tagger)]


def tag_words(texts: Sequence[str], tagger: Tagger) -> list[Tagged]:
    """Words, probabilities and spans of every text."""
    words = [split_words(text, tagger.pieces) for text in texts]
    streams = [_stream(each, tagger.pieces) for each in words]
    windows = [w for number, s in enumerate(streams) for w in _windows(number, s)]
    scores = [np.zeros((len(s.pieces), len(tagger.follow)), np.float32) for s in streams]
    for batch in _batches(windows):
        _run(batch, streams, tagger, scores)
    units = [own[s.unit] for own, s in zip(scores, streams, strict=True)]
    chains = [c for number, s in enumerate(streams) for c in _chains(number, s, windows)]
    return _decode(words, streams, units, chains, tagger)


def _stream(words: Words, table: PieceTable) -> _Stream:
    breaks = np.flatnonzero(np.diff(words.paragraph)) + 1
    at = words.first[breaks]
    unit = np.zeros(len(words.pieces), bool)
    unit[words.first[:-1]] = True
    quoted = np.repeat(words.quoted, np.diff(words.first))
    return _Stream(
        np.insert(words.pieces, at, table.paragraph),
        np.insert(quoted, at, 0),
        np.insert(unit, at, True),
        at + np.arange(len(at)),
    )


def _windows(number: int, stream: _Stream) -> Iterator[_Window]:
    """Whole paragraphs packed together; a longer paragraph in windows that overlap."""
    room, size, start = WINDOW - 2, len(stream.pieces), 0
    ends = np.append(stream.marks, size)
    while start < size:
        fitting = int(np.searchsorted(ends, start + room, side="right")) - 1
        end = int(ends[fitting]) if fitting >= 0 else -1
        if end > start:
            yield _Window(number, start, end, start, end)
        else:
            end = int(ends[np.searchsorted(ends, start, side="right")])
            yield from _overlapping(number, start, end, room)
        start = end + 1


def _overlapping(number: int, start: int, end: int, room: int) -> Iterator[_Window]:
    step = room - 2 * CONTEXT
    first = start
    while first < end:
        last = min(first + step + (CONTEXT if first == start else 0), end)
        if end - last <= CONTEXT:
            last = end
        yield _Window(number, max(start, first - CONTEXT), min(end, last + CONTEXT), first, last)
        first = last


def _width(window: _Window) -> int:
    return -(-(window.end - window.start + 2) // BUCKET) * BUCKET


def _batches(windows: list[_Window]) -> Iterator[list[_Window]]:
    """Windows of one width together, at most ``BATCH`` pieces."""
    by_width: dict[int, list[_Window]] = {}
    for window in windows:
        by_width.setdefault(_width(window), []).append(window)
    for width, same in sorted(by_width.items()):
        count = max(1, BATCH // width)
        for at in range(0, len(same), count):
            yield same[at : at + count]


def _run(
    batch: list[_Window], streams: list[_Stream], tagger: Tagger, scores: list[np.ndarray]
) -> None:
    """Run the network on windows of one width and file their scores under their texts."""
    shape = (len(batch), _width(batch[0]))
    pieces, quoted = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
    length = np.array([w.end - w.start + 2 for w in batch], np.int32)
    pieces[:, 0] = tagger.pieces.start
    for row, window in enumerate(batch):
        stream, n = streams[window.text], length[row] - 1
        pieces[row, 1:n] = stream.pieces[window.start : window.end]
        pieces[row, n] = tagger.pieces.paragraph
        quoted[row, 1:n] = stream.quoted[window.start : window.end]
    given = {"pieces": pieces, "quoted": quoted, "length": length}
    (found,) = tagger.session.run(None, given)
    for row, window in enumerate(batch):
        skipped = window.first - window.start + 1
        own = found[row, skipped : skipped + window.last - window.first]
        scores[window.text][window.first : window.last] = own


def _chains(number: int, stream: _Stream, windows: list[_Window]) -> Iterator[tuple[int, int, int]]:
    """Text and units of what is decoded together: a window, or all windows of one paragraph."""
    count = np.concatenate(([0], np.cumsum(stream.unit)))
    start = end = 0
    for window in (w for w in windows if w.text == number):
        if window.first != end:
            yield from _cut(number, int(count[start]), int(count[end]))
            start = window.first
        end = window.last
    yield from _cut(number, int(count[start]), int(count[end]))


def _cut(number: int, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    for at in range(start, end, LONGEST_CHAIN):
        yield number, at, min(at + LONGEST_CHAIN, end)


def _decode(
    words: list[Words],
    streams: list[_Stream],
    units: list[np.ndarray],
    chains: list[tuple[int, int, int]],
    tagger: Tagger,
) -> list[Tagged]:
    tags = [np.zeros(len(own), np.int8) for own in units]
    probability = [np.zeros_like(own) for own in units]
    chains = sorted(chains, key=lambda chain: chain[2] - chain[1])
    for at in range(0, len(chains), 64):
        some = chains[at : at + 64]
        length = np.array([end - start for _, start, end in some])
        scores = np.zeros((len(some), int(length.max()), len(tagger.follow)), np.float32)
        for row, (text, start, end) in enumerate(some):
            scores[row, : end - start] = units[text][start:end]
        best = best_tags(scores, length, tagger.follow)
        sure = posteriors(scores, length, tagger.follow)
        for row, (text, start, end) in enumerate(some):
            tags[text][start:end] = best[row, : end - start]
            probability[text][start:end] = sure[row, : end - start]
    return [_tagged(*each) for each in zip(words, streams, tags, probability, strict=True)]


def _tagged(words: Words, stream: _Stream, tags: np.ndarray, probability: np.ndarray) -> Tagged:
    is_word = np.ones(len(stream.pieces), bool)
    is_word[stream.marks] = False
    is_word = is_word[stream.unit]
    probability = probability[is_word]
    sure = np.take_along_axis(probability, tags[is_word][:, None].astype(np.int64), 1)[:, 0]
    number = np.cumsum(is_word) - is_word
    spans = []
    for label, first, last in runs(tags):
        a, b = int(number[first]), int(number[last - 1] + is_word[last - 1])
        if a < b:
            score = min(1.0, round(float(sure[a:b].mean()), 4))
            spans.append(Span(LABELS[label], int(words.start[a]), int(words.end[b - 1]), score))
    return Tagged(words, probability, spans)
