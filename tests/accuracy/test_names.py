import pytest

from analysis.accuracy.names import Named, same_speaker, words


@pytest.mark.parametrize(("gold", "kind", "found", "others", "same"), [
    pytest.param("Ann Roe", "person", "Ms. Ann B. Roe", (), True, id="title-and-initial"),
    pytest.param("José Núñez", "person", "Jose Nunez", (), True, id="accents"),
    pytest.param("Roe", "person", "Ann Roe", (), True, id="fuller-than-the-article"),
    pytest.param("Ann Roe", "person", "Roe", (), True, id="short-form"),
    pytest.param("Ann Roe", "person", "Roe", ("Bo Roe",), False, id="short-form-of-two"),
    pytest.param("Roe", "person", "Bo Roe", ("Bo Roe",), False, id="the-other-one"),
    pytest.param("Ann Roe", "person", "Ann Lee", (), False, id="another-surname"),
    pytest.param("Viktor Roe", "person", "Vik Roe", (), True, id="short-first-name"),
    pytest.param("Ann Roe", "person", "Ann Roe's chief", (), False, id="possessive-person"),
    pytest.param("Ann Roe", "person", "Ann Roe, Elder's director", (), True, id="apposition"),
    pytest.param("City Council", "organization", "Elder's council", (), True, id="possessive-org"),
    pytest.param("Parents' Council", "organization", "Parents' Council's members", (), False,
                 id="members-are-not-the-body"),
    pytest.param("union ballot count", "document", "their union", (), False, id="not-the-head"),
    pytest.param("resident named Joren", "unnamed_person", "Joren", (), True, id="named-after-all"),
    pytest.param("letter to parents", "document", "letter sent in May", (), False, id="half-again"),
    pytest.param("Elder Port Authority", "organization", "the Port Authority", (), True, id="org"),
    pytest.param("Elder Port Authority", "organization", "EPA", (), True, id="initials"),
    pytest.param("Elder Port Authority", "organization", "Elder Council", (), False, id="org-not"),
    pytest.param("city officials", "group", "officials", (), True, id="shorter-description"),
    pytest.param("city officials", "group", "senior officials", (), False, id="half-is-too-little"),
    pytest.param("a report on noise", "document", "noise reports", (), True, id="plural"),
    pytest.param("Ann Roe and Bo Lee", "group", "Ann Roe", (), False, id="one-of-two"),
    pytest.param("Ann Roe and Bo Lee", "group", "Lee and Roe", (), True, id="both"),
    pytest.param("a resident", "unnamed_person", "resident of the quay", (), True, id="unnamed"),
    pytest.param("officials", "group", "the", (), False, id="no-content-word"),
])
def test_names_are_compared_by_kind(gold, kind, found, others, same):
    assert same_speaker(gold, Named(found), kind=kind, others=others) is same


def test_a_full_alias_counts_and_a_surname_does_not():
    found = Named("Joanna Prewitt", ("Jo Prewitt", "Prewitt"))
    assert same_speaker("Jo Prewitt", found, kind="person")
    assert not same_speaker("Karl Prewitt", found, kind="person")


def test_the_author_is_whom_the_tables_call_the_author():
    assert same_speaker("the writer", Named("Ann Roe", kind="author"), kind="author")
    assert not same_speaker("the writer", Named("Ann Roe", kind="person"), kind="author")


def test_a_name_that_is_all_title_keeps_its_words():
    assert words("President") == ("president",)


@pytest.mark.parametrize("name", ["many of Harwick's bakers", "many", "some of those"])
def test_a_quantity_is_the_same_as_itself(name):
    assert same_speaker(name, Named(name), kind="group")
