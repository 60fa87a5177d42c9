"""Memory that a step no longer needs goes back to the system."""

import ctypes
import sys


def give_back() -> None:
    """Give back what is free: the C library keeps it, as it lies among what is still held.

    A corpus takes its steps one after the other in one process; each would add to what the
    steps before it have left. Other systems than Linux do as they like.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's; musl has none
        if trim:
            trim(0)
