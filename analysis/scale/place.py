"""A folder anywhere fsspec reaches (file, s3://, gs://): files appear whole or not at all."""

import json
import posixpath
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO
from uuid import uuid4

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import InputError


@dataclass(frozen=True)
class Place:
    """A folder by its address; cheap to send to a worker."""

    root: str

    @classmethod
    def at(cls, address: str | Path) -> "Place":
        """Give a place; a path becomes absolute, as workers may have another working folder."""
        return cls(str(address) if "://" in str(address) else Path(address).absolute().as_posix())

    def under(self, *names: str) -> "Place":
        """Give a folder below this one."""
        return Place(posixpath.join(self.root, *names))

    @property
    def local(self) -> bool:
        """Whether it lies on this machine's disk."""
        return "://" not in self.root or self.root.startswith("file://")

    @property
    def path(self) -> str | None:
        """Where it lies on this machine's disk; None if it does not."""
        return _fs(self)[1] if self.local else None


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


@contextmanager
def writing(target: str) -> Iterator[None]:
    """Turn whatever a disk says while something is written there into one line.

    Raises
    ------
    InputError
        If the place cannot be written: full, read-only, or no folder.
    """
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{target} cannot be written ({error.strerror or error}). "
            "Make room or choose another folder with --out, then run the same command again."
        ) from error


def remove(place: Place) -> None:
    """Remove a folder and all in it, if it is there."""
    fs, root = _fs(place)
    with writing(root):
        if fs.exists(root):
            fs.rm(root, recursive=True)


def remove_parts(place: Place) -> None:
    """Remove what writers that were killed left half-written in the folders below this one."""
    if place.local:
        for part in Path(_fs(place)[1]).glob("*/*.part"):
            part.unlink(missing_ok=True)


def write_whole(place: Place, name: str, write: Callable[[IO[bytes]], None]) -> None:
    """Write a file through `write` so that it never stands half-written under its name."""
    fs, root = _fs(place)
    target = posixpath.join(root, name)
    with writing(target):
        fs.makedirs(root, exist_ok=True)
        if place.local:
            _write_beside(target, write)
        else:
            # An object store shows what came through, even if it is half of the file.
            whole = BytesIO()
            write(whole)
            fs.pipe_file(target, whole.getvalue())


def _write_beside(target: str, write: Callable[[IO[bytes]], None]) -> None:
    # A name of its own: a worker thought dead may still be writing the same file.
    part = Path(f"{target}.{uuid4().hex[:8]}.part")
    try:
        with part.open("wb") as stream:
            write(stream)
        part.replace(target)
    except OSError:
        with suppress(OSError):
            part.unlink()  # it takes room that is needed
        raise


def write_parquet(place: Place, name: str, table: pa.Table) -> None:
    """Write an Arrow table as a Parquet file."""
    write_whole(place, name, lambda stream: pq.write_table(table, stream, compression="zstd"))


def write_json(place: Place, name: str, content: object) -> None:
    """Write a small record."""
    data = json.dumps(content, indent=1).encode()
    write_whole(place, name, lambda stream: stream.write(data))


@contextmanager
def opened(place: Place, name: str) -> Iterator[IO[bytes]]:
    """Open a file to read from."""
    fs, root = _fs(place)
    with fs.open(posixpath.join(root, name), "rb") as stream:
        yield stream


def read_parquet(place: Place, name: str, columns: list[str] | None = None) -> pa.Table:
    """Read a Parquet file, or some of its columns."""
    with opened(place, name) as stream:
        return pq.read_table(stream, columns=columns)


def read_json(place: Place, name: str) -> dict:
    """Read a small record; empty if it is not there or broken."""
    try:
        with opened(place, name) as stream:
            return json.loads(stream.read())
    except (OSError, ValueError):
        return {}


def open_folder(place: Place) -> tuple[fsspec.AbstractFileSystem, str]:
    """Make a folder and give its file system and the path in it."""
    fs, root = _fs(place)
    with writing(root):
        fs.makedirs(root, exist_ok=True)
    return fs, root


def move(source: Place, target: Place, name: str) -> None:
    """Move a file from one folder to another, over one of the same name."""
    fs, root = _fs(source)
    old, new = posixpath.join(root, name), posixpath.join(_fs(target)[1], name)
    with writing(new):
        if target.local:
            Path(old).replace(new)
        else:
            fs.mv(old, new)


def remove_file(place: Place, name: str) -> None:
    """Remove a file if it is there."""
    fs, root = _fs(place)
    path = posixpath.join(root, name)
    with writing(path):
        if fs.exists(path):
            fs.rm_file(path)
