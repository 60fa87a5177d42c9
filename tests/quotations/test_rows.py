"""What linked spans become: kinds and spans of the table `quotes`."""

import pytest

from analysis.quotations.layout import lay_out
from analysis.quotations.linker import Link
from analysis.quotations.repair import Piece
from analysis.quotations.rows import quote_rows
from analysis.quotations.story import make_story


def rows_of(text, source, cue, *contents):
    """Give the rows of one quotation whose parts are found in the text by their words."""
    story = make_story("a", text)
    labels = [("source", source), ("cue", cue), *(("content", one) for one in contents)]
    spans = sorted((text.index(words), text.index(words) + len(words), label)
                   for label, words in labels)
    layout = lay_out(text, [Piece(label, start, end, 0.99) for start, end, label in spans],
                     story.mask)
    at = {label: [i for i, span in enumerate(spans) if span[2] == label]
          for label in ("source", "cue", "content")}
    made = Link(tuple(at["content"]), at["cue"][0], at["source"][0], 1.0, 1.0)
    return quote_rows(story, layout, [made])


@pytest.mark.parametrize(("line", "kind"), [("ROE: It is very late now.", "direct"),
                                            ("Roe said it is very late now.", "indirect")])
def test_a_turn_of_an_interview_is_direct(line, kind):
    name, cue = ("ROE", ":") if ":" in line else ("Roe", "said")
    [row] = rows_of(f"They spoke.\n{line}\n", name, cue, line.split(cue)[1].strip())
    assert row["kind"] == kind


def test_a_headline_says_nothing_of_what_stands_below():
    text = "Ferry to close, islanders say\n\nThe plan to close the ferry is a betrayal.\n"
    [row] = rows_of(text, "islanders", "say", "Ferry to close", "The plan to close the ferry")
    assert row["content"] == "Ferry to close"


def test_quoted_words_below_a_headline_go_on():
    text = "“It must close,” islanders say\n\n“It leaks.”\n"
    [row] = rows_of(text, "islanders", "say", "“It must close,”", "“It leaks.”")
    assert row["content"] == "It must close It leaks."
