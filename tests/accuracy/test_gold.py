import pytest

from analysis.accuracy import read_gold
from analysis.errors import InputError

from .frames import write_lines

TEXT = 'Ann Roe said: "It rains.\nIt pours." Read more.'
NOTES = (
    "T1\tSource 0 7\tAnn Roe\nT2\tCue 8 12\tsaid\n"
    "T3\tContent 14 24;25 35\t\"It rains. It\npours.\"\n"
    "T4\tDiscard 36 46\tRead more.\nE1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n"
    "E2\tAttribution:T2 Cue:T2\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "one_b.ann").write_text(NOTES, encoding="utf-8")
    (tmp_path / "one_a.ann").write_text(NOTES.split("E1")[0], encoding="utf-8")
    return tmp_path


def test_a_brat_folder_is_read_with_its_discontinuous_content(folder):
    (article,) = read_gold(folder, annotator="b").articles
    (quote,) = article.quotes
    assert quote.content == ((14, 24), (25, 35))
    assert (quote.cue, quote.source) == (((8, 12),), ((0, 7),))
    assert article.skipped == ((36, 46),)
    assert article.text == TEXT


@pytest.mark.parametrize(("annotator", "n"), [("first", 0), ("last", 1), ("b", 1), ("nobody", 0)])
def test_the_annotator_can_be_chosen(folder, annotator, n):
    assert len(read_gold(folder, annotator=annotator).articles[0].quotes) == n


def test_polnears_layout_and_outlets_are_read(tmp_path):
    for name in ("text", "attributions"):
        (tmp_path / "dev" / name).mkdir(parents=True)
    (tmp_path / "dev/text/one.txt").write_text(TEXT)
    (tmp_path / "dev/attributions/one_x.ann").write_text(NOTES)
    (tmp_path / "metadata.tsv").write_text("filename\tpublisher\none\tgull\n")
    (article,) = read_gold(tmp_path / "dev").articles
    assert (article.outlet, len(article.quotes)) == ("gull", 1)


def test_lines_by_article_carry_what_they_say(tmp_path):
    path = write_lines(tmp_path / "gold.jsonl", [{
        "article_id": "one", "skipped": [[36, 46, "teaser"]],
        "quotes": [{"content": [[14, 35]], "source": [0, 7], "cue": None, "kind": "direct",
                    "speaker": "Ann Roe", "speaker_kind": "person", "topic": ["Weather"]}],
    }])
    gold = read_gold(path)
    (quote,) = gold.articles[0].quotes
    assert (quote.source, quote.cue, quote.kind) == (((0, 7),), (), "direct")
    assert (quote.speaker, quote.speaker_kind, quote.topics) == ("Ann Roe", "person", ("Weather",))
    assert gold.articles[0].skipped == ((36, 46),)
    assert {"speaker", "topic", "kind", "source"} <= gold.carries


def test_lines_by_quotation_are_joined_by_document(tmp_path):
    rows = [{"doc": "one", "content": [[14, 24]], "source": [], "speaker": None, "kind": "other"},
            {"doc": "one", "content": [[25, 35]], "source": [], "speaker": "x", "kind": "group"}]
    gold = read_gold(write_lines(tmp_path / "gold.jsonl", rows))
    assert [quote.speaker_kind for quote in gold.articles[0].quotes] == ["other", "group"]
    assert "kind" not in gold.carries


@pytest.mark.parametrize(("content", "message"), [
    ("{", r"line 1: not JSON"),
    ("[1]\n", r"line 1: not a JSON object"),
    ('{"id": 3}\n', r"line 1: no article_id with quotes.*found: id"),
    ('{"doc": "a", "content": [["x", 2]]}\n', r"article a: .* is no list of \[start, end\]"),
    ("\n", r"holds no line"),
])
def test_a_broken_line_is_named(tmp_path, content, message):
    path = tmp_path / "gold.jsonl"
    path.write_text(content)
    with pytest.raises(InputError, match=message):
        read_gold(path)


@pytest.mark.parametrize(("change", "message"), [
    (lambda place: (place / "two.ann").write_text(NOTES), r"no text belongs to two.ann"),
    (lambda place: (place / "one_a.ann").write_text("E1\tAttribution:T9\n"), r"no annotation T9"),
    (lambda place: (place / "one_a.ann").write_text("T1\tCue 1\n"), r"not brat standoff"),
    (lambda place: [path.unlink() for path in place.glob("*.ann")], r"holds no .ann file"),
    (lambda place: (place / "one.txt").unlink(), r"holds no .txt file"),
])
def test_a_broken_folder_is_named(folder, change, message):
    change(folder)
    with pytest.raises(InputError, match=message):
        read_gold(folder)


def test_a_gold_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"nothing does not exist"):
        read_gold(tmp_path / "nothing")
