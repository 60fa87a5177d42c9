"""Which organisation, document or group a description takes up: "the company", "the poll"."""

import re

from analysis.speakers import lists
from analysis.speakers.entities import Entity
from analysis.speakers.names import fold
from analysis.speakers.nouns import head_agrees, modifiers
from analysis.speakers.passage import sentence_of
from analysis.speakers.sources import Reference
from analysis.speakers.story import Story, enclosing, last_speaker, links_before, times_before

_ORGANIZATION_WORDS = {
    "company": "Inc Corp Company Group Holdings Chemicals Motors Bank Energy Airlines LLC Ltd",
    "firm": "Inc Corp Company Group LLP Associates Partners Capital Research Consulting",
    "group": "Alliance Association Federation Coalition League Union Council Network Committee "
             "Group PAC Foundation Project Institute Fund Action Watch Forum Society Movement "
             "Center",
    "organization": "Alliance Association Coalition League Union Council Network Foundation "
                    "Federation",
    "newspaper": "Times Post Journal Tribune Herald Globe Gazette News Register Guardian",
    "paper": "Times Post Journal Tribune Herald Globe Gazette News Register Guardian",
    "network": "CNN NBC CBS ABC MSNBC Fox Network Channel TV", "magazine": "Magazine Weekly",
    "agency": "Agency Administration Service Bureau Investigations FBI CIA EPA NSA FDA IRS",
    "union": "Union Federation Association Brotherhood Workers Teamsters Guild",
    "authority": "Authority", "ministry": "Ministry", "department": "Department",
    "watchdog": "Commission Authority Agency Office Ombudsman Board Administration",
    "regulator": "Commission Authority Agency Office Board Administration",
    "force": "Police Constabulary", "court": "Court",
    "committee": "Committee Subcommittee", "commission": "Commission",
    "panel": "Committee Commission Panel Board Subcommittee Court", "council": "Council",
    "board": "Board", "university": "University", "hospital": "Hospital General Infirmary",
    "alliance": "Alliance", "institute": "Institute", "foundation": "Foundation",
    "think tank": "Institute Foundation Center",
    "bank": "Bank Bancorp", "school": "School", "party": "Party", "website": "",
}


def find_thing(story: Story, ref: Reference) -> Entity | None:
    """Give the earlier organisation, document or group a definite description takes up.

    "the poll" ← "a Bloomberg poll", "the ad" ← "a web video", "the company" ← the last company
    named, "the appeals court" ← "U.S. Court of Appeals".
    """
    early = (_named_so(story, ref) or _named_together(story, ref) or _full_body(story, ref)
             or _company_named(story, ref))
    if early is not None:
        return early
    same = story.cast.by_key.get(("desc", fold(ref.text)))
    if same is not None or ref.article != "the":
        return same
    # "the paper" may be a study, sooner than the journal that printed it
    found = _study(story, ref) if ref.text == "paper" else None
    found = found or _taken_up(story, ref)
    return found or (_just_spoken(story, ref) if ref.text in _LOOSE else None)


def _just_spoken(story: Story, ref: Reference) -> Entity | None:
    """Give the body that has just spoken for "the agency"; "the group" may be any company."""
    speaker = last_speaker(story, ref.start)
    near = speaker is not None and speaker.kind == "organization" and any(
        link.entity is speaker and sentence_of(story.passage, ref.start) - sentence_of(
            story.passage, link.start) <= _JUST for link in links_before(story, ref.start)[-20:])
    return speaker if near else _company_of(story, ref) if ref.text == "group" else None


_LOOSE = lists.word_set("group agency body organisation organization charity club band")


def _study(story: Story, ref: Reference) -> Entity | None:
    """Give the study last mentioned; "studies" are another matter."""
    return next((link.entity for link in reversed(links_before(story, ref.start))
                 if link.entity.kind == "document" and re.search(
                     r"\b(?:study|paper|research)\b", link.entity.name)), None)


_KINDS_OF_BODY = lists.word_set(
    "party company firm group organization organisation network newspaper magazine agency union "
    "bank airline charity movement website site")


def _named_so(story: Story, ref: Reference) -> Entity | None:
    """Give the body named before the noun for what it is: "the SVP party"."""
    if not ref.owner or ref.owner[1] != "name" or ref.noun not in _KINDS_OF_BODY:
        return None
    entity, spot = story.cast.by_start[ref.owner[0]], story.cast.spot_at[ref.owner[0]]
    whole = ref.text == f"{spot.text} {ref.noun}"
    return entity if whole and entity.kind == "organization" else None


def _taken_up(story: Story, ref: Reference) -> Entity | None:
    asked = modifiers(ref.text, ref.noun)
    seen: set[int] = set()
    for link in reversed(links_before(story, ref.start)):
        if link.entity.number in seen:
            continue
        seen.add(link.entity.number)
        if _takes_up(link.entity, ref, asked):
            return link.entity
    return _described_anew(story, ref)


def _described_anew(story: Story, ref: Reference) -> Entity | None:
    """Give the body just named that "the liberal newspaper", "the watchdog group" describe.

    News does not repeat a name: the further words are new, the noun says what kind it is.
    """
    if ref.noun_kind != "organization" or " " not in ref.text or _OWNED.search(ref.text):
        return None
    here = sentence_of(story.passage, ref.start)
    for link in reversed(links_before(story, ref.start)):
        if here - sentence_of(story.passage, link.start) > _JUST:
            return None
        if link.how == "name" and link.entity.kind == "organization" and _names_kind(
                link.entity.name, ref.noun.split()[-1], set()):
            return link.entity
    return None

_JUST = 2  # sentences
_OWNED = re.compile(r"['’]s? ")


_BODIES = frozenset({"panel", "committee", "court", "appeals court", "federal court",
                     "subcommittee", "commission"})


def _full_body(story: Story, ref: Reference) -> Entity | None:
    """Give the committee or court "a House panel", "a federal appeals court" stands for.

    News names it in full only further down, so names after this place count too; "a panel of
    the … Court of Appeals" is that court.
    """
    if ref.noun not in _BODIES or " " not in ref.text or ref.noun_kind == "group":
        return None
    asked = modifiers(ref.text, ref.noun)
    for entity in story.cast.entities:
        if entity.kind == "organization" and " " in entity.name and not entity.notes.get("noun"):
            inside = ref.noun == "panel" and entity.name in ref.text and "Court" in entity.name
            if inside or (asked | set(ref.noun.split()[:-1])) - {"federal"} and _names_kind(
                    entity.name, ref.noun, asked):
                return entity
    return None


_PAIR = frozenset({"two", "three", "couple", "pair", "duo", "trio"})


def _named_together(story: Story, ref: Reference) -> Entity | None:
    """Give the coordination "the candidates", "the two senators" take up, if just named."""
    people = ref.article == "the" and (
        ref.noun_kind == "group" and ref.role_class or ref.noun in _PAIR)
    if not people or len(ref.text.split()) > 2:
        return None
    near = [link for link in links_before(story, ref.start) if link.entity.notes.get("joint")]
    # whom reported words name speaks less likely than whom the story joins
    near = [link for link in near if enclosing(story, link.start) is None] or near
    for link in reversed(near):
        gap = sentence_of(story.passage, ref.start) - sentence_of(story.passage, link.start)
        if gap <= 12:
            return link.entity
    return None


def _takes_up(entity: Entity, ref: Reference, asked: set[str]) -> bool:
    noun = entity.notes.get("noun", "")
    if entity.notes.get("joint") and ref.noun_kind != "group":  # "the group" is a body
        return False
    if noun and entity.kind == ref.noun_kind or noun and ref.noun == noun:
        have = modifiers(entity.name, noun) | set(noun.split())
        wanted = asked | set(ref.noun.split()[:-1])
        return head_agrees(ref.noun, noun) and not (wanted - have)
    if entity.kind == "organization" and ref.noun_kind == "organization":
        return _names_kind(entity.name, ref.noun, asked)
    return False


_COMPANY = lists.word_set(
    "company bank firm airline manufacturer retailer carmaker automaker drugmaker maker insurer "
    "lender brokerage chain brand developer contractor utility operator giant business supplier "
    "corporation conglomerate studio publisher startup start-up carrier")
_PUBLIC_BODY = lists.word_set(
    "Committee Department Court Party University Times Post Congress Senate House Ministry Council "
    "Commission Agency Bureau Office Police Army Institute Foundation School Union Church Journal "
    "News Parliament Administration Guard Reserve CNN NBC CBS ABC FBI CIA EPA AP")


def _company_named(story: Story, ref: Reference) -> Entity | None:
    """Give the company "the company" means: the one the article names most, near by.

    "Wells Fargo … the bank": a name need not say what kind of company bears it.
    """
    if ref.noun not in _COMPANY or _OWNED.search(ref.text) or ref.article != "the":
        return None
    return _company_of(story, ref)


def _company_of(story: Story, ref: Reference) -> Entity | None:
    best, points = None, 0.0
    for entity in story.cast.entities:
        words = {word.strip(".,") for word in entity.name.split()}
        if entity.kind != "organization" or words & _PUBLIC_BODY or entity.notes.get("noun") or (
                lists.is_place(entity.name)) or (
                entity.name in lists.governments() and ref.noun != "company"):
            continue
        before = [start for start, _ in entity.spots if start < ref.start]
        # "on Twitter" makes it no company of the story
        if before and (entity.name not in lists.governments() or len(entity.spots) > 2):
            last = max(before[-1], _last_mention(story, entity, ref.start))
            gap = sentence_of(story.passage, ref.start) - sentence_of(story.passage, last)
            score = min(len(before), 8) - 0.5 * min(gap, 12) + 4
            score += 5 * (gap <= 2 and _opens(story, last))
            score += 4 * _is_called(story, before, entity, ref.noun)
            # "an analyst at Roe Securities" makes it no company of the story either
            score -= 2 * (len(before) == 1 and bool(_EMPLOYS.search(
                story.passage.text, max(0, last - 16), last)))
            if score > points:
                best, points = entity, score
    return best


def _is_called(story: Story, starts: list[int], entity: Entity, noun: str) -> bool:
    """Say whether an apposition calls a body so: "Roe Partners, a Texas investment group,"."""
    pattern = rf", (?:an?|the) (?:[\w'’-]+ ){{0,4}}{re.escape(noun.split()[-1])}\b"
    return any(re.compile(pattern).match(story.passage.text, end)
               for start, end in entity.spots if start in starts)


_EMPLOYS = re.compile(r"\b(?:at|for|with|from|of) (?:the )?(?:[A-Z]\w+ )?$")


def _last_mention(story: Story, entity: Entity, offset: int) -> int:
    """Give where an entity is last mentioned before `offset`, by "the company" too."""
    times = times_before(story, entity, offset)
    return story.starts_of[entity.number][times - 1] if times else -1


def _opens(story: Story, start: int) -> bool:
    """Say whether a name opens its sentence: "[JPMorgan], which … The bank said"."""
    at = sentence_of(story.passage, start)
    return start - story.passage.sentence_starts[at] <= 4


def _names_kind(name: str, noun: str, asked: set[str]) -> bool:
    words = [word.strip(".,") for word in name.split()]
    lower = {word.lower() for word in words}
    stems = {lists.singular(word) for word in lower}
    if noun.split()[-1] in lower and all(
            word in lower or lists.singular(word) in stems for word in
            (asked | set(noun.split()[:-1])) - {"federal", "local"}):
        return True
    known = _ORGANIZATION_WORDS.get(noun, "").split()
    fits = all(lists.singular(word) in stems for word in asked - {"federal", "local"})
    return bool(known) and fits and bool(set(words) & set(known))
