"""Files of the user's topics: CSV and YAML in, topics out, every problem told with its row."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError, listed, nearest
from analysis.tables import delimiter_of

if TYPE_CHECKING:
    import yaml

COLUMNS = ("topic", "keywords", "exclusions", "iptc")
_SYNONYMS = {"exclude": "exclusions", "media_topic": "iptc"}
_NAMES = ("topic", "keywords", *(f"{name} or {other}" for other, name in _SYNONYMS.items()))
_EXAMPLE = "topic,keywords,exclusions,iptc"
_CODE = re.compile(r"(?:medtop:)?(\d{8})")
_MOST = 5


@dataclass(frozen=True)
class Topic:
    """One topic of the user's: its name and the words that tell it.

    Parameters
    ----------
    name
        As it appears in tables and charts.
    keywords
        Words and phrases; inflected forms match too; a last `*` stands for any ending.
    exclusions
        Words and phrases that cancel it: "tunnel vision" for a topic with "tunnel".
    iptc
        Code of IPTC Media Topics, eight digits; "" for none.
    """

    name: str
    keywords: tuple[str, ...]
    exclusions: tuple[str, ...] = ()
    iptc: str = ""


@dataclass(frozen=True)
class _Row:
    """One topic as it stands in the file, `line` as a spreadsheet or an editor counts it."""

    line: int
    topic: str
    keywords: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    iptc: str = ""
    problem: str = ""


def load_topics(path: str | Path) -> tuple[Topic, ...]:
    """Read the user's topics from a CSV or YAML file.

    Parameters
    ----------
    path
        A `.csv` with the columns topic, keywords and perhaps exclusions and iptc, one row per
        topic, keywords parted by `;` – or a `.yml` that maps each topic to a list of keywords
        or to `keywords`, `exclusions` and `iptc`.

    Returns
    -------
    tuple of Topic
        In the order of the file.

    Raises
    ------
    InputError
        If the file cannot be read, or any row cannot be used; the message names each row.
    """
    path = Path(path)
    text = _read(path)
    if path.suffix.lower() in {".yml", ".yaml"}:
        rows = list(_yaml_rows(text, path.name))
    elif path.suffix.lower() == ".csv":
        rows = list(_csv_rows(text, path.name))
    else:
        raise InputError(f"{path.name} is no topics file by its ending. Give a .csv or .yml file.")
    if not rows:
        raise InputError(f"{path.name} holds no topic. Give one row per topic: {_EXAMPLE}.")
    problems = list(_problems(rows))
    if problems:
        raise InputError(f"{path.name}: {_together(problems)}")
    return tuple(Topic(row.topic, row.keywords, row.exclusions, row.iptc[-8:]) for row in rows)


def _read(path: Path) -> str:
    if not path.is_file():
        raise InputError(f"{path} does not exist. Give the path of a topics file (.csv or .yml).")
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{path.name} is not UTF-8 (row {row}: byte 0x{data[error.start]:02x}). "
            "Save it again as 'CSV UTF-8' or with the encoding UTF-8."
        ) from None


def _csv_rows(text: str, name: str) -> Iterator[_Row]:
    mark = delimiter_of(text.split("\n", 1)[0])  # where it is ";", keywords are parted by ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    columns = [_column(cell) for cell in next(lines, [])]
    _check_columns(columns, f"{name} has")
    start = lines.line_num + 1
    for cells in lines:
        line, start = start, lines.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns):
            problem = (f"{len(cells)} cells under {len(columns)} columns; put quotation marks "
                       "around cells with commas")
            yield _Row(line, cells[0].strip(), problem=problem)
            continue
        row = dict(zip(columns, cells, strict=False))
        parts = {key: _parts(row.get(key, ""), mark) for key in ("keywords", "exclusions")}
        yield _Row(line, row.get("topic", "").strip(), **parts, iptc=row.get("iptc", "").strip())


def _column(name: object) -> str:
    name = str(name).strip().lower()
    return _SYNONYMS.get(name, name)


def _check_columns(columns: list[str], place: str) -> None:
    for column in columns:
        if column not in COLUMNS:
            guess = nearest(column, (*COLUMNS, *_SYNONYMS))
            hint = f" Did you mean '{guess}'?" if guess else ""
            raise InputError(f"{place} an unknown column '{column}' in row 1 (known: "
                             f"{listed(_NAMES)}).{hint}")
    for column in ("topic", "keywords"):
        if column not in columns:
            raise InputError(f"{place} no column '{column}' in row 1 (found: {listed(columns)}). "
                             f"Begin the file with: {_EXAMPLE}.")
    twice = [column for column in columns if columns.count(column) > 1]
    if twice:
        raise InputError(f"{place} the column '{twice[0]}' twice in row 1. Remove one.")


def _parts(cell: str, mark: str) -> tuple[str, ...]:
    parts = re.split(r"[;|\n]" if mark == "," else r"[,|\n]", cell)
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def _yaml_rows(text: str, name: str) -> Iterator[_Row]:
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"row {mark.line + 1}, column {mark.column + 1}" if mark else "somewhere"
        what = getattr(error, "problem", None) or "not readable"
        raise InputError(f"{name} is broken YAML at {place} ({what}). Check indentation, colons "
                         "and quotation marks there.") from None
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        raise InputError(f"{name}: row {root.start_mark.line + 1} does not map topics to keywords. "
                         "Write each topic as 'Topic: [keyword, keyword]'.")
    for key, value in root.value:
        yield _yaml_row(key, value)


def _yaml_row(key: "yaml.Node", value: "yaml.Node") -> _Row:
    import yaml

    row = {"line": key.start_mark.line + 1, "topic": str(key.value or "").strip()}
    if not isinstance(key, yaml.ScalarNode):
        return _Row(line=row["line"], topic="", problem="a topic's name must be plain text")
    if not isinstance(value, yaml.MappingNode):
        return _Row(**row, keywords=_yaml_texts(value))
    fields = {_column(field.value): inner for field, inner in value.value}
    for field in fields:
        if field not in COLUMNS[1:]:
            guess = nearest(str(field), (*COLUMNS[1:], *_SYNONYMS))
            hint = f"; did you mean '{guess}'?" if guess else ""
            problem = f"unknown entry '{field}' (known: {listed(_NAMES[1:])}){hint}"
            return _Row(**row, problem=problem)
    texts = {field: _yaml_texts(inner) for field, inner in fields.items()}
    return _Row(**row, keywords=texts.get("keywords", ()), exclusions=texts.get("exclusions", ()),
                iptc="".join(texts.get("iptc", ())))


def _yaml_texts(node: "yaml.Node") -> tuple[str, ...]:
    import yaml

    if isinstance(node, yaml.SequenceNode):
        return tuple(text for item in node.value for text in _yaml_texts(item))
    if isinstance(node, yaml.ScalarNode) and node.tag != "tag:yaml.org,2002:null":
        return (" ".join(node.value.split()),)
    return ()


def _problems(rows: Iterable[_Row]) -> Iterator[str]:
    first: dict[str, int] = {}
    for row in rows:
        known = first.setdefault(row.topic.casefold(), row.line)
        problem = row.problem or _problem(row)
        if not problem and known != row.line:
            problem = f"the topic '{row.topic}' stands in row {known} already; join the two"
        if problem:
            yield f"row {row.line}: {problem}"


def _problem(row: _Row) -> str:
    if not row.topic:
        return "the topic has no name; give it one"
    if not row.keywords:
        return f"the topic '{row.topic}' has no keywords; give it some, parted by ';'"
    for word in (*row.keywords, *row.exclusions):
        if not re.search(r"[^\W_]", word) or "*" in word[:-1]:
            return f"'{word}' is no keyword; use words, with * only at the very end"
        if "," in word or ";" in word:
            return (f"'{word}' would be one keyword, found nowhere; part keywords by ';', in YAML "
                    "as [one, another]")
    seen = [word.casefold() for word in (*row.keywords, *row.exclusions)]
    twice = next((word for word in seen if seen.count(word) > 1), None)
    if twice:
        return f"'{twice}' stands twice in the topic '{row.topic}'; remove one"
    if row.iptc and not _CODE.fullmatch(row.iptc):
        return f"'{row.iptc}' is no IPTC Media Topics code; give eight digits, such as 04000000"
    return ""


def _together(problems: list[str]) -> str:
    shown = "; ".join(problems[:_MOST])
    more = len(problems) - _MOST
    return f"{shown}; and {more} more rows." if more > 0 else f"{shown}."
