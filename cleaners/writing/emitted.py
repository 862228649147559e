"""The emitted files of an output folder, in whatever format and wherever they lie.

Whoever reads them gets the same lines of JSON; a file's suffix tells its format, so that one
output may hold several.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

import xxhash

from cleaners import quick_json
from cleaners.errors import RunError, UsageError
from cleaners.extras import extra
from cleaners.formats import Format
from cleaners.writing import markdown, parquet
from cleaners.writing.jsonl import Written, write_whole
from cleaners.writing.places import LocalPlace, Place, RemotePlace, digest_of

FOLDERS: Final = ("documents", "duplicates", "supersedes", "removed", "failures")
MARK: Final = "files-are-in"
"""A file in the output folder that says where the emitted ones are, if they are not there."""
_LEVEL: Final = 3
_HELD_FILES: Final = 4
_PIECE: Final = 1 << 20
_SUFFIXES: Final[dict[Format, str]] = {
    "jsonl": ".jsonl",
    "jsonl.zst": ".jsonl.zst",
    "parquet": ".parquet",
    "markdown": ".jsonl",
}


@dataclass(slots=True)
class Emitted:
    """Reads and writes the files of a place."""

    place: Place
    _held: OrderedDict[str, list[bytes]] = field(default_factory=OrderedDict)

    def write(
        self, name: str, lines: Sequence[bytes], format_: Format, *, scratch: Path
    ) -> Written | None:
        """Write a shard's rows, `name` being like `documents/000001-00000`.

        An element of `lines` is one line or several; of `documents`, one.  Without rows there is
        no file, and None is returned.
        """
        folder = name.partition("/")[0]
        if not lines:
            return None
        if format_ == "markdown" and folder == "documents":
            files = list(markdown.to_files(lines))
            self.place.put_folder(name, files, scratch)
            size, digest = digest_of(files)
            return Written(path=name, lines=len(lines), bytes=size, digest=digest)
        data = _packed(lines, format_)
        whole = xxhash.xxh3_128()
        for chunk in data:
            whole.update(chunk)
        path = name + _SUFFIXES[format_]
        self.place.put(path, data, scratch)
        rows = sum(chunk.count(b"\n") for chunk in lines)
        return Written(path, rows, sum(map(len, data)), whole.hexdigest())

    def names(self, folder: str) -> list[str]:
        """The files (of Markdown: folders) of a kind of output, in order of run and shard."""
        return self.place.names(folder)

    def by_stem(self, folder: str) -> dict[str, str]:
        """The same by run and shard, such as `000001-00000`."""
        return {stem_of(name): name for name in self.names(folder)}

    def lines(self, name: str) -> Iterator[bytes]:
        """The rows of a file as lines of JSON; raises `OSError`, and `RunError` if damaged."""
        try:
            yield from self._lines(name)
        except (OSError, RunError, UsageError):
            raise
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            raise RunError(
                f"{self.place.says(name)}: cannot be read ({said}); restore the file"
            ) from error

    def rows(self, name: str) -> Iterator[tuple[int, int, bytes]]:
        """Where each row stands, as `at` wants it: bytes of a JSONL file, else its number."""
        offset = 0
        for number, data in enumerate(self.lines(name)):
            yield (offset, len(data), data) if _is_plain(name) else (number, 1, data)
            offset += len(data)

    def records(self, name: str) -> Iterator[tuple[int, int, dict[str, Any]]]:
        """What each row says, and where it stands, as `rows` does.

        Raises `RunError` for a row that is no record, and as `lines` does.
        """
        for number, (offset, length, data) in enumerate(self.rows(name), 1):
            try:
                record = quick_json.loads(data)
            except ValueError as error:
                where = self.row(name, number)
                raise RunError(f"{where}: not JSON ({error}); restore the file") from error
            if not isinstance(record, dict):
                raise RunError(f"{self.row(name, number)}: not a record; restore the file")
            yield offset, length, record

    def row(self, name: str, number: int) -> str:
        """How a row is called where something is wrong with it, counted from 1."""
        return f"{self.place.says(name)}:{number}"

    def at(self, name: str, offset: int, length: int) -> bytes:
        """One row as a line of JSON; raises as `lines` does."""
        if _is_plain(name):
            return self.place.read_range(name, offset, length)
        if name not in self._held:
            self._held[name] = list(self.lines(name))
            if len(self._held) > _HELD_FILES:
                self._held.popitem(last=False)
        self._held.move_to_end(name)
        rows = self._held[name]
        if offset >= len(rows):
            raise RunError(f"{self.place.says(name)}: a row is missing; restore the file")
        return rows[offset]

    def measure(self, name: str) -> Written:
        """Size, digest and number of rows of a file as it is now; raises as `lines` does."""
        if _is_folder(name):
            size, digest = digest_of(self._files(name))
            return Written(name, sum(1 for _ in self.place.names(name)), size, digest)
        whole, size, count = xxhash.xxh3_128(), 0, 0
        with self.place.open(name) as file:
            while chunk := file.read(_PIECE):
                whole.update(chunk)
                size, count = size + len(chunk), count + chunk.count(b"\n")
        if not _is_plain(name):
            count = sum(1 for _ in self.lines(name))
        return Written(name, count, size, whole.hexdigest())

    def _lines(self, name: str) -> Iterator[bytes]:
        if _is_folder(name):
            for _, data in self._files(name):
                yield markdown.from_file(data)
            return
        with self.place.open(name) as file:
            if name.endswith(".parquet"):
                yield from parquet.from_parquet(file.read())
            else:
                yield from _unpacked(file) if name.endswith(".zst") else file

    def _files(self, name: str) -> Iterator[tuple[str, bytes]]:
        found = self.place.names(name)
        if not found:
            raise FileNotFoundError(2, "No such file or directory", self.place.says(name))
        for path in found:
            with self.place.open(path) as file:
                yield path.rpartition("/")[2], file.read()


def stem_of(name: str) -> str:
    """Run and shard of a file of this name."""
    return name.rpartition("/")[2].partition(".")[0]


def places(name: str, lines: Iterable[bytes], format_: Format) -> Iterator[tuple[str, int, int]]:
    """File, offset and length of every document that `Emitted.write` writes."""
    path = name if format_ == "markdown" else name + _SUFFIXES[format_]
    offset = 0
    for number, data in enumerate(lines):
        yield (path, offset, len(data)) if _is_plain(path) else (path, number, 1)
        offset += len(data)


def _is_plain(name: str) -> bool:
    return name.endswith(".jsonl")


def _is_folder(name: str) -> bool:
    return "." not in name.rpartition("/")[2]


def _packed(lines: Sequence[bytes], format_: Format) -> Sequence[bytes]:
    if format_ == "parquet":
        return [parquet.to_parquet(row for chunk in lines for row in chunk.splitlines())]
    if format_ == "jsonl.zst":
        zstandard = extra("zstandard", "zstd", "to write .jsonl.zst")
        compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
        return [compressor.compress(b"".join(lines))]
    return lines


def _unpacked(file: BinaryIO) -> Iterator[bytes]:
    from cleaners.reading.unpacking import unpacked_stream  # noqa: PLC0415 - few need it

    return iter(unpacked_stream(file, "zst", ratio=float("inf")))


def emitted_of(out: Path) -> Emitted:
    """The emitted files of an output folder.

    Raises `UsageError` if they are in an object store of which the library is missing.
    """
    where = place_of(out)
    return Emitted(LocalPlace(out, own=True) if where is None else _place(where))


def place_of(out: Path) -> str | None:
    """Where the emitted files are, if not in the output folder itself."""
    try:
        return _local((out / MARK).read_text("utf-8").strip())
    except FileNotFoundError:
        return None


def _local(where: str) -> str:
    """A URL of this machine's file system as a path: what is read is told apart by that."""
    return where.removeprefix("file://") if where.startswith("file:///") else where


def _place(where: str) -> Place:
    from cleaners.reading.remote import filesystem, is_url  # noqa: PLC0415 - most are local

    if not is_url(where):
        return LocalPlace(Path(where), own=False)
    system, root = filesystem(where)
    return RemotePlace(where.rstrip("/"), system, root.rstrip("/"))


def wanted_place(out: Path, wanted: str, *, begun: bool) -> str | None:
    """Where the files of an output shall be, None: in its folder; nothing is noted yet.

    `wanted` may be any place for a new output, and none or its own for an old one.  `begun`:
    something was emitted already.  Raises `UsageError` if `wanted` is another place then, or one
    where nothing can be put.
    """
    wanted = _local(wanted)
    wanted = os.fspath(Path(wanted).absolute()) if wanted and "://" not in wanted else wanted
    wanted = "" if wanted == os.fspath(out.absolute()) else wanted.rstrip("/")
    there = place_of(out)
    if not wanted or wanted == there:
        return there
    if begun:
        raise UsageError(
            f"{out}: its files are in {there or 'the folder itself'}, and stay there; leave out "
            "--files, or choose another --out"
        )
    _place(wanted).check()
    return wanted


def note_place(out: Path, place: str | None) -> None:
    """Note in an output folder that its files are in `place`, where that is another."""
    if place is not None and place != place_of(out):
        write_whole(out / MARK, [f"{place}\n".encode()], scratch=out / ".work")


def check_format(format_: Format) -> None:
    """Raise `UsageError` if the library for a format is missing."""
    if format_ == "parquet":
        extra("pyarrow.parquet", "parquet", "to write Parquet files")
    if format_ == "jsonl.zst":
        extra("zstandard", "zstd", "to write .jsonl.zst")
