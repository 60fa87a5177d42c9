import pytest

from analysis import InputError
from analysis.corrections import apply_corrections, load_corrections, open_desk

from .frames import corpus


@pytest.fixture
def desk(tmp_path):
    return open_desk(corpus(), tmp_path / "corrections.yml", by="kim",
                     quote_ids=corpus().quotes["quote_id"].tolist())


def written(desk):
    return [(item.do, item.words or item.people, item.speaker)
            for item in load_corrections(desk.state["path"])]


def test_a_key_answers_and_goes_on(desk):
    desk.parts["key"].value = "a"
    assert written(desk) == [("accept", "The bridge will open in May", "")]
    assert desk.parts["key"].value == ""
    assert "Quotation 2 of 6" in desk.parts["progress"].value
    assert "1 of 6 quotations answered" in desk.parts["progress"].value


def test_reject_rename_merge_and_undo_are_in_the_file_at_once(desk):
    desk.parts["no_quotation"].click()
    desk.parts["speaker"].value = "Ann Vale-Smith"
    desk.parts["same_person"].click()
    desk.parts["next"].click()
    desk.parts["next"].click()
    desk.parts["speaker"].value = "Ann Vale"
    desk.parts["same_person"].click()
    assert [item[0] for item in written(desk)] == ["reject", "merge", "merge"]
    desk.parts["key"].value = "u"
    assert written(desk) == [("reject", "The bridge will open in May", ""),
                             ("merge", ("Ann Vale",), "Ann Vale-Smith")]
    made, report = apply_corrections(corpus(), load_corrections(desk.state["path"]))
    assert report["status"].tolist() == ["applied", "applied"]
    assert "Ann Vale-Smith" in set(made.speakers["name"])


def test_every_button_writes_what_replay_accepts(desk):
    desk.parts["next"].click()
    desk.parts["speaker"].value = "Cid Ash"
    desk.parts["set_speaker"].click()
    desk.parts["topics"].value = "Money; Traffic"
    desk.parts["set_topics"].click()
    desk.parts["speaker"].value = "Bob Orr junior"
    desk.parts["other_person"].click()
    desk.parts["missed"].value = "Bob Orr doubts"
    desk.parts["add_missed"].click()
    assert [item[0] for item in written(desk)] == ["speaker", "topic", "split", "add"]
    # Without its kind a missed quotation would count in no group's recall.
    assert load_corrections(desk.state["path"])[-1].kind == "indirect"
    report = apply_corrections(corpus(), load_corrections(desk.state["path"])).report
    assert report["status"].tolist() == ["applied"] * 4


def test_opened_again_it_goes_on_where_it_was(desk):
    desk.parts["key"].value = "a"
    again = open_desk(corpus(), desk.state["path"], by="lee", quote_ids=desk.state["order"])
    assert "Quotation 2 of 6" in again.parts["progress"].value
    again.parts["back"].click()
    assert "in the file: right" in again.parts["facts"].value


@pytest.mark.parametrize(("button", "said"), [
    ("undo", "nothing to undo"), ("add_missed", "do not stand in this article"),
], ids=["undo", "missed"])
def test_what_cannot_be_done_is_said_and_not_written(desk, button, said):
    desk.parts[button].click()
    assert said in desk.parts["said"].value
    assert written(desk) == []


def test_text_is_shown_as_text():
    tables = corpus(texts={"a3": "“No comment,” <b>the ministry said."})
    desk = open_desk(tables, "none.yml", by="kim")
    assert "&lt;b&gt;" in desk.parts["text"].value
    assert "<mark>No comment,</mark>" in desk.parts["text"].value


def test_an_exported_page_says_how_far_it_is(desk):
    bundle = desk._repr_mimebundle_()
    assert "0 of 6 quotations answered" in bundle["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_somebody_has_to_correct(tmp_path):
    with pytest.raises(InputError, match="by = '' names nobody"):
        open_desk(corpus(), tmp_path / "c.yml", by=" ")
