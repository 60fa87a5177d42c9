"""A folder anywhere fsspec reaches (file, s3://, gs://): files appear whole or not at all."""

import json
import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import InputError


@dataclass(frozen=True)
class Place:
    """A folder by its address; cheap to send to a worker."""

    root: str

    def under(self, *names: str) -> "Place":
        """Give a folder below this one."""
        return Place(posixpath.join(self.root, *names))

    @property
    def local(self) -> bool:
        """Whether it lies on this machine's disk."""
        return "://" not in self.root or self.root.startswith("file://")


def _fs(place: Place) -> tuple[fsspec.AbstractFileSystem, str]:
    return fsspec.core.url_to_fs(place.root)


def exists(place: Place, name: str) -> bool:
    """Say whether a file or folder is there."""
    fs, root = _fs(place)
    return fs.exists(posixpath.join(root, name))


def names_in(place: Place) -> list[str]:
    """List the names in a folder; empty if it is not there."""
    fs, root = _fs(place)
    if not fs.exists(root):
        return []
    return sorted(posixpath.basename(str(path).rstrip("/")) for path in fs.ls(root, detail=False))


def remove(place: Place) -> None:
    """Remove a folder and all in it, if it is there."""
    fs, root = _fs(place)
    if fs.exists(root):
        fs.rm(root, recursive=True)


def write_whole(place: Place, name: str, write: Callable[[IO[bytes]], None]) -> None:
    """Write a file through `write` so that it never stands half-written under its name.

    Raises
    ------
    InputError
        If the place cannot be written: full, read-only, or no folder.
    """
    fs, root = _fs(place)
    target = posixpath.join(root, name)
    # An object store shows a file only once it is whole; a disk needs the rename.
    part = target + ".part" if place.local else target
    try:
        fs.makedirs(root, exist_ok=True)
        with fs.open(part, "wb") as stream:
            write(stream)
        if part != target:
            fs.mv(part, target)
    except OSError as error:
        raise InputError(
            f"{target} cannot be written ({error.strerror or error}). "
            "Make room or choose another folder with --out, then run the same command again."
        ) from error


def write_parquet(place: Place, name: str, table: pa.Table) -> None:
    """Write an Arrow table as a Parquet file."""
    write_whole(place, name, lambda stream: pq.write_table(table, stream, compression="zstd"))


def write_json(place: Place, name: str, content: object) -> None:
    """Write a small record."""
    data = json.dumps(content, indent=1).encode()
    write_whole(place, name, lambda stream: stream.write(data))


def read_parquet(place: Place, name: str, columns: list[str] | None = None) -> pa.Table:
    """Read a Parquet file, or some of its columns."""
    fs, root = _fs(place)
    with fs.open(posixpath.join(root, name), "rb") as stream:
        return pq.read_table(stream, columns=columns)


def read_json(place: Place, name: str) -> dict:
    """Read a small record; empty if it is not there or broken."""
    fs, root = _fs(place)
    try:
        with fs.open(posixpath.join(root, name), "rb") as stream:
            return json.loads(stream.read())
    except (OSError, ValueError):
        return {}


def open_folder(place: Place) -> tuple[fsspec.AbstractFileSystem, str]:
    """Make a folder and give its file system and the path in it."""
    fs, root = _fs(place)
    try:
        fs.makedirs(root, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{root} cannot be made ({error.strerror or error}). Choose another folder with --out."
        ) from error
    return fs, root


def move(source: Place, target: Place, name: str) -> None:
    """Move a file from one folder to another, over one of the same name."""
    fs, root = _fs(source)
    fs.mv(posixpath.join(root, name), posixpath.join(_fs(target)[1], name))


def remove_file(place: Place, name: str) -> None:
    """Remove a file if it is there."""
    fs, root = _fs(place)
    if fs.exists(posixpath.join(root, name)):
        fs.rm_file(posixpath.join(root, name))
