"""Files that are broken, hostile or very large: one clear line each, and nothing else lost."""

import gzip
import io
import zipfile

import pytest

from analysis.articles import iter_articles, load_articles
from analysis.errors import InputError

CURLY = "“Café prices won’t fall,” she said – not this year."


@pytest.mark.parametrize(("codec", "shown"), [
    ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"),
    ("utf-16-le", "utf-16-le"),
    ("utf-16-be", "utf-16-be"), ("cp1252", "cp1252"), ("utf-32", "utf-32"),
])
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl"])
def test_encodings_are_told(write, codec, shown, name):
    content = {"a.txt": CURLY, "a.csv": f'id,text\n1,"{CURLY}"\n',
               "a.jsonl": f'{{"id": "1", "text": "{CURLY}"}}\n'}[name]
    loaded = load_articles(write(name, content.encode(codec)))
    assert loaded.articles["text"].tolist() == [CURLY]
    assert loaded.files["encoding"].tolist() == [shown]


def test_cp1252_beyond_the_first_sample_is_told(write):
    rows = "id,text\n" + "".join(f"{n},Plain words {n}.\n" for n in range(30_000))
    rows = rows.encode() + '99999,"Café, she said."\n'.encode("cp1252")
    loaded = load_articles(write("a.csv", rows))
    assert loaded.articles["text"].tolist()[-1] == "Café, she said."


def test_a_few_damaged_bytes_do_not_turn_utf8_into_something_else(write):
    data = (CURLY * 20).encode() + b"\xe2\x80" + CURLY.encode()
    text = load_articles(write("a.txt", data)).articles["text"][0]
    assert text.startswith(CURLY)
    assert text.count("\ufffd") <= 2


def test_truncated_gz_keeps_what_came_before(write, is_whole):
    rows = "id,text\n" + "".join(f"{n},Words number {n} {hash(str(n))}.\n" for n in range(5000))
    whole = gzip.compress(rows.encode())
    loaded = is_whole(load_articles(write("a.csv.gz", whole[:len(whole) // 2])))
    assert len(loaded.articles) > 100
    assert loaded.rejected["reason"].tolist() == ["damaged file"]
    assert "a.csv breaks off" in loaded.rejected["detail"][0]


def zipped(members, **options):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_zip_members_are_read_and_bad_ones_rejected(write, is_whole, text):
    inner = zipped({"deep.txt": f"{text} Deep."})
    path = write("a.zip", zipped({
        "one.txt": text, "sub/two.csv.gz": gzip.compress(b"id,text\n7,Seven.\n"),
        "../evil.txt": "x", "/etc/evil.txt": "x", "C:\\evil.txt": "x", "inner.zip": inner,
        "__MACOSX/._one.txt": "x", "README.txt": "About.", "three.pdf": b"%PDF"}))
    loaded = is_whole(load_articles(path))
    assert set(loaded.articles["article_id"]) == {"one", "7", "deep"}
    assert sorted(loaded.rejected["reason"]) == ["unknown format"] + 3 * ["unsafe name"]
    assert loaded.files["source_file"].str.endswith("a.zip/sub/two.csv").any()


def test_a_zip_bomb_is_not_unpacked(write, is_whole, text):
    path = write("a.zip", zipped({"bomb.csv": b"\0" * (200 * 2**20), "one.txt": text}))
    loaded = is_whole(load_articles(path))
    assert loaded.rejected["reason"].tolist() == ["too large"]
    assert loaded.articles["article_id"].tolist() == ["one"]


@pytest.mark.parametrize("suffix", ["csv.gz", "txt.gz", "jsonl.gz", "json.gz", "html.gz", "eml.gz"])
def test_a_gz_bomb_takes_little_memory(write, is_whole, suffix):
    import tracemalloc

    target = io.BytesIO()
    with gzip.GzipFile(fileobj=target, mode="wb") as stream:
        stream.write(b'{"text": "' if "json" in suffix else b"id,text\n1,")
        for _ in range(140):
            stream.write(b"a" * 2**20)
    tracemalloc.start()
    loaded = is_whole(load_articles(write(f"a.{suffix}", target.getvalue())))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(loaded.articles) == 0
    assert loaded.rejected["reason"].tolist() in (["too large"], ["line too long"], ["broken row"],
                                                  ["not JSON"])
    assert peak < 290 * 2**20


@pytest.mark.parametrize("name", ["a.zip", "a.xlsx", "a.docx", "a.parquet", "a.ods", "a.csv.gz",
                                  "a.warc.gz", "a.xls", "a.rtf", "a.mbox"])
@pytest.mark.parametrize("content", [b"", b"of another kind", b"PK\x03\x04broken"])
def test_a_file_that_is_not_what_its_name_says_is_rejected(write, is_whole, name, content):
    path = write(name, content)
    write("good.txt", "Good words.")
    loaded = is_whole(load_articles(path.parent))
    assert loaded.articles["article_id"].tolist() == ["good"]
    assert len(loaded.rejected) <= 1
    if content:
        assert len(loaded.rejected) == 1, name


def test_mixed_newlines_stay(write):
    path = write("a.csv", 'id,text\r\n1,"One\rtwo\nthree\r\nfour"\n2,Next\r')
    assert load_articles(path).articles["text"].tolist() == ["One\rtwo\nthree\r\nfour", "Next"]


def test_ten_thousand_columns(write):
    names = ",".join(f"c{n}" for n in range(10_000))
    loaded = load_articles(write("a.csv", f"{names},text\n{',' * 10_000}Words.\n"))
    assert loaded.articles["text"].tolist() == ["Words."]
    with pytest.raises(InputError, match=r"found: c0, c1, .* \(9992 more\)") as caught:
        load_articles(write("b.csv", f"{names}\n"))
    assert len(str(caught.value)) < 500


def test_a_mark_left_open_is_told(write, is_whole):
    path = write("a.csv", 'id,text\n1,One.\n2,"Two is cut off here\n3,x\n')
    loaded = is_whole(load_articles(path))
    assert loaded.articles["article_id"].tolist() == ["1"]
    assert loaded.rejected[["row", "reason"]].to_numpy().tolist() == [[3, "broken row"]]


def test_an_inch_mark_in_the_last_row_is_no_open_mark(write):
    path = write("a.csv", 'id,text\n1,A hole 5" wide\n')
    assert load_articles(path).articles["text"].tolist() == ['A hole 5" wide']


def test_an_office_file_that_unpacks_beyond_measure_is_refused(write, is_whole):
    path = write("a.xlsx", zipped({"xl/workbook.xml": b" " * (100 * 2**20)}))
    loaded = is_whole(load_articles(path))
    assert loaded.rejected["reason"].tolist() == ["too large"]


@pytest.mark.slow
def test_a_long_csv_is_streamed(write, tmp_path):
    import tracemalloc

    body = "Words of the council about the tunnel and the ferry and the map. " * 30
    with (tmp_path / "a.csv").open("w", encoding="utf-8") as lines:
        lines.write("id,outlet,date,text\n")
        for number in range(6_000):
            lines.write(f'{number},Gazette,2024-03-05,"{number} {body}"\n')
    tracemalloc.start()
    used = sum(len(batch.articles) for batch in iter_articles(tmp_path / "a.csv", batch_size=500,
                                                              language=None))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert used == 6_000
    assert peak < 30 * 2**20


@pytest.mark.parametrize(("name", "data", "looks"), [
    ("article.txt", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj", "a PDF.*docx"),
    ("table.csv", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF"),
    ("third.docx", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF"),
    ("word.txt", b"PK\x03\x04" + b"plain words " * 50, r"a Word.*\.docx"),
    ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"plain words " * 50, "an old Word"),
    ("rich.txt", rb"{\rtf1\ansi Plain words, he said.}", "an RTF document.*Name it .rtf"),
    ("packed.csv", gzip.compress(b"id,text\n1,One.\n"), r"packed with gzip.*csv\.gz"),
], ids=["pdf as txt", "pdf as csv", "pdf as docx", "docx as txt", "doc as docx", "rtf", "gz"])
def test_what_is_no_text_by_its_first_bytes_is_rejected_whatever_its_ending(
        write, is_whole, name, data, looks):
    loaded = is_whole(load_articles(write(name, data)))
    assert loaded.rejected["reason"].tolist() == ["not text"]
    assert loaded.rejected["detail"].str.contains(f"{name} is {looks}").all()


def test_a_row_that_swallows_the_next_for_an_open_mark_is_rejected(write, is_whole):
    rows = ('id,headline,body\n1,Foo,"Left open, said Bob\n2,Bar,"He said ""fine""."\n'
            '3,Baz,"Whole.\n\nOf two paragraphs, ""fine""."\n')
    loaded = is_whole(load_articles(write("a.csv", rows)))
    assert loaded.articles["article_id"].tolist() == ["3"]
    assert loaded.rejected[["row", "reason"]].to_numpy().tolist() == [[2, "broken row"]]
    assert "left open. Close it" in loaded.rejected["detail"][0]


@pytest.mark.parametrize("row", ['1,"One.\n\nTwo." ,x\n', '1,"A"b,x\n', '1,"One\r\nTwo",x\r\n'],
                         ids=["space", "within a line", "two lines"])
def test_marks_that_do_no_harm_cost_no_row(write, row):
    loaded = load_articles(write("a.csv", f"id,text,section\n{row}2,Words.,y\n"))
    assert loaded.articles["article_id"].tolist() == ["1", "2"]


def test_the_advice_to_keep_every_language_fits_the_command_line_and_python(write):
    german = ("Die Stadt hat am Montag beschlossen, den Tunnel ein Jahr später zu bauen, weil das "
              "Geld nicht reicht, sagte der Bürgermeister nach der Sitzung im Rathaus.")
    detail = load_articles(write("de.txt", german)).rejected["detail"][0]
    assert "--language ''" in detail
    assert "language=None" in detail
