"""Pages in tar and zip archives, read as streams; nothing of an archive is ever written to disk.

A member's name is a name and no path: `/etc/passwd` and `../page.html` are read like any other.
"""

from __future__ import annotations

import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, BinaryIO, Final, Self

from cleaners.errors import PageError, TooLargeError, UnreadableError
from cleaners.reading.envelopes import Envelope
from cleaners.reading.unpacking import HARMLESS, packing_of, too_large, unpack

_HEADERS: Final = 1_000_000
"""Bytes that a tar member's extended header may have: tarfile reads it as a whole."""
_METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2}
"""Of zip.  LZMA is none of them: a member of it can ask for 4 GB of memory."""
_ENCRYPTED: Final = 0x1


class _Info(tarfile.TarInfo):
    """A member whose extended headers cannot fill the memory, and whose damage is told.

    By itself, tarfile takes a damaged header for the end of the archive.
    """

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(archive)
        except (tarfile.EOFHeaderError, tarfile.EmptyHeaderError):  # type: ignore[attr-defined]
            raise
        except tarfile.HeaderError as error:
            raise UnreadableError(f"not a valid tar archive: {error}") from error

    def _proc_pax(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        self._check()
        return super()._proc_pax(archive)  # type: ignore[misc, no-any-return]

    def _proc_gnulong(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        self._check()
        return super()._proc_gnulong(archive)  # type: ignore[misc, no-any-return]

    def _check(self) -> None:
        if self.size > _HEADERS:
            raise UnreadableError(f"a member has an extended header of {self.size:,} bytes")


def tar_members(
    file: BinaryIO, *, wanted: Callable[[str], bool], page_bytes: int, ratio: float
) -> Iterator[tuple[int, str, Envelope]]:
    """Number (from 1) and name of every member that is `wanted`, and what was found of it.

    Links and devices are given, too: they have a problem.  Raises `UnreadableError` where the
    archive is damaged or cut off.
    """
    try:
        with tarfile.open(fileobj=file, mode="r|", tarinfo=_Info) as archive:
            number = 0
            while (member := archive.next()) is not None:
                number += 1
                # A stream needs no memory of what went by.
                archive.members.clear()  # type: ignore[attr-defined]
                if member.isdir() or (member.isfile() and not wanted(member.name)):
                    continue
                yield number, member.name, _of_tar(archive, member, page_bytes, ratio)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise UnreadableError(f"not a valid tar archive: {error}") from error


def _of_tar(
    archive: tarfile.TarFile, member: tarfile.TarInfo, page_bytes: int, ratio: float
) -> Envelope:
    if not member.isfile():
        kind = "a link" if member.issym() or member.islnk() else "a device or pipe"
        return _failed(member.name, UnreadableError(f"this member is {kind}, and is not followed"))
    if member.size > page_bytes:
        return _failed(member.name, TooLargeError(too_large(page_bytes)))
    content = archive.extractfile(member)
    if content is None:
        return _failed(member.name, UnreadableError("this member cannot be read"))
    data = content.read()
    if len(data) < member.size:
        raise UnreadableError("not a valid tar archive: it is cut off")
    return _enveloped(member.name, data, page_bytes, ratio)


def zip_members(
    file: IO[bytes], *, wanted: Callable[[str], bool], page_bytes: int, ratio: float
) -> Iterator[tuple[int, str, Envelope]]:
    """As `tar_members`; the list of all members is held in memory, as it is in the archive."""
    try:
        with zipfile.ZipFile(file) as archive:
            for number, member in enumerate(archive.infolist(), 1):
                if not member.is_dir() and wanted(member.filename):
                    found = _of_zip(archive, member, page_bytes, ratio)
                    yield number, member.filename, found
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableError(f"not a valid zip archive: {error}") from error


def _of_zip(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, page_bytes: int, ratio: float
) -> Envelope:
    try:
        _check_member(member, page_bytes, ratio)
        with archive.open(member) as content:
            # A member that is larger than it claims is damaged, and is not unpacked further.
            data = content.read(member.file_size + 1)
        return _enveloped(member.filename, data, page_bytes, ratio)
    except PageError as error:
        return _failed(member.filename, error)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, zlib.error) as error:
        return _failed(member.filename, UnreadableError(f"damaged in its archive: {error}"))


def _check_member(member: zipfile.ZipInfo, page_bytes: int, ratio: float) -> None:
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableError("this member is a link, and is not followed")
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableError("this member is encrypted; unpack the archive with its password")
    if member.compress_type not in _METHODS:
        raise UnreadableError(
            f"this member is packed by a method that is not read ({member.compress_type}); "
            "unpack the archive"
        )
    if member.file_size > page_bytes:
        raise TooLargeError(f"unpacked it is {too_large(page_bytes)}")
    if member.file_size > max(HARMLESS, ratio * member.compress_size):
        raise TooLargeError(
            f"unpacks to more than limits.unpack_ratio ({ratio:g}) times its size; "
            "raise it if this is no bomb"
        )


def _enveloped(name: str, data: bytes, page_bytes: int, ratio: float) -> Envelope:
    try:
        if packing := packing_of(name):
            data = unpack(data, packing, page_bytes=page_bytes, ratio=ratio)
    except PageError as error:
        return _failed(name, error)
    return Envelope(content=data, name=name)


def _failed(name: str, problem: PageError) -> Envelope:
    return Envelope(name=name, problem=problem)
