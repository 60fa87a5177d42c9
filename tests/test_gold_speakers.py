"""The hand-made speaker labels keep the rules of tests/gold/README.md, without their texts."""

import json
from pathlib import Path

import pytest

GOLD = Path(__file__).parent / "gold"
FIELDS = ["doc", "annotator", "content", "source", "speaker", "kind", "form", "uncertain", "gender"]
KINDS = {"person", "organization", "group", "unnamed_person", "document", "author", "other"}


def read(name: str) -> list[dict]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


FILES = ["speakers.jsonl", "speakers_more.jsonl", "speakers_blind.jsonl"]


@pytest.fixture(params=FILES)
def rows(request):
    return read(request.param)


def test_every_line_has_the_fields_and_words_of_the_format(rows):
    for row in rows:
        assert list(row) == FIELDS
        assert row["kind"] in KINDS
        assert row["form"] in {"name", "pronoun", "description", "none"}
        assert isinstance(row["uncertain"], bool)
        assert row["content"]
        assert all(0 <= start < end for start, end in row["content"] + row["source"])


def test_no_attribution_is_labelled_twice_and_lines_are_in_order(rows):
    keys = {json.dumps([row["doc"], row["content"], row["source"]]) for row in rows}
    assert len(keys) == len(rows)
    starts = [(row["doc"], min(row["content"])) for row in rows]
    assert starts == sorted(starts)


def test_form_is_none_exactly_where_there_is_no_source(rows):
    assert all((row["form"] == "none") == (not row["source"]) for row in rows)


def test_only_the_rest_lacks_a_speaker_and_only_people_have_a_gender(rows):
    assert all(row["speaker"] or row["kind"] == "other" for row in rows)
    assert {row["kind"] for row in rows if row["gender"]} <= {"person", "author"}


def test_a_speaker_has_one_kind_and_gender_in_an_article(rows):
    seen = {}
    for row in rows:
        if row["speaker"]:
            said = (row["kind"], row["gender"])
            assert seen.setdefault((row["doc"], row["speaker"].casefold()), said) == said, row


def test_no_article_is_in_two_files():
    docs = [{row["doc"] for row in read(name)} for name in FILES]
    assert sum(map(len, docs)) == len(set.union(*docs))
