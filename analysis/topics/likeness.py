"""Whether two quotations are the same words: reworded, cut, or only alike."""

from collections.abc import Sequence

from analysis.topics.voices import Voice
from analysis.topics.words import content_units

# Levels of likeness, the surest first: families are joined in this order.
SURE, LIKELY, NEAR = 3, 2, 1
_ALIKE = 0.7
_FEWEST = 4
_FEWEST_RUN = 3
# Two names for one source ("the ministry", "a spokeswoman") may stand for one utterance, where
# it is long and all but verbatim.
_FEWEST_ACROSS = 8
_ALIKE_ACROSS = 0.9
_FEWEST_UNRESOLVED = 6
_FEWEST_WORDS_ACROSS = 9
# Short words are the same utterance only if they run within two months of each other.
_FEWEST_WORDS = 4
_FEWEST_MARKED = 3
_FEWEST_SHORT_UNITS = 2
_FEWEST_EQUAL = 5
_NEARLY = 0.8
_DAYS = 60
_DAY = 24 * 3600 * 1_000_000


def same_words(one: Voice, other: Voice) -> int:
    """Tell whether two quotations are the same words: `SURE`, `LIKELY`, `NEAR` or 0.

    Content words are compared in order, by stem; a name counts once. With the same speaker, four
    words and 70 % of the shorter quotation's make a family; shorter ones must be verbatim and
    run within two months, or in articles that share other quotations (wire copy, `NEAR`). With
    an unresolved speaker six words and 90 % are needed, with two different ones eight and 90 %,
    or nine words of any kind that are all of the shorter.
    """
    if one.article == other.article:
        return 0
    shorter, longer = sorted((one.units, other.units), key=len)
    shared = _in_order(shorter, longer)
    share = shared / len(shorter) if shorter else 0.0
    if one.speaker is not None and one.speaker == other.speaker:
        if shared >= _FEWEST and share >= _ALIKE and _runs(shorter, longer):
            return SURE
        if _verbatim(one, other) and _close(one, other):
            return LIKELY
    else:
        unresolved = one.speaker is None or other.speaker is None
        needed = _FEWEST_UNRESOLVED if unresolved else _FEWEST_ACROSS
        if shared >= needed and share >= _ALIKE_ACROSS and _runs(shorter, longer):
            return LIKELY
        if _contained(one, other) and _close(one, other):
            return LIKELY
    return NEAR if one.words == other.words and one.speaker == other.speaker else 0


def _in_order(shorter: Sequence[str], longer: Sequence[str]) -> int:
    """Give how many of the shorter's units stand in the longer in the same order."""
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(shorter, longer)


def _runs(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Tell whether three units stand in a row in both, or the two are about as long.

    Four words scattered over a long statement are no quotation of it.
    """
    if len(shorter) >= _ALIKE * len(longer):
        return True
    runs = {tuple(longer[at:at + _FEWEST_RUN]) for at in range(len(longer) - _FEWEST_RUN + 1)}
    return any(tuple(shorter[at:at + _FEWEST_RUN]) in runs
               for at in range(len(shorter) - _FEWEST_RUN + 1))


def _verbatim(one: Voice, other: Voice) -> bool:
    """Tell whether two short quotations are word for word the same, wholly or in part."""
    return (
        _nearly_equal(one, other) or _reported(one, other)
        or _stands_in(_without_that(one.words), other.words, fewest=_FEWEST_WORDS)
        or _stands_in(_without_that(other.words), one.words, fewest=_FEWEST_WORDS)
        or _stands_in(one.quoted, other.words, fewest=_FEWEST_MARKED)
        or _stands_in(other.quoted, one.words, fewest=_FEWEST_MARKED)
    )


def _contained(one: Voice, other: Voice) -> bool:
    """Tell whether nine words or more of one are all of the other, whoever is named for them.

    "I would not give this water to a dog", said by "Ruth Halden" here and by "the hero" there.
    """
    shorter, longer = sorted((one.words, other.words), key=len)
    return _stands_in(_without_that(shorter), longer, fewest=_FEWEST_WORDS_ACROSS)


def _stands_in(part: Sequence[str], whole: Sequence[str], *, fewest: int) -> bool:
    """Tell whether words stand in other words, one after the other.

    "The tunnel will open" in "The tunnel will open, and it will open on my watch"; residents
    had "been paying for a hole" since 2022, the city had "been paying for a hole" for years.
    """
    text = " ".join(part)
    return (len(part) >= fewest and f" {text} " in f" {' '.join(whole)} "
            and len(content_units(text)) >= _FEWEST_SHORT_UNITS)


def _nearly_equal(one: Voice, other: Voice) -> bool:
    """Tell whether five words or more are the same but for one in five.

    "to keep children and animals away from the bank", "… children and pets …".
    """
    shorter, longer = sorted((one.words, other.words), key=len)
    return (len(shorter) >= _FEWEST_EQUAL
            and _in_order(shorter, longer) >= _NEARLY * len(longer))


def _without_that(words: Sequence[str]) -> Sequence[str]:
    return words[1:] if words[:1] == ("that",) else words


def _reported(one: Voice, other: Voice) -> bool:
    """Tell whether all units of one (three at least) stand in order in the other.

    "that the tunnel would open on my watch" for "The tunnel will open … on my watch".
    """
    shorter, longer = sorted((one.units, other.units), key=len)
    return len(shorter) >= _FEWEST_RUN and _in_order(shorter, longer) == len(shorter)


def _close(one: Voice, other: Voice) -> bool:
    if one.published is None or other.published is None:
        return True
    return abs(one.published - other.published) // _DAY <= _DAYS
