"""Unpacking gzip and zstd as streams that no bomb can blow up.

A small file can unpack to any size.  Whatever is read here is read in pieces, and a stream ends
with a `TooLargeError` once it has given more than `ratio` times what it was packed into.  Little
text repeats itself that much; what unpacks to less than `HARMLESS` bytes is never held back.
"""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO, Final, Literal, Protocol, TypeAlias, cast

from cleaners.errors import TooLargeError, UnreadableError
from cleaners.extras import extra

Packing: TypeAlias = Literal["gz", "zst"]

HARMLESS: Final = 10_000_000
"""Bytes that may come out of anything, however small it was packed."""
_PIECE: Final = 1 << 16
_ZSTD_PIECE: Final = 1 << 10
"""Four bytes of zstd can be 128 KiB of text, and its decoder gives all at once: this much packed
data is at most 32 MiB."""
_ZSTD_WINDOW: Final = 1 << 27
_GZIP_MAGIC: Final = b"\x1f\x8b\x08"
_NAMES: Final[dict[Packing, str]] = {"gz": "gzip", "zst": "zstd"}
_SUFFIXES: Final[dict[str, Packing]] = {
    ".gz": "gz",
    ".tgz": "gz",
    ".zst": "zst",
    ".zstd": "zst",
    ".tzst": "zst",
}


def packing_of(name: str) -> Packing | None:
    """How a file of this name is packed."""
    lower = name.lower()
    return next((kind for suffix, kind in _SUFFIXES.items() if lower.endswith(suffix)), None)


def check_packing(name: str) -> None:
    """Raise `UsageError` if the library is missing that a file of this name is packed with."""
    if packing_of(name) == "zst":
        extra("zstandard", "zstd", "to read zstd")


def unpack(data: bytes, packing: Packing, *, page_bytes: int, ratio: float) -> bytes:
    """All of a packed page.

    Raises `TooLargeError` for one of more than `page_bytes` or for a bomb, and `UnreadableError`
    for one that is damaged or cut off.
    """
    unpacked = unpacked_stream(io.BytesIO(data), packing, ratio=ratio).read(page_bytes + 1)
    if len(unpacked) > page_bytes:
        raise TooLargeError(f"unpacked it is {too_large(page_bytes)}")
    return unpacked


def too_large(page_bytes: int) -> str:
    """What is wrong with a page of more than `page_bytes`, and what to do."""
    return f"larger than limits.page_bytes ({page_bytes:,} bytes); raise it to clean this page"


def unpacked_stream(file: BinaryIO, packing: Packing, *, ratio: float) -> BinaryIO:
    """`file` as it was before it was packed; reading it raises as `unpack` does."""
    raw = Unpacked(file, packing, ratio=ratio)
    return cast(BinaryIO, io.BufferedReader(raw, _PIECE))


class Unpacked(io.RawIOBase):
    """The unbuffered stream.  Of gzip, `skip_member` passes over a damaged member."""

    def __init__(self, file: BinaryIO, packing: Packing, *, ratio: float) -> None:
        self._file, self._packing, self._ratio = file, packing, ratio
        self._decoder: _Decoder | None = None
        self._rest = b""
        self._ready = memoryview(b"")
        self._read = 0
        """Bytes of `file` that were read; those in `_rest` are not unpacked yet."""
        self.member = 0
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            if (piece := self._unpack(len(buffer))) is None:
                return 0
            self._ready = memoryview(piece)
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def _unpack(self, most: int) -> bytes | None:
        """The next piece, maybe empty; None at the end."""
        if not self._rest:
            self._rest = self._file.read(_PIECE)
            self._read += len(self._rest)
        if self._decoder is None and not self._begin():
            return None
        if not self._rest:
            raise UnreadableError(f"not valid {_NAMES[self._packing]}: the end is missing")
        decoder = cast(_Decoder, self._decoder)
        piece, self._rest = decoder.decode(self._rest, most)
        if decoder.eof:
            self._decoder = None
        self._given += len(piece)
        packed = self._read - len(self._rest) - self.member
        if self._given > max(HARMLESS, self._ratio * packed):
            raise TooLargeError(
                f"unpacks to more than limits.unpack_ratio ({self._ratio:g}) times its size; "
                "raise it if this is no bomb"
            )
        return piece

    def _begin(self) -> bool:
        """Begin with a member, if there is one more.  Tapes and some programs append zeros."""
        if self._packing == "gz" and self._read > len(self._rest):
            while self._rest and not (stripped := self._rest.lstrip(b"\0")):
                self._rest = self._file.read(_PIECE)
                self._read += len(self._rest)
            self._rest = stripped if self._rest else b""
        if not self._rest:
            return False
        self._decoder = _Gzip() if self._packing == "gz" else _Zstd()
        self.member, self._given = self._read - len(self._rest), 0
        return True

    def skip_member(self) -> bool:
        """Go to where the next gzip member may begin; False if there is none."""
        if self._packing != "gz" or not self._file.seekable():
            return False
        start = self.member + 1
        self._file.seek(start)
        self._decoder, self._ready, before = None, memoryview(b""), b""
        while piece := self._file.read(_PIECE):
            found = (before + piece).find(_GZIP_MAGIC)
            if found >= 0:
                self.member = start - len(before) + found
                self._read = self._file.seek(self.member)
                self._rest = b""
                return True
            start += len(piece)
            before = piece[-2:]
        self._rest = b""
        return False


class _Decoder(Protocol):
    """Unpacks one member (gzip) or frame (zstd)."""

    @property
    def eof(self) -> bool: ...

    def decode(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        """What came of `data`, about `most` bytes, and the data that was not needed for it."""
        ...


class _Gzip:
    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(16 + zlib.MAX_WBITS)

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    def decode(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        try:
            piece = self._zlib.decompress(data, most)
        except zlib.error as error:
            raise UnreadableError(f"not valid gzip: {error}") from error
        return piece, self._zlib.unused_data or self._zlib.unconsumed_tail


class _Zstd:
    def __init__(self) -> None:
        self._zstandard = extra("zstandard", "zstd", "to read zstd")
        context = self._zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._frame = context.decompressobj()

    @property
    def eof(self) -> bool:
        return bool(self._frame.eof)

    def decode(self, data: bytes, _most: int) -> tuple[bytes, bytes]:
        try:
            piece = self._frame.decompress(data[:_ZSTD_PIECE])
        except self._zstandard.ZstdError as error:
            raise UnreadableError(f"not valid zstd: {error}") from error
        return piece, self._frame.unused_data + data[_ZSTD_PIECE:]
