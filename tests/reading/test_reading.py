"""What readers look at is marked rightly and escapes everything."""

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.reading import mark_text, quote_table, read_article, show_table
from analysis.tables import Tables, conform

TEXT = "Ann said it <b>rained</b>.\n\nREAD MORE: floods"


@pytest.fixture
def tables():
    start = TEXT.index("it <b>")
    quotes = pd.DataFrame({
        "quote_id": ["q"], "article_id": ["a"], "content": ["it <b>rained</b>"],
        "spans": [[[start, start + 16]]], "kind": ["indirect"], "cue_spans": [[[4, 8]]],
        "source_spans": [[[0, 3]]], "source": ["Ann"],
    })
    articles = pd.DataFrame({
        "article_id": ["a"], "text": [TEXT], "skipped": [[[28, len(TEXT), "read_more"]]],
    })
    return Tables(articles=conform(articles, "articles"), quotes=conform(quotes, "quotes"))


def test_sources_cues_contents_and_skipped_lines_are_marked(tables):
    html = read_article(tables, "a")._repr_html_()
    assert '<span class="or-source">Ann</span>' in html
    assert '<span class="or-cue">said</span>' in html
    assert 'or-indirect">it &lt;b&gt;rained' in html
    assert '<span class="or-skipped">READ MORE: floods</span>' in html


def test_overlapping_marks_keep_the_text_whole():
    html = mark_text("abcdef", [(0, 4, "x", "1"), (2, 6, "y", "2")])
    assert html == (
        '<p><span class="x">ab</span><span class="x y">cd</span>'
        '<sup><a href="#quote-1">1</a></sup><span class="y">ef</span>'
        '<sup><a href="#quote-2">2</a></sup></p>'
    )


def test_an_unknown_article_names_the_nearest(tables):
    with pytest.raises(InputError, match=r"no article 'aa' \(there are: a\)"):
        read_article(tables, "aa")


def test_the_quote_table_says_how_many_there_are_in_all():
    quotes = pd.DataFrame({"speaker": ["Ann", None], "content": ["<i>x</i>", "y"]})
    html = quote_table(quotes, most=1).html
    assert "(1 of 2)" in html
    assert "&lt;i&gt;x" in html


def test_an_empty_table_is_a_sentence():
    assert show_table(pd.DataFrame(), caption="x", empty="None was found.").html == (
        "<p>None was found.</p>"
    )
