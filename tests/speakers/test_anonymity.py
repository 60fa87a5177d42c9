import pytest

from .frames import local


@pytest.mark.parametrize(("text", "reason"), [
    pytest.param("{An official who asked not to be named because the talks were private} said "
                 "‹no›.", "asked not to be named because the talks were private", id="because"),
    pytest.param("{An official} said ‹no›, speaking on condition of anonymity to discuss the "
                 "talks.",
                 "speaking on condition of anonymity to discuss the talks", id="after-the-words"),
    pytest.param("{A person close to the talks} said ‹no›.", None, id="no-reason"),
])
def test_the_stated_reason_is_kept(text, reason):
    found = local(text).quotes["anonymity_reason"]
    assert found.tolist() == [reason] or (reason is None and found.isna().all())


def test_a_named_person_is_not_anonymous():
    text = "{[P:Ann Roe]} said ‹no›. She had asked for anonymity."
    assert local(text).quotes["anonymity_reason"].isna().all()
