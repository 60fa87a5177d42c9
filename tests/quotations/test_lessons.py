"""Texts without annotation: read from files, cut into paragraphs at random."""

import numpy as np
import pytest

from analysis.quotations.training.data import Article
from analysis.quotations.training.lessons import in_paragraphs, read_lessons

BODY = "It rained. “We are wet,” Mr. Tarn said. Nobody came! The fair of the U.S. club closed early"


def several(text):
    rng = np.random.default_rng(1)
    return [in_paragraphs(Article("", text, ()), rng).text for _ in range(40)]


def test_a_folder_gives_a_text_per_file_and_a_file_one_per_line(tmp_path):
    (tmp_path / "b.txt").write_text("Second. It ends.\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("A title\nFirst, “é”.\n", encoding="utf-8")
    (tmp_path / "notes.csv").write_text("no lesson", encoding="utf-8")
    (tmp_path / "lines.cor").write_text("One.\n\nTwo.\n", encoding="utf-8")
    assert [a.text for a in read_lessons(tmp_path)] == ["A title\nFirst, “é”.", "Second. It ends."]
    assert [a.text for a in read_lessons(tmp_path / "lines.cor")] == ["One.", "Two."]


def test_paragraphs_differ_from_time_to_time_and_lose_no_word():
    found = several(BODY)
    assert len(set(found)) > 5
    assert {" ".join(text.split()) for text in found} == {BODY}


def test_a_paragraph_ends_where_a_sentence_does():
    ends = {line[-1] for text in several(BODY) for line in text.split("\n") if line}
    assert ends == {".", "!", "y"}
    assert not any(line.endswith("Mr.") for text in several(BODY) for line in text.split("\n"))


def test_the_first_of_several_lines_is_a_title_that_mostly_stays_alone():
    found = several(f"Fair ends in rain\n\n{BODY}")
    first = [text.split("\n")[0] == "Fair ends in rain" for text in found]
    assert 0.6 < np.mean(first) < 1
    assert all(text.startswith("It rained.") for text, kept in zip(found, first, strict=True)
               if not kept)


@pytest.mark.parametrize("text", ["", "word"])
def test_short_texts_are_no_trouble(text):
    assert set(several(text)) == {text}
