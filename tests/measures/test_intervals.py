import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from analysis.errors import InputError
from analysis.measures.compare import difference_interval
from analysis.measures.intervals import _t_quantile, share_intervals, wilson

from .frames import simulate


@pytest.mark.parametrize("degrees", [4, 7, 12, 30, 200])
def test_students_t_is_that_of_scipy(degrees):
    assert _t_quantile(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), abs=0.002)


@pytest.mark.parametrize(("right", "n"), [(0, 8), (3, 8), (8, 8), (65, 100)])
def test_wilson_is_that_of_statsmodels(right, n):
    expected = proportion_confint(right, n, method="wilson")
    assert np.allclose([float(end) for end in wilson(right, n)], expected)


def test_one_quotation_an_article_gives_the_usual_interval():
    """Without likeness inside articles the interval is that of a plain proportion."""
    counts = np.zeros((400, 1))
    counts[:120] = 1
    low, high = share_intervals(counts, np.ones((400, 1)), n_bootstrap=4000)
    expected = proportion_confint(120, 400, method="wilson")
    assert np.allclose([low[0], high[0]], expected, atol=0.01)


def test_a_difference_is_newcombes():
    """MOVER of two Wilson intervals is Newcombe's hybrid score interval."""
    import pandas as pd

    ends = [wilson(np.array([right]), np.array([n])) for right, n in ((30, 100), (12, 90))]
    table = pd.DataFrame({
        "value_first": [0.3], "low_first": ends[0][0], "high_first": ends[0][1],
        "value_second": [12 / 90], "low_second": ends[1][0], "high_second": ends[1][1],
    })
    found = difference_interval(table)
    expected = confint_proportions_2indep(30, 100, 12, 90, method="newcomb", compare="diff")
    assert np.allclose([found["low"].iloc[0], found["high"].iloc[0]], expected)


def test_draws_are_seeded():
    counts, totals = simulate(np.random.default_rng(0), n_articles=30, share=0.3)
    one, two = (share_intervals(counts, totals, random_seed=7) for _ in range(2))
    assert np.array_equal(one, two)


def test_too_few_draws_are_refused():
    with pytest.raises(InputError, match="n_bootstrap = 0 is not 50 or more"):
        share_intervals(np.ones((9, 1)), np.full((9, 1), 2.0), n_bootstrap=0)


def test_fewer_than_five_articles_have_no_interval():
    low, high = share_intervals(np.ones((4, 2)), np.full((4, 1), 2.0))
    assert np.isnan([*low, *high]).all()


@pytest.mark.parametrize(("n_articles", "share"), [(12, 0.3), (40, 0.1), (60, 0.5)])
def test_intervals_cover_the_truth(n_articles, share):
    """120 corpora; the full 500 in more settings: tests/benchmarks/coverage.py."""
    rng = np.random.default_rng(1)
    hits = 0
    for corpus in range(120):
        counts, totals = simulate(rng, n_articles=n_articles, share=share)
        low, high = share_intervals(counts[:, :1], totals, n_bootstrap=200, random_seed=corpus)
        hits += low[0] <= share <= high[0]
    assert 0.90 <= hits / 120 <= 0.995
