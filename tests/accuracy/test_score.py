import json

import numpy as np
import pytest

from analysis.accuracy import accuracy_table, export_predictions, score_tables, show_misses
from analysis.errors import InputError
from analysis.tables import write_table

from .frames import make_tables, row_of, span, write_lines

TEXT = ('"We will win," Ann Roe said. "It is sure."\n'
        "She believes the plan failed.\nOfficials wrote that the vote was late.\nRead more here.")
ROE = {"speaker": "Ann Roe", "speaker_kind": "person"}
QUOTES = [
    {"content": [span(TEXT, "We will win"), span(TEXT, "It is sure")], "kind": "direct",
     "cue": [span(TEXT, "said")], "source": [span(TEXT, "Ann Roe")], "topic": ["Poll"], **ROE},
    {"content": [span(TEXT, "the plan failed")], "cue": [span(TEXT, "believes")],
     "source": [span(TEXT, "She")], "kind": "indirect", "topic": ["Plan"], **ROE},
    {"content": [span(TEXT, "the vote was late")], "cue": [span(TEXT, "wrote")],
     "source": [span(TEXT, "Officials")], "kind": "indirect", "topic": [],
     "speaker": "officials", "speaker_kind": "group"},
]
SPEAKERS = [{"speaker_id": "roe", "name": "Ann Roe", "kind": "person"},
            {"speaker_id": "off", "name": "officials", "kind": "group"}]
TOPICS = [{"quote_id": "a:0", "topic": "Poll"}, {"quote_id": "a:1", "topic": "Poll"},
          {"quote_id": "a:2", "topic": "Weather"}]


@pytest.fixture
def gold(tmp_path):
    teaser = [*span(TEXT, "Read more here"), "teaser"]
    rows = [{"article_id": "a", "quotes": QUOTES, "skipped": [teaser]},
            {"article_id": "b", "quotes": [QUOTES[1]]}]
    return write_lines(tmp_path / "gold.jsonl", rows)


def found(*ids):
    return [{**quote, "speaker_id": name, "confidence": 0.93}
            for quote, name in zip(QUOTES, ids, strict=False)]


def tables_of(quotes, **extra):
    texts = {"a": {"text": TEXT, "outlet": "Gull"}, "b": {"text": TEXT, "outlet": "Wire"},
             "c": TEXT}
    return make_tables(texts, {"c": [QUOTES[0]], **quotes}, speakers=SPEAKERS, **extra)


def test_gold_against_itself_is_perfect(gold):
    second = [{**QUOTES[1], "speaker_id": "roe"}]
    accuracy = score_tables(tables_of({"a": found("roe", "roe", "off"), "b": second}), gold)
    assert (accuracy.overall[["precision", "recall", "f1", "low", "high"]] == 1).all(axis=None)
    assert (accuracy.speakers["share"] == 1).all()
    assert accuracy.misses.empty
    assert row_of(accuracy.overall, measure="content_exact")["n_gold"] == 4


def test_articles_beyond_the_gold_play_no_part_and_rejected_ones_count_as_missed(gold):
    tables = make_tables({"a": TEXT, "c": TEXT}, {"a": found("roe", "roe", "off"), "c": QUOTES},
                         speakers=SPEAKERS)
    accuracy = score_tables(tables, gold, n_bootstrap=20)
    exact = row_of(accuracy.overall, measure="content_exact")
    assert (exact["n_gold"], exact["n_found"], exact["precision"]) == (4, 3, 1)
    assert accuracy.coverage.set_index("what")["n"]["of these not in the tables (all missed)"] == 1


def test_nothing_found_is_zero_everywhere(gold):
    accuracy = score_tables(tables_of({}), gold)
    assert (accuracy.overall[["precision", "recall", "f1"]] == 0).all(axis=None)
    assert set(accuracy.misses["wrong"]) == {"missed"}
    assert accuracy.speakers.empty
    assert accuracy.reliability.empty


def test_the_right_words_with_the_wrong_speaker_count_for_content_only(gold):
    accuracy = score_tables(tables_of({"a": found("roe", None, "roe")}), gold)
    assert row_of(accuracy.overall, measure="content_source")["n_found"] == 3
    assert row_of(accuracy.overall, measure="quote_speaker")["recall"] == 1 / 4
    shares = accuracy.speakers.set_index("group")["share"]
    assert (shares["by name"], shares["by pronoun"], shares["by description"]) == (1, 0, 0)
    assert shares["kind right"] == 1 / 3
    wrong = accuracy.misses.set_index("content")["wrong"]
    assert wrong["the vote was late"] == "other speaker"


def test_where_nobody_can_say_who_speaks_silence_is_right(tmp_path):
    rows = [{"article_id": "a", "quotes": [{**QUOTES[0]}, {**QUOTES[1], "speaker": None}]}]
    path = write_lines(tmp_path / "gold.jsonl", rows)
    accuracy = score_tables(tables_of({"a": found("roe", None)}), path)
    end_to_end = row_of(accuracy.overall, measure="quote_speaker")
    assert (end_to_end["precision"], end_to_end["recall"]) == (1, 1)
    open_ones = row_of(accuracy.speakers, group="left open where nobody can say")
    assert (open_ones["share"], open_ones["n"]) == (1, 1)


def test_found_text_that_is_not_the_story_is_left_out(gold):
    teaser = {"content": [span(TEXT, "Read more here")]}
    accuracy = score_tables(tables_of({"a": [*found("roe", "roe", "off"), teaser]}), gold)
    assert row_of(accuracy.overall, measure="content_exact")["n_found"] == 3


def test_a_shifted_end_is_half_right_and_listed(gold):
    start, end = span(TEXT, "that the vote was late")
    shifted = {**QUOTES[2], "content": [[start, end]], "speaker_id": "off"}
    accuracy = score_tables(tables_of({"a": [shifted]}), gold)
    (row,) = accuracy.misses[accuracy.misses["wrong"] == "ends differ"].itertuples()
    assert (row.found, row.n_wrong) == ("that the vote was late", 5)
    shown = show_misses(accuracy.misses, tables_of({}).articles, wrong="ends differ", width=10)
    assert shown.loc[0, "before"] == "…that"
    assert shown.loc[0, "content"] == "the vote was late"


def test_a_sort_of_difference_that_does_not_exist_is_named(gold):
    accuracy = score_tables(tables_of({}), gold)
    with pytest.raises(InputError, match="Did you mean 'missed'"):
        show_misses(accuracy.misses, tables_of({}).articles, wrong="mised")


def test_topics_of_found_quotations_are_scored(gold):
    tables = tables_of({"a": found("roe", "roe", "off")}, topics=TOPICS)
    every = row_of(score_tables(tables, gold).topics, topic="all")
    assert (every["precision"], every["recall"], every["n_gold"]) == (0.5, 0.5, 2)


def test_topics_that_go_by_other_names_are_not_scored(gold):
    tables = tables_of({"a": found("roe")}, topics=TOPICS[2:])
    assert score_tables(tables, gold).topics.empty


def test_the_gold_s_own_kind_counts_where_it_is_stated(gold):
    quotes = [{**quote, "kind": "direct"} for quote in found("roe", "roe", "off")]
    by_kind = score_tables(tables_of({"a": quotes}), gold).by_kind
    exact = by_kind[by_kind["measure"] == "content_exact"].set_index("kind")
    assert exact.loc["direct", ["n_gold", "n_found"]].tolist() == [1, 3]
    assert exact.loc["indirect", ["n_gold", "n_found"]].tolist() == [3, 0]


def test_intervals_are_seeded_and_hold_the_value(gold):
    tables = tables_of({"a": found("roe", "roe")})
    one, same = (score_tables(tables, gold, random_seed=7).overall for _ in range(2))
    assert one.equals(same)
    assert (one["low"] <= one["f1"]).all()
    assert (one["f1"] <= one["high"]).all()


def test_outlets_are_told_apart(gold):
    by_outlet = score_tables(tables_of({"a": found("roe", "roe", "off")}), gold).by_outlet
    exact = by_outlet[by_outlet["measure"] == "content_exact"].set_index("outlet")
    assert exact["recall"].to_dict() == {"Gull": 1, "Wire": 0}
    assert exact["low"].isna().all()  # one article each: no interval can be drawn


def test_row_order_does_not_matter(gold):
    tables = tables_of({"a": found("roe", "roe", "off"), "b": [QUOTES[0]]})
    turned = type(tables)(**{name: frame.iloc[::-1] for name, frame in tables.frames().items()})
    one, other = score_tables(tables, gold), score_tables(turned, gold)
    assert one.overall.equals(other.overall)
    assert one.speakers.equals(other.speakers)


def test_confidence_is_set_beside_what_is_right(gold):
    reliability = score_tables(tables_of({"a": found("roe", "roe")}), gold).reliability
    assert reliability[["confidence_from", "n_found", "share_content"]].to_numpy().tolist() == [
        [0.9, 2, 1.0]]


def test_a_gold_of_other_texts_is_refused(tmp_path, gold):
    with pytest.raises(InputError, match=r"hold no article of .*gold: a, b; tables: z"):
        score_tables(make_tables({"z": TEXT}, {}), gold)
    with pytest.raises(InputError, match=r"Article a: span .* outside the text"):
        score_tables(make_tables({"a": "short"}, {}), gold)
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.ann").write_text("T1\tContent 1 4\tWe \nE1\tAttribution:T1 Content:T1\n")
    with pytest.raises(InputError, match=r"the text of 1 article\(s\) is not the tables' text"):
        score_tables(make_tables({"a": TEXT + "!"}, {}), tmp_path)


def test_predictions_are_one_line_per_article():
    lines = export_predictions(tables_of({"a": found("roe")}), article_ids=["a", "b"]).splitlines()
    assert [json.loads(line)["doc"] for line in lines] == ["a", "b"]
    assert json.loads(lines[0])["quotes"] == [
        {name: QUOTES[0][name] for name in ("content", "cue", "source")}]


def test_the_figures_read_as_text_from_a_folder_of_tables(tmp_path, gold):
    tables = tables_of({"a": found("roe", "roe", "off")}, topics=TOPICS)
    for name, frame in tables.frames().items():
        write_table(frame, name, tmp_path / f"{name}.parquet")
    text = accuracy_table(tmp_path, gold, n_bootstrap=50)
    assert text == accuracy_table(tables, gold, n_bootstrap=50)
    for words in ("content, exact", "100.0", "By outlet", "by pronoun", "Topics", "Statements"):
        assert words in text
    assert max(map(len, text.splitlines())) <= 100


def test_an_empty_article_text_breaks_nothing(tmp_path):
    path = write_lines(tmp_path / "gold.jsonl", [{"article_id": "a", "quotes": []}])
    overall = score_tables(make_tables({"a": ""}, {}), path).overall
    assert np.isnan(overall["low"]).all()
    assert (overall["n_gold"] == 0).all()


def test_quotations_inside_quotations_are_left_out_where_the_gold_keeps_them_apart(tmp_path):
    outer = found("roe", "roe", "off")
    tables = tables_of({"a": outer})
    inner = tables.quotes["quote_id"].eq("a:2")
    quotes = tables.quotes.assign(
        parent_quote_id=tables.quotes["quote_id"].where(inner.to_numpy()).where(inner))
    tables = type(tables)(**{**tables.frames(), "quotes": quotes})
    for extra, n_found in (({"nested": []}, 2), ({}, 3)):
        rows = [{"article_id": "a", "quotes": QUOTES, **extra}]
        overall = score_tables(tables, write_lines(tmp_path / "gold.jsonl", rows)).overall
        assert row_of(overall, measure="content_exact")["n_found"] == n_found


def test_act_kind_addressee_and_copies_are_checked_where_stated(tmp_path):
    wanted = {**QUOTES[0], "act": "statement", "addressee": [span(TEXT, "Officials")]}
    other = {**QUOTES[1], "act": "belief", "addressee": []}
    rows = [{"article_id": "a", "quotes": [wanted, other]},
            {"article_id": "b", "quotes": [], "copy_of": "a"}]
    tables = tables_of({"a": found("roe", "roe")})
    tables = type(tables)(**{
        **tables.frames(), "quotes": tables.quotes.assign(act="statement"),
        "articles": tables.articles.assign(copy_of=[None, "a", None]),
    })
    labels = score_tables(tables, write_lines(tmp_path / "gold.jsonl", rows)).labels
    shares = labels.set_index("label")["share"].to_dict()
    assert shares == {
        "kind": 1, "act": 0.5, "addressee, where there is one": 0,
        "no addressee, where there is none": 1, "copy of another article": 1,
    }
