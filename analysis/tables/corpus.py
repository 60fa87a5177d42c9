"""One corpus: its tables in memory, or in a folder from which only what is asked for is read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

import pandas as pd

from analysis.tables.columns import TABLES
from analysis.tables.files import read_columns, read_parts, read_rows, read_table
from analysis.tables.frames import empty


@dataclass(frozen=True)
class Tables:
    """One corpus: all its tables, and what `run.json` says of how they were made."""

    articles: pd.DataFrame = field(default_factory=lambda: empty("articles"))
    rejected: pd.DataFrame = field(default_factory=lambda: empty("rejected"))
    quotes: pd.DataFrame = field(default_factory=lambda: empty("quotes"))
    mentions: pd.DataFrame = field(default_factory=lambda: empty("mentions"))
    terms: pd.DataFrame = field(default_factory=lambda: empty("terms"))
    speakers: pd.DataFrame = field(default_factory=lambda: empty("speakers"))
    quote_topics: pd.DataFrame = field(default_factory=lambda: empty("quote_topics"))
    run: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def in_folder(cls, folder: str | Path, run: Mapping[str, object]) -> "Tables":
        """Give the tables of a folder, each read whole when it is first asked for.

        A report on a million quotations asks for mentions, terms and the articles' texts only
        through `parts`.
        """
        tables = cls(run=run)
        for name in TABLES:
            object.__delattr__(tables, name)  # so that asking for it comes to __getattr__
        object.__setattr__(tables, "_folder", Path(folder))
        return tables

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Read a table that is not in memory yet, and keep it; Python asks here for no other."""
        if name not in TABLES or "_folder" not in self.__dict__:
            raise AttributeError(f"Tables have no '{name}'")
        frame = read_table(self._path(name), name)
        object.__setattr__(self, name, frame)
        return frame

    def _path(self, name: str) -> Path:
        return self.__dict__["_folder"] / f"{name}.parquet"

    def frames(self) -> dict[str, pd.DataFrame]:
        """Give the tables by name, without `run`."""
        return {item.name: getattr(self, item.name) for item in fields(self) if item.name != "run"}

    def columns(self, name: str, columns: Sequence[str]) -> pd.DataFrame:
        """Give some columns of the table `name`; of a folder, no more than these is read.

        Lists (spans, aliases) of a folder stay in Arrow: a row gives plain lists, and four
        million of them need not be made where nobody looks at them.
        """
        if name in self.__dict__:
            return self.__dict__[name][list(columns)]
        return read_columns(self._path(name), name, columns)

    def parts(self, name: str, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """Give some columns of the table `name` part by part, for what outgrows memory.

        At least one part comes, be it empty.
        """
        if name in self.__dict__:
            yield self.__dict__[name][list(columns)]
        else:
            yield from read_parts(self._path(name), name, columns)

    def rows(self, name: str, column: str, values: Iterable[str]) -> pd.DataFrame:
        """Give the rows of the table `name` that have one of the values in a column of text."""
        wanted = [value for value in values if isinstance(value, str)]
        if name in self.__dict__:
            frame = self.__dict__[name]
            return frame[frame[column].isin(wanted)].reset_index(drop=True)
        return read_rows(self._path(name), name, column, wanted)

    def texts(self, article_ids: pd.Series) -> dict[str, str]:
        """Give the texts of some articles by `article_id`."""
        wanted, found = set(article_ids), {}
        for part in self.parts("articles", ["article_id", "text"]):
            part = part[part["article_id"].isin(wanted)]
            found.update(zip(part["article_id"], part["text"], strict=True))
            if len(found) == len(wanted):
                break
        return found
