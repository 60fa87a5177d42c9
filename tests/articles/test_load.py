import gzip
import json

import pandas as pd
import pytest

from analysis.articles import Only, iter_articles, load_articles
from analysis.errors import InputError


def test_text_stays_as_the_file_has_it(write, is_whole):
    content = "A headline here\r\n\r\nFirst  line.\rSecond\nline.\n\n"
    path = write("a.txt", content)
    loaded = is_whole(load_articles(path))
    assert loaded.articles["text"].tolist() == [content]
    assert loaded.articles["title"].tolist() == ["A headline here"]
    assert loaded.articles["article_id"].tolist() == ["a"]
    assert loaded.files["missing_fields"][0].startswith("outlet: 1, published: 1")


def test_texts_with_one_stem_in_two_folders_keep_apart(write, tmp_path):
    for name in ("x/01.txt", "y/01.txt", "y/02.txt"):
        write(name, f"Text of {name}.")
    loaded = load_articles(tmp_path)
    assert loaded.articles["article_id"].tolist() == ["x/01", "y/01", "02"]


def test_packed_texts_with_one_stem_keep_apart(write, tmp_path, is_whole):
    for number, folder in enumerate(("a", "b")):
        write(f"{folder}/01.txt.gz", gzip.compress(f"Article {number}.".encode()))
    loaded = is_whole(load_articles(tmp_path, language=""))
    assert list(loaded.articles["article_id"]) == ["a/01", "b/01"]


def test_texts_with_one_stem_below_two_paths_keep_apart(write, tmp_path, is_whole):
    for name in ("x/01.txt", "y/01.txt", "y/02.txt"):
        write(name, f"Text of {name}.")
    loaded = is_whole(load_articles([tmp_path / "x", tmp_path / "y", tmp_path / "y" / "02.txt"]))
    assert loaded.articles["article_id"].tolist() == ["x/01", "y/01", "02"]
    assert loaded.rejected["detail"].str.contains("another name").tolist() == [True]


def test_columns_are_guessed_dates_read_and_authors_split(write, text, is_whole):
    path = write("a.csv", "ID;Source;Headline;Publication Date;By-line;Desk;Link;Body\n"
                 f'1;Gazette;Tunnel late;05.03.2024 07:30;"By Mina Ortega and Tom Hale";News;'
                 f'https://x.example/1;"{text}"\n')
    row = is_whole(load_articles(path)).articles.iloc[0]
    assert row["text"] == text
    assert row["published"] == pd.Timestamp("2024-03-05 07:30", tz="UTC")
    assert row["authors"] == ["Mina Ortega", "Tom Hale"]
    assert (row["article_id"], row["outlet"], row["title"], row["section"], row["url"]) == (
        "1", "Gazette", "Tunnel late", "News", "https://x.example/1")


def test_columns_may_be_named_or_left_out(write):
    path = write("a.csv", "id,story copy,body\n1,The story.,Not this.\n1,Another.,Nor this.\n")
    loaded = load_articles(path, columns={"text": "story copy", "article_id": ""})
    assert loaded.articles["text"].tolist() == ["The story.", "Another."]
    assert loaded.articles["article_id"].nunique() == 2


@pytest.mark.parametrize(("content", "columns", "match"), [
    ("id,headline,lede\n1,a,b\n", None,
     r"a\.csv has no column 'text' \(found: id, headline, lede\)\. Rename .*columns=\{\"text\""),
    ("id,body\n1,a\n", {"text": "bodi"}, r"no column 'bodi' for text .*Did you mean 'body'\?"),
    ("id,body\n1,a\n", {"txt": "body"}, r"no field 'txt' .*Did you mean 'text'\?"),
])
def test_a_named_file_that_does_not_fit_stops_with_one_line(write, content, columns, match):
    path = write("a.csv", content)
    with pytest.raises(InputError, match=match) as caught:
        load_articles(path, columns=columns)
    assert "\n" not in str(caught.value)


def test_missing_path_empty_folder_and_unknown_format_stop(write, tmp_path):
    (tmp_path / "empty").mkdir()
    write("b.xyz", "x")
    with pytest.raises(InputError, match=r"nope\.csv does not exist \(found in .*b\.xyz"):
        load_articles(tmp_path / "nope.csv")
    with pytest.raises(InputError, match="empty holds no file"):
        load_articles(tmp_path / "empty")
    with pytest.raises(InputError, match=r"b\.xyz is none of the formats read here"):
        load_articles(tmp_path / "b.xyz")
    with pytest.raises(InputError, match="No path was given"):
        load_articles([])


def test_bad_files_in_a_folder_are_rejected_and_the_rest_is_read(write, tmp_path, text, is_whole):
    write("good.txt", text)
    write("bytes.txt", bytes(range(256)) * 4)
    write("empty.txt", "")
    write("notes.csv", "a,b\n1,2\n")
    write("photo.jpg", b"\xff\xd8\xff")
    write("README.md", "About this folder.")
    write(".hidden.txt", "x")
    loaded = is_whole(load_articles(tmp_path))
    assert loaded.articles["article_id"].tolist() == ["good"]
    assert dict(zip(loaded.rejected["source_file"].str.rpartition("/")[2],
                    loaded.rejected["reason"], strict=True)) == {
        "bytes.txt": "not text", "empty.txt": "empty text", "notes.csv": "no text column",
        "photo.jpg": "unknown format"}
    readme = loaded.files[loaded.files["source_file"].str.endswith("README.md")].iloc[0]
    assert (readme["read"], readme["note"]) == (0, "documentation, not read")


def test_rows_are_rejected_with_their_number_as_the_spreadsheet_shows_it(write, is_whole):
    path = write("a.csv", 'id,text,date\n1,"One,\nand a half.",31/02/2024\n2,,1/3/2024\n1,Three.,\n'
                 "4,Four,4/3/2024,surplus\n5,F\0ive,\n")
    loaded = is_whole(load_articles(path))
    assert loaded.rejected[["row", "reason"]].to_numpy().tolist() == [
        [3, "empty text"], [4, "duplicate id"], [5, "broken row"], [6, "not text"]]
    assert loaded.articles["published"].isna().all()
    assert "31/02/2024" in loaded.files["note"][0]
    assert "published: 1" in loaded.files["missing_fields"][0]


def test_an_article_twice_is_rejected_once(write, is_whole):
    path = write("a.jsonl", 2 * (json.dumps({"outlet": "A", "text": "Same words."}) + "\n"))
    loaded = is_whole(load_articles(path))
    assert loaded.rejected["reason"].tolist() == ["duplicate article"]
    assert "a.jsonl row 1" in loaded.rejected["detail"][0]


def test_ids_do_not_change_with_order_or_company(write):
    one, two = ({"outlet": "A", "title": "T", "text": f"Text {n}."} for n in "12")
    first = load_articles(write("a.jsonl", json.dumps(one) + "\n" + json.dumps(two)))
    second = load_articles(write("b.jsonl", json.dumps(two) + "\n" + json.dumps(one)))
    assert set(first.articles["article_id"]) == set(second.articles["article_id"])


def test_the_order_of_slashed_dates_is_found_out(write, is_whole):
    path = write("a.csv", "text,date\nOne.,03/04/2024\nTwo.,25/04/2024\n")
    assert load_articles(path).articles["published"].dt.month.tolist() == [4, 4]
    path = write("b.csv", "text,date\nOne.,03/04/2024\n")
    loaded = load_articles(path)
    assert loaded.articles["published"].dt.month.tolist() == [3]
    assert "1 dates such as 03/04/2024 were read month first" in loaded.files["note"][0]


GERMAN = ("Der Tunnel unter dem Hafen wird ein Jahr später eröffnet als geplant, sagte der "
          "Stadtrat am Montag. Wir kommen lieber zu spät als falsch, sagte der Leiter des Amtes.")


def test_other_languages_are_rejected_unless_asked_for(write, is_whole):
    path = write("a.txt", GERMAN)
    loaded = is_whole(load_articles(path))
    assert loaded.rejected["reason"].tolist() == ["other language"]
    assert "'de'" in loaded.rejected["detail"][0]
    assert len(load_articles(path, language="de").articles) == 1
    assert len(load_articles(path, language=None).articles) == 1


def test_repairs_are_made_only_when_asked_and_are_counted(write):
    path = write("a.txt", "Storm hits\n\nâ€œWe donâ€™t know,â€\x9d she said.\n")
    assert "â€" in load_articles(path).articles["text"][0]
    mended = load_articles(path, repair=True)
    assert mended.articles["text"][0] == "Storm hits\n\n“We don’t know,” she said.\n"
    assert mended.files["note"][0] == "1 texts repaired"


def test_hard_wrapped_lines_are_joined_only_when_asked(write):
    line = ("The council said on Monday that the tunnel under the harbour would\nopen a year "
            "later than planned, and that the ferries would be kept\nuntil the first train has "
            "crossed it with every seat in it taken,\n")
    wrapped = f"Tunnel late\n\n{line}it said.\n\n{line}they said.\n"
    path = write("a.txt", wrapped)
    assert load_articles(path).articles["text"][0] == wrapped
    mended = load_articles(path, repair=True).articles["text"][0]
    assert "would open a year" in mended
    assert mended.count("\n\n") == 2


def test_metadata_beside_the_texts_is_joined(write, tmp_path, text, is_whole):
    write("texts/one.txt", text)
    write("texts/two.txt", text + " And more.")
    write("metadata.csv", "filename,publisher,date,author,title\n"
          "one.txt,The Gazette,2024-03-05,Mina Ortega,Given title\nthree,X,2024-01-01,,\n")
    loaded = is_whole(load_articles(tmp_path))
    row = loaded.articles.set_index("article_id").loc["one"]
    assert (row["outlet"], row["title"], row["authors"]) == (
        "The Gazette", "Given title", ["Mina Ortega"])
    assert loaded.files["note"][0] == ("metadata of 1 texts; 1 rows name a text that is not here: "
                                       "three")


def test_batches_joined_are_the_whole(write, tmp_path):
    write("a.csv", "id,text\n" + "".join(f"{n},Text {n % 40}.\n" for n in range(100)) + "7,x\n8,\n")
    write("b.txt", "A text.")
    whole = load_articles(tmp_path)
    batches = list(iter_articles(tmp_path, batch_size=7))
    assert max(len(batch.articles) for batch in batches) == 7
    for name in whole._fields:
        joined = pd.concat([getattr(batch, name) for batch in batches], ignore_index=True)
        pd.testing.assert_frame_equal(joined, getattr(whole, name))


def test_only_keeps_hosts_and_dates_and_counts_the_rest(write, is_whole):
    rows = [{"url": "https://news.a.example/1", "date": "2024-03-01", "text": "One."},
            {"url": "https://b.example/2", "date": "2024-03-01", "text": "Two."},
            {"url": "https://a.example/3", "date": "2023-03-01", "text": "Three."},
            {"url": "https://a.example/4", "text": "Undated."}]
    path = write("a.json", json.dumps(rows))
    only = Only(hosts=("a.example",), since=pd.Timestamp("2024-01-01"))
    loaded = is_whole(load_articles(path, only=only))
    assert loaded.articles["text"].tolist() == ["One."]
    assert loaded.files["note"][0] == (
        "2 records of other hosts or dates left out, as asked; "
        "1 records without a date left out, since days were asked for")


def test_a_filter_or_language_that_means_nothing_is_refused(write):
    path = write("a.txt", "Words.")
    with pytest.raises(InputError, match=r"since = '31/02/2024' is not a date"):
        load_articles(path, only=Only(since="31/02/2024"))
    with pytest.raises(InputError, match="no language 'english'"):
        load_articles(path, language="english")


def test_until_means_the_whole_day(write):
    path = write("a.csv", "text,date\nOne.,2024-03-31T23:00\nTwo.,2024-04-01\n")
    loaded = load_articles(path, only=Only(until="2024-03-31"))
    assert loaded.articles["text"].tolist() == ["One."]


def test_a_table_of_articles_may_be_called_metadata(write):
    loaded = load_articles(write("metadata.csv", "id,text\n1,Words.\n"))
    assert loaded.articles["text"].tolist() == ["Words."]


def test_nothing_to_use_gives_empty_typed_tables(write):
    loaded = load_articles(write("a.csv", "id,text\n"))
    assert len(loaded.articles) == 0
    assert str(loaded.articles["published"].dtype) == "datetime64[us, UTC]"
    assert loaded.files[["read", "used", "rejected"]].to_numpy().tolist() == [[0, 0, 0]]
