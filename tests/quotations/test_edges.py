"""Edges of spans: they move only where both agree, and never into a neighbour."""

import numpy as np
import pytest

from analysis.quotations.chain import LABELS, TAGS, forward_backward, legal
from analysis.quotations.edges import FARTHEST, Reading, settle

CONTENT = LABELS.index("content")
FOLLOW = legal(np.zeros((len(TAGS), len(TAGS)), np.float32))


def reading(scores, first=None, last=None):
    """One window of scores; `first` and `last` say which word is drawn to which."""
    width = scores.shape[1]
    none = np.zeros((1, width, 1), np.float32)
    length = np.array([width])
    ahead, behind = forward_backward(scores, length, FOLLOW)
    return Reading(length, scores, ahead, behind,
                   none if first is None else first, none if last is None else last)


def unsure(width, begins, *, until):
    """Scores of a content from word `begins` on that may stop at any word before `until`."""
    scores = np.full((1, width, len(TAGS)), -9.0, np.float32)
    scores[:, :, 0] = 0
    scores[:, begins, TAGS.index("B-content")] = 9
    scores[:, begins + 1 : until, TAGS.index("I-content")] = 0.1
    return scores


def drawn(width, *places):
    vectors = np.zeros((1, width, 1), np.float32)
    vectors[0, list(places)] = 3.0
    return vectors


def test_an_end_moves_to_the_word_that_its_start_asks_for():
    given = reading(unsure(10, 2, until=8), drawn(10, 2), drawn(10, 4))
    assert settle(np.array([[0, CONTENT, 2, 8]]), given, FOLLOW).tolist() == [[0, CONTENT, 2, 5]]


def test_edges_stay_where_nothing_draws_them_and_the_chain_is_sure():
    scores = unsure(10, 2, until=8)
    scores[:, 3:8, TAGS.index("I-content")] = 9
    given = reading(scores)
    assert settle(np.array([[0, CONTENT, 2, 8]]), given, FOLLOW).tolist() == [[0, CONTENT, 2, 8]]


def test_an_end_never_enters_the_next_span():
    scores = unsure(10, 2, until=9)
    given = reading(scores, drawn(10, 2), drawn(10, 8))
    spans = np.array([[0, CONTENT, 2, 4], [0, CONTENT, 6, 9]])
    first, second = settle(spans, given, FOLLOW).tolist()
    assert first[3] <= second[2]


@pytest.mark.parametrize("width", [1, 2, FARTHEST + 40])
def test_spans_of_every_length_keep_their_order(width):
    rng = np.random.default_rng(width)
    given = reading(rng.normal(0, 1, (1, width, len(TAGS))).astype(np.float32),
                    rng.normal(0, 1, (1, width, 4)), rng.normal(0, 1, (1, width, 4)))
    (span,) = settle(np.array([[0, CONTENT, 0, width]]), given, FOLLOW).tolist()
    assert 0 <= span[2] < span[3] <= width


def test_no_spans_are_no_trouble():
    empty = np.zeros((0,), np.int64)
    assert len(settle(empty, reading(unsure(4, 0, until=2)), FOLLOW)) == 0
