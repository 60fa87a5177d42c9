"""Is this article in the language asked for? Told by py3langid, and only where it is sure."""

import re
from functools import cache

_LEAST_WORDS = 20
_DOUBT = 0.02
"""With more than this chance of being in the wanted language a text is kept."""
_LINK = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")


def foreign_language(text: str, *, wanted: str) -> str | None:
    """Give the language of the text if it is surely another than `wanted` (ISO 639-1).

    Texts under 20 words are never called foreign: names and figures mislead on few words. An
    English article that quotes a foreign sentence stays English; one that is half and half is
    judged by its larger part.
    """
    sample = _LINK.sub(" ", text[:1500])
    if len(sample.split()) < _LEAST_WORDS and sum(sign > "\u2e7f" for sign in sample) < 40:
        return None
    language, _ = _identifier().classify(sample)
    if language == wanted or dict(_identifier().rank(sample)).get(wanted, 0) > _DOUBT:
        return None
    return str(language)


@cache
def _identifier() -> object:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
