"""Who asks, where the story leaves it out."""

import pytest

from analysis.speakers import resolve_speakers

from .frames import cases, frames

ASKED = {
    "whether": ("⟦Asked⟧ ‹whether he would stay›, [P:Ann Roe] shrugged.", "reporters"),
    "about": ("But ⟦asked⟧ about ‹the vote›, [P:Ann Roe] shrugged.", "reporters"),
    "first-person": ("I met [P:Ann Roe]. ⟦Asked⟧ ‹where it went›, she shrugs.", "author"),
    "told-me": ("She told me so. ⟦Asked⟧ ‹where it went›, [P:Ann Roe] shrugs.", "author"),
    "by-somebody": ("⟦Asked⟧ ‹why› by a host in May, [P:Ann Roe] shrugged.", None),
    "in-court": ("Counsel rose. ⟦Asked⟧ ‹if it was hers›, [P:Ann Roe] shrugged.", None),
    "in-a-poll": ("⟦Asked⟧ ‹if it was wrong›, 46 percent said yes.", None),
    "asking-for": ("A petition ⟦asked⟧ for ‹a lower limit› of [P:Ann Roe].", None),
}


def asked(marked):
    """Read a text whose quotation has no source, its cue in ⟦…⟧."""
    quotes, mentions, articles = frames(marked)
    text = articles["text"].iloc[0]
    plain = text.replace("⟦", "").replace("⟧", "")
    gone = [at for at, char in enumerate(text) if char in "⟦⟧"]

    def moved(at):
        return at - sum(one < at for one in gone)
    spans = [[[moved(start), moved(end)] for start, end in row] for row in quotes["spans"]]
    cue = [[[gone[0], gone[1] - 1]]]
    mentions = mentions.assign(start=mentions["start"].map(moved), end=mentions["end"].map(moved))
    return quotes.assign(spans=spans, cue_spans=cue), mentions, articles.assign(text=[plain])


@pytest.mark.parametrize(("text", "speaker"), cases(ASKED))
def test_who_asks_is_named_only_as_far_as_the_story_goes(text, speaker):
    found = resolve_speakers(*asked(text))
    names = found.speakers.set_index("speaker_id")["name"].to_dict()
    assert names.get(found.quotes["speaker_id"].iloc[0]) == speaker
