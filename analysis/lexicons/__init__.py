"""Word lists that people may read and edit, one CSV each with a `source` column.

README.md beside the lists says where each comes from and what was left out, and why.
"""

import csv
from functools import cache
from importlib.resources import files

from analysis.errors import InputError, listed


@cache
def load_lexicon(name: str) -> tuple[dict[str, str], ...]:
    """Give the rows of the list `name` (without `.csv`), each as column → value.

    Raises
    ------
    InputError
        If there is no such list; the message names those there are.
    """
    path = files(__name__) / f"{name}.csv"
    if not path.is_file():
        known = sorted(item.name[:-4] for item in files(__name__).iterdir()
                       if item.name.endswith(".csv"))
        raise InputError(f"There is no word list '{name}' (there are: {listed(known, most=40)}).")
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))
