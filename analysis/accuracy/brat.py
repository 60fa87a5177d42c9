"""Brat standoff: folders of `.ann` files with their texts (brat.nlplab.org/standoff.html)."""

import csv
import re
from pathlib import Path

from analysis.accuracy.records import GoldArticle, GoldQuote, read_text
from analysis.errors import InputError, listed

_ROLES = {"Content": "content", "Cue": "cue", "Source": "source"}
# An annotated string may hold a line break, so a record ends only where the next begins.
_NEXT_RECORD = re.compile(r"\n(?=[A-Z#*]\d+\t)")


def read_brat_folder(folder: Path, *, annotator: str = "first") -> tuple[GoldArticle, ...]:
    """Read every text of a folder with the quotations annotated in it.

    One quotation is one `E` line with a Content; all its Content spans together are its
    content. `Discard` spans are text that is not the story. Texts without an `.ann` file
    count as articles without quotations.

    Raises
    ------
    InputError
        If there are no texts, an `.ann` has no text, or a record cannot be read.
    """
    texts, notes = _folders(folder)
    stems = {path.stem: path for path in sorted(texts.glob("*.txt"))}
    if not stems:
        raise InputError(f"{texts} holds no .txt file. Give a folder of .ann files with texts.")
    chosen = _choose(notes, stems, annotator)
    outlets = _outlets(folder)
    return tuple(
        _article(path, chosen.get(stem), outlets.get(stem)) for stem, path in stems.items()
    )


def _folders(folder: Path) -> tuple[Path, Path]:
    if (folder / "text").is_dir() and (folder / "attributions").is_dir():
        return folder / "text", folder / "attributions"
    return folder, folder


def _choose(notes: Path, stems: dict[str, Path], annotator: str) -> dict[str, Path]:
    """Give one annotation file per text; files are named STEM.ann or STEM_ANNOTATOR.ann."""
    files: dict[str, list[Path]] = {}
    for path in sorted(notes.glob("*.ann")):
        stem = path.stem if path.stem in stems else path.stem.rpartition("_")[0]
        files.setdefault(stem, []).append(path)
    if not files:
        raise InputError(f"{notes} holds no .ann file. Give a folder of .ann files with texts.")
    lost = sorted(str(path.name) for stem in files.keys() - stems.keys() for path in files[stem])
    if lost:
        raise InputError(f"{notes}: no text belongs to {listed(lost, most=5)}. Add STEM.txt.")
    chosen = {}
    for stem, paths in files.items():
        fallback = paths[-1] if annotator == "last" else paths[0]
        by_name = {path.stem.rpartition("_")[2]: path for path in paths}
        chosen[stem] = by_name.get(annotator, fallback)
    return chosen


def _outlets(folder: Path) -> dict[str, str]:
    """Read who published each text from PolNeAR's `metadata.tsv`, where there is one."""
    for place in (folder, folder.parent):
        path = place / "metadata.tsv"
        if path.is_file():
            rows = csv.DictReader(read_text(path).splitlines(), delimiter="\t")
            return {row["filename"]: row["publisher"] for row in rows
                    if row.get("filename") and row.get("publisher")}
    return {}


def _article(path: Path, notes: Path | None, outlet: str | None) -> GoldArticle:
    spans, kinds, events = _read_notes(notes) if notes else ({}, {}, [])
    skipped = tuple(span for key, kind in kinds.items() if kind == "Discard"
                    for span in spans[key])
    quotes = tuple(quote for event in events if (quote := _quote(event, spans)).content)
    text = read_text(path)
    return GoldArticle(path.stem, quotes, skipped=skipped, text=text, outlet=outlet)


def _quote(event: list[tuple[str, str]], spans: dict[str, list[tuple[int, int]]]) -> GoldQuote:
    roles: dict[str, list[tuple[int, int]]] = {name: [] for name in _ROLES.values()}
    for role, key in event:
        if role in _ROLES:
            roles[_ROLES[role]] += spans[key]
    return GoldQuote(**{name: tuple(found) for name, found in roles.items()})


def _read_notes(path: Path) -> tuple[dict, dict, list]:
    spans: dict[str, list[tuple[int, int]]] = {}
    kinds: dict[str, str] = {}
    events: list[list[tuple[str, str]]] = []
    for record in _NEXT_RECORD.split(read_text(path).rstrip("\n")):
        try:
            if record.startswith("T"):
                key, middle, _ = record.split("\t", 2)
                kinds[key], offsets = middle.split(" ", 1)
                spans[key] = [_span(piece) for piece in offsets.split(";")]
            elif record.startswith("E"):
                events.append([_role(item) for item in record.split("\t", 1)[1].split()])
        except (ValueError, IndexError) as error:
            raise InputError(
                f"{path}: not brat standoff: {record[:60]!r}. Mend the line."
            ) from error
    unknown = {key for event in events for _, key in event} - spans.keys()
    if unknown:
        raise InputError(f"{path}: no annotation {listed(sorted(unknown))}. Mend the E lines.")
    return spans, kinds, events


def _span(piece: str) -> tuple[int, int]:
    start, end = piece.split()
    return int(start), int(end)


def _role(item: str) -> tuple[str, str]:
    role, key = item.rsplit(":", 1)
    return re.sub(r"\d+$", "", role), key  # Content2:T7 is one more Content
