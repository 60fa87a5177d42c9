import pytest

from analysis.lexicons import load_lexicon
from analysis.speakers import lists

NAMES = ["honorifics", "role_nouns", "governments", "group_nouns", "document_nouns", "nicknames",
         "first_names", "anonymity_phrases", "demonyms", "organization_words", "state_forms"]


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_sorted_unique_and_says_where_it_is_from(name):
    rows = load_lexicon(name)
    entries = [next(iter(row.values())) for row in rows]
    assert entries == sorted(set(entries))
    assert all(row["source"] for row in rows)


@pytest.mark.parametrize(("plural", "one"), [
    ("spokeswomen", "spokeswoman"), ("parties", "party"), ("judges", "judge"), ("boss", "boss"),
    ("coaches", "coach"), ("attorneys general", "attorney general"),
])
def test_singular(plural, one):
    assert lists.singular(plural) == one


@pytest.mark.parametrize(("words", "kind"), [
    (("two", "lawyers"), "group"), (("the", "press", "secretary"), "role"),
    (("a", "exit", "poll"), "document"), (("the", "appeals", "court"), "organization"),
])
def test_noun_class(words, kind):
    assert lists.noun_class(words)[0] == kind
