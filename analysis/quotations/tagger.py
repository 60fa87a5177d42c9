"""Text → spans of sources, cues and contents, by a small transformer in onnxruntime.

A text is read in windows of whole paragraphs. Windows of all texts are sorted by length and run
in batches; widths are multiples of 16, so what a text yields never depends on the texts
beside it.
"""

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime as ort

from analysis.quotations.chain import (
    LABELS,
    TAGS,
    best_tags,
    forward_backward,
    legal,
    posteriors,
    runs,
)
from analysis.quotations.edges import Reading, settle
from analysis.quotations.pieces import PieceTable, Words, load_pieces, split_words
from analysis.quotations.windows import (
    Stream,
    Window,
    batches_of,
    stream_of,
    width_of,
    windows_of,
)

MODEL = Path(__file__).with_name("model")
LONGEST_CHAIN = 2000  # words decoded together
_DATELINE = re.compile(  # LONDON, Oct 20 (Reuters) -
    r"^[ \t]*[A-Z][A-Z'’.-]{2,}(?: [A-Z'’.-]+)*(?:, [A-Z][a-z.]+(?: [A-Z][a-z.]+)?)?"
    r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?(?: ?\([A-Za-z ]{2,30}\))? *(?:--|[-–—―])[ \t\u00a0]+",
    re.MULTILINE,
)


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
    """A loaded model: its session, word pieces and scores of tag after tag.

    For every piece the session gives a score for each tag, then the piece's vector as the first
    word of a span, then the one as the last.
    """

    session: ort.InferenceSession
    pieces: PieceTable
    follow: np.ndarray

    @property
    def columns(self) -> int:
        """Count what the session gives for every piece."""
        return self.session.get_outputs()[0].shape[2]


def load_tagger(path: str | Path | None = None, *, threads: int = 1) -> Tagger:
    """Load the tagger of a model folder (default: the one that ships), once per process."""
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
    """Hash (SHA-256) the weights and the scores of tag after tag, for the record of a run."""
    folder, digest = Path(path or MODEL), hashlib.sha256()
    for name in ("tagger.onnx", "chain.json"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def tag_texts(texts: Sequence[str], tagger: Tagger) -> list[list[Span]]:
    """Find the spans of every text, in order of appearance."""
    return [tagged.spans for tagged in tag_words(texts, tagger)]


def tag_words(texts: Sequence[str], tagger: Tagger) -> list[Tagged]:
    """Give words, probabilities and spans of every text."""
    words = [split_words(text, tagger.pieces) for text in texts]
    streams = [stream_of(each, tagger.pieces) for each in words]
    windows = [w for number, s in enumerate(streams) for w in windows_of(number, s)]
    scores = [np.zeros((len(s.pieces), tagger.columns), np.float32) for s in streams]
    for batch in batches_of(windows):
        _run(batch, streams, tagger, scores)
    units = [own[s.unit] for own, s in zip(scores, streams, strict=True)]
    chains = [c for number, s in enumerate(streams) for c in _chains(number, s, windows)]
    found = _decode(words, streams, units, chains, tagger)
    return [_without_dateline(*each) for each in zip(texts, found, strict=True)]


def _without_dateline(text: str, tagged: Tagged) -> Tagged:
    """Start spans behind a dateline, which opens a story but belongs to nobody's words."""
    lines = [match.span() for match in _DATELINE.finditer(text)]
    if not lines:
        return tagged
    spans = []
    for span in tagged.spans:
        at = bisect_right(lines, (span.start, len(text))) - 1
        behind = lines[at][1] if at >= 0 else 0
        if behind < span.end:
            spans.append(replace(span, start=max(span.start, behind)))
    return replace(tagged, spans=spans)


def _run(
    batch: list[Window], streams: list[Stream], tagger: Tagger, scores: list[np.ndarray]
) -> None:
    """Run the network on windows of one width and file their scores under their texts."""
    shape = (len(batch), width_of(batch[0]))
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


def _chains(number: int, stream: Stream, windows: list[Window]) -> Iterator[tuple[int, int, int]]:
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
    streams: list[Stream],
    units: list[np.ndarray],
    chains: list[tuple[int, int, int]],
    tagger: Tagger,
) -> list[Tagged]:
    spans: list[list[tuple[int, int, int]]] = [[] for _ in units]
    probability = [np.zeros((len(own), len(TAGS)), np.float32) for own in units]
    chains = sorted(chains, key=lambda chain: chain[2] - chain[1])
    for at in range(0, len(chains), 64):
        some = chains[at : at + 64]
        found, sure = _decode_some([units[text][a:b] for text, a, b in some], tagger)
        for row, (text, start, end) in enumerate(some):
            probability[text][start:end] = sure[row, : end - start]
        for row, label, first, last in found.tolist():
            text, start, _ = some[row]
            spans[text].append((label, start + first, start + last))
    return [_tagged(*each) for each in zip(words, streams, spans, probability, strict=True)]


def _decode_some(some: list[np.ndarray], tagger: Tagger) -> tuple[np.ndarray, np.ndarray]:
    """Spans (chain, label, first, last + 1) of some chains, and every tag's probability."""
    length = np.array([len(own) for own in some])
    given = np.zeros((len(some), int(length.max()), tagger.columns), np.float32)
    for row, own in enumerate(some):
        given[row, : len(own)] = own
    scores, first, last = np.split(given, _split_at(tagger.columns), axis=2)
    tags = best_tags(scores, length, tagger.follow)
    spans = np.array([(row, *span) for row, own in enumerate(tags) for span in runs(own)], np.int64)
    ahead, behind = forward_backward(scores, length, tagger.follow)
    reading = Reading(length, scores, ahead, behind, first, last)
    return settle(spans, reading, tagger.follow), posteriors(ahead, behind)


def _split_at(columns: int) -> tuple[int, int]:
    return len(TAGS), (columns + len(TAGS)) // 2


def _tagged(
    words: Words, stream: Stream, spans: list[tuple[int, int, int]], probability: np.ndarray
) -> Tagged:
    is_word = np.ones(len(stream.pieces), bool)
    is_word[stream.marks] = False
    is_word = is_word[stream.unit]
    probability = probability[is_word]
    number = np.cumsum(is_word) - is_word
    found = []
    for label, first, last in sorted(spans, key=lambda span: span[1]):
        a, b = int(number[first]), int(number[last - 1] + is_word[last - 1])
        if a < b:
            found.append(Span(LABELS[label], int(words.start[a]), int(words.end[b - 1]),
                              _sure(probability[a:b], label)))
    return Tagged(words, probability, found)


def _sure(probability: np.ndarray, label: int) -> float:
    """Give the mean probability of the tags of a span."""
    begun, gone_on = probability[0, 1 + 2 * label], probability[1:, 2 + 2 * label]
    return min(1.0, round(float((begun + gone_on.sum()) / len(probability)), 4))
