"""The person named beside a description: "her lawyer, David Kendall"."""

import re
from bisect import bisect_left

from analysis.speakers import lists
from analysis.speakers.entities import Cast, Entity
from analysis.speakers.passage import Passage, Word

_THE = re.compile(r"the (?:late )?(?=[A-Z])")
_OWNERS = frozenset({"his", "her", "its", "their", "my", "our"})
_ASIDE = re.compile(r"[,—–]|\s-\s|--")
_CLOSED = re.compile(r"\s?[,.;:()\[\]—–\-”\"]|\s(?:and|of|who|in|on|at|from|told|said)\b|\s*$")
_THEN_NAME = re.compile(
    r"(?:\s\([^)]*\))?,\s(?:the )?(?:Mr|Mrs|Ms|Dr)?\.?\s?|\s(?=[A-Z])"
    r"| who (?:goes by|gave (?:his|her) name(?: only)? as|"
    r"(?:identified|called) (?:him|her)self as) @?")


def person_beside(
    passage: Passage, cast: Cast, words: list[Word], core: list[Word],
    known: tuple[str, str, str] | None,
) -> Entity | None:
    """Give the person named beside a description: "her lawyer, David Kendall".

    Also "one of the family's attorneys, Justin Bamberg," and "a geologist named Rufus Anker";
    the name may follow the source's own words.
    """
    kind = known[0] if known else ""
    if kind not in ("role", "group", ""):
        return None
    owned = core[0].text.lower() in _OWNERS or any(word.possessive for word in core)
    if owned and not kind or core[0].text.lower() == "another" or (
            core[0].text.lower() == "one" and not kind):
        kind = "role"  # "his Labour shadow, Ann Roe,", "another, Ann Roe,", "one juror, Bo Lee,"
    one = kind == "role" or core[0].text.lower() == "one"
    for at in range(1 if one or not kind else len(words), len(words)):
        gap = passage.text[words[at - 1].end:words[at].start]
        # "an agent for Ida Roe - jazz singer Ann Lee -" is neither
        of_another = "," not in gap and words[at].text.islower() and words[at - 1].text[0].isupper()
        beside = bool(kind) and at >= len(core) and bool(_ASIDE.search(gap)) and not of_another
        if beside or _says_who(words, at):
            entity = _named_at(cast, passage, words[at].start)
            if entity is not None and entity.kind == "person":
                return entity
    return _named_after(passage, cast, words) if kind == "role" else None


def body_beside(
    passage: Passage, cast: Cast, words: list[Word], core: list[Word],
) -> Entity | None:
    """Give the body named behind what it is: "The ferry line, Lines North,"."""
    start = next((word.start for word in words[len(core):] if word.start in cast.by_start), -1)
    named = passage.text[core[-1].end:start].removesuffix("the ")
    entity = cast.by_start.get(start)
    beside = entity is not None and entity.kind == "organization" and (
        cast.spot_at[start].end >= words[-1].end)
    return entity if beside and _COMMA.fullmatch(named) else None


_COMMA = re.compile(r", (?:M/s\.? )?|\s(?:--|[—–-])\s|[—–]")


def _says_who(words: list[Word], at: int) -> bool:
    """Say whether "named" or "identified as" stands right before."""
    before = words[at - 1].text
    if before in ("himself", "herself"):
        return words[at - 2].text == "calling"
    return before == "named" or before == "by" and words[at - 2].text == "goes" or (
        before == "as" and words[at - 2].text in (
        "known", "identified", "name", "only"))


def _named_after(passage: Passage, cast: Cast, words: list[Word]) -> Entity | None:
    """Give the person named right after the source's own words."""
    match = _THEN_NAME.match(passage.text, words[-1].end)
    entity = _named_at(cast, passage, match.end()) if match else None
    if entity is None or entity.kind != "person":
        return None
    # "to speak with his mother, Montalvo was put through": a clause begins, nobody is named
    ends = [end for start, end in entity.spots if start >= match.end()]
    return entity if "," not in match.group() or _CLOSED.match(passage.text, ends[0]) else None


def _named_at(cast: Cast, passage: Passage, offset: int) -> Entity | None:
    """Give the person whose name, titles included, starts at `offset`."""
    at = bisect_left(passage.word_starts, offset)
    article = _THE.match(passage.text, offset)
    if article:  # "its chair, the Rev Ida Roe,", "her predecessor, the late Bo Lee,"
        offset, at = article.end(), at + len(article.group().split())
    body = None
    for size, word in enumerate(passage.words[at:at + 7]):
        entity = cast.by_start.get(word.start)
        if entity is not None and entity.kind != "person":  # "Labour Party chairwoman Ann Roe"
            body = entity if size == 0 else body
        elif entity is not None:
            title = passage.words[at:at + size]
            before = passage.text[offset:cast.spot_at[word.start].title_start]
            # "international businessman Tom Barrack"
            known = lists.noun_class(tuple(one.text.lower() for one in title))
            fits = len(before) <= 1 or known and known[0] == "role" and "," not in before
            return entity if fits else body
    return body
