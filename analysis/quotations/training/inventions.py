"""Word lists that stand in for the names, offices and places of the training corpus.

They are kept in ``inventions.txt``: lists of words, or of phrases (one a line) with ``{family}``
and the like to be filled in from the lists of words.
"""

import re
from functools import cache
from pathlib import Path

import numpy as np

KINDS = ("given", "family", "place", "people", "party", "media", "body")
PHRASES = ("speakers", "spoken to", "said", "says")


@cache
def lists() -> dict[str, list[str]]:
    """Read every list by its name."""
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    found = re.findall(r"^\[(.+)\]\n((?:.+\n)+)", text, re.MULTILINE)
    return {name: body.splitlines() if name in PHRASES else body.split() for name, body in found}


@cache
def category() -> dict[str, str]:
    """Map the frequent names of the training corpus to the kind of list that replaces them."""
    return {name: kind for kind in KINDS for name in lists()[f"known {kind}"]}


def pick(name: str, rng: np.random.Generator) -> str:
    """Draw one word or phrase from a list, filled in."""
    words = {kind: str(rng.choice(lists()[kind])) for kind in KINDS}
    return str(rng.choice(lists()[name])).format(**words)
