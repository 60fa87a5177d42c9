"""Two numbers in one, so that a million pairs are compared, sorted and joined as one column."""

from typing import TypeVar

import numpy as np

Number = TypeVar("Number", int, np.ndarray)


def paired(one: Number, other: Number) -> Number:
    """Put two whole numbers, from 0 to below 2³¹, into one (arrays of 64 bits: one by one).

    Examples
    --------
    >>> split_pair(paired(7, 3))
    (7, 3)
    """
    return one << 32 | other


def split_pair(pair: Number) -> tuple[Number, Number]:
    """Give the two numbers of a pair."""
    return pair >> 32, pair & 0xFFFFFFFF
