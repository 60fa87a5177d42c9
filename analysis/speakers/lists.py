"""The word lists of this stage as ready sets, read once."""

import re
from functools import cache

from analysis.lexicons import load_lexicon


def word_set(text: str) -> frozenset[str]:
    """Give the words of `text` as a set."""
    return frozenset(text.split())


STOP_WORDS = word_set(
    """a about above after again against all also although am among an and another any anyone are
    around as asked at away back be because been before being both but by can could day despite did
    do does during each earlier either even ever every few finally first following for former from
    get had has have he hello her here hers him his how however i if in including indeed inside
    instead into is it its just last later least less let like many maybe me meanwhile more moreover
    most much my neither never next no nor not nothing now of off on once one only or other our
    out over perhaps please rather recently say says second she should since so some somehow soon
    still such than thank thanks that the their them then there these they this those though three
    through thus till to today tomorrow tonight too two under unless until unlike up upon us very
    was we well were what whatever when whenever where whether which while who whom whose why will
    with within without would yes yesterday yet you your ok okay sure right true oh no hey wow
    monday tuesday wednesday thursday friday saturday sunday yes, read watch photo image video
    per via none
    according additionally ultimately clearly certainly apparently reportedly certain several
    nearly roughly almost based asked added said told while amid across along between beyond
    currently previously similarly specifically given wherever using plus listing taking""")
QUANTITY = word_set(
    """some many most several few all both each none half others any one two three four five six
    seven eight nine ten much dozens hundreds thousands more majority number group lot handful
    couple series quarter two-thirds three-quarters percent dozen scores
    fewer""")
CUTS = word_set(
    """who whom whose which that of for at in on with from by to about against as near outside
    inside into over under during after before led named called titled speaking working running
    not among behind including across like such i I we he she they it you where when familiar close
    have has had is are was were out
    between amid toward towards since while than via""")
# small words inside bodies' names
ORG_LINKS = frozenset({"of", "for", "and", "on", "the", "to", "in", "a", "at", "our"})
JOINING = frozenset({"and", "&", "nor", "or"})
PARTICLES = word_set(
    "de la le las los van von der den da di du del dos das bin ibn ben al el ter ten af arap bint "
    "zu")
HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
PRONOUN_GENDERS = dict.fromkeys(HE, "m") | dict.fromkeys(SHE, "f")
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
THIRD = HE | SHE | THEY | IT
SEVERAL = frozenset({"each", "both", "all", "neither", "none", "those", "these"})  # of people
FIRST = frozenset({"i", "me", "my", "mine", "myself"})
FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
SECOND = frozenset({"you", "your", "yours", "yourself", "yourselves"})
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
PERSONAL = THIRD | FIRST | FIRST_PLURAL | SECOND
LETTERS_AFTER = word_set("QC KC SC BL MP MEP MSP TD OBE MBE CBE PhD MD MSc MPH RN MBBS FRCP SAN "
                         "CPA Esq")
LETTERS = frozenset({"US", "WHO", "IT"})  # of names, though their small forms are pronouns
# what companies and public bodies are called, though some nouns are people's too
COMPANIES = word_set("company bank firm airline manufacturer retailer carmaker automaker drugmaker "
                     "maker insurer lender brokerage utility supplier distributor conglomerate "
                     "startup carrier watchdog regulator broadcaster charity airline band app "
                     "platform website operator brewer")
# nouns that are newspapers' names where they have a capital: "the Guardian reported"
PAPERS = word_set("Guardian Observer Independent Economist Mirror Sun Express Standard Register "
                  "Spectator Examiner Inquirer Advocate Sentinel Monitor Courier Herald Telegraph "
                  "Post Journal Times Record Star Mail Gazette Chronicle Tribune")
TAILS = frozenset({"himself", "herself", "itself", "alone", "senior", "junior"})  # after a name
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})

_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "people": "people", "wives": "wife",
    "lives": "life", "police": "police", "media": "media", "alumni": "alumnus", "mps": "mp",
    "attorneys general": "attorney general", "data": "data", "news": "news", "ceos": "ceo",
}


@cache
def singular(noun: str) -> str:
    """Give the singular of a lower-case noun: spokeswomen → spokeswoman, parties → party."""
    for plural, one in _IRREGULAR.items():
        if noun.endswith(plural):
            return noun[: len(noun) - len(plural)] + one
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if re.search(r"(ss|sh|ch|x|z)es$", noun):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


@cache
def role_nouns() -> dict[str, tuple[str, str]]:
    """Give noun → (role_class, gender of the noun or '')."""
    return {row["noun"].lower(): (row["role_class"], row["gender"])
            for row in load_lexicon("role_nouns")}


def noun_gender(noun: str) -> str:
    """Give the gender a noun states, or '': f for "congresswoman", m for "father"."""
    return role_nouns().get(noun, ("", ""))[1]


@cache
def group_nouns() -> dict[str, str]:
    """Give noun → group | organization."""
    return {row["noun"].lower(): row["kind"] for row in load_lexicon("group_nouns")}


@cache
def document_nouns() -> frozenset[str]:
    """Give the nouns of things that say something in writing, sound or picture."""
    return frozenset(row["noun"].lower() for row in load_lexicon("document_nouns"))


@cache
def governments() -> dict[str, tuple[str, str]]:
    """Give place or building → (capital | building | place | organization, state)."""
    return {row["place"]: (row["kind"], row["state"]) for row in load_lexicon("governments")}


def is_state(name: str) -> bool:
    """Say whether a name is a state's or a region's; capitals are surnames too: "Paris"."""
    return governments().get(name, ("",))[0] == "place"


def is_place(name: str) -> bool:
    """Say whether a name is a place or building that stands for a government."""
    return governments().get(name, ("",))[0] in ("capital", "building", "place")


@cache
def is_people(word: str) -> bool:
    """Say whether a word calls one person by people or region: Italian, Yorkshireman."""
    plural = word.endswith(("s", "ese", "ish", "ch"))
    known = word in demonyms() and not plural and word.lower() not in role_nouns()
    return known or bool(re.fullmatch(r"[A-Z]\w+(?:shireman|lander|yorker|ster(?:wo)?man)", word))


@cache
def honorifics() -> dict[str, tuple[str, str, str]]:
    """Give form without its dot → (honorific | title, gender, meaning)."""
    return {row["form"]: (row["kind"], row["gender"], row["meaning"])
            for row in load_lexicon("honorifics")}


def honorific_gender(form: str) -> str:
    """Give the gender an honorific states, or '': f for "Mrs"."""
    return honorifics().get(form, ("", "", ""))[1]


@cache
def demonyms() -> frozenset[str]:
    """Give words for members of peoples, faiths and parties: Ukrainian, Republicans."""
    return frozenset(row["word"] for row in load_lexicon("demonyms"))


@cache
def states() -> dict[str, str]:
    """Give demonym → state: Ukrainian → Ukraine."""
    return {row["word"]: row["state"] for row in load_lexicon("demonyms") if row["state"]}


@cache
def state_forms() -> dict[str, str]:
    """Give a short form as party tags have it → state: Fla → Florida."""
    return {row["form"]: row["state"] for row in load_lexicon("state_forms")}


@cache
def organization_words() -> frozenset[str]:
    """Give capitalised words that mark a name as an organisation's: Committee, Times."""
    return frozenset(row["word"] for row in load_lexicon("organization_words"))


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Give first name → every form that may stand for the same first name, itself included."""
    forms: dict[str, set[str]] = {}
    for row in load_lexicon("nicknames"):
        for formal in row["formal"].split(";"):
            pair = {row["short"].lower(), formal.lower()}
            for name in pair:
                forms.setdefault(name, {name}).update(pair)
    return {name: frozenset(others) for name, others in forms.items()}


@cache
def first_names() -> frozenset[str]:
    """Give usual first names, in lower case; which gender bears them is nobody's business here.

    A name is a person's sooner than a company's if it begins with one: "Lorna Eisnor".
    """
    return frozenset(row["name"].lower() for row in load_lexicon("first_names")) | set(nicknames())


@cache
def anonymity_phrases() -> tuple[str, ...]:
    """Give the phrases that say a source is not named on purpose."""
    return tuple(row["phrase"] for row in load_lexicon("anonymity_phrases"))


@cache
def noun_class(words: tuple[str, ...]) -> tuple[str, str, str] | None:
    """Give (kind, role_class, noun) of the longest known noun that ends `words` (lower case).

    Kind is role | group | organization | document. A plural role noun is a group of people:
    "officials", "two lawyers".
    """
    for size in range(min(4, len(words)), 0, -1):
        noun = " ".join(words[-size:])
        found = _class_of(noun)
        if found:
            return found
    return None


def is_role(noun: str) -> bool:
    """Say whether a lower-case noun, singular or plural, is a role: governor, co-moderators."""
    noun = _plain(noun)
    return noun in role_nouns() or singular(noun) in role_nouns()


def _plain(noun: str) -> str:
    """Give "moderator" for "co-moderator", "governor" for "ex-governor", "dad" for "dad-of-two"."""
    plain = re.sub(r"^(?:co|ex|then)-|-of-\w+$", "", noun)
    return plain if plain in role_nouns() and noun not in role_nouns() else noun


def _class_of(noun: str) -> tuple[str, str, str] | None:
    noun = _plain(noun)
    one = singular(noun)
    if noun in role_nouns():
        return "role", role_nouns()[noun][0], noun
    if noun in document_nouns() or one in document_nouns():
        return "document", "", one
    if noun in group_nouns():
        return group_nouns()[noun], "", noun
    if one != noun and one in role_nouns():
        return "group", role_nouns()[one][0], one
    if one != noun and one in group_nouns():
        return "group", "", one
    known = _class_of(noun.rsplit("-", 1)[1]) if "-" in noun and " " not in noun else None
    return known if known and known[0] == "role" else None  # "pro-vice-provost"
