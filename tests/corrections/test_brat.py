import pytest

from analysis import InputError
from analysis.corrections import apply_corrections, export_brat, import_brat

from .frames import corpus


def test_untouched_files_are_no_correction(tmp_path):
    tables = corpus()
    written = export_brat(tables, tmp_path)
    assert written["n_quotes"].sum() == len(tables.quotes)
    assert import_brat(tmp_path, tables, by="kim") == ()


def test_what_was_changed_in_brat_is_replayed(tmp_path):
    tables = corpus()
    export_brat(tables, tmp_path)
    path = tmp_path / "a3.ann"
    path.write_text("T1\tContent 14 32\tthe ministry said.\nE1\tAttribution:T1 Content:T1\n"
                    "#1\tAnnotatorNotes E1\tBob Orr\n")
    first = tmp_path / "a1.ann"
    first.write_text(first.read_text().replace("E3\tBob Orr", "E3\tAnn Vale"))
    found = import_brat(tmp_path, tables, by="kim")
    assert sorted(item.do for item in found) == ["add", "reject", "speaker"]
    assert {item.by for item in found} == {"kim"}
    made, report = apply_corrections(tables, found)
    assert set(report["status"]) == {"applied"}
    assert made.quotes["content"].iloc[-1] == "the ministry said."
    assert (made.quotes["speaker_id"] == "ann").sum() == 3


@pytest.mark.parametrize(("name", "text", "message"), [
    ("a1.ann", "T1\tContent x y\twords", "not brat standoff"),
    ("zz.ann", "", "no article in the tables for zz"),
], ids=["record", "article"])
def test_files_that_cannot_be_used_are_refused(tmp_path, name, text, message):
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=message):
        import_brat(tmp_path, corpus(), by="kim")


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"holds no \.ann file"):
        import_brat(tmp_path, corpus(), by="kim")
