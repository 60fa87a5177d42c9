"""Our figures and those of the shared scorer agree to the last digit."""

import importlib.util
import json
import random
from pathlib import Path

import pytest

from analysis.accuracy import export_predictions, read_gold
from analysis.accuracy.compare import compare_articles, is_statement
from analysis.accuracy.counts import count_articles, figures

from .frames import make_tables

SHARED = Path(__file__).parents[3] / "shared"
DEV = SHARED / "corpora" / "polnear" / "dev"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not DEV.is_dir(), reason=f"PolNeAR is not at {DEV}"),
]
NAMES = {"quote_speaker": "content_source", "quote_speaker_named": "content_source_named"}


@pytest.fixture(scope="module")
def scorer():
    spec = importlib.util.spec_from_file_location("shared_scorer", SHARED / "tools" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def theirs(scorer):
    return scorer.load_gold(str(DEV))


def gold_itself(quotes, _rng):
    return quotes


def nothing(_quotes, _rng):
    return []


def dropped(quotes, rng):
    return [{**quote, "source": [] if rng.random() < 0.2 else quote["source"]}
            for quote in quotes if rng.random() < 0.7]


def shifted(quotes, rng):
    def move(spans):
        return [(max(0, start - rng.randrange(25)), max(start + 1, end - rng.randrange(25)))
                for start, end in spans]
    return [{role: move(spans) for role, spans in quote.items()} for quote in quotes]


def merged(quotes, rng):
    pairs = zip(quotes, quotes[1:], strict=False)
    return [{role: [*one[role], *other[role]] for role in one} for one, other in pairs
            if rng.random() < 0.5] + quotes[::3]


def doubled(quotes, rng):
    mixed = [{**quote, "source": rng.choice(quotes)["source"]} for quote in quotes]
    return rng.sample([*mixed, *quotes], k=2 * len(quotes))


@pytest.mark.parametrize("change", [gold_itself, nothing, dropped, shifted, merged, doubled])
def test_every_figure_agrees_to_the_last_digit(scorer, theirs, tmp_path, change):
    rng = random.Random(change.__name__)
    quotes = {stem: change(article["quotes"], rng) for stem, article in theirs.items()}
    tables = make_tables({stem: article["text"] for stem, article in theirs.items()}, quotes)
    path = tmp_path / "predictions.jsonl"
    path.write_text(export_predictions(tables), encoding="utf-8")
    expected, _, _ = scorer.score(theirs, scorer.load_predictions(str(path), theirs))
    ours = figures(count_articles(compare_articles(tables, read_gold(DEV))), n_bootstrap=0)
    compared = 0
    for row in ours.itertuples():
        want = _find(expected, row.group, row.measure)
        got = {"r": row.recall, "gold": row.n_gold, "tp": row.n_right}
        if "p" in want:
            got |= {"p": row.precision, "f1": row.f1, "pred": row.n_found}
        assert got == want, (row.group, row.measure)
        compared += 1
    assert compared == 41


def _find(expected, group, measure):
    """Give the scorer's figure for our group and measure."""
    name = {one: other for other, one in NAMES.items()}.get(measure, measure)
    if group == "all":
        return expected[name]
    if group == "statements":
        return expected["statements"][name]
    kind = group.removeprefix("statements_")
    place = expected["statements"] if group.startswith("statements") else expected
    return place["by_type"][kind][name]


def test_the_speech_verbs_are_the_scorers(scorer):
    forms = {*scorer.SPEECH_FORMS, "According to", "hopes", "plan to", "opposition to", "believes"}
    assert [form for form in forms if is_statement(form) != scorer.is_statement_cue(form)] == []


def test_every_annotator_choice_reads_the_same_gold(scorer):
    for annotator in ("first", "last"):
        expected = scorer.load_gold(str(DEV), annotator)
        for article in read_gold(DEV, annotator=annotator).articles:
            want = expected[article.article_id]
            got = [{role: list(getattr(quote, role)) for role in ("content", "cue", "source")}
                   for quote in article.quotes]
            assert json.dumps(got) == json.dumps(want["quotes"])
            assert article.text == want["text"]
            assert sorted(article.skipped) == sorted(want["discard"])
