"""Gold annotations: brat folders and JSON lines, read into one shape."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from analysis.accuracy.brat import read_brat_folder
from analysis.accuracy.records import KINDS, Gold, GoldArticle, GoldQuote, read_text
from analysis.errors import InputError

__all__ = ["KINDS", "Gold", "GoldArticle", "GoldQuote", "read_gold"]


def read_gold(path: str | Path, *, annotator: str = "first") -> Gold:
    """Read gold annotations from a brat folder or a `.jsonl` file.

    Parameters
    ----------
    path
        A folder with `text/` and `attributions/` (PolNeAR), any folder of `.ann` beside
        `.txt`, or a file of JSON lines: one line per article with `article_id` and `quotes`,
        or one line per quotation with `doc`.
    annotator
        Whose brat file to take where several people annotated an article: first, last (by
        file name), or an annotator's id (articles without it fall back to the first).

    Returns
    -------
    Gold
        Articles in order of their id. `carries` names what the gold says beyond content.

    Raises
    ------
    InputError
        If there is nothing to read, or a line or file is not of the form expected.

    Notes
    -----
    Gold in JSON lines brings no texts: the articles of the tables give them.
    """
    path = Path(path)
    if path.is_dir():
        articles = read_brat_folder(path, annotator=annotator)
        return Gold(path=str(path), articles=articles, carries=frozenset({"cue", "source"}))
    if not path.is_file():
        raise InputError(f"{path} does not exist. Give a folder of .ann files or a .jsonl file.")
    return _read_lines(path)


def _read_lines(path: Path) -> Gold:
    by_article: dict[str, list[Mapping[str, object]]] = {}
    skipped: dict[str, list[Sequence[object]]] = {}
    copies: dict[str, str | None] = {}
    extra: set[str] = set()
    for number, row in _rows(path):
        article = str(row.get("article_id") or row.get("doc") or "")
        if not article or not ("quotes" in row or "content" in row):
            raise InputError(
                f"{path}, line {number}: no article_id with quotes, nor doc with content (found: "
                f"{', '.join(row)}). Give one article or one quotation a line."
            )
        by_article.setdefault(article, []).extend(_quotes_of(row))
        skipped.setdefault(article, []).extend(row.get("skipped") or [])
        copies[article] = row.get("copy_of")
        extra |= {"nested", "copy_of"} & row.keys()
    articles = tuple(
        GoldArticle(
            article_id=article,
            quotes=tuple(_quote(row, path, article) for row in rows),
            skipped=_spans(skipped[article], path, article),
            copy_of=copies[article],
        )
        for article, rows in sorted(by_article.items())
    )
    if not articles:
        raise InputError(f"{path} holds no line. Give one article or one quotation a line.")
    rows = (row for rows in by_article.values() for row in rows)
    return Gold(str(path), articles, _carries(rows) | extra)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(
                f"{path}, line {number}: not JSON ({error}). Give one JSON object a line."
            ) from error
        if not isinstance(row, dict):
            raise InputError(f"{path}, line {number}: not a JSON object. Give one a line.")
        yield number, row


def _quotes_of(row: Mapping[str, object]) -> list[Mapping[str, object]]:
    quotes = row.get("quotes", [row])
    return [quote for quote in quotes if quote.get("content")]


def _carries(rows: Iterable[Mapping[str, object]]) -> frozenset[str]:
    keys = {key for row in rows for key, value in row.items()
            if key != "kind" or value in KINDS}
    return frozenset({"topic" if key == "topics" else key for key in keys})


def _quote(row: Mapping[str, object], path: Path, article: str) -> GoldQuote:
    # Our demo gold calls the speaker's kind `speaker_kind`; the speaker gold, where `kind`
    # cannot mean direct or indirect, calls it `kind`.
    kind = row.get("kind")
    topics = row.get("topic") or row.get("topics") or ()
    return GoldQuote(
        content=_spans(row["content"], path, article),
        cue=_spans(row.get("cue"), path, article),
        addressee=_spans(row.get("addressee"), path, article),
        source=_spans(row.get("source"), path, article),
        kind=kind if kind in KINDS else None,
        act=row.get("act"),
        speaker=row.get("speaker"),
        speaker_kind=row.get("speaker_kind") or (kind if kind not in KINDS else None),
        form=row.get("form"),
        uncertain=bool(row.get("uncertain")),
        topics=(topics,) if isinstance(topics, str) else tuple(topics),
    )


def _spans(value: object, path: Path, article: str) -> tuple[tuple[int, int], ...]:
    """Read `[[s, e], …]`, `[[s, e, reason], …]`, one bare `[s, e]`, or nothing."""
    value = list(value) if isinstance(value, list | tuple) else value or []
    if value and all(isinstance(item, int) for item in value):
        value = [value]
    try:
        return tuple((int(span[0]), int(span[1])) for span in value)
    except (TypeError, ValueError, IndexError) as error:
        raise InputError(
            f"{path}, article {article}: {value!r} is no list of [start, end]. "
            "Give offsets of characters."
        ) from error
