"""Small articles of other styles and times, written for this project, with their quotations."""

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.quotations import extract_quotations

pytestmark = pytest.mark.model
CASES = [json.loads(line) for line in
         (Path(__file__).parent / "mini_cases.jsonl").read_text(encoding="utf-8").splitlines()]
FLOOR = {"recall": 0.85, "precision": 0.8, "sourced": 0.75}


def letters(text, spans):
    return {i for a, b in spans for i in range(a, b) if text[i].isalnum()}


def overlap(one, other):
    return len(one & other) / max(1, len(one | other))


@pytest.fixture(scope="module")
def scores():
    articles = pd.DataFrame({"article_id": [str(i) for i in range(len(CASES))],
                             "text": [case["text"] for case in CASES]})
    quotes = extract_quotations(articles).quotes
    hits = sourced = gold = 0
    for number, case in enumerate(CASES):
        own = quotes[quotes["article_id"] == str(number)]
        text = case["text"]
        found = [(letters(text, c), letters(text, s))
                 for c, s in zip(own["spans"], own["source_spans"], strict=True)]
        for quote in case["quotes"]:
            gold += 1
            content, source = letters(text, quote["content"]), letters(text, quote["source"])
            best = max(found, key=lambda f: overlap(f[0], content), default=None)
            if best and overlap(best[0], content) >= 0.5:
                hits += 1
                sourced += bool(best[1] & source) if source else not best[1]
    return {"recall": hits / gold, "precision": hits / len(quotes), "sourced": sourced / gold}


def test_there_are_thirty_cases():
    assert len(CASES) >= 30


@pytest.mark.parametrize("figure", FLOOR)
def test_other_styles_are_found(scores, figure):
    assert scores[figure] >= FLOOR[figure], scores
