"""Which organisation, document or group a description takes up: "the company", "the poll"."""

import re

from analysis.speakers import lists
from analysis.speakers.bodies import best_body, named_body
from analysis.speakers.entities import Entity
from analysis.speakers.members import all_of_them
from analysis.speakers.names import fold
from analysis.speakers.nouns import RESEARCHERS, head_agrees, modifiers
from analysis.speakers.passage import sentence_of
from analysis.speakers.sources import Reference
from analysis.speakers.story import Story, enclosing, last_speaker, links_before

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
    "agency": "Agency Administration Service Bureau Investigations Department FBI CIA EPA NSA FDA "
              "IRS",
    "union": "Union Federation Association Brotherhood Workers Teamsters Guild",
    "body": "Federation Association Council Board Institute Society League Union Authority Agency "
            "Guild Chamber", "guild": "Guild", "bloc": "EU ASEAN NATO",
    "authority": "Authority", "ministry": "Ministry", "department": "Department",
    "watchdog": "Commission Authority Agency Office Ombudsman Board Administration",
    "regulator": "Commission Authority Agency Office Board Administration",
    "force": "Police Constabulary", "court": "Court",
    "committee": "Committee Subcommittee", "commission": "Commission",
    "panel": "Committee Commission Panel Board Subcommittee Court", "council": "Council",
    "board": "Board", "university": "University", "hospital": "Hospital General Infirmary",
    "alliance": "Alliance", "institute": "Institute", "foundation": "Foundation",
    "think tank": "Institute Foundation Center",
    "bank": "Bank Bancorp", "school": "School",
    "party": "Party Labour Conservatives Tories Democrats Greens SNP DUP", "website": "",
}


def find_thing(story: Story, ref: Reference) -> Entity | None:
    """Give the earlier organisation, document or group a definite description takes up.

    "the poll" ← "a Bloomberg poll", "the ad" ← "a web video", "the company" ← the last company
    named, "the appeals court" ← "U.S. Court of Appeals".
    """
    early = (_named_so(story, ref) or all_of_them(story, ref) or _named_together(story, ref)
             or _full_body(story, ref) or named_body(story, ref))
    if early is not None:
        return early
    same = story.cast.by_key.get(("desc", fold(ref.text)))
    if same is not None or ref.article != "the":
        return same
    # "the paper" may be a study, sooner than the journal that printed it
    found = _study(story, ref) if ref.text == "paper" else None
    found = found or _taken_up(story, ref)
    if found is None and ref.text in _LOOSE:
        found = _just_spoken(story, ref) or _only_such(story, ref)
    return found


def _just_spoken(story: Story, ref: Reference) -> Entity | None:
    """Give the body that has just spoken for "the agency"; "the group" may be any company."""
    speaker = last_speaker(story, ref.start)
    near = speaker is not None and speaker.kind == "organization" and any(
        link.entity is speaker and sentence_of(story.passage, ref.start) - sentence_of(
            story.passage, link.start) <= _JUST for link in links_before(story, ref.start)[-20:])
    return speaker if near else best_body(story, ref) if ref.text == "group" else None


_LOOSE = lists.word_set("group agency body organisation organization charity club band party "
                        "association federation team")


def _only_such(story: Story, ref: Reference) -> Entity | None:
    """Give the body just named by its letters, of which nothing says what it is: "TDOT"."""
    here = sentence_of(story.passage, ref.start)
    near = [link.entity for link in links_before(story, ref.start)[-20:]
            if link.how == "name" and link.entity.kind == "organization"
            and here - sentence_of(story.passage, link.start) <= _JUST]
    letters = [one for one in near if one.name.isupper() and " " not in one.name]
    return letters[-1] if letters else None


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
    if noun == "team" and ref.text == "group":  # "Roe and his colleagues … the group"
        return True
    alike = entity.kind == ref.noun_kind or ref.noun == noun or (
        entity.kind == "group" and {lists.singular(ref.noun), noun} <= RESEARCHERS)
    if noun and alike and not entity.name.startswith("other "):
        have = modifiers(entity.name, noun) | set(noun.split())
        wanted = asked | set(ref.noun.split()[:-1])
        return head_agrees(ref.noun, noun) and not (wanted - have)
    if entity.kind == "organization" and ref.noun_kind == "organization":
        return _names_kind(entity.name, ref.noun, asked)
    return False


def _names_kind(name: str, noun: str, asked: set[str]) -> bool:
    words = [word.strip(".,") for word in name.split()]
    lower = {word.lower() for word in words}
    stems = {lists.singular(word) for word in lower}
    if noun.split()[-1] in lower and all(
            word in lower or lists.singular(word) in stems for word in
            (asked | set(noun.split()[:-1])) - {"federal", "local"}):
        return True
    known = _ORGANIZATION_WORDS.get(noun, _ORGANIZATION_WORDS.get(noun.split()[-1], "")).split()
    fits = all(lists.singular(word) in stems for word in asked - {"federal", "local"})
    return bool(known) and fits and bool(set(words) & set(known))
