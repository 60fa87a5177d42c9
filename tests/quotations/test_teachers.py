"""What fitted networks teach another: how often they expect each tag."""

from itertools import product

import pytest

torch = pytest.importorskip("torch", reason="only a fit needs torch (extra [train])")

from analysis.quotations.chain import TAGS  # noqa: E402
from analysis.quotations.training.data import IGNORED  # noqa: E402
from analysis.quotations.training.model import Counts, Read  # noqa: E402
from analysis.quotations.training.teachers import blend, expected_counts  # noqa: E402

N = len(TAGS)


class Teacher:
    """Says the same scores of every text."""

    def __init__(self, scores, follow):
        self.scores, self.follow = scores, follow

    def __call__(self, *_windows):
        return Read(self.scores, None, None)


def test_expected_counts_are_those_of_all_sequences_weighed():
    torch.manual_seed(1)
    teachers = [Teacher(torch.randn(1, 4, N), torch.randn(N, N)) for _ in range(2)]
    tags = torch.tensor([[0, IGNORED, 0, 0]])  # the second piece begins no word
    found = expected_counts(teachers, (None, None, None), tags)
    scores = sum(teacher.scores for teacher in teachers)[0, [0, 2, 3]] / 2
    follow = sum(teacher.follow for teacher in teachers) / 2
    own, after, total = torch.zeros(3, N), torch.zeros(N, N), 0.0
    for a, b, c in product(range(N), repeat=3):
        weight = (scores[0, a] + scores[1, b] + scores[2, c] + follow[a, b] + follow[b, c]).exp()
        total += weight
        for place, tag in enumerate((a, b, c)):
            own[place, tag] += weight
        after[a, b] += weight
        after[b, c] += weight
    assert torch.allclose(found.own[0], own / total, atol=1e-5)
    assert torch.allclose(found.after, after / total, atol=1e-5)


def test_what_is_annotated_and_what_is_taught_are_mixed_by_share():
    gold = Counts(torch.ones(1, 2, N), torch.zeros(N, N))
    taught = Counts(torch.zeros(1, 2, N), torch.ones(N, N))
    mixed = blend(gold, taught, 0.25)
    assert torch.all(mixed.own == 0.75)
    assert torch.all(mixed.after == 0.25)
