"""JSON: one object a line, a list of objects, or an object that holds such a list."""

import json
from collections.abc import Iterator, Mapping

from analysis.articles.columns import match_columns
from analysis.articles.decoding import MOST_LINE, find_encoding, text_stream
from analysis.articles.records import Event, Fact, Options, Problem, Record, Source, Unreadable

MOST_WHOLE = 128 * 2**20
"""A `.json` file that is not one list is read as a whole and may hold this many characters."""


def read_json(source: Source, options: Options) -> Iterator[Event]:
    """Give one record per object; `row` is the line, or the place in the list, from 1."""
    encoding = find_encoding(source)
    yield Fact("encoding", encoding.name)
    with text_stream(source, encoding) as stream:
        start = _first_sign(stream)
        stream.seek(0)
        lines = source.suffix in (".jsonl", ".ndjson") or (start == "{" and _is_lines(stream))
        stream.seek(0)
        if lines:
            items = _from_lines(stream, source.name)
        else:
            items = _from_list(stream) if start == "[" else _from_whole(stream, source)
        yield from _records(items, source, options)


def _first_sign(stream: object) -> str:
    return stream.read(65536).lstrip("\ufeff \t\r\n")[:1]


def _is_lines(stream: object) -> bool:
    """Tell whether the first two lines are objects of their own."""
    for _ in range(2):
        line = stream.readline(MOST_LINE).strip().lstrip("\ufeff")
        try:
            if not isinstance(json.loads(line), dict):
                return False
        except ValueError:
            return False
    return True


def _from_lines(stream: object, name: str) -> Iterator[tuple[int, object]]:
    number = 0
    while line := stream.readline(MOST_LINE):
        number += 1
        if len(line) >= MOST_LINE:
            raise Unreadable("line too long", f"{name} line {number} has more than "
                             f"{MOST_LINE // 2**20} million characters.")
        if not line.strip("\ufeff \t\r\n"):
            continue
        try:
            yield number, json.loads(line.lstrip("\ufeff"))
        except (ValueError, RecursionError) as error:
            yield number, Problem(number, "broken record",
                                  f"Line {number} is not JSON ({str(error)[:80]}).")


def _from_list(stream: object) -> Iterator[tuple[int, object]]:
    """Decode the items of one long list one by one, so that memory stays small."""
    decoder, buffer, place, number = json.JSONDecoder(), "", 0, 0
    buffer = stream.read(2**16)
    place = buffer.index("[") + 1
    while True:
        place = _skip(buffer, place)
        if place < len(buffer) and buffer[place] == "]":
            return
        try:
            if place >= len(buffer):
                raise ValueError
            item, place = decoder.raw_decode(buffer, place)
        except ValueError:
            more = stream.read(max(2**16, len(buffer) - place))
            if not more or len(buffer) - place > 4 * MOST_LINE:
                yield number + 1, Problem(number + 1, "broken record", f"The list breaks off, or "
                                          f"is not JSON, after record {number}.")
                return
            buffer, place = buffer[place:] + more, 0
            continue
        number += 1
        yield number, item


def _skip(buffer: str, place: int) -> int:
    while place < len(buffer) and buffer[place] in " \t\r\n,":
        place += 1
    return place


def _from_whole(stream: object, source: Source) -> Iterator[tuple[int, object]]:
    text = stream.read(MOST_WHOLE)
    if len(text) >= MOST_WHOLE:
        raise Unreadable("too large", f"{source.name} is one JSON object of more than "
                         f"{MOST_WHOLE // 2**20} MB. Give one object a line (jsonl).")
    if not text.strip("\ufeff \t\r\n"):
        raise Unreadable("empty file", f"{source.name} is empty.")
    try:
        whole = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON", f"{source.name} is not JSON ({str(error)[:80]}).") from error
    return enumerate(_articles_in(whole), start=1)


def _articles_in(whole: object) -> list[object]:
    """Find the longest list of objects ({"status": …, "articles": […]}), else the object."""
    if not isinstance(whole, dict):
        return [whole]
    lists = [value for value in [*whole.values(), *_inner(whole)]
             if isinstance(value, list) and value and all(isinstance(x, dict) for x in value)]
    return max(lists, key=len) if lists and not _has_text(whole) else [whole]


def _inner(whole: Mapping[str, object]) -> list[object]:
    return [value for inner in whole.values() if isinstance(inner, dict)
            for value in inner.values()]


def _has_text(item: Mapping[str, object]) -> bool:
    try:
        match_columns(list(_flat(item)), columns={}, where="")
    except Unreadable:
        return False
    return True


def _records(items: Iterator[tuple[int, object]], source: Source, options: Options
             ) -> Iterator[Event]:
    known: dict[tuple[str, ...], dict[str, int]] = {}
    used = 0
    for number, item in items:
        if isinstance(item, Problem):
            yield item
        elif not isinstance(item, dict):
            yield Problem(number, "broken record", f"Record {number} is no object with named "
                          "fields.")
        else:
            flat = _flat(item)
            try:
                places = _places(tuple(flat), known, source, options)
            except Unreadable as error:
                if not used and number == 1:
                    raise
                yield Problem(number, error.reason, str(error))
                continue
            values = list(flat.values())
            used += 1
            yield Record(number, {field: values[place] for field, place in places.items()})


def _places(header: tuple[str, ...], known: dict, source: Source, options: Options
            ) -> dict[str, int]:
    if header not in known:
        columns = {field: name for field, name in options.columns.items()
                   if not name or name in header or field == "text"}
        found = match_columns(header, columns=columns, where=source.name)
        if len(known) > 1000:
            known.clear()
        known[header] = found
    return known[header]


def _flat(item: Mapping[str, object]) -> dict[str, object]:
    """{"source": {"name": "X"}} → {"source.name": "X"}, one level, as News API nests."""
    flat: dict[str, object] = {}
    for name, value in item.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{inner}": deep for inner, deep in value.items()}
        else:
            flat[name] = value
    return flat
