"""What the terminal says was lost and found."""

import pandas as pd
import pytest

from analysis.scale import extract_corpus
from analysis.tables import Tables, conform
from analysis.workbook import count_rows, load_tables, loss_lines, read_run

STORY = "“The tunnel opens in May,” said Ann Vale, the mayor. Bo Lind, the engineer, was absent."
GERMAN = ("Die Stadt hat am Montag beschlossen, den Tunnel ein Jahr später zu bauen, weil das "
          "Geld nicht reicht, sagte der Bürgermeister nach der Sitzung im Rathaus.")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    corpus, out = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("out")
    (corpus / "story.txt").write_text(STORY, encoding="utf-8")
    (corpus / "de-01.txt").write_text(GERMAN, encoding="utf-8")
    for name in ("e1", "e2", "e3", "e4"):
        (corpus / f"{name}.txt").write_text("", encoding="utf-8")
    return extract_corpus([corpus], out=out), out


def test_the_terminal_says_why_records_were_rejected_and_which(made):
    lines = loss_lines(read_run(made[1]))
    assert lines[0] == ("  rejected 4 (empty text; e1.txt, e2.txt, e3.txt, … (1 more)): "
                        "The record has no text.")
    assert lines[1].startswith("  rejected 1 (other language; de-01.txt): The record looks like")


def test_the_speakers_counted_are_those_who_are_quoted(made):
    line, out = made
    tables = load_tables(out)
    quoted = tables.quotes["speaker_id"].nunique()
    assert f" {quoted} speakers" in line
    assert tables.run["counts"]["quoted"] == quoted < len(tables.speakers)


def test_somebody_who_is_only_mentioned_counts_as_no_quoted_speaker():
    speakers = pd.DataFrame({"speaker_id": ["a", "b"], "n_quotes": [2, 0]})
    counts = count_rows(Tables(speakers=conform(speakers, "speakers")))
    assert (counts["speakers"], counts["quoted"]) == (2, 1)
