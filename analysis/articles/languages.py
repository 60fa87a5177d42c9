"""Is this article in the language asked for? Told by py3langid, and only where it is sure."""

import re
from functools import cache

from analysis.errors import unknown

_LEAST_WORDS = 20
_DOUBT = 0.02
"""With more than this chance of being in the wanted language a text is kept."""
# None of these is a common word of another language in Latin script, as "in", "of" and "was" are.
_ENGLISH = frozenset((
    "and", "are", "been", "but", "from", "has", "have", "his", "not", "said", "that", "the",
    "their", "they", "this", "were", "which", "who", "will", "with", "would"))
_LINK = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")


def check_language(language: str | None) -> str | None:
    """Give the language back if it can be told; None for none.

    Raises
    ------
    InputError
        If no such language is known.
    """
    if language and language not in _identifier().labels:
        raise unknown("language", language, sorted(_identifier().labels), where="py3langid")
    return language or None


def foreign_language(text: str, *, wanted: str) -> str | None:
    """Give the language of the text if it is surely another than `wanted` (ISO 639-1).

    Texts under 20 words are never called foreign: names and figures mislead on few words. An
    English article that quotes a foreign sentence stays English; one that is half and half is
    judged by its larger part.
    """
    sample = _LINK.sub(" ", text[:1500])
    if len(sample.split()) < _LEAST_WORDS and sum(sign > "\u2e7f" for sign in sample) < 40:
        return None
    if wanted == "en" and _is_plainly_english(sample):
        return None
    language, _ = _identifier().classify(sample)
    if language == wanted or dict(_identifier().rank(sample)).get(wanted, 0) > _DOUBT:
        return None
    return str(language)


def _is_plainly_english(text: str) -> bool:
    """Tell English by its own small words, which spares most articles the slower model."""
    words = text.casefold().split()
    return sum(word in _ENGLISH for word in words) >= 0.12 * len(words)


@cache
def _identifier() -> object:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
