"""Paths to files: folders walked, `.zip` and `.gz` looked into, nothing written to disk.

Archives are bounded: a file beyond `MOST_UNPACKED`, a name that leaves the archive (`../x`), an
encrypted file or an archive nested deeper than two is one rejected row each, and the rest goes on.
"""

import gzip
import os
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from analysis.articles.records import Problem, Source
from analysis.errors import InputError, listed

MOST_UNPACKED = 8 * 2**30
"""An archive, and each file in it, may unpack to this many bytes."""
MOST_RATIO = 500
"""A file that unpacks to more than this many times its size, and over 64 MB, is a zip bomb."""
MOST_MEMBERS = 1_000_000
_NEST = 2


def find_sources(paths: Iterable[str | Path]) -> list[Source]:
    """Give the files of these paths in a fixed order; folders are walked, hidden files skipped.

    Raises
    ------
    InputError
        If a path does not exist, or a folder holds no file.
    """
    given = [Path(path) for path in paths]
    if not given:
        raise InputError("No path was given. Name at least one file or folder of articles.")
    found = [(file, path) for path in given for file in _files(path)]
    stems = unique_stems(_below_all([file for file, _path in found], given))
    return [_on_disk(file, stem=stem, given=file is path)
            for (file, path), stem in zip(found, stems, strict=True)]


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return _in_folder(path)
    if path.is_file():
        return [path]
    raise InputError(_absent(path))


def _below_all(files: list[Path], given: list[Path]) -> list[str]:
    """Name each file by its path below the folder that holds all that was given."""
    folders = [os.path.normpath((path if path.is_dir() else path.parent).absolute())
               for path in given]
    try:
        root = os.path.commonpath(folders)
    except ValueError:  # two drives of Windows hold nothing in common
        return [file.absolute().as_posix() for file in files]
    return [Path(os.path.relpath(file, root)).as_posix() for file in files]


def _absent(path: Path) -> str:
    parent = path.parent
    if not parent.is_dir():
        return f"{path} does not exist (nor does the folder {parent}). Check the path."
    names = sorted(item.name for item in parent.iterdir() if not item.name.startswith("."))
    return f"{path} does not exist (found in {parent}: {listed(names)}). Check the name."


def _in_folder(folder: Path) -> list[Path]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not any(
        part.startswith((".", "__MACOSX")) for part in path.relative_to(folder).parts))
    if not files:
        raise InputError(f"{folder} holds no file. Put the articles there, or name another folder.")
    return files


def unique_stems(names: list[str]) -> list[str]:
    """Give each file's stem, or its path without suffix where two texts share a stem.

    The stem of `a.txt.gz` is that of `a.txt`.
    The same file twice keeps its stem: it is the same article.

    Examples
    --------
    >>> unique_stems(["a/01.txt", "b/01.txt", "b/02.txt"])
    ['a/01', 'b/01', '02']
    """
    paths = [PurePosixPath(name.removesuffix(".gz")) for name in names]
    texts = Counter(path.stem for path in {*paths} if path.suffix.lower() in (".txt", ".text"))
    return [path.stem if texts[path.stem] < 2 else path.with_suffix("").as_posix()
            for path in paths]


def _on_disk(path: Path, *, stem: str, given: bool = False) -> Source:
    return Source(name=path.as_posix(), opener=lambda: path.open("rb"), stem=stem, given=given,
                  path=path)


def unpack(source: Source) -> Iterator[Source | Problem]:
    """Give the files inside a `.zip` or `.gz`, or the file itself if it is neither."""
    if source.suffix == ".gz":
        yield from unpack(_gunzipped(source))
    elif source.suffix == ".zip":
        yield from _members(source)
    else:
        yield source


def is_archive(source: Source) -> bool:
    """Tell whether the file only holds other files."""
    return source.suffix == ".zip"


def _gunzipped(source: Source) -> Source:
    return replace(source, name=source.name[:-3], opener=lambda: _gzip(source), path=None,
                   packed=source.opener)


def _gzip(source: Source) -> BinaryIO:
    raw = source.opener()
    return _closing_too(gzip.GzipFile(fileobj=raw, mode="rb"), raw)


def _members(source: Source) -> Iterator[Source | Problem]:
    if source.depth >= _NEST:
        yield Problem(None, "nested archive", f"{source.name} lies {_NEST} archives deep. "
                      "Unpack the outer ones.")
        return
    with source.opener() as raw, zipfile.ZipFile(raw) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()
                 and not info.filename.startswith("__MACOSX/")
                 and not PurePosixPath(info.filename).name.startswith(".")]
    stems = unique_stems([info.filename for info in infos])
    total = 0
    for info, stem in zip(infos, stems, strict=True):
        problem = _refused(info, source.name, total)
        total += 0 if problem else info.file_size
        yield from [problem] if problem else unpack(_member(source, info, stem))


def _member(source: Source, info: zipfile.ZipInfo, stem: str) -> Source:
    return Source(name=f"{source.name}/{info.filename}", stem=stem, depth=source.depth + 1,
                  opener=lambda: _open_member(source, info))


def _open_member(source: Source, info: zipfile.ZipInfo) -> BinaryIO:
    raw = source.opener()
    return _closing_too(zipfile.ZipFile(raw).open(info), raw)


def _closing_too(stream: BinaryIO, raw: BinaryIO) -> BinaryIO:
    """Let closing the stream close what lies under it, which gzip and zipfile leave open."""
    close = stream.close

    def close_both() -> None:
        close()
        raw.close()

    stream.close = close_both
    return stream


def _refused(info: zipfile.ZipInfo, name: str, total: int) -> Problem | None:
    inside = f"{name}: '{info.filename[:80]}'"
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    if ".." in parts or parts[:1] == ("/",) or ":" in parts[0]:
        return Problem(None, "unsafe name", f"{inside} points outside the archive; left out.")
    if info.flag_bits & 1:
        return Problem(None, "encrypted", f"{inside} needs a password. Unpack it first.")
    bomb = info.file_size > max(64 * 2**20, MOST_RATIO * max(info.compress_size, 1))
    if bomb or total + info.file_size > MOST_UNPACKED:
        return Problem(None, "too large", f"{inside} would unpack from "
                       f"{info.compress_size // 2**10} kB to {info.file_size // 2**20} MB. Unpack "
                       "it yourself if that is right.")
    return None
