"""What fitted networks teach another: how often they expect each tag."""

from itertools import product

import pytest

torch = pytest.importorskip("torch", reason="only a fit needs torch (extra [train])")

from analysis.quotations.chain import TAGS  # noqa: E402
from analysis.quotations.training.data import IGNORED  # noqa: E402
from analysis.quotations.training.model import Counts, Read  # noqa: E402
from analysis.quotations.training.recipe import Recipe  # noqa: E402
from analysis.quotations.training.teachers import (  # noqa: E402
    Teachers,
    blend,
    expected_counts,
    load_teachers,
    speakers,
    wanted,
)

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


@pytest.fixture(scope="module")
def tags():
    return torch.tensor([[0, 0, IGNORED, 0], [0, IGNORED, 0, IGNORED]])


def circle(n, **given):
    """Give teachers of whom the i-th expects tag i % 7 everywhere."""
    certain = [torch.full((2, 4, N), -20.0).index_fill(2, torch.tensor(i % N), 20.0)
               for i in range(n)]
    return Teachers([Teacher(scores, torch.zeros(N, N)) for scores in certain], **given)


def test_of_a_fold_those_speak_who_have_not_read_it_and_for_a_share_those_of_another(tags):
    said = circle(5, folds=5, mix=0.25).say(2, 0, (), tags)
    assert said.own[0, 0].tolist() == pytest.approx([0, 0, 0.75, 0.25, 0, 0, 0], abs=1e-4)


def test_others_who_have_read_a_fold_take_turns_and_leave_out_those_who_have_not():
    turns = [speakers(3, epoch, 5) for epoch in range(4)]
    assert [outer for outer, _ in turns] == [{3}] * 4
    assert [inner for _, inner in turns] == [{4}, {0}, {1}, {2}]


def test_of_what_none_has_read_the_teachers_of_two_folds_speak_in_turns():
    assert [speakers(-1, epoch, 5) for epoch in (0, 3)] == [({0, 2}, set()), ({3, 0}, set())]


def test_teachers_of_two_folds_all_speak_of_everything(tags):
    said = circle(3).say(-1, 1, (), tags)
    # scores are averaged: 20 for one of three, -20 for two, so that the three tags are alike
    assert said.own[0, 0].tolist() == pytest.approx([1 / 3] * 3 + [0] * 4, abs=1e-4)


def test_where_nobody_annotated_teachers_alone_decide_tags_and_edges(tags):
    said = circle(1).say(-1, 0, (), tags)
    said.own[0, 2, 5] = 2.0
    counts, spanned = wanted(tags, said, annotated=False, share=0.5)
    assert counts is said
    assert spanned.tolist() == [[0, 0, IGNORED, 5], [0, IGNORED, 0, IGNORED]]


def test_where_tags_are_annotated_teachers_have_their_share_and_edges_are_as_annotated(tags):
    said = circle(2).say(-1, 0, (), tags)
    counts, spanned = wanted(tags, said, annotated=True, share=0.5)
    assert counts.own[0, 0].tolist() == pytest.approx([0.75, 0.25, 0, 0, 0, 0, 0], abs=1e-4)
    assert spanned is tags


@pytest.mark.parametrize(("recipe", "says"), [
    (Recipe(lessons="texts"), "lessons need teachers"),
    (Recipe(folds=5, teachers="one,other"), "5 folds need a teacher each; teachers names 2"),
])
def test_lessons_and_folds_without_teachers_are_refused(recipe, says):
    with pytest.raises(ValueError, match=says):
        load_teachers(recipe)
