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
    ("a3.ann", "T1\tContent 14 32\tthe ministry said.", "Content T1 has no event"),
    ("a3.ann", "T1\tDiscard 14 32\tthe ministry said.", "Discard T1 is no correction"),
], ids=["record", "article", "no event", "discard"])
def test_files_that_cannot_be_used_are_refused(tmp_path, name, text, message):
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=message):
        import_brat(tmp_path, corpus(), by="kim")


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"holds no \.ann file"):
        import_brat(tmp_path, corpus(), by="kim")


def test_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "a3.ann").write_bytes("T1\tContent 0 4\tcafé\n".encode("cp1252"))
    with pytest.raises(InputError, match=r"a3\.ann is not UTF-8"):
        import_brat(tmp_path, corpus(), by="kim")


def test_a_deleted_event_rejects_though_its_words_stay_marked(tmp_path):
    tables = corpus()
    export_brat(tables, tmp_path)
    path = tmp_path / "a3.ann"
    path.write_text("".join(line for line in path.read_text().splitlines(keepends=True)
                            if line.startswith("T")))
    assert [item.do for item in import_brat(tmp_path, tables, by="kim")] == ["reject"]


@pytest.mark.parametrize(("ids", "message"), [
    ("a1", "article_ids = 'a1' is not a list of ids"), (["a9"], "no article 'a9'"),
], ids=["text", "unknown"])
def test_articles_that_are_none_are_not_exported(tmp_path, ids, message):
    with pytest.raises(InputError, match=message):
        export_brat(corpus(), tmp_path / "brat", article_ids=ids)
