"""Runs of capitalised words, and the small words that stand inside names."""

import re

from analysis.speakers import lists
from analysis.speakers.passage import Passage, Word

_JOINT = re.compile(r"[ \u00a0]{1,2}|\s?&\s?")
_LED = re.compile(r"-(?:[a-z]+ed|led|run|era|style|like|based|friendly)$")  # "the Trump-led field"
_ARABIC = re.compile(r"(?:al|el)-[A-Z]")


def _is_capital(word: Word) -> bool:
    capital = word.text[0].isupper()
    if "-" not in word.text:
        return capital
    return not _LED.search(word.text) if capital else bool(_ARABIC.match(word.text))


def find_runs(passage: Passage) -> list[list[Word]]:
    """Give the runs of capitalised words of an article, each with what may link them."""
    runs: list[list[Word]] = []
    run: list[Word] = []
    held: list[Word] = []
    for word in passage.words:
        if not run and word.text.islower() and word.text.isalpha() and word.text != "de" and (
                not is_handle(passage, word)):
            continue  # most are plain
        joint = passage.text[(held or run)[-1].end:word.start] if run else ""
        if run and _JOINT.fullmatch(joint) and not (held or run)[-1].possessive:
            numbered = not held and word.text[0].isdigit() and [one.text for one in run] in (
                ["District"], ["Local"])
            if numbered or _is_capital(word) and not (
                    held and is_small(word) or word.text in _PRONOUNS
                    or word.text in _WEEKDAYS and run[-1].text not in _FEASTS):
                run, held = [*run, *held, word], []
                continue
            if _may_link(word, run, held):
                held = [*held, word]
                continue
        if run:
            runs.append(run)
        begins = _is_capital(word) or _is_particle(passage, word) or (
            _numbers_a_body(passage, word) or is_handle(passage, word))
        run, held = ([word], []) if begins else ([], [])
    return [*runs, run] if run else runs


def _is_particle(passage: Passage, word: Word) -> bool:
    """Say whether a small word begins a surname: "[de] Blasio said"."""
    return word.text == "de" and passage.text[word.end:word.end + 2].strip().isupper()


def is_handle(passage: Passage, word: Word) -> bool:
    """Say whether a word is somebody's name on a network: "@ida_roe"."""
    return word.start > 0 and passage.text[word.start - 1] == "@"


_WEEKDAYS = lists.word_set("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_FEASTS = lists.word_set("Super Black Bloody Good Easter Palm Cyber Ash Giving News")
_PRONOUNS = frozenset({"He", "His", "Him", "She", "Her", "They", "Their", "Them", "Its"})


def _numbers_a_body(passage: Passage, word: Word) -> bool:
    """Say whether a number begins a name: "the [6th Circuit Court] of Appeals"."""
    return word.text[0].isdigit() and bool(_NUMBERED.match(passage.text, word.start))


_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th|d) (?:U\.S\. )?(?:Circuit|District|Congress|Precinct)\b")
_MEMBERS = lists.word_set("Citizens Doctors Reporters Friends Students Parents Veterans Mothers "
                          "Physicians Daughters Sons Americans")


_FIELDS = lists.word_set("Fire Search Food Health Arts Science Trade Industry Education Culture "
                         "Environment Agriculture Energy Housing Labor Labour")


def _may_link(word: Word, run: list[Word], held: list[Word]) -> bool:
    """Say whether a small word may stand inside a name: "de", "Department of the Interior"."""
    if word.text in lists.PARTICLES and len(held) < 2:
        return True
    if word.text not in lists.ORG_LINKS or len(held) > 1:
        return False
    if word.text == "and" and held:
        return False
    if run[-1].text in _MEMBERS and word.text in ("for", "against", "of") and not held:
        return True
    if word.text == "and" and run[-1].text in _FIELDS:  # "West Riding Fire and Rescue Service"
        return True
    heads = [one.text for one in run if one.text in lists.organization_words()]
    return bool(heads) and (word.text != "and" or len(run) > 2) and word.text not in ("in", "at")


def is_small(word: Word) -> bool:
    """Say whether a capitalised word is a small word at the start of a sentence: "But"."""
    text = word.text.lower()
    small = text in lists.STOP_WORDS and word.text not in lists.LETTERS
    return small or len(text) == 1 and text in "ia" or bool(_ADVERB.search(text))


_ADVERB = re.compile(
    r"\w{2}(?:ing|ed|al|ous|ive|ate|ent|ant|ful|ar|ab|ib)ly$")
