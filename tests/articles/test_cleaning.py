import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.articles import load_articles, mark_skipped
from analysis.articles.cleaning import REASONS, find_skipped

ROOT = Path(__file__).parents[2]
BEFORE = "The tunnel will open a year late, the council said on Monday."
AFTER = "“We would rather be late than wrong,” said Peter Lind of the roads department."


def marked(text):
    return [(text[start:end], reason) for start, end, reason in find_skipped(text)]


def between(line):
    return f"{BEFORE}\n\n{BEFORE}\n\n{line}\n\n{AFTER}\n\n{BEFORE}"


@pytest.mark.parametrize(("line", "reason"), [
    ("Mayor and builder agree on the “principles” of a new tunnel", "teaser"),
    ("Ferry owners concerned over council’s plan to leave the harbour, strike almost certain",
     "teaser"),
    ("READ MORE: Ten things you could buy for a hole", "read_more"),
    ("Read more: ‘I teach 33 kids,’ head tells all", "read_more"),
    ("Related: Five soups for a cold week", "read_more"),
    ("Read the rest of the story at The Pennant.", "read_more"),
    ("PHOTO: Soldiers unload water. “It’s heavy,” one said.", "caption"),
    ("SOAKED: Rescued workers wrapped in foil. “Like baked spuds,” said one", "caption"),
    ("The bridge last spring (AP Photo/Anna Moss)", "caption"),
    ("Anna Moss/Getty Images.", "caption"),
    ("Sign up for our morning letter and never miss a tunnel.", "furniture"),
    ("Follow Mina Ortega on Twitter @mina.", "furniture"),
    ("Editor’s note: This story was changed to correct a name.", "furniture"),
    ("10:40 a.m.", "furniture"),
    ("* * *", "furniture"),
    ("Advertisement", "read_more"),
])
def test_lines_that_are_not_the_story_are_marked(line, reason):
    assert marked(between(line)) == [(line, reason)]


@pytest.mark.parametrize("line", [
    "“We went there and found nothing,” she said.",
    "Read more books, the minister told the children.",
    "The road ahead",
    "- Ferries stay in port until the rota is withdrawn",
    "Q: Will the tunnel ever be finished?",
    "LIND: I would not put a date on it today.",
    "He said that nobody in the room had believed the price",
    "Watch the water, he told them, and leave when it is black.",
    "More than forty families have left the street since the autumn.",
    "By Friday the water had reached the steps of the church.",
    "WE WOULD RATHER BE LATE THAN WRONG.",
    "Will the tunnel ever be finished, and who will pay for it?",
])
def test_lines_that_are_the_story_stay(line):
    assert marked(between(line)) == []


def test_bylines_and_datelines_at_the_head_are_marked_alone():
    text = f"By Mina Ortega and Tom Hale\n\nPORT ELDER, March 3 (Corvane) — {BEFORE}\n\n{AFTER}"
    assert marked(text) == [("By Mina Ortega and Tom Hale", "byline"),
                            ("PORT ELDER, March 3 (Corvane) —", "dateline")]
    assert marked(f"OSLO, Norway (AP) -- {BEFORE}\n\n{AFTER}") == [
        ("OSLO, Norway (AP) --", "dateline")]


def test_the_end_may_speak_of_the_author_or_to_the_reader():
    text = f"{BEFORE}\n\n{AFTER}\n\n{BEFORE} Got a story? Write to desk@pennant.example\n\n" \
           "Una Berg is the author of three books on harbours."
    assert marked(text) == [("Got a story? Write to desk@pennant.example", "furniture"),
                            ("Una Berg is the author of three books on harbours.", "byline")]
    named = f"{BEFORE}\n\nUna Berg spoke first.\n\n{AFTER}\n\nUna Berg is the museum’s director."
    assert marked(named) == []


def test_a_transcript_and_a_list_are_no_captions_and_teasers():
    turns = "\n\n".join(["LIND: The tunnel will be late", "BERG: By how much, and who will pay",
                         "LIND: By a year or so, I should think"])
    assert marked(between(turns)) == []
    items = "\n\n".join(f"Number {n} of the plans for a better harbour in town" for n in range(6))
    assert marked(between(items)) == []


def test_the_headline_and_the_line_under_it_are_not_teasers():
    head = "Harbour tunnel to open a year late\n\nCouncil blames the mud and the maps for it"
    text = f"{head}\n\n{BEFORE}\n\n{AFTER}"
    assert marked(text) == []


def test_what_a_colon_announces_or_the_next_paragraph_continues_stays():
    line = "Nobody in this town believes a word of the plan"
    assert marked(f"{BEFORE}\n\n{BEFORE} The sign reads as follows:\n\n{line}\n\n{AFTER}") == []
    assert marked(f"{BEFORE}\n\n{BEFORE}\n\n{line}\n\nand nobody ever did.\n\n{AFTER}") == []


def test_boilerplate_is_what_an_outlet_repeats_and_copies_are_not():
    closing = "The Pennant is printed on paper from the woods of Marenne."
    own = [f"{BEFORE}\n\nParagraph {n} has its own words {60 * 'and '}.\n\n{AFTER}\n\n{closing}"
           for n in range(4)]
    same = 4 * [f"{BEFORE}\n\nOne and the same.\n\n{AFTER}\n\nThe end of it is the same as well."]
    articles = mark_skipped(pd.DataFrame({"outlet": 4 * ["P"] + 4 * ["Q"], "text": own + same}))
    assert [[reason for _, _, reason in spans] for spans in articles["skipped"]] == (
        4 * [2 * ["boilerplate"]] + 4 * [[]])
    other = mark_skipped(pd.DataFrame({"outlet": list("PQRS"), "text": own}))
    assert all(spans == [] for spans in other["skipped"])


def test_nothing_else_of_the_frame_changes():
    articles = pd.DataFrame({"text": [between("READ MORE: A thing"), ""]}, index=[5, 9])
    before = articles.copy(deep=True)
    found = mark_skipped(articles)
    pd.testing.assert_frame_equal(articles, before)
    assert found.index.tolist() == [5, 9]
    assert found["skipped"][9] == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([BEFORE, AFTER, "READ MORE: A thing to read", "", "Getty", "A: “b",
                                 "OSLO (AP) — It rained.", "\r", "By Jane Doe"]), max_size=9),
       st.sampled_from(["\n", "\n\n", "\r\n\r\n"]))
def test_spans_lie_in_the_text_in_order_and_apart(lines, gap):
    text = gap.join(lines)
    last = 0
    for start, end, reason in find_skipped(text):
        assert last <= start < end <= len(text)
        assert reason in REASONS
        assert text[start:end] == text[start:end].strip()
        last = end


def test_the_seeds_two_teasers_are_marked_and_nothing_else():
    article = mark_skipped(load_articles(ROOT / "seeds").articles).iloc[0]
    lines = [(article["text"][start:end], reason) for start, end, reason in article["skipped"]]
    assert [reason for _, reason in lines] == ["teaser", "teaser"]
    assert lines[0][0].startswith("Biden and Putin agree on")
    assert lines[1][0].startswith("NATO allies concerned over")


def test_demo_gold_is_found():
    articles = mark_skipped(load_articles(ROOT / "data/demo/articles").articles)
    found = {(row.article_id, start, end) for row in articles.itertuples()
             for start, end, _ in row.skipped}
    lines = (ROOT / "data/demo/gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {(item["article_id"], start, end) for item in map(json.loads, lines)
            for start, end, _ in item["skipped"]}
    assert len(found & gold) >= 0.95 * len(found)
    assert len(found & gold) >= 0.85 * len(gold)


@pytest.mark.corpus
def test_gold_quotations_of_polnear_are_not_lost():
    corpus = ROOT.parent / "shared/corpora/polnear/dev"
    if not corpus.is_dir():
        pytest.skip("the corpus is not here")
    articles = mark_skipped(load_articles(corpus / "text").articles).set_index("article_id")
    lost = total = 0
    for path in (corpus / "attributions").glob("*.ann"):
        spans = articles["skipped"][path.stem.rpartition("_")[0]]
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, _, places = line.partition("\t")[2].partition("\t")[0].partition(" ")
            if line.startswith("T") and kind == "Content":
                pieces = [tuple(map(int, piece.split())) for piece in places.split(";")]
                total += 1
                lost += any(start < e and s < end for start, end, _ in spans for s, e in pieces)
    assert total > 2000
    assert lost <= 0.01 * total
