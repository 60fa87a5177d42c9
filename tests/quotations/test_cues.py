import pytest

from analysis.lexicons import load_lexicon
from analysis.quotations.addressee import find_addressee
from analysis.quotations.cues import read_cue


@pytest.mark.parametrize(("cue", "lemma", "stance", "act"), [
    ("said", "say", "neutral", "statement"),
    ("has repeatedly denied", "deny", "doubting", "statement"),
    ("claimed", "claim", "doubting", "statement"),
    ("noted", "note", "endorsing", "statement"),
    ("pointed out", "point out", "endorsing", "statement"),
    ("According to", "according to", "neutral", "statement"),
    ("said in a statement", "say", "neutral", "statement"),
    ("believes", "believe", "neutral", "belief"),
    ("is worried", "be worried", "neutral", "emotion"),
    ("wants", "want", "neutral", "intention"),
    ("found", "find", "endorsing", "statement"),
    (":", ":", "neutral", "statement"),
    ("quibbled", "quibble", "neutral", "other"),
])
def test_cue_is_read(cue, lemma, stance, act):
    assert read_cue(cue) == (lemma, stance, act)


def test_empty_cue_says_nothing():
    assert read_cue("") == (None, None, None)


@pytest.mark.parametrize(("text", "cue", "content", "told"), [
    ("Hale told CBS’s Ann Field that Orland was safe.", "told", "that Orland", "CBS’s Ann Field"),
    ("“It is safe,” Hale told reporters on Friday.", "told", "It is safe", "reporters"),
    ("“It is safe,” Hale said in an interview with the Courier.", "said", "It is safe",
     "the Courier"),
    ("“It is safe,” he said in response to a question from Field.", "said in response to",
     "It is safe", "Field"),
    ("Hale assured parents that it was safe.", "assured", "that it", "parents"),
    ("Hale said it was safe.", "said", "it was", None),
    ("“It is safe,” Hale was told.", "was told", "It is safe", None),
])
def test_addressee_is_found(text, cue, content, told):
    at, start = text.index(cue), text.index(content)
    span = find_addressee(text, (at, at + len(cue)), content=(start, start + len(content)))
    assert (span and text[slice(*span)]) == told


def test_lexicon_is_sorted_unique_and_sourced():
    rows = load_lexicon("reporting_verbs")
    lemmas = [row["lemma"] for row in rows]
    assert len(rows) >= 300
    assert lemmas == sorted(set(lemmas))
    assert {row["stance"] for row in rows} == {"neutral", "endorsing", "doubting"}
    assert all(row["source"] and row["act"] for row in rows)
