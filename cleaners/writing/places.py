"""Where emitted files lie: in the output folder, in another one, or in an object store.

What is put is there whole or not at all.  On a file system that takes a temporary name, a flush
and a rename; an object store does it by itself, for each object.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import xxhash

from cleaners.errors import UsageError
from cleaners.writing.jsonl import sync_folder, write_whole


class Place(Protocol):
    """Files by their names below the place, such as `documents/000001-00000.jsonl`."""

    def check(self) -> None:
        """Raise `UsageError` if nothing can be put here, as far as that shows beforehand."""
        ...

    def says(self, name: str) -> str:
        """The file's path or URL, for people."""
        ...

    def names(self, folder: str) -> list[str]:
        """The names of what is in a folder, in order; nothing if there is no such folder."""
        ...

    def open(self, name: str) -> BinaryIO: ...

    def read_range(self, name: str, offset: int, length: int) -> bytes: ...

    def put(self, name: str, chunks: Iterable[bytes], scratch: Path) -> None: ...

    def put_folder(self, name: str, files: Sequence[tuple[str, bytes]], scratch: Path) -> None:
        """A folder of files; an object store cannot put it as a whole, but one by one."""
        ...

    def size(self, folder: str) -> int:
        """Bytes of all that is in a folder."""
        ...

    def remove(self, name: str) -> None:
        """Take a file away, or a folder with all that is in it."""
        ...


@dataclass(frozen=True, slots=True)
class LocalPlace:
    """A folder on this machine; `own`: it is the output folder, and so on one disk with scratch."""

    root: Path
    own: bool

    def check(self) -> None:
        there = next(path for path in (self.root, *self.root.parents) if path.exists())
        try:
            tempfile.TemporaryFile(dir=there).close()
        except OSError as error:
            raise UsageError(
                f"{self.root}: cannot be written: {error.strerror or error}; name another folder "
                "for the files"
            ) from error

    def says(self, name: str) -> str:
        return str(self.root / name)

    def names(self, folder: str) -> list[str]:
        try:
            found = sorted(path.name for path in (self.root / folder).iterdir())
        except FileNotFoundError:
            return []
        return [f"{folder}/{name}" for name in found if not name.startswith(".")]

    def open(self, name: str) -> BinaryIO:
        return (self.root / name).open("rb")

    def read_range(self, name: str, offset: int, length: int) -> bytes:
        """One read: a buffered file would read ahead what nobody asked for."""
        file = os.open(self.root / name, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return os.pread(file, length, offset)
        finally:
            os.close(file)

    def put(self, name: str, chunks: Iterable[bytes], scratch: Path) -> None:
        path = self._made(name)
        write_whole(path, chunks, scratch=self._scratch(path, scratch))

    def put_folder(self, name: str, files: Sequence[tuple[str, bytes]], scratch: Path) -> None:
        path = self._made(name)
        new = self._scratch(path, scratch) / f".{path.name}.tmp"
        for there in (new, path):  # left by a run that was killed
            if there.exists():
                shutil.rmtree(there)
        new.mkdir()
        for file, data in files:
            with (new / file).open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
        sync_folder(new)
        new.rename(path)
        sync_folder(path.parent)

    def size(self, folder: str) -> int:
        found = (self.root / folder).rglob("*")
        return sum(path.stat().st_size for path in found if path.is_file())

    def remove(self, name: str) -> None:
        path = self.root / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

    def _made(self, name: str) -> Path:
        path = self.root / name
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
            sync_folder(path.parent.parent)
        return path

    def _scratch(self, path: Path, scratch: Path) -> Path:
        return scratch if self.own else path.parent


@dataclass(frozen=True, slots=True)
class RemotePlace:
    """A folder of an object store, as fsspec reads and writes it."""

    url: str
    system: Any
    root: str

    def check(self) -> None:
        from cleaners.reading.remote import is_there  # noqa: PLC0415 - most outputs are local

        is_there(self.url)  # whoever does not answer that would take no file

    def says(self, name: str) -> str:
        return f"{self.url}/{name}"

    def _told(self, name: str) -> Any:
        from cleaners.reading.remote import told  # noqa: PLC0415 - most outputs are local

        return told(self.says(name))

    def names(self, folder: str) -> list[str]:
        with self._told(folder):
            self.system.invalidate_cache()
            try:
                found = self.system.ls(f"{self.root}/{folder}", detail=False)
            except FileNotFoundError:
                return []
        names = sorted(str(path).rstrip("/").rpartition("/")[2] for path in found)
        own = folder.rpartition("/")[2]
        return [f"{folder}/{name}" for name in names if name != own]

    def open(self, name: str) -> BinaryIO:
        from cleaners.reading.remote import open_remote  # noqa: PLC0415 - see above

        return open_remote(self.says(name))

    def read_range(self, name: str, offset: int, length: int) -> bytes:
        with self._told(name):
            data: bytes = self.system.cat_file(
                f"{self.root}/{name}", start=offset, end=offset + length
            )
        return data

    def put(self, name: str, chunks: Iterable[bytes], scratch: Path) -> None:  # noqa: ARG002
        with self._told(name):
            self.system.pipe_file(f"{self.root}/{name}", b"".join(chunks))

    def put_folder(self, name: str, files: Sequence[tuple[str, bytes]], scratch: Path) -> None:  # noqa: ARG002
        with self._told(name):
            self.system.pipe({f"{self.root}/{name}/{file}": data for file, data in files})

    def size(self, folder: str) -> int:
        with self._told(folder):
            self.system.invalidate_cache()
            try:
                return int(self.system.du(f"{self.root}/{folder}"))
            except FileNotFoundError:
                return 0

    def remove(self, name: str) -> None:
        with self._told(name):
            self.system.rm(f"{self.root}/{name}", recursive=True)


def digest_of(files: Iterable[tuple[str, bytes]]) -> tuple[int, str]:
    """Bytes and xxh3-128 of a folder's files: of each name, a NUL, the length, a NUL, the bytes."""
    digest, size = xxhash.xxh3_128(), 0
    for name, data in files:
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
        size += len(data)
    return size, digest.hexdigest()
