"""Links on hand-made spans: no tagger, only the linker's arrays."""

from typing import NamedTuple

import numpy as np
import pytest

from analysis.quotations.layout import lay_out
from analysis.quotations.linker import link, load_linker
from analysis.quotations.marks import mask_of, quoted_regions
from analysis.quotations.trees import Trees


class Given(NamedTuple):
    label: str
    start: int
    end: int
    score: float = 1.0


def links_of(text, **spans):
    given = []
    for label, words in spans.items():
        at = 0
        for word in words:
            at = text.index(word, at)
            given.append(Given(label, at, at + len(word)))
    layout = lay_out(text, given, mask_of(len(text), quoted_regions(text)))
    (found,) = link([layout], load_linker())

    def words(at):
        return text[layout.start[at] : layout.end[at]] if at >= 0 else None

    return [([words(c) for c in made.contents], words(made.cue), words(made.source))
            for made in found]


@pytest.mark.parametrize(("text", "spans", "expected"), [
    pytest.param(
        "“It is late,” Hale said. “We go.”",
        {"content": ["It is late", "We go"], "cue": ["said"], "source": ["Hale"]},
        [(["It is late", "We go"], "said", "Hale")], id="split"),
    pytest.param(
        "Hale said it was late and Oduya denied this.",
        {"content": ["it was late", "this"], "cue": ["said", "denied"],
         "source": ["Hale", "Oduya"]},
        [(["it was late"], "said", "Hale"), (["this"], "denied", "Oduya")], id="two in a sentence"),
    pytest.param(
        "Hale said it was late but added that she would stay.",
        {"content": ["it was late", "that she would stay"], "cue": ["said", "added"],
         "source": ["Hale"]},
        [(["it was late"], "said", "Hale"), (["that she would stay"], "added", "Hale")],
        id="shared source"),
    pytest.param(
        "The bridge is expected to close.", {"content": ["to close"], "cue": ["is expected"]},
        [(["to close"], "is expected", None)], id="no source"),
    pytest.param("“No,” it read.", {"content": ["No"]}, [(["No"], None, None)], id="no cue"),
    pytest.param("Nothing here.", {}, [], id="nothing"),
])
def test_spans_are_linked(text, spans, expected):
    assert links_of(text, **spans) == expected


def test_trees_follow_their_arrays():
    trees = Trees(
        feature=np.array([[1, 0, 0]], np.int16), threshold=np.array([[2.0, 0, 0]], np.float32),
        left=np.array([[1, 1, 2]], np.int16), right=np.array([[2, 1, 2]], np.int16),
        value=np.array([[0.0, -4.0, 4.0]], np.float32), start=0.0, depth=1,
    )
    low, high = trees.probability(np.array([[9, 1.0], [9, 3.0]], np.float32))
    assert low == pytest.approx(0.018, abs=1e-3)
    assert high == pytest.approx(0.982, abs=1e-3)
    stored = {name: np.array(value) for name, value in trees.arrays("t").items()}
    assert Trees.from_arrays(stored, "t").depth == 1
