"""The span tagger: what it finds, that offsets hold, and that nothing breaks it."""

import numpy as np
import pytest

from analysis.quotations.chain import (
    TAGS,
    best_tags,
    forward_backward,
    legal,
    posteriors,
    runs,
)
from analysis.quotations.pieces import normalise, split_words
from analysis.quotations.tagger import Span, load_tagger, model_hash, tag_texts, tag_words
from analysis.quotations.training.augment import vary
from analysis.quotations.training.data import (
    IGNORED,
    Article,
    Marked,
    build_window,
    flatten,
)

HOSTILE = [
    "",
    "   \n\n\t",
    "\x00\x01\x02 a \x7f",
    "“",
    "'" * 10_000,
    '"' * 10_000,
    "”'\" " * 2_500,
    '\u202eשלום אמר "כן" 😀👩‍👩‍👧 قال «نعم»',
    '\ud800 said "no" \udfff',
    "a" * 200_000,
    "he said “no” " * 1_000,
    " 'a b'c" * 2_000,
    "“a\n" * 1_000,
]


def spans_of(text: str) -> list[Span]:
    return tag_texts([text], load_tagger())[0]


def strings(text: str, label: str) -> list[str]:
    return [text[s.start : s.end] for s in spans_of(text) if s.label == label]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_keep_valid_offsets(text: str) -> None:
    end = 0
    for span in spans_of(text):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        assert 0.0 <= span.score <= 1.0
        end = span.end


def test_finds_an_inverted_and_a_colon_quotation() -> None:
    text = (
        "“It is over,” said the coroner, Dr Jane Hale. "
        "She told the inquest: 'There was nothing to be done.'"
    )
    assert strings(text, "cue") == ["said", "told"]
    assert strings(text, "source")[0].startswith("the coroner")
    assert [s.strip("“”',.") for s in strings(text, "content")] == [
        "It is over",
        "There was nothing to be done",
    ]


def test_a_text_yields_the_same_beside_other_texts() -> None:
    texts = ["Mr Ode said he would stay.", "“No,” she said. " * 40, "Rain fell.\n\nShe wept."]
    together = tag_texts(texts * 3, load_tagger())
    assert together == [spans_of(text) for text in texts * 3]


def test_long_paragraph_is_read_in_overlapping_windows() -> None:
    text = "The minister said that the bridge would close. " * 60
    assert len(strings(text, "cue")) == 60


def test_tag_words_gives_probabilities_per_word() -> None:
    (tagged,) = tag_words(["Police said he fled."], load_tagger())
    assert tagged.probability.shape == (len(tagged.words), len(TAGS))
    assert np.allclose(tagged.probability.sum(1), 1, atol=1e-3)


def test_a_dateline_is_nobody_s_words() -> None:
    text = "LONDON, Oct 20 (Reuters) - Prices will hold, the minister said.\nOSLO — He said no."
    assert strings(text, "content")[0].strip(",") == "Prices will hold"
    assert strings(text, "source")[-1] == "He"


ARTICLE = (
    "LEEDS — Trump and Mr. Obama met.\n\n“We will win. We always win,” Clinton said Monday. "
    "“It is sure.”\n\nSanders said that taxes “are too high” in Ohio."
)
SPANS = [
    ("content", "“We will win. We always win,”"),
    ("source", "Clinton"),
    ("cue", "said"),
    ("content", "“It is sure.”"),
    ("source", "Sanders"),
    ("content", "that taxes “are too high” in Ohio"),
]


@pytest.mark.parametrize("seed", range(40))
def test_variations_of_training_articles_keep_spans_on_words(seed: int) -> None:
    spans = tuple(
        (label, ARTICLE.index(part), ARTICLE.index(part) + len(part)) for label, part in SPANS
    )
    varied = vary(Article("a", ARTICLE, spans), np.random.default_rng(seed))
    assert len(varied.spans) >= len(spans)
    for label, start, end in varied.spans:
        piece = varied.text[start:end]
        assert piece == piece.strip() != ""
        assert not (varied.text[start - 1 : start] + piece[0]).isalnum() or start == 0
        assert label != "cue" or " " not in piece


def test_flatten_lets_the_outermost_content_win() -> None:
    spans = [("content", 0, 50), ("source", 5, 9), ("content", 10, 20), ("cue", 60, 64)]
    assert flatten(spans) == (("content", 0, 50), ("cue", 60, 64))


def test_no_texts() -> None:
    assert tag_texts([], load_tagger()) == []


def test_model_hash_is_a_sha256() -> None:
    assert len(model_hash()) == 64


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ('"Yes," he said. "No."', "“Yes,” he said. “No.”"),
        ("'The boy's toy,' she said", "“The boy's toy,” she said"),
        ("‘He called it “mad”,’ she said", "“He called it 'mad',” she said"),
        ("workers' rights and '90s rock 'n' roll", "workers' rights and '90s rock 'n' roll"),
        ("“closed by an opening mark“ he said", "“closed by an opening mark” he said"),
        ("«Oui», said", "“Oui”, said"),
        ("``tex'' said", "“ tex”  said"),
        (
            "'We lost,' said Ng. 'But the players' wives cheered.'",
            "“We lost,” said Ng. “But the players' wives cheered.”",
        ),
    ],
)
def test_marks_get_a_direction_and_lengths_stay(given: str, wanted: str) -> None:
    assert normalise(given) == wanted


def test_words_know_paragraph_and_quotation() -> None:
    words = split_words('He said\n\n"so long" ok', load_tagger().pieces)
    assert words.paragraph.tolist() == [0, 0, 1, 1, 1, 1, 1]
    assert words.quoted.tolist() == [0, 0, 0, 1, 1, 0, 0]


def test_viterbi_and_posteriors_agree_on_clear_scores() -> None:
    rng = np.random.default_rng(0)
    scores = rng.normal(0, 8, (5, 9, len(TAGS))).astype(np.float32)
    length = np.array([9, 7, 5, 3, 1])
    follow = legal(np.zeros((len(TAGS), len(TAGS))))
    tags = best_tags(scores, length, follow)
    sure = posteriors(*forward_backward(scores, length, follow))
    for row, n in enumerate(length):
        assert sure[row, :n].sum(1) == pytest.approx(np.ones(n), abs=1e-4)
        clear = sure[row, :n].max(1) > 0.9
        assert (sure[row, :n].argmax(1) == tags[row, :n])[clear].sum() >= 0.8 * clear.sum()
        assert not any(
            tag and tag % 2 == 0 and before not in (tag, tag - 1)
            for before, tag in zip([0, *tags[row]], tags[row, :n], strict=False)
        )


def test_runs_of_tags() -> None:
    assert runs(np.array([0, 1, 2, 1, 5, 6, 0, 3])) == [
        (0, 1, 3), (0, 3, 4), (2, 4, 6), (1, 7, 8),
    ]  # fmt: skip


def test_a_window_knows_the_pieces_of_its_words_heads() -> None:
    table = load_tagger().pieces
    words = split_words("Pemberley fell\nthen rose", table)
    heads = np.array([[7, 8, 1], [7, 8, 1], [7, 8, 3], [7, 8, 0]])
    window = build_window(Marked(words, np.zeros(4, np.int64), heads), 0, 3, table)
    fell = 1 + words.first[1]
    assert window.syntax[1].tolist() == [7, 8, fell]
    assert window.syntax[fell].tolist() == [7, 8, 0], "the head of a sentence has none"
    assert window.syntax[fell + 2].tolist() == [7, 8, IGNORED], "its head lies outside"
