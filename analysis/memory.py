"""Memory that a step no longer needs goes back to the system.

A corpus takes its steps one after the other in one process; each would add to what the allocators
keep of the steps before it.
"""

import ctypes
import sys

_MMAP_THRESHOLD, _LARGE = -3, 1 << 20  # the first is glibc's M_MMAP_THRESHOLD


def hold_little() -> None:
    """Let this process keep no memory that it has freed, as far as it lies in large blocks."""
    import pyarrow as pa

    # Arrow's own allocator keeps several times what it is asked for, over thousands of small reads.
    pa.set_memory_pool(pa.system_memory_pool())
    _glibc("mallopt", _MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Give back what is free in small blocks between those that are still held."""
    _glibc("malloc_trim", 0)


def _glibc(name: str, *values: int) -> None:
    """Call a function of the C library, where it has it: other systems do as they like."""
    if sys.platform == "linux":
        function = getattr(ctypes.CDLL(None), name, None)
        if function:
            function(*values)
