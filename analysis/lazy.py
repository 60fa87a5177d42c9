"""Public names that load their module only when used: how every stage's `__init__` is written."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module


def lazily(
    package: str, homes: Mapping[str, Sequence[str]]
) -> tuple[Callable[[str], object], list[str]]:
    """Give a package its `__getattr__` and `__all__`.

    Parameters
    ----------
    package
        The package's `__name__`.
    homes
        Module → the public names it holds.

    Examples
    --------
    >>> getter, names = lazily("analysis", {"errors": ["InputError"]})
    >>> names, getter("InputError").__name__
    (['InputError'], 'InputError')
    """
    where = {name: module for module, names in homes.items() for name in names}

    def find(name: str) -> object:
        if name not in where:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{where[name]}"), name)

    return find, sorted(where)
