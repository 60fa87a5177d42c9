import pytest

from analysis import InputError
from analysis.corrections import Correction, add_corrections, load_corrections, save_corrections

ONE = Correction("speaker", article="a1", at="0-27", words="The bridge will open in May",
                 speaker="Bob Orr", by="kim", when="2026-11-23T21:04:00+00:00")
TWO = Correction("merge", people=("Ann Vale", "Ms Vale"), speaker="Ann Vale")


QUOTE = "- do: {}\n  article: a\n  at: 5-60\n  words: x\n"


def test_what_is_saved_is_read_back(tmp_path):
    path = save_corrections([ONE, TWO], tmp_path / "corrections.yml")
    assert load_corrections(path) == (ONE, TWO)


def test_a_changed_field_is_one_changed_line(tmp_path):
    from dataclasses import replace

    before = save_corrections([ONE, TWO], tmp_path / "a.yml").read_text().splitlines()
    after = save_corrections([replace(ONE, speaker="Cid Ash"), TWO], tmp_path / "b.yml")
    assert sum(a != b for a, b in zip(before, after.read_text().splitlines(), strict=True)) == 1


def test_words_of_any_kind_survive(tmp_path):
    odd = Correction("reject", article="a: #1", at="0-9", words="yes: “no” # – 'x'\n习近平 - null")
    assert load_corrections(save_corrections([odd], tmp_path / "c.yml")) == (odd,)


def test_added_corrections_are_dated_and_last(tmp_path):
    path = save_corrections([ONE], tmp_path / "c.yml")
    found = load_corrections(add_corrections(path, [TWO]))
    assert found[0] == ONE
    assert found[1].when.startswith("20")


def test_no_file_is_no_correction(tmp_path):
    assert load_corrections(tmp_path / "none.yml") == ()
    with pytest.raises(InputError, match="cannot be read"):
        load_corrections(tmp_path)


@pytest.mark.parametrize(("text", "message"), [
    ("- do: [", "line 1 is not YAML"),
    ("do: reject", "holds no list of corrections"),
    ("- quote: nothing", r"no. 1: no 'do' \(one of accept, .*, split\).*one reads - \{do: reject,"),
    ("- do: rejekt", "no. 1: There is no action 'rejekt'.*Did you mean 'reject'"),
    ("- do: reject\n  article: a1", "no. 1: reject lacks at, words"),
    ("- do: reject\n  wordz: a", "no. 1: unknown field wordz"),
    ("- do: reject\n  article: a\n  words: b\n  at: 1 to 3", "is not like 229-283 298-371"),
    ("- do: reject\n  article: a\n  words: b\n  at: ²-60", "at = '²-60' is not like"),
    ("- do: reject\n  article: a\n  words: b\n  at: 60-5", "at = '60-5' is not like"),
    (QUOTE.format("speaker"), r"speaker lacks speaker \(speaker: '' for nobody\)"),
    (QUOTE.format("topic"), r"topic lacks topics \(topics: \[\] for none\)"),
    (QUOTE.format("add") + "  kind: dirct", "no kind 'dirct'.*Did you mean 'direct'"),
    (QUOTE.format("speaker") + "  speaker: [Ann, Bob]", "is not one text"),
    ("- do: merge\n  people: Orla, Ruth\n  speaker: Orla", r"people: \[one, another\]"),
], ids=["yaml", "list", "no do", "action", "lacking", "field", "spans", "digits", "backwards",
        "no speaker", "no topics", "kind", "two speakers", "no list"])
def test_a_file_that_cannot_be_used_is_refused_in_one_line(tmp_path, text, message):
    path = tmp_path / "c.yml"
    path.write_text(text)
    with pytest.raises(InputError, match=message) as caught:
        load_corrections(path)
    assert "\n" not in str(caught.value)


def test_nobody_no_topic_and_an_article_called_0_can_be_said(tmp_path):
    path = tmp_path / "c.yml"
    path.write_text(QUOTE.format("speaker").replace(": a", ": 0") + "  speaker: ''\n"
                    + QUOTE.format("topic") + "  topics: []\n")
    one, two = load_corrections(path)
    assert (one.article, one.speaker, two.topics) == ("0", "", ())
    assert load_corrections(save_corrections([one, two], path)) == (one, two)
