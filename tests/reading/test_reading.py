"""What readers look at is marked rightly and escapes everything."""

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.reading import (
    Mark,
    limits,
    mark_text,
    quote_table,
    quotes_of,
    read_article,
    show_files,
    show_quote,
    show_quotes_behind,
    show_table,
    skipped_lines,
)
from analysis.reading.marking import around
from analysis.tables import Tables, conform

TEXT = "Ann said it <b>rained</b>.\n\nREAD MORE: floods"


@pytest.fixture
def tables():
    start = TEXT.index("it <b>")
    quotes = pd.DataFrame({
        "quote_id": ["q"], "article_id": ["a"], "content": ["it <b>rained</b>"],
        "spans": [[[start, start + 16]]], "kind": ["indirect"], "cue_spans": [[[4, 8]]],
        "source_spans": [[[0, 3]]], "source": ["Ann"], "speaker_id": ["ann"],
    })
    articles = pd.DataFrame({
        "article_id": ["a"], "text": [TEXT], "skipped": [[[28, len(TEXT), "read_more"]]],
        "outlet": ["<i>Gull</i>"], "title": ["<img src=x>"],
    })
    speakers = pd.DataFrame({"speaker_id": ["ann"], "name": ["Ann <Brown>"], "n_quotes": [1]})
    return Tables(articles=conform(articles, "articles"), quotes=conform(quotes, "quotes"),
                  speakers=conform(speakers, "speakers"))


def test_sources_cues_contents_and_skipped_lines_are_marked(tables):
    html = read_article(tables, "a")._repr_html_()
    assert '<span class="or-source">Ann</span>' in html
    assert '<span class="or-cue">said</span>' in html
    assert 'or-indirect" id="said-q">it &lt;b&gt;rained' in html
    assert '<span class="or-skipped">READ MORE: floods</span>' in html


def test_overlapping_marks_keep_the_text_whole():
    html = mark_text("abcdef", [Mark(0, 4, "x", number="1", target="one"),
                                Mark(2, 6, "y", number="2")])
    assert html == (
        '<p><span class="x">ab</span><span class="x y">cd</span>'
        '<sup><a href="#one" aria-label="quotation 1">1</a></sup><span class="y">ef</span>'
        "<sup>2</sup></p>"
    )


def test_a_part_of_a_text_shows_only_the_marks_inside_it():
    assert mark_text("abcdef", [Mark(0, 1, "x"), Mark(3, 9, "y")], within=(2, 5)) == (
        '<p>c<span class="y">de</span></p>'
    )


@pytest.mark.parametrize(
    ("paragraphs", "shown"),
    [(0, "two two"), (1, "one\n\ntwo two\n\nthree"), (5, "one\n\ntwo two\n\nthree")],
)
def test_the_context_is_whole_paragraphs(paragraphs, shown):
    text = "one\n\ntwo two\n\nthree"
    low, high = around(text, [[5, 8]], paragraphs=paragraphs)
    assert text[low:high] == shown


def test_the_context_of_a_text_without_paragraphs_is_cut_between_words():
    text = "word " * 200 + "QUOTE" + " word" * 200
    low, high = around(text, [[1000, 1005]], most=12)
    assert text[low:high] == "word word QUOTE word word"


def test_an_unknown_article_names_the_nearest(tables):
    with pytest.raises(InputError, match=r"no article 'aa' \(there are: a\)"):
        read_article(tables, "aa")


def test_a_quotation_shows_in_its_context_with_its_facts(tables):
    shown = show_quote(tables, "q")
    assert "Speaker: Ann &lt;Brown&gt;" in shown.html
    assert 'or-indirect">it &lt;b&gt;rained' in shown.html
    assert "<i>Gull" not in shown.html


def test_an_unknown_quotation_is_an_error(tables):
    with pytest.raises(InputError, match="There is no quotation 'x'"):
        show_quote(tables, "x")


def test_a_bar_leads_to_its_quotations(tables):
    voices = quotes_of(tables).assign(topics=[["<Rain>", "Floods"]])
    html = show_quotes_behind(tables, voices, by="topics", values=["Floods", "<Rain>"]).html
    assert html.index("<b>Floods</b> 1 quotation<") < html.index("<b>&lt;Rain&gt;</b>")
    assert html.count('<span class="or-cue">said</span>') == 2


def test_behind_a_comparison_stand_its_two_sides_only(tables):
    outlets = ["Gull"] * 6 + ["<Courier>", "Other", "Other"]
    said = quotes_of(tables).loc[[0] * 9].assign(outlet=outlets)
    html = show_quotes_behind(tables, said, by="kind", within="outlet",
                              parts=["Gull", "<Courier>", "Herald"]).html
    assert ("Gull: 6 quotations · &lt;Courier&gt;: 1 quotation · Herald: 0 quotations</summary>"
            in html)
    assert html.index("Gull, the first 5 of 6:") < html.index("&lt;Courier&gt;:</p>")
    assert html.count("<li>") == 6
    assert "Other" not in html


def test_no_quotation_behind_is_a_sentence(tables):
    shown = show_quotes_behind(tables, quotes_of(tables).iloc[:0])
    assert shown.html == "<p>There is no quotation behind these numbers.</p>"


def test_an_unknown_column_behind_names_the_nearest(tables):
    with pytest.raises(InputError, match=r"no column 'speker'.*Did you mean 'speaker'"):
        show_quotes_behind(tables, quotes_of(tables), by="speker")


def test_the_quote_table_says_how_many_there_are_in_all():
    quotes = pd.DataFrame({"speaker": ["Ann", None], "content": ["<i>x</i>", "y"]})
    html = quote_table(quotes, most=1, full="tables/all.csv").html
    assert "(1 of 2)" in html
    assert "&lt;i&gt;x" in html
    assert '<a href="tables/all.csv">' in html


def test_a_row_of_the_quote_table_opens_into_its_paragraph(tables):
    html = quote_table(quotes_of(tables, "a"), tables=tables).html
    assert '<tr id="quote-q">' in html
    assert '<details><summary>it &lt;b&gt;rained&lt;/b&gt;</summary>' in html


def test_an_empty_table_is_a_sentence():
    assert show_table(pd.DataFrame(), caption="x", empty="None was found.").html == (
        "<p>None was found.</p>"
    )


def test_written_files_are_linked():
    written = pd.DataFrame({"file": ["tables/a.csv"], "rows": [3]})
    assert '<a href="tables/a.csv">tables/a.csv</a>' in show_files(written).html


def test_an_empty_corpus_gives_sentences():
    nothing = Tables()
    assert quotes_of(nothing).empty
    assert "no article to read" in read_article(nothing).html
    assert "part of the story" in skipped_lines(nothing).html
    assert "no quotation to show" in quote_table(quotes_of(nothing)).html
    assert "0 articles were read" in limits(nothing).html


def test_the_limits_do_not_tell_whose_computer_it_was(tables):
    run = {"files": [{"source_file": "/home/ann/secret/a.csv", "sha256": "f" * 64, "read": 1,
                      "used": 1, "rejected": 0}]}
    html = limits(Tables(articles=tables.articles, run=run)).html
    assert "a.csv" in html
    assert "ffffffffffffffff" in html
    assert "/home/ann" not in html


def test_the_limits_say_what_a_checked_sample_measured(tables):
    error = pd.DataFrame({"measure": ["precision", "recall"], "group": ["all", "all"],
                          "value": [0.91, 0.8], "low": [0.86, 0.7], "high": [0.95, 0.88],
                          "n": [140, 90]})
    html = limits(tables, error=error).html
    assert "precision 91 % (86–95, 140 quotations), recall 80 % (70–88, 90 quotations)" in html
    assert "Not checked" not in html
    assert "Not checked on your corpus" in limits(tables, error=error.assign(n=0)).html


def test_the_limits_tell_what_a_report_counts_from_the_whole_corpus(tables):
    quotes = quotes_of(tables)
    html = limits(tables, counted=quotes[:0]).html
    assert "counts 0 of the corpus&#x27;s 1 quotations" in html
    assert "Of 0 quotations, 0 name no source" in html
    assert "Of 1 quotations, 0 name no source" in html
    assert "This report counts" not in limits(tables, counted=quotes).html
