"""Which words of a run of capitals are a title: "[Foreign Minister] Dmitry Kuleba"."""

import re

from analysis.speakers import lists
from analysis.speakers.passage import Passage, Word, words_between

_NEEDS_DOT = frozenset({"Don", "Del", "Sec", "Fr", "Gen", "Dep"})


def begun_title(passage: Passage, run: list[Word]) -> int:
    """Give where a title begins that the run's first word ends: "Leader of the [Opposition] Roe".

    −1 where no such title stands before.
    """
    before = passage.text[max(0, run[0].start - 8):run[0].start]
    if len(run) < 2 or not before.endswith((" of ", " of the ")) or any(
            word.text in lists.organization_words() for word in run[1:]):
        return -1
    words = words_between(passage, run[0].start - 30, run[0].end)
    return next((words[-size].start for size in (3, 4) if size <= len(words) and " ".join(
        word.text.lower() for word in words[-size:]) in lists.role_nouns()), -1)


def title_and_name(passage: Passage, run: list[Word]) -> tuple[list[Word], list[Word]]:
    """Give the words of the title and those of the name; no name in "Fox News Chairman and CEO"."""
    at = _title_end(run)
    if at < len(run) and run[at].text == "and":  # "Fox News Chairman and CEO"
        return [], run[:at]
    if at < len(run) and run[at].text[0].isdigit():  # "Local 88"
        return [], run
    if at == 1 and _is_first_name(passage, run):
        return [], run
    return run[:at], run[at:]


def _is_first_name(passage: Passage, run: list[Word]) -> bool:
    """Say whether a word of rank is a first name: "Dean Harris", "Marine Le Pen"."""
    one = len(run) == 2 or len(run) == 3 and run[1].text.lower() in lists.PARTICLES
    word = run[0].text
    return one and word in _RANKS_TOO and not re.search(rf"\b{word.lower()}s?\b", passage.text)


_RANKS_TOO = frozenset({"Dean", "Marine", "Earl", "Duke", "Abbot", "Page", "Guy"})


def _title_end(run: list[Word]) -> int:
    """Give how many leading words are title: "NBC News Moderator Matt Lauer" → 3."""
    best = 0
    for at in range(1, len(run)):
        before = run[at - 1].text
        form = before.rstrip(".")
        honorific = form in lists.honorifics() and (
            before.endswith(".") or form not in _NEEDS_DOT)
        if honorific or _ends_in_role(tuple(word.text.lower() for word in run[:at])):
            best = at
        elif at == best + 1 and before in lists.demonyms():
            # "Republican Donald Trump"; not "American Airlines"
            best = at if best or len(run) - at >= 2 else best
    rest = [word.text for word in run[best:]]
    if best and rest[0] in lists.ORG_LINKS - {"and"}:  # "Workers of America"
        return 0
    if any(word in lists.organization_words() for word in rest) and best:
        alone = len(rest) == 1 and rest[0] not in ("Committee", "Council")
        return best if alone and not run[best - 1].text.endswith("s") else 0  # "Farmers Weekly"
    return best


def _ends_in_role(words: tuple[str, ...]) -> bool:
    # "Senators Charles E. Grassley and …": a plural title too
    ends = [" ".join(words[-size:]) for size in (1, 2, 3, 4) if size <= len(words)]
    return any(lists.is_role(end) for end in ends)


def is_in_title(words: list[Word], at: int) -> bool:
    """Say whether a word stands inside a title: "chief [operating] officer", "chief [of] staff"."""
    title = " ".join(word.text.lower() for word in words[at - 1:at + 2])
    return title in lists.role_nouns() and not title.startswith("member")  # one of many
