"""What a text is compared by: a fixed sample of its runs of four words.

Each run of four words is hashed, and the run is kept if its hash is divisible by four; two texts
that share a run keep or drop it alike (MinHash's idea, as Broder 1997 samples "modulo m"), so the
share of one text that another contains can be told from the samples alone. A text of 400 words
needs 400 bytes.
"""

import re
from functools import cache
from hashlib import blake2b

import numpy as np

RUN = 4
"""Words in a run: three let common phrases match, five lose one reworded word in ten."""
KEPT = 4
"""One run in this many is kept."""

_WORD = re.compile(r"\w+")
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F),
        np.uint64(0x165667B19E3779F9), np.uint64(0x27D4EB2F165667C5))


def sketch(text: str) -> np.ndarray:
    """Give the sorted sample (uint32, unique) of the text's runs of words.

    Case, punctuation and newlines do not matter. A text of fewer words than a run has an
    empty sample.
    """
    words = _WORD.findall(text.casefold())
    if len(words) < RUN:
        return np.empty(0, dtype=np.uint32)
    hashes = np.fromiter(map(_word_hash, words), dtype=np.uint64, count=len(words))
    n = len(words) - RUN + 1
    runs = np.zeros(n, dtype=np.uint64)
    for place, factor in enumerate(_MIX):
        runs += hashes[place:place + n] * factor
        runs ^= runs >> np.uint64(29)
    runs *= _MIX[1]
    runs ^= runs >> np.uint64(32)
    kept = runs[runs % np.uint64(KEPT) == 0]
    return np.unique((kept >> np.uint64(8)).astype(np.uint32))


@cache
def _word_hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest())
