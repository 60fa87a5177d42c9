"""Head nouns of descriptions: which can mean the same one, and what else a description says."""

import re
from functools import lru_cache

from analysis.speakers import lists
from analysis.speakers.names import fold, without_article

RESEARCHERS = frozenset({"researcher", "scientist", "author", "team", "investigator"})
# nouns that may name one person's same role
_SAME = (
    RESEARCHERS,
    {"senator", "lawmaker", "legislator"}, {"mp", "backbencher", "lawmaker", "parliamentarian"},
    {"captain", "pilot", "skipper"},
    {"vicar", "priest", "reverend", "rector", "pastor", "cleric", "clergyman", "clergywoman"},
    {"representative", "congressman", "congresswoman", "lawmaker", "legislator"},
    {"candidate", "nominee", "contender", "hopeful", "standard-bearer", "presidential candidate",
     "presidential nominee", "front-runner", "presumptive nominee", "frontrunner"},
    {"businessman", "billionaire", "mogul", "tycoon", "real estate mogul", "developer", "magnate",
     "real estate developer", "reality tv star", "reality star"},
    {"businesswoman", "billionaire", "executive"},
    {"chief executive", "ceo", "chief executive officer", "executive", "boss", "chief"},
    {"lawyer", "attorney", "counsel", "barrister", "solicitor"},
    {"spokesman", "spokesperson", "press secretary", "press officer", "aide"},
    {"spokeswoman", "spokesperson", "press secretary", "press officer", "aide"},
    {"economist", "expert", "professor", "analyst"}, {"professor", "scholar", "academic", "expert"},
    {"officer", "policeman", "policewoman", "cop", "trooper", "deputy"},
    {"mother", "mom", "mum"}, {"father", "dad"},
    {"reporter", "journalist", "correspondent", "anchor", "newsman"},
    {"doctor", "physician", "surgeon"}, {"chairman", "chair", "head", "chairwoman", "chief"},
    {"director", "head", "chief"}, {"host", "anchor", "presenter", "moderator"},
    {"judge", "federal judge", "district judge", "justice", "magistrate", "chief judge"},
    {"actor", "star"}, {"actress", "star"}, {"author", "writer", "novelist"},
    {"cm", "chief minister"}, {"pm", "prime minister"}, {"minister", "politician"},
    {"prime minister", "premier", "leader"},
    {"former president", "president"}, {"ad", "video", "web video", "spot", "clip", "commercial",
                                        "advertisement", "campaign ad"},
    {"video", "footage", "recording", "clip", "tape", "cellphone video"},
    {"poll", "survey"}, {"report", "study", "paper", "analysis"},
    {"article", "story", "piece", "report", "editorial", "column"},
    {"letter", "note", "memo"}, {"company", "firm", "group", "business"},
    {"newspaper", "paper", "outlet", "publication"}, {"group", "organization", "organisation",
                                                      "coalition", "alliance", "association"},
    {"suit", "lawsuit", "complaint", "filing"}, {"book", "memoir", "biography"},
)


_PUBLIC_LAWYER = re.compile(r"(?:u\.s\.|district|state's|county|city) attorney$|prosecutor$")


@lru_cache(maxsize=65_536)
def head_agrees(noun: str, other: str) -> bool:
    """Say whether two head nouns can name the same role or thing."""
    a, b = noun.removeprefix("former "), other.removeprefix("former ")
    if a == "prime minister" and b.endswith("leader"):
        return False  # "the leader" may be a prime minister, "the prime minister" no council's
    if bool(_PUBLIC_LAWYER.search(a)) != bool(_PUBLIC_LAWYER.search(b)):
        return False  # "the accused's lawyer" is no assistant U.S. attorney
    if a == b or a.endswith(" " + b) or b.endswith(" " + a) or (
            a.startswith(b + " of ") or b.startswith(a + " of ")):  # "secretary of state"
        return True
    ends = {a, a.split()[-1]}, {b, b.split()[-1]}
    return any(ends[0] & group and ends[1] & group for group in _SAME)


@lru_cache(maxsize=65_536)
def modifiers(text: str, noun: str) -> frozenset[str]:
    """Give the words of a description besides its head: "the former Florida governor"."""
    words = re.findall(r"[\w.’'-]+", fold(without_article(text)))
    heads = set(noun.split())
    words = [word for word in words if lists.singular(word) not in heads]
    return frozenset(word.removesuffix("'s") for word in words) - heads - lists.STOP_WORDS - {
        "former", "'s", "who", "longtime", "outspoken", "same", "very"}


def class_by_ending(noun: str) -> tuple[str, str, str] | None:
    """Guess an unknown noun's kind by its ending: "birchers", "loyalists", "show-runner"."""
    if re.search(r"(?:ers|ors|ists|ans|ians|goers|makers|men|women)$", noun):
        return "group", "", lists.singular(noun)
    if re.search(r"(?:ist|goer|maker|man|woman)$", noun) and len(noun) > 5:
        return "role", "person", noun
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is", "news")):
        return "group", "", lists.singular(noun)
    return None
