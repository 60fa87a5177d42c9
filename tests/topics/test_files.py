import pytest

from analysis.errors import InputError
from analysis.topics import Topic, load_topics


def write(tmp_path, text, name="topics.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def test_csv_is_read_in_order(tmp_path):
    path = write(tmp_path, "topic,keywords,exclusions,iptc\n"
                           "Tunnel,tunnel; toll road,tunnel vision,medtop:04000000\n"
                           "Harbour,harbour;port\n")
    assert load_topics(path) == (
        Topic("Tunnel", ("tunnel", "toll road"), ("tunnel vision",), "04000000"),
        Topic("Harbour", ("harbour", "port")),
    )


def test_csv_of_a_spreadsheet_with_semicolons_is_read(tmp_path):
    path = write(tmp_path, "\ufefftopic;keywords\r\nTunnel;tunnel, toll road\r\n")
    assert load_topics(path)[0].keywords == ("tunnel", "toll road")


def test_yaml_is_read_short_and_long(tmp_path):
    path = write(tmp_path, "Tunnel: [tunnel, toll road]\nHarbour:\n  keywords: [port]\n"
                           "  exclusions: [port wine]\n  iptc: 04000000\n", "topics.yml")
    assert load_topics(path) == (
        Topic("Tunnel", ("tunnel", "toll road")),
        Topic("Harbour", ("port",), ("port wine",), "04000000"),
    )


@pytest.mark.parametrize(("text", "name", "message"), [
    pytest.param("topic,keyword\nA,b\n", "t.csv",
                 "t.csv has an unknown column 'keyword' in row 1 .*Did you mean 'keywords'",
                 id="unknown column"),
    pytest.param("topic,keywords,excluded\nA,b,c\n", "t.csv",
                 r"known: topic, keywords, exclusions or exclude, iptc or media_topic\)\. "
                 "Did you mean 'exclude'", id="known columns"),
    pytest.param("topic,exclusions\nA,b\n", "t.csv", "no column 'keywords' in row 1", id="lacks"),
    pytest.param("topic,topic,keywords\nA,b,c\n", "t.csv", "'topic' twice in row 1", id="twice"),
    pytest.param("topic,keywords\nA,b\n ,c\n", "t.csv", "row 3: the topic has no name",
                 id="no name"),
    pytest.param("topic,keywords\nA,b\nB,\n", "t.csv", "row 3: the topic 'B' has no keywords",
                 id="empty topic"),
    pytest.param('topic,keywords\nA,"b;\nc"\na,d\n', "t.csv",
                 "row 4: the topic 'a' stands in row 2 already", id="duplicate"),
    pytest.param("topic,keywords\nA,b;B\n", "t.csv", "row 2: 'b' stands twice", id="word twice"),
    pytest.param("topic,keywords\nA,b\nB,c,d\n", "t.csv", "row 3: 3 cells under 2", id="cells"),
    pytest.param("topic,keywords\nA,mi*gra\n", "t.csv", r"row 2: 'mi\*gra' is no keyword",
                 id="star"),
    pytest.param("topic,keywords,iptc\nA,b,econ\n", "t.csv", "row 2: 'econ' is no IPTC",
                 id="code"),
    pytest.param("topic,keywords\n", "t.csv", "t.csv holds no topic", id="no rows"),
    pytest.param("", "t.csv", "no column 'topic' in row 1", id="empty csv"),
    pytest.param("", "t.yml", "t.yml holds no topic", id="empty yaml"),
    pytest.param("A: [b\nB: [c]\n", "t.yml", "t.yml is broken YAML at row 2", id="broken yaml"),
    pytest.param("- A\n- B\n", "t.yml", "row 1 does not map topics to keywords", id="list"),
    pytest.param("A: [b]\nB:\n", "t.yml", "row 2: the topic 'B' has no keywords", id="yaml empty"),
    pytest.param("A: [b]\nA: [c]\n", "t.yml", "row 2: the topic 'A' stands in row 1",
                 id="yaml duplicate"),
    pytest.param("A: {keywords: [b], excluding: [c]}\n", "t.yml",
                 "row 1: unknown entry 'excluding' .*exclusions or exclude.*did you mean 'exclude'",
                 id="yaml entry"),
    pytest.param("A: {keywords: 'b, c'}\n", "t.yml", "row 1: 'b, c' would be one keyword",
                 id="yaml commas"),
    pytest.param("topic,keywords\nA,\"b, c\"\n", "t.csv", "row 2: 'b, c' would be one keyword",
                 id="commas"),
    pytest.param("A", "t.txt", "t.txt is no topics file by its ending", id="ending"),
])
def test_bad_file_is_told_in_one_line_with_its_row(tmp_path, text, name, message):
    with pytest.raises(InputError, match=message) as told:
        load_topics(write(tmp_path, text, name))
    assert "\n" not in str(told.value)


def test_wrong_encoding_names_the_row(tmp_path):
    path = write(tmp_path, "topic,keywords\nA,b\nCaf\u00e9,c\n", encoding="cp1252")
    with pytest.raises(InputError, match=r"is not UTF-8 \(row 3: byte 0xe9\)"):
        load_topics(path)


def test_absent_file_is_told(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        load_topics(tmp_path / "none.csv")


def test_all_bad_rows_are_told_at_once(tmp_path):
    text = "topic,keywords\n" + "".join(f"T{i},\n" for i in range(7))
    with pytest.raises(InputError, match="row 2: .*; row 6: .*; and 2 more rows"):
        load_topics(write(tmp_path, text))
