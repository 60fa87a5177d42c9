"""Corrections made in brat: files out, files back in (brat.nlplab.org/standoff.html)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.corrections.file import Correction, now, spans_text
from analysis.corrections.quotes import kind_of
from analysis.errors import InputError, listed, unknown, wrong_value
from analysis.tables import Tables

_SAME = 0.5
_RECORD = re.compile(r"\n(?=[A-Z#*]\d+\t)")  # a record's text may hold a line break
_CONF = ("[entities]\nContent\nCue\nSource\n\n[relations]\n\n[events]\n"
         "Attribution\tContent:Content, Cue?:Cue, Source?:Source\n\n[attributes]\n")


@dataclass(frozen=True)
class _Noted:
    """One attribution of an .ann file."""

    content: tuple[tuple[int, int], ...] = ()
    cue: tuple[tuple[int, int], ...] = ()
    source: tuple[tuple[int, int], ...] = ()
    speaker: str | None = None


def export_brat(
    tables: Tables, folder: str | Path, *, article_ids: Iterable[str] = ()
) -> pd.DataFrame:
    """Write articles and their quotations as brat files, to be corrected there.

    Parameters
    ----------
    tables
        The corpus.
    folder
        Made if missing; gets ID.txt, ID.ann and annotation.conf.
    article_ids
        Only these; none: all.

    Returns
    -------
    pandas.DataFrame
        `article_id`, `file`, `n_quotes`.

    Raises
    ------
    InputError
        If an article is unknown, or its ids are one text and not a list.

    Notes
    -----
    The speaker stands as a note on the attribution (`#1 AnnotatorNotes E1 Ann Vale`): change it
    there. Signs that no file name may hold become "_".
    """
    wanted = _wanted(article_ids, tables.articles["article_id"])
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "annotation.conf").write_text(_CONF, encoding="utf-8")
    names = dict(zip(tables.speakers["speaker_id"], tables.speakers["name"], strict=True))
    chosen = tables.articles
    if wanted:
        chosen = chosen[chosen["article_id"].isin(wanted)]
    rows = []
    for article in chosen.itertuples():
        quotes = tables.quotes[tables.quotes["article_id"] == article.article_id]
        stem = _stem(article.article_id)
        with (folder / f"{stem}.txt").open("w", encoding="utf-8", newline="") as stream:
            stream.write(article.text)
        lines = "".join(_lines(quotes, names, article.text))
        (folder / f"{stem}.ann").write_text(lines, encoding="utf-8")
        rows.append((article.article_id, f"{stem}.ann", len(quotes)))
    return pd.DataFrame(rows, columns=["article_id", "file", "n_quotes"])


def _wanted(article_ids: Iterable[str], known: pd.Series) -> list[str]:
    if isinstance(article_ids, str):
        raise wrong_value("article_ids", article_ids, expected="a list of ids")
    wanted = list(article_ids)
    for name in wanted:
        if name not in set(known):
            raise unknown("article", name, known)
    return wanted


def _stem(article_id: str) -> str:
    return re.sub(r"[^\w.-]", "_", article_id)


def _lines(quotes: pd.DataFrame, names: dict[str, str], text: str) -> Iterator[str]:
    number = 0
    for event, row in enumerate(quotes.itertuples(), start=1):
        roles = []
        for role, spans in (("Content", row.spans), ("Cue", row.cue_spans),
                            ("Source", row.source_spans)):
            if not spans:
                continue
            number += 1
            offsets = ";".join(f"{start} {end}" for start, end in spans)
            words = " ".join(text[start:end] for start, end in spans).replace("\n", " ")
            yield f"T{number}\t{role} {offsets}\t{words}\n"
            roles.append((role, f"T{number}"))
        # brat hangs an event on a trigger: the cue where there is one, else the content.
        trigger = dict(roles).get("Cue", roles[0][1])
        yield f"E{event}\tAttribution:{trigger} {' '.join(f'{r}:{t}' for r, t in roles)}\n"
        name = names.get(row.speaker_id) if isinstance(row.speaker_id, str) else None
        if name:
            yield f"#{event}\tAnnotatorNotes E{event}\t{name}\n"


def import_brat(folder: str | Path, tables: Tables, *, by: str) -> tuple[Correction, ...]:
    """Read corrected brat files as corrections against the tables.

    Parameters
    ----------
    folder
        Holds .ann files named after their article; those without an article in the tables
        are refused.
    tables
        What was exported.
    by
        Who corrected.

    Returns
    -------
    tuple of Correction
        A quotation that is gone: reject; one that is new: add; one whose borders moved to less
        than half: both; a changed note: speaker. Ready for `add_corrections`.

    Raises
    ------
    InputError
        If there is no .ann file, one belongs to no article, a record cannot be read, or a mark
        would be lost: a Discard, or a new Content without an event.
    """
    folder = Path(folder)
    files = {path.stem: path for path in sorted(folder.glob("*.ann"))}
    if not files:
        raise InputError(f"{folder} holds no .ann file. Export with export_brat, correct, import.")
    known = {_stem(name): name for name in tables.articles["article_id"]}
    lost = sorted(files.keys() - known.keys())
    if lost:
        raise InputError(f"{folder}: no article in the tables for {listed(lost, most=5)}. Import "
                         "into the tables that were exported.")
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    names = dict(zip(tables.speakers["speaker_id"], tables.speakers["name"], strict=True))
    found: list[Correction] = []
    for stem, path in files.items():
        quotes = tables.quotes[tables.quotes["article_id"] == known[stem]]
        noted, loose = _read(path)
        _check_loose(path, loose, [_tuples(spans) for spans in quotes["spans"]])
        found += _differences(noted, quotes, known[stem], texts[known[stem]], names)
    stamp = now()
    return tuple(_signed(item, by, stamp) for item in found)


def _tuples(spans: Iterable) -> list[tuple[int, int]]:
    return [tuple(span) for span in spans]


def _check_loose(path: Path, loose: dict[str, tuple], quotes: list[list]) -> None:
    """Refuse a new Content without an event; that of a known quotation is left by a rejection."""
    new = [key for key, spans in loose.items()
           if not any(_share(spans, there) >= _SAME for there in quotes)]
    if new:
        raise InputError(f"{path}: Content {listed(new)} has no event, so it would be lost. Draw "
                         "an Attribution with it, or delete it.")


def _signed(correction: Correction, by: str, when: str) -> Correction:
    from dataclasses import replace

    return replace(correction, by=by, when=when, note="from brat")


def _differences(
    noted: list[_Noted], quotes: pd.DataFrame, article: str, text: str, names: dict[str, str]
) -> Iterator[Correction]:
    left = list(noted)
    for row in quotes.itertuples():
        spans = _tuples(row.spans)
        best = max(left, key=lambda item: _share(item.content, spans), default=None)
        where = {"article": row.article_id, "at": spans_text(spans), "words": row.content}
        if best is None or _share(best.content, spans) < _SAME:
            yield Correction("reject", **where)
            continue
        left.remove(best)
        old = names.get(row.speaker_id) if isinstance(row.speaker_id, str) else None
        if (best.speaker or "") != (old or ""):
            yield Correction("speaker", **where, speaker=best.speaker or "")
    for item in left:
        yield Correction(
            "add", article=article, at=spans_text(item.content), speaker=item.speaker or "",
            kind=kind_of(item.content, text),
            words=_words(item.content, text), cue=_words(item.cue, text),
            source=_words(item.source, text))


def _words(spans: Iterable[tuple[int, int]], text: str) -> str:
    return " ".join(text[start:end] for start, end in spans)


def _share(one: Iterable[tuple[int, int]], other: Iterable[tuple[int, int]]) -> float:
    letters = [{at for start, end in spans for at in range(start, end)} for spans in (one, other)]
    return len(letters[0] & letters[1]) / max(len(letters[0] | letters[1]), 1)


def _read(path: Path) -> tuple[list[_Noted], dict[str, tuple]]:
    """Give the attributions, and the Content spans that belong to none."""
    kinds: dict[str, str] = {}
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    events: dict[str, dict[str, list[tuple[int, int]]]] = {}
    notes: dict[str, str] = {}
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8. Save it again as UTF-8.") from error
    for record in _RECORD.split(text.rstrip("\n")):
        try:
            _read_record(record, kinds, spans, events, notes)
        except (ValueError, IndexError, KeyError) as error:
            raise InputError(f"{path}: not brat standoff: {record[:60]!r}. Mend the line.") \
                from error
    discarded = [key for key, kind in kinds.items() if kind == "Discard"]
    if discarded:
        raise InputError(f"{path}: Discard {listed(discarded)} is no correction. Delete it; a "
                         "quotation that is none is rejected by deleting its event.")
    found = [
        _Noted(*(tuple(sorted(roles.get(name, []))) for name in ("Content", "Cue", "Source")),
               notes.get(key))
        for key, roles in events.items() if roles.get("Content")
    ]
    used = {span for item in found for span in item.content}
    loose = {key: spans[key] for key, kind in kinds.items()
             if kind == "Content" and used.isdisjoint(spans[key])}
    return found, loose


def _read_record(record: str, kinds: dict, spans: dict, events: dict, notes: dict) -> None:
    if record.startswith("T"):
        key, middle, _ = record.split("\t", 2)
        kinds[key], offsets = middle.split(" ", 1)
        pieces = offsets.split(";")
        spans[key] = tuple((int(start), int(end)) for start, end in map(str.split, pieces))
    elif record.startswith("E"):
        key, roles = record.split("\t", 1)
        events[key] = {}
        for item in roles.split()[1:]:  # the first names the trigger
            role, mark = item.rsplit(":", 1)
            events[key].setdefault(re.sub(r"\d+$", "", role), []).extend(spans[mark])
    elif record.startswith("#"):
        _, about, text = record.split("\t", 2)
        notes[about.split()[1]] = text.strip()
