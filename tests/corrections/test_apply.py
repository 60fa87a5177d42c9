import pandas as pd
import pytest

from analysis.corrections import Correction, apply_corrections

from .frames import TEXTS, corpus

SAFE = {"article": "a1", "at": "46-57 70-92", "words": "It is safe, Nobody needs to worry."}
MAY = {"article": "a1", "at": "0-27", "words": "The bridge will open in May"}


def at_of(tables, words):
    row = tables.quotes[tables.quotes["content"] == words].iloc[0]
    return " ".join(f"{start}-{end}" for start, end in row["spans"])


def every_correction():
    tables = corpus()
    safe = {**SAFE, "at": at_of(tables, SAFE["words"])}
    return (
        Correction("accept", **MAY, by="kim"),
        Correction("reject", article="a3", at=at_of(tables, "No comment,"), words="No comment,"),
        Correction("speaker", **safe, speaker="Bob Orr"),
        Correction("topic", **MAY, topics=("Traffic", "Safety")),
        Correction("merge", people=("Ann Vale", "Ms Vale"), speaker="Ann Vale"),
        Correction("split", people=("Bob Orr",), articles=("a2",), speaker="Bob Orr junior"),
        Correction("add", article="a2", at="0-39", words="Ms Vale said the opening would be late.",
                   speaker="Cid Ash"),
    )


def test_every_kind_of_correction_lands():
    made, report = apply_corrections(corpus(), every_correction()[:6])
    assert report["status"].tolist() == ["applied"] * 6
    quotes = made.quotes.set_index("content")
    assert quotes.loc[MAY["words"], "confidence"] == 1
    assert "No comment," not in quotes.index
    assert quotes.loc[SAFE["words"], "speaker_id"] == "bob"
    assert set(made.quote_topics["topic"]) == {"Traffic", "Safety"}
    assert quotes.loc["the opening would be late", "speaker_id"] == "ann"
    speakers = made.speakers.set_index("name")
    assert "Ms Vale" not in speakers.index
    assert speakers.loc["Ann Vale", "aliases"] == ["Ann Vale", "Ms Vale"]
    assert speakers.loc["Ann Vale", "n_quotes"] == 2
    assert speakers.loc["Bob Orr junior", "n_articles"] == 1
    assert speakers.loc["Bob Orr junior", "outlet"] == "A"


def test_a_missed_quotation_is_added_with_its_words():
    words = "Bob Orr doubts"
    at = TEXTS["a1"].index(words)
    add = Correction("add", article="a1", at=f"{at}-{at + len(words)}", words=words,
                     speaker="Ann Vale", cue="said", source="she")
    made, report = apply_corrections(corpus(), [add])
    row = made.quotes.iloc[-1]
    assert report["status"].tolist() == ["applied"]
    assert TEXTS["a1"][row["spans"][0][0]:row["spans"][0][1]] == words == row["content"]
    assert row["speaker_id"] == "ann"
    assert row["paragraph"] == 2
    start, end = row["cue_spans"][0]
    assert TEXTS["a1"][start:end] == "said"


def test_an_added_quotation_is_filed_under_the_topics_it_names_or_says_none():
    words = "Bob Orr doubts"
    at = TEXTS["a1"].index(words)
    where = {"article": "a1", "at": f"{at}-{at + len(words)}", "words": words}
    made, report = apply_corrections(corpus(), [Correction("add", **where, topics=("Money",))])
    filed = made.quote_topics.set_index("quote_id")["topic"]
    assert filed[made.quotes["quote_id"].iloc[-1]] == "Money"
    assert report["detail"].tolist() == [""]
    report = apply_corrections(corpus(), [Correction("add", **where)]).report
    assert report["detail"].tolist() == ["counts under no topic: none is named"]


def test_replaying_twice_changes_nothing_more():
    once = apply_corrections(corpus(), every_correction()).tables
    twice, report = apply_corrections(once, every_correction())
    assert set(report["status"]) == {"already so"}
    for name, frame in once.frames().items():
        left = frame.drop(columns="merge_reason", errors="ignore")
        pd.testing.assert_frame_equal(
            left, twice.frames()[name].drop(columns="merge_reason", errors="ignore"))


def test_nothing_changes_in_place():
    tables = corpus()
    before = {name: frame.copy(deep=True) for name, frame in tables.frames().items()}
    apply_corrections(tables, every_correction())
    for name, frame in tables.frames().items():
        pd.testing.assert_frame_equal(frame, before[name])


def test_corrections_land_after_100_articles_more_and_another_order():
    later = corpus(extra=100)
    shuffled = type(later)(**{
        name: frame.sample(frac=1, random_state=3).reset_index(drop=True)
        for name, frame in later.frames().items()})
    report = apply_corrections(shuffled, every_correction()).report
    assert set(report["status"][:6]) == {"applied"}
    assert len(report) == len(every_correction())


def test_corrections_move_with_their_words():
    report = apply_corrections(corpus(shift="NEW YORK – "), every_correction()[:4]).report
    assert report["status"].tolist() == ["moved"] * 4


def test_an_article_under_another_id_is_found_by_its_words():
    texts = dict(TEXTS)
    text = texts.pop("a1")
    tables = corpus(texts=texts)
    renamed = corpus()
    for frame in (renamed.articles, renamed.quotes):
        frame["article_id"] = frame["article_id"].replace("a1", "b9")
    made, report = apply_corrections(renamed, [Correction("accept", **MAY)])
    assert report["status"].tolist() == ["moved"]
    assert report["detail"].tolist() == ["found in article b9"]
    lost = apply_corrections(tables, [Correction("accept", **MAY)]).report
    assert lost["status"].tolist() == ["does not fit"]
    assert text not in lost["detail"].iloc[0]


@pytest.mark.parametrize(("correction", "detail"), [
    (Correction("accept", article="a1", at="0-9", words="Words that nobody wrote"),
     "its words no longer stand in the article"),
    (Correction("speaker", article="a1", at="28-36", words="Ann Vale", speaker="Bob Orr"),
     "no quotation stands at its words"),
    (Correction("merge", people=("Nobody", "Bob Orr"), speaker="Bob Orr"), "no speaker 'Nobody'"),
    (Correction("split", people=("Bob Orr",), articles=("a9",), speaker="Rob"),
     "'Bob Orr' is not quoted in these articles"),
], ids=["words", "quotation", "merge", "split"])
def test_what_no_longer_fits_is_reported_and_changes_nothing(correction, detail):
    tables = corpus()
    made, report = apply_corrections(tables, [correction])
    assert report["status"].tolist() == ["does not fit"]
    assert detail in report["detail"].iloc[0]
    assert made.quotes["speaker_id"].tolist() == tables.quotes["speaker_id"].tolist()


def test_two_people_of_one_name_are_not_guessed_between():
    tables = corpus()
    tables.speakers.loc[1, "name"] = "Ann Vale"
    report = apply_corrections(tables, [Correction("speaker", **MAY, speaker="ann vale")]).report
    assert "means 2 speakers" in report["detail"].iloc[0]


def test_the_later_correction_wins():
    first = Correction("speaker", **MAY, speaker="Bob Orr")
    made, _ = apply_corrections(corpus(), [first, Correction("speaker", **MAY, speaker="")])
    assert pd.isna(made.quotes.set_index("content").loc[MAY["words"], "speaker_id"])


def test_spans_still_give_the_content():
    made, _ = apply_corrections(corpus(), every_correction())
    texts = dict(zip(made.articles["article_id"], made.articles["text"], strict=True))
    for row in made.quotes.itertuples():
        assert " ".join(texts[row.article_id][s:e] for s, e in row.spans) == row.content


@pytest.mark.parametrize(("correction", "detail"), [
    (Correction("speaker", **MAY, speaker="Bob Or"), "new speaker; nearest is 'Bob Orr'"),
    (Correction("merge", people=("Ann Vale", "Ms Vale", "Zoe"), speaker="Ann Vale"),
     "no speaker 'Zoe'"),
    (Correction("split", people=("Bob Orr",), articles=("a2", "a9"), speaker="the ministry"),
     "not quoted in a9"),
], ids=["speaker", "merge", "split"])
def test_a_name_or_article_that_is_not_there_is_told(correction, detail):
    report = apply_corrections(corpus(), [correction]).report
    assert report[["status", "detail"]].iloc[0].tolist() == ["applied", detail]


def test_a_new_name_that_someone_has_makes_one_person_of_both():
    made, report = apply_corrections(
        corpus(), [Correction("merge", people=("Ms Vale",), speaker="Ann Vale")] * 2)
    assert report["status"].tolist() == ["applied", "already so"]
    assert made.speakers["name"].tolist().count("Ann Vale") == 1
    assert (made.quotes["speaker_id"] == "ann").sum() == 3
