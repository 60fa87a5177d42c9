"""What a cue says of the speech it reports: its lemma, its stance, its kind of act.

Stance and act come from `lexicons/reporting_verbs.csv`; a cue is read from its last known verb or
noun backwards, so "has repeatedly denied" is `deny` and "said in a statement" is `say`.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.lexicons import load_lexicon

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", re.UNICODE)
_AUXILIARY = frozenset(re.findall(r"\w+", """
    be is are was were been being am has have had having do does did will would shall should can
    could may might must not to also that as in on of the a an by for with his her their its
"""))
_LONGEST = 5  # words of the longest entry: "go so far as to say"


class Cue(NamedTuple):
    """Dictionary form of a cue, its stance and the act it reports."""

    lemma: str | None
    stance: str | None
    act: str | None


@lru_cache(10_000)
def read_cue(text: str) -> Cue:
    """Read a cue's words.

    Examples
    --------
    >>> read_cue("has repeatedly denied")
    Cue(lemma='deny', stance='doubting', act='statement')
    >>> read_cue("According to")
    Cue(lemma='according to', stance='neutral', act='statement')

    Notes
    -----
    A cue that the list does not know gets a lemma by rule, stance neutral and act `other`; a
    cue of punctuation alone (Smith: "…") is a statement. Irony and negation are not read.
    """
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text[:300])]
    if not words:
        mark = text.strip()
        return Cue(mark, "neutral", "statement") if mark else Cue(None, None, None)
    known = cue_forms()
    for at, length in _windows(words):
        entry = known.get(" ".join(words[at : at + length]))
        if entry and not (length == 1 and words[at] in _AUXILIARY):
            return entry
    content = [word for word in words if word not in _AUXILIARY and not word.endswith("ly")]
    return Cue(_bare(content[0] if content else words[0]), "neutral", "other")


def _windows(words: list[str]) -> list[tuple[int, int]]:
    """Stretches of words to look up: longer ones first, then from the left."""
    sizes = range(min(_LONGEST, len(words)), 0, -1)
    return [(at, size) for size in sizes for at in range(len(words) - size + 1)]


@cache
def cue_forms() -> dict[str, Cue]:
    """Give every form of every entry, with what the list says of it."""
    found: dict[str, Cue] = {}
    irregular = _irregular()
    for row in load_lexicon("reporting_verbs"):
        first, _, rest = row["lemma"].partition(" ")
        entry = Cue(row["lemma"], row["stance"], row["act"])
        tail = f" {rest}" if rest else ""
        for form in {first, *irregular.get(first, ()), *_regular(first)}:
            found.setdefault(form + tail, entry)
    for row in load_lexicon("reporting_verbs"):  # an entry beats a form: "found" is to find
        found.setdefault(row["lemma"], Cue(row["lemma"], row["stance"], row["act"]))
    return found


@cache
def _irregular() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {"be": {"is", "are", "was", "were", "been", "being", "am"}}
    for lemma, written in _STRONG.items():
        forms.setdefault(lemma, set()).update(written.split())
    return {lemma: frozenset(own) for lemma, own in forms.items()}


_STRONG = {
    "say": "said says", "tell": "told", "write": "wrote written", "speak": "spoke spoken",
    "think": "thought", "feel": "felt", "know": "knew known", "see": "saw seen", "hold": "held",
    "read": "read", "swear": "swore sworn", "sing": "sang sung", "begin": "began begun",
    "bet": "bet", "bid": "bid", "make": "made making", "go": "went gone goes", "put": "put putting",
    "run": "ran running", "show": "shown", "find": "found", "mean": "meant", "seek": "sought",
    "set": "set setting", "lay": "laid", "spell": "spelt", "let": "let letting", "own": "owned",
    "hit": "hit hitting", "shoot": "shot", "take": "took taken", "tear": "tore torn",
    "have": "has had", "understand": "understood", "foresee": "foresaw foreseen",
    "forget": "forgot forgotten",
    "forbid": "forbade forbidden", "hear": "heard", "choose": "chose chosen", "give": "gave given",
    "strike": "struck", "plead": "pled", "beseech": "besought", "weep": "wept", "dream": "dreamt",
    "rip": "ripped ripping", "come": "came", "uphold": "upheld", "withhold": "withheld",
    "overturn": "overturned", "learn": "learnt", "lie": "lying", "bear": "bore borne",
    "foretell": "foretold", "cast": "cast", "broadcast": "broadcast", "forecast": "forecast",
    "quit": "quit", "pay": "paid",
    "sum": "summed summing", "drive": "drove driven",
}
_DOUBLED = re.compile(r"(?:^|[^aeiou])[aeiou][bdglmnprt]$")


def _regular(verb: str) -> set[str]:
    """Give the regular forms of a verb; too many do no harm in a look-up."""
    if verb.endswith("e"):
        return {verb + "s", verb + "d", verb[:-1] + "ing"}
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    plural = "es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s"
    forms = {verb + plural, verb + "ed", verb + "ing"}
    if _DOUBLED.search(verb):  # quip, quipped
        forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return forms


def _bare(form: str) -> str:
    """Give a dictionary form by rule: voiced → voice, cries → cry."""
    for ending, repair in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ing", ""), ("ed", "")):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form[: -len(ending)] + repair
            return _mended(stem) if not repair else stem
    return form[:-1] if form.endswith("s") and not form.endswith("ss") and len(form) > 3 else form


def _mended(stem: str) -> str:
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in "bdgmnprt":
        return stem[:-1]  # quipp → quip
    soft = stem.endswith(("c", "v", "u", "at", "iz", "rg", "dg", "bl", "gl", "tl", "dl", "pl"))
    return stem + "e" if soft else stem
