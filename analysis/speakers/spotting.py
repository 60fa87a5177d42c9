"""Where names stand: runs of capitalised words, with the titles before them set apart."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import NamedTuple

from analysis.speakers import lists
from analysis.speakers.passage import Passage, Word
from analysis.speakers.runs import find_runs, is_handle, is_small
from analysis.speakers.title_words import begun_title, title_and_name


class Spot(NamedTuple):
    """A run of capitalised words that may be a name."""

    start: int
    end: int
    text: str
    title: str
    title_start: int
    honorific: str
    possessive: bool
    opens_sentence: bool


def find_spots(passage: Passage) -> list[Spot]:
    """Find the runs of capitalised words of an article, titles and honorifics set apart.

    "Ukrainian Foreign Minister Dmitry Kuleba" gives "Dmitry Kuleba" with the title "Ukrainian
    Foreign Minister"; "Mr. Burman" gives "Burman" with the honorific "Mr". Does not decide what
    a name is the name of.
    """
    openers = set(passage.sentence_starts)
    runs = find_runs(passage)
    surnames = _small_surnames(runs)
    return [spot for run in runs if not _is_credit(passage, run)
            for spot in _split(passage, run, openers, surnames)]


def _small_surnames(runs: list[list[Word]]) -> frozenset[str]:
    """Give the surnames that are small words too: "George Will"."""
    return frozenset(run[-1].text for run in runs
                     if len(run) > 1 and run[-1].text in ("Will", "Still", "Most", "Few", "Soon"))


def _is_credit(passage: Passage, run: list[Word]) -> bool:
    """Say whether a word is a whole paragraph: "Getty." under a picture."""
    line = passage.text[run[0].end:run[0].end + 3]
    return len(run) == 1 and run[0].start in passage.paragraph_starts[1:] and (
        bool(re.match(r"\.?\s*(?:\n|$)", line)))


def join_spots(
    passage: Passage, spots: list[Spot], spans: Iterable[tuple[int, int]],
) -> list[Spot]:
    """Join runs the language model holds for one organisation's name.

    "Securities" and "Exchange Commission" are one where a label spans both.
    """
    spans = sorted(spans)
    joined: list[Spot] = []
    for spot in spots:
        if joined and spot.end <= joined[-1].end:
            continue
        reach = next((end for start, end in spans if start <= spot.start < end), None)
        if reach is not None and any(other.end == reach and other.start > spot.start
                                     for other in spots):
            spot = spot._replace(end=reach, text=passage.text[spot.start:reach])
        joined.append(spot)
    return joined


def drop_modifiers(
    spots: list[Spot], labels: Mapping[str, list[tuple[int, int]]],
) -> list[Spot]:
    """Drop capitals that only open a sentence: "[Hero] medic Ruth Halden", "[Recent] reports".

    The language model sees a longer noun phrase begin there, and nowhere a name of that word.
    """
    begins = {start: end for label in ("role", "group", "document") for start, end in
              labels.get(label, ())}
    names = [span for label in ("person", "organization", "place")
             for span in labels.get(label, ())]
    starts = [spot.start for spot in spots]
    named = {spot.text for start, end in names
             for spot in spots[bisect_left(starts, start):bisect_left(starts, end)]}
    inside = {spot.text for spot in spots if not spot.opens_sentence or spot.possessive}
    return [spot for spot in spots if not (
        spot.opens_sentence and _may_modify(spot) and not spot.honorific
        and begins.get(spot.start, 0) > spot.end and spot.text not in named | inside)]


def _may_modify(spot: Spot) -> bool:
    """Say whether it is one word, or ends in a party: "[Presumptive Democratic] nominee"."""
    return " " not in spot.text or spot.text.split()[-1] in lists.demonyms()


def end_at_sources(spots: list[Spot], spans: Iterable[tuple[int, int]]) -> list[Spot]:
    """Cut a headline's long run of capitals where a source ends: "[Roe] Says No To Debate"."""
    ends = sorted(end for _, end in spans)
    cut = []
    for spot in spots:
        at = bisect_left(ends, spot.start + 1)
        long = len(spot.text.split()) >= _RUN or spot.text.endswith(_FINDS)
        inside = long and at < len(ends) and ends[at] < spot.end
        if inside and spot.end - spot.start == len(spot.text):
            text = _POSSESSIVE.sub("", spot.text[:ends[at] - spot.start])
            spot = spot._replace(end=spot.start + len(text), text=text)
        cut.append(spot)
    return cut


_POSSESSIVE = re.compile(r"['’]s?$")
_RUN = 4  # words
_FINDS = (" Finds", " Says", " Shows", " Suggests", " Warns", " Reveals")  # "Trial Finds"


def cut_spots(
    passage: Passage, spots: list[Spot], persons: Iterable[tuple[int, int]],
) -> list[Spot]:
    """Cut what stands before a person's name: "Minister of [Education] Stefania Giannini".

    A lone word before it may be a first name the language model missed: it goes only after "of"
    or where the shorter name stands elsewhere too.
    """
    begins = {end: start for start, end in persons}
    names = {spot.text for spot in spots}
    return [_cut(passage, spot, begins.get(spot.end, spot.start), names) for spot in spots]


def _cut(passage: Passage, spot: Spot, start: int, names: set[str]) -> Spot:
    lead, name = spot.text[:start - spot.start].split(), spot.text[start - spot.start:]
    plain = spot.end - spot.start == len(spot.text) and start > spot.start and " " in name
    if not plain or spot.title or lead[0].lower() in lists.first_names() or any(
            len(word.rstrip(".")) < 2 for word in lead):
        return spot
    after_of = passage.text[max(0, spot.start - 4):spot.start].endswith(("of ", "for "))
    shouted = len(lead[0]) > 3 and lead[0].isupper() and not name.isupper()  # "[HEARTBROKEN] Ann"
    if len(lead) == 1 and not after_of and not shouted and name not in names:
        return spot
    return spot._replace(start=start, title_start=start, text=name, opens_sentence=False)


def _split(
    passage: Passage, run: list[Word], openers: set[int], surnames: frozenset[str],
) -> list[Spot]:
    opens = run[0].start in openers
    run = _trimmed(passage, run, surnames)
    if not run:
        return []
    begun = begun_title(passage, run)
    title, name = title_and_name(passage, run[begun >= 0:])
    if begun >= 0:  # "Speaker of the [House Rep.] Ann Roe"
        title = [run[0], *title]
    form = title[-1].text.rstrip(".") if title else ""
    honorific = form if lists.honorifics().get(form, ("",))[0] == "honorific" else ""
    if not name:
        name, title = title, []
    if not honorific and len(run) > 1 and _all_title(name):
        return []
    words = title[:-1] if honorific else title
    if title:  # "House Speaker Ann Roe [of Wisconsin]"
        name = list(takewhile(lambda word: word.text != "of", name)) if name[1:] else name
    text = passage.text
    start = begun if begun >= 0 else title[0].start if title else name[0].start
    at = "@" if len(run) == 1 and is_handle(passage, run[0]) else ""
    end = _HANDLE.match(text, name[0].start).end() if at else name[-1].end
    return [Spot(
        name[0].start, end, at + " ".join(text[name[0].start:end].split()),
        text[start:words[-1].end] if words else "", start, honorific, name[-1].possessive,
        opens and run[0].start in openers,
    )]


_HANDLE = re.compile(r"\w+")


def _trimmed(passage: Passage, run: list[Word], surnames: frozenset[str]) -> list[Word]:
    """Cut what is no name off a run: "But", "QC"; nothing is left where it only describes."""
    # "(R-IN)", "D-N.J.": party and state, no name
    if len(run) == 1 and re.match(r"(?:[RDI]-[A-Z]|[RDI]$)", run[0].text):
        return []
    if len(run[0].text) == 1 and passage.text[run[0].end:run[0].end + 1] == "/":  # "M/s."
        return run[1:]
    if len(run) == 1 and run[0].text in _NO_NAMES:  # "Ida Roe, MSc,", "in February"
        return []
    run = _within_clause(run)
    while run and is_small(run[0]) and not (len(run) == 1 and run[0].text in surnames):
        run = run[1:]
    if len(run) > 1 and _GERUND.fullmatch(run[0].text) and (
            run[0].start in passage.sentence_starts):
        run = run[1:]  # "[Debating] Clinton"
    if len(run) < 2:
        return [] if run and _is_month(passage, run[0]) else run
    described = run[-1].text in lists.LETTERS_AFTER and bool(
        _THE.search(passage.text[max(0, run[0].start - 5):run[0].start]))
    # "the Kentucky Republican" and "the North Roe MP" describe
    if described or run[-1].text in ("Republican", "Democrat"):
        return []
    return run[:-1] if run[-1].text in lists.LETTERS_AFTER else run


def _within_clause(run: list[Word]) -> list[Word]:
    """Cut what a headline runs on with: "Judge [Who Once Mocked]", "Corners Roe [On] His …"."""
    at = next((at for at, word in enumerate(run) if word.text in _WHO), len(run))
    run = run[:at] if at else run
    while len(run) > 2 and run[-1].text in _TRAILING:
        run = run[:-1]
    return run


def _is_month(passage: Passage, word: Word) -> bool:
    """Say whether what may be a first name tells a time: "in April", "June 2023", "May 4"."""
    return word.text in _MONTHS and bool(
        _DAY.match(passage.text, word.end)
        or _SINCE.search(passage.text, max(0, word.start - 9), word.start))


_MONTHS = frozenset({"March", "April", "May", "June", "August"})
_DAY = re.compile(r",? \d")
_SINCE = re.compile(
    r"\b(?:in|since|until|till|by|last|next|this|late|early|dated|during) $", re.IGNORECASE)
_WHO = frozenset({"Who", "Whose", "Which", "That"})
_NO_NAMES = lists.LETTERS_AFTER | lists.word_set(
    "January February July September October November December")
_TRAILING = lists.word_set("On To In Of At For By With From Over As After Before Into About "
                           "Against Is Was Are The A An")
_GERUND = re.compile(r"(?!Irving|Sterling|Channing|Manning|Keating)[A-Z][a-z]{2,}ing")
_THE = re.compile(r"\b[Tt]he $")


def _all_title(words: list[Word]) -> bool:
    """Say whether nothing is named: "Ukrainian Foreign Minister pushes back …"."""
    leads = len(words) > 1 and (words[0].text in lists.demonyms() or words[0].text in _RANKS)
    rest = words[1:] if leads else words
    lower = " ".join(word.text.lower() for word in rest)
    surname = len(words) == 1 and words[0].text in ("King", "Prince")
    return lower in lists.role_nouns() and not surname


_RANKS = lists.word_set("State National Regional General Deputy Vice Acting Assistant Zonal Senior "
                        "Provincial Divisional Associate Interim Honorary Permanent Executive")
