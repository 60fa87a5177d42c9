"""Every format, read from files of our own making."""

import gzip
import io
import json
import zipfile
from datetime import datetime
from email.message import EmailMessage

import pandas as pd
import pytest

from analysis.articles import Only, load_articles

TITLES = ["Harbour tunnel to open a year late", "Museum finds lost map in its own attic"]


def utc(value):
    return pd.Timestamp(value, tz="UTC")


@pytest.mark.parametrize(("name", "declared", "reasons"), [
    ("nexis_new.txt", 3, []),
    ("nexis_old.txt", 3, []),
    ("factiva_plain.txt", None, ["broken record"]),
    ("factiva_codes.txt", None, []),
    ("factiva.html", None, []),
    ("proquest.txt", 3, ["broken record"]),
])
def test_exports_give_title_outlet_date_and_authors(fixtures, is_whole, name, declared, reasons):
    loaded = is_whole(load_articles(fixtures / name))
    articles, files = loaded.articles, loaded.files
    assert articles["title"].tolist()[:2] == TITLES
    assert articles["outlet"].tolist()[:2] == ["The Harrow Gazette", "The Daily Pennant"]
    assert [day.strftime("%m-%d") for day in articles["published"]][:2] == ["03-05", "02-12"]
    assert [author.title() for author in articles["authors"][0]] == ["Mina Ortega"]
    assert articles["text"][0].startswith("The tunnel under the harbour")
    assert articles["text"][0].rstrip().endswith(("department.", "in autumn."))
    assert articles["text"][1].startswith("A map of the coast")
    assert loaded.rejected["reason"].tolist() == reasons
    assert (None if pd.isna(files["declared"][0]) else files["declared"][0]) == declared


def test_an_export_that_holds_less_than_it_declares_says_so(fixtures):
    files = load_articles(fixtures / "nexis_old.txt").files
    assert files["note"][0] == "the file declares 3 records, 2 were found"


def test_an_export_keeps_lines_that_only_look_like_fields(fixtures):
    text = load_articles(fixtures / "proquest.txt").articles["text"][0]
    assert "Subject: as so often, money." in text
    text = load_articles(fixtures / "nexis_new.txt").articles["text"][0]
    assert "Notes from the meeting" in text
    assert "first published online" not in text


def as_docx(text, **properties):
    from docx import Document

    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def as_rtf(text):
    def escaped(sign):
        if sign == "\n":
            return "\\par\n"
        return sign if sign.isascii() else f"\\u{ord(sign)}?"

    return "{\\rtf1\\ansi\\ansicpg1252\\deff0 " + "".join(map(escaped, text)) + "}"


@pytest.mark.parametrize("suffix", ["docx", "rtf"])
def test_nexis_as_word_and_rtf_is_the_same_as_text(fixtures, write, is_whole, suffix):
    export = (fixtures / "nexis_new.txt").read_text(encoding="utf-8")
    content = as_docx(export) if suffix == "docx" else as_rtf(export)
    loaded = is_whole(load_articles(write(f"nexis.{suffix}", content)))
    plain = load_articles(fixtures / "nexis_new.txt").articles
    for column in ("article_id", "title", "outlet", "published", "authors", "section"):
        if column != "article_id":
            assert loaded.articles[column].tolist() == plain[column].tolist(), column
    assert [" ".join(text.split()) for text in loaded.articles["text"]] == [
        " ".join(text.split()) for text in plain["text"]]
    assert loaded.files[["format", "declared"]].to_numpy().tolist() == [["nexis", 3]]


def test_a_word_file_is_one_article(write, text):
    content = as_docx(f"Tunnel late\n{text}", title="")
    row = load_articles(write("a.docx", content)).articles.iloc[0]
    assert row["title"] == "Tunnel late"
    assert row["text"].split("\n\n")[1].startswith("The tunnel under the harbour")


def test_pages_give_their_own_paragraphs_title_date_and_authors(fixtures):
    import lxml.html

    for name, title, published, authors, outlet in [
        ("page_news.html", "Bridge closes for a year", "2024-03-05 06:30",
         ["Mina Ortega", "Tom Hale"], "The Harrow Gazette"),
        ("page_blog.html", "Ferry strike enters third week", "2024-03-07 18:05", ["Jane Doe"],
         "Pennant Online"),
    ]:
        row = load_articles(fixtures / name).articles.iloc[0]
        assert (row["title"], row["authors"], row["outlet"]) == (title, authors, outlet)
        assert row["published"] == utc(published)
        page = lxml.html.fromstring((fixtures / name).read_bytes())
        own = [item.text_content() for item in page.xpath(
            "//article/p[not(@class)] | //div[@class='entry-content']/p")]
        assert row["text"].split("\n\n") == own


def test_a_page_of_scripts_only_is_rejected(write, is_whole):
    path = write("a.html", "<html><head><title>App</title></head><body><script>var a = 1;</script>"
                 "<noscript>Enable it.</noscript></body></html>")
    loaded = is_whole(load_articles(path))
    assert loaded.rejected["reason"].tolist() == ["empty text"]


def test_feeds_give_full_content_or_summary_and_say_which(fixtures, is_whole):
    loaded = is_whole(load_articles(fixtures / "feed.rss"))
    first, second = loaded.articles.iloc[0], loaded.articles.iloc[1]
    assert first["text"].endswith("said Peter Lind, who leads the roads department.")
    assert "track()" not in first["text"]
    assert first["published"] == utc("2024-03-05 12:30")
    assert (first["authors"], first["section"], first["outlet"]) == (
        ["Mina Ortega"], "Transport", "The Harrow Gazette")
    assert second["text"] == "A map of the coast & its islands lay in the attic."
    assert loaded.rejected[["row", "reason"]].to_numpy().tolist() == [[3, "empty text"]]
    assert "2 of 3 entries hold only a summary" in loaded.files["note"][0]
    atom = load_articles(fixtures / "feed.atom").articles.iloc[0]
    assert atom["authors"] == ["Jane Doe", "John Roe"]
    assert atom["published"] == utc("2024-03-07 17:05")


def warc_record(kind, url, payload, *, content_type):
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-08T"
            f"00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{len(payload):032x}>\r\nContent-Type: "
            f"{content_type}\r\nContent-Length: {len(payload)}\r\n\r\n")
    return head.encode() + payload + b"\r\n\r\n"


def make_warc(pages, *, gzipped):
    records = [warc_record("warcinfo", "x", b"software: test\r\n",
                           content_type="application/warc-fields")]
    for url, status, kind, body in pages:
        payload = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        records.append(warc_record("response", url, payload,
                                   content_type="application/http; msgtype=response"))
    return b"".join(gzip.compress(record) if gzipped else record for record in records)


@pytest.mark.parametrize("name", ["news.warc", "news.warc.gz"])
def test_warc_pages_are_read_by_host_and_date(fixtures, tmp_path, is_whole, name):
    news, blog = ((fixtures / page).read_bytes() for page in ("page_news.html", "page_blog.html"))
    pages = [("https://www.gazette.example/news/bridge", "200 OK", "text/html; charset=utf-8",
              news),
             ("https://pennant.example/ferry", "200 OK", "text/html", blog),
             ("https://pennant.example/gone", "404 Not Found", "text/html", blog),
             ("https://pennant.example/a.jpg", "200 OK", "image/jpeg", b"\xff\xd8")]
    (tmp_path / name).write_bytes(make_warc(pages, gzipped=name.endswith("gz")))
    loaded = is_whole(load_articles(tmp_path / name))
    assert loaded.articles["title"].tolist() == [
        "Bridge closes for a year", "Ferry strike enters third week"]
    assert loaded.articles["url"].tolist()[1] == "https://pennant.example/ferry"
    assert "2 responses that are no html page" in loaded.files["note"][0]
    by_host = is_whole(load_articles(tmp_path / name, only=Only(hosts=("pennant.example",))))
    assert by_host.articles["outlet"].tolist() == ["Pennant Online"]
    assert "1 records of other hosts or dates left out" in by_host.files["note"][0]
    by_date = load_articles(tmp_path / name, only=Only(since=datetime(2024, 3, 6)))  # noqa: DTZ001
    assert by_date.articles["outlet"].tolist() == ["Pennant Online"]


def make_message(text, *, html=None):
    message = EmailMessage()
    message["Subject"] = "The morning letter — day three"
    message["From"] = "The Pennant <letters@pennant.example>"
    message["Date"] = "Thu, 07 Mar 2024 06:00:00 +0100"
    message["Message-ID"] = "<1@pennant.example>"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_a_newsletter_gives_its_words(write, text):
    path = write("a.eml", make_message("View online", html=f"<p>{text}</p><p>Read <b>more</b></p>")
                 .as_bytes())
    row = load_articles(path).articles.iloc[0]
    assert (row["title"], row["outlet"], row["article_id"]) == (
        "The morning letter — day three", "The Pennant", "1@pennant.example")
    assert row["published"] == utc("2024-03-07 05:00")
    assert row["text"].endswith("Read more")
    plain = load_articles(write("b.eml", make_message(text).as_bytes())).articles.iloc[0]
    assert plain["text"] == text + "\n"


def test_a_mailbox_gives_each_message(write, is_whole):
    second = make_message("From here on\n\nFrom there, she said.\n")
    second.replace_header("Message-ID", "<2@x>")
    box = b"From a@b Thu Mar  7 06:00:00 2024\n" + make_message("First words.").as_bytes() + b"\n" \
        + b"From a@b Thu Mar  7 06:00:00 2024\n" \
        + second.as_bytes().replace(b"\nFrom there", b"\n>From there") + b"\n"
    loaded = is_whole(load_articles(write("a.mbox", box)))
    assert [text.strip() for text in loaded.articles["text"]] == [
        "First words.", "From here on\n\nFrom there, she said."]


def test_spreadsheets_and_parquet(tmp_path, text, is_whole):
    frame = pd.DataFrame({"Headline": ["A", "B"], "Body": [text, ""],
                          "Date": [datetime(2024, 3, 5, 7, 30)] * 2})  # noqa: DTZ001
    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        pd.DataFrame({"note": ["made by hand"]}).to_excel(book, sheet_name="About", index=False)
        frame.to_excel(book, sheet_name="Articles", index=False)
    frame.to_parquet(tmp_path / "a.parquet")
    for name in ("a.xlsx", "a.parquet"):
        loaded = is_whole(load_articles(tmp_path / name))
        assert loaded.articles["text"].tolist() == [text]
        assert loaded.articles["published"].tolist() == [utc("2024-03-05 07:30")]
        assert loaded.rejected["reason"].tolist() == ["empty text"]
        assert loaded.rejected["row"].tolist() == [3 if name == "a.xlsx" else 2]
    note = load_articles(tmp_path / "a.xlsx").files["note"][0]
    assert "sheets without a text column: About" in note


def test_open_document_sheet(tmp_path):
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = [("id", "text"), ("1", "Words of the first.")]
    cells = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>"
                    for row in rows)
    content = ('<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:'
               'opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:'
               'table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
               f'<office:body><office:spreadsheet><table:table table:name="S">{cells}</table:table>'
               '</office:spreadsheet></office:body></office:document-content>')
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest:manifest xmlns:'
                         'manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')
    assert load_articles(tmp_path / "a.ods").articles["text"].tolist() == ["Words of the first."]


@pytest.mark.parametrize("content", [
    [{"text": "One."}, {"text": "Two."}],
    {"status": "ok", "articles": [{"text": "One."}, {"text": "Two."}]},
    {"response": {"results": [{"text": "One."}, {"text": "Two."}]}},
])
def test_json_in_its_usual_shapes(write, content):
    for indent in (None, 2):
        path = write("a.json", json.dumps(content, indent=indent))
        assert load_articles(path).articles["text"].tolist() == ["One.", "Two."]


def test_json_nested_source_and_broken_lines(write, is_whole):
    path = write("a.jsonl", '{"source": {"name": "The Gazette"}, "content": "One."}\n'
                 '{"content": \n\n[1]\n{"other": "x"}\n{"content": "Two \\ud83d."}\n')
    loaded = is_whole(load_articles(path))
    assert loaded.articles["outlet"].tolist()[0] == "The Gazette"
    assert loaded.rejected[["row", "reason"]].to_numpy().tolist() == [
        [2, "broken record"], [4, "broken record"], [5, "no text column"]]


def test_json_that_breaks_off_keeps_what_came_before(write, is_whole):
    loaded = is_whole(load_articles(write("a.json", '[{"text": "One."}, {"text": "Tw')))
    assert loaded.articles["text"].tolist() == ["One."]
    assert "after record 1" in loaded.rejected["detail"][0]
