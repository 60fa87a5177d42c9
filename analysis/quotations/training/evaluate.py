"""Exact span figures on annotated articles, whole and line by line."""

from collections.abc import Sequence

import numpy as np
import torch

from analysis.quotations.chain import LABELS, best_tags, legal, runs
from analysis.quotations.pieces import PieceTable
from analysis.quotations.training.data import (
    IGNORED,
    Article,
    Marked,
    Window,
    build_window,
    mark,
)
from analysis.quotations.training.model import Tagger


def fixed_windows(marked: Marked, table: PieceTable, limit: int) -> list[Window]:
    """Whole lines packed into windows of at most `limit` pieces; a long line is cut hard."""
    words, found, a = marked.words, [], 0
    cost = words.first[1:] + words.paragraph
    line_ends = np.append(np.flatnonzero(np.diff(words.paragraph)) + 1, len(words))
    while a < len(words):
        before = cost[a - 1] if a else 0
        end = int(np.searchsorted(cost, before + limit - 2, side="right"))
        whole = line_ends[(line_ends > a) & (line_ends <= end)]
        b = int(whole[-1]) if len(whole) else max(end, a + 1)
        found.append(build_window(marked, a, b, table))
        a = b
    return found


def pad(batch: Sequence[Window]) -> tuple[torch.Tensor, ...]:
    """Pieces, marks, lengths and tags of some windows as tensors of equal width."""
    width = -(-max(len(w.pieces) for w in batch) // 8) * 8
    pieces = np.zeros((len(batch), width), np.int64)
    quoted = np.zeros((len(batch), width), np.int64)
    tags = np.full((len(batch), width), IGNORED, np.int64)
    for row, window in enumerate(batch):
        n = len(window.pieces)
        pieces[row, :n], quoted[row, :n], tags[row, :n] = window.pieces, window.quoted, window.tags
    length = np.array([len(w.pieces) for w in batch])
    return tuple(torch.from_numpy(part) for part in (pieces, quoted, length, tags))


def pad_syntax(batch: Sequence[Window], width: int) -> torch.Tensor:
    """Give the syntax of some windows as one tensor."""
    known = np.full((len(batch), width, 3), IGNORED, np.int64)
    for row, window in enumerate(batch):
        known[row, : len(window.pieces)] = window.syntax
    return torch.from_numpy(known)


@torch.no_grad()
def predict(model: Tagger, found: Sequence[Window]) -> list[np.ndarray]:
    """Best tags at the tagged pieces of every window."""
    model.eval()
    device = model.follow.device
    follow = legal(model.follow.detach().cpu().numpy())
    out: list[np.ndarray] = [np.zeros(0)] * len(found)
    order = np.argsort([len(w.pieces) for w in found])
    for at in range(0, len(order), 16):
        rows = order[at : at + 16]
        *read, tags = pad([found[i] for i in rows])
        with torch.autocast(device.type, torch.bfloat16):
            scores = model(*(part.to(device) for part in read)).scores.cpu().numpy()
        for row, i in enumerate(rows):
            own = scores[row][(tags[row] != IGNORED).numpy()][None]
            out[i] = best_tags(own, np.array([own.shape[1]]), follow)[0]
    return out


def span_figures(
    model: Tagger, articles: Sequence[Article], table: PieceTable, limit: int | None
) -> dict[str, float]:
    """Exact F1 (per cent) per label; `limit` None takes every line alone."""
    found: list[Window] = []
    for article in articles:
        marked = mark(article, table)
        words = marked.words
        if limit:
            found += fixed_windows(marked, table, limit)
        else:
            cuts = [0, *(np.flatnonzero(np.diff(words.paragraph)) + 1).tolist(), len(words)]
            for a, b in zip(cuts, cuts[1:], strict=False):
                found += [build_window(marked, a, min(b, a + 400), table)] if a < b else []
    gold, both, guessed = np.zeros(3), np.zeros(3), np.zeros(3)
    for window, tags in zip(found, predict(model, found), strict=True):
        right = set(runs(window.tags[window.tags != IGNORED]))
        got = set(runs(tags))
        for counts, spans in ((gold, right), (guessed, got), (both, right & got)):
            for label, _, _ in spans:
                counts[label] += 1
    f1 = 200 * both / np.maximum(gold + guessed, 1)
    return {label: round(float(f), 2) for label, f in zip(LABELS, f1, strict=True)}
