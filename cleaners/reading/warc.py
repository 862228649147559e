"""Pages in WARC files: the responses that hold a page, with what the server and the crawler said.

Records are told apart here, since fastwarc gives up at the first damaged one; what a record holds
is read with fastwarc.  A damaged or truncated record is one failure, and reading goes on with the
next record that can be found.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from cleaners.errors import MalformedError, PageError, TooLargeError, UnreadableError
from cleaners.extras import extra
from cleaners.reading.decoding import has_wide_units
from cleaners.reading.envelopes import Envelope
from cleaners.reading.unpacking import Unpacked, packing_of, too_large, unpack
from cleaners.records import Media

_LINE: Final = 65_536
_ONCE: Final = {"warc-type", "warc-record-id", "content-length"}
_HEADER_LINES: Final = 500
_HTTP_HEADERS: Final = 1 << 20
"""Bytes that a response may have beside the page."""
_PIECE: Final = 1 << 20
_BEGIN: Final = re.compile(rb"WARC/\d")
_LATE_BEGIN: Final = re.compile(rb"WARC/\d\.\d\r?\n\Z")
_PAGES: Final[dict[str, Media | None]] = {
    "": None,
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": None,
}
"""Content types of pages, and the media they tell; None: the content has to."""
_CONTROLS: Final = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x0e\x0f\x1b"))
"""Characters that no text has; those that switch between alphabets in ISO 2022 are left out."""
_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';]+)""", re.IGNORECASE)


class _LostError(UnreadableError):
    """What comes next is no record."""


@dataclass(frozen=True, slots=True)
class _Head:
    """The headers of a record, their names in lower case, and the length of its content."""

    fields: dict[str, str]
    length: int


def responses(
    file: BinaryIO, name: str, *, page_bytes: int, ratio: float
) -> Iterator[tuple[int, Envelope]]:
    """The number (from 1, all records counted) of every response with a page, and what it holds.

    Responses other than 2xx, and those of other types than HTML and plain text, are passed over.
    Raises `UnreadableError` if nothing in the file is a record.
    """
    extra("fastwarc", "warc", "to read WARC files")
    records = _Records(file, name, page_bytes=page_bytes, ratio=ratio)
    number = failed = 0
    held: Envelope | None = None
    while True:
        begun = False
        try:
            head = records.head()
            # Only now is it sure that the record before was as long as it said.
            if held is not None:
                yield number, held
                held = None
            if head is None:
                return
            number, begun = number + 1, True
            held = records.envelope(head, f"record {number}")
            records.end()
        except (UnreadableError, TooLargeError) as error:
            if not begun and (number == 0 or records.is_behind()):
                if held is not None:
                    yield number, held
                number += 1
            goes_on = records.find_next()
            if number == 1 and not goes_on and not begun:
                raise UnreadableError(f"no WARC file: {error}") from error
            if number > failed:  # what looked like the next record may be none either
                yield number, _failed(error, f"record {number}")
            failed, held = number, None
            if not goes_on:
                return


def _failed(error: PageError, where: str) -> Envelope:
    kind = TooLargeError if isinstance(error, TooLargeError) else UnreadableError
    return Envelope(where=where, problem=kind(f"{where}: {error}"))


class _Records:
    """The records of a file, one after the other; a packed one is unpacked as it is read."""

    def __init__(self, file: BinaryIO, name: str, *, page_bytes: int, ratio: float) -> None:
        self._file, self._page_bytes, self._ratio = file, page_bytes, ratio
        packing = packing_of(name)
        self._unpacked = None if packing is None else Unpacked(file, packing, ratio=ratio)
        self._stream: BinaryIO = file
        self._buffer()
        self._whole = 0
        """Where the packed member begins in which the last record ended."""
        self._found = b""
        """The first line of the next record, where it was looked for."""
        self._sure = 0
        """Where to look on: no record begins before that, but those that were given."""

    def _buffer(self) -> None:
        if self._unpacked is not None:
            self._stream = io.BufferedReader(self._unpacked, _LINE)

    def head(self) -> _Head | None:
        """The headers of the next record; None at the end of the file."""
        line, self._found = self._found or b"\n", b""
        while line in (b"\r\n", b"\n"):
            line = self._stream.readline(_LINE)
        if not line:
            return None
        if not _BEGIN.match(line):
            raise _LostError("it is damaged, or not as long as it says")
        self._remember()
        fields: dict[str, str] = {}
        key = ""
        for _ in range(_HEADER_LINES):
            line = self._stream.readline(_LINE)
            text = line.decode("utf-8", "replace").strip()
            if not text:
                break
            if line[:1] in (b" ", b"\t"):  # goes on with the last one
                fields[key] = f"{fields.get(key, '')} {text}"
                continue
            key, _, value = text.partition(":")
            key = key.strip().lower()
            if key in fields and key in _ONCE:
                raise _LostError("its headers run into those of the next record")
            fields[key] = value.strip()
        length = fields.get("content-length", "")
        if not line or text or not (length.isascii() and length.isdecimal()):
            raise _LostError("its headers are damaged or cut off")
        self._remember()
        return _Head(fields, int(length))

    def _remember(self) -> None:
        if self._unpacked is None:
            self._sure = self._stream.tell()

    def envelope(self, head: _Head, where: str) -> Envelope | None:
        """What a record holds, or None if that is no page."""
        if head.fields.get("warc-type", "").lower() != "response":
            self._pass_over(head.length)
            return None
        if head.length > self._page_bytes + _HTTP_HEADERS:
            self._pass_over(head.length)
            return Envelope(
                where=where, problem=TooLargeError(f"{where}: {too_large(self._page_bytes)}")
            )
        content = self._stream.read(head.length)
        if len(content) < head.length:
            raise _LostError("it is cut off")
        try:
            return self._response(head, content, where)
        except PageError as error:
            return Envelope(where=where, problem=type(error)(f"{where}: {error}"))

    def end(self) -> None:
        """Note that a record was read to its end."""
        if self._unpacked is not None:
            self._whole = self._unpacked.member

    def is_behind(self) -> bool:
        """Whether what was read last lies in a later gzip member than the last whole record."""
        return self._unpacked is not None and self._unpacked.member > self._whole

    def _pass_over(self, length: int) -> None:
        while length:
            piece = self._stream.read(min(length, _PIECE))
            if not piece:
                raise _LostError("it is cut off")
            length -= len(piece)

    def find_next(self) -> bool:
        """Go to where the next record begins; False if there is none."""
        # A record that claims to be longer than it is has swallowed the ones after it.
        if self._unpacked is None:
            self._stream.seek(self._sure)
        while True:
            try:
                return self._find_line()
            except PageError:
                if self._unpacked is None or not self._unpacked.skip_member():
                    return False
                self._stream.detach()  # type: ignore[attr-defined]
                self._buffer()

    def _find_line(self) -> bool:
        while line := self._stream.readline(_LINE):
            # The record before may have been cut off within a line.
            if begin := _LATE_BEGIN.search(line):
                self._found = line[begin.start() :]
                return True
        return False

    def _response(self, head: _Head, content: bytes, where: str) -> Envelope | None:
        from fastwarc.warc import HeaderMap  # noqa: PLC0415 - not everybody has it

        top, _, body = content.partition(b"\r\n\r\n")
        http = HeaderMap()
        http.parse(io.BytesIO(top + b"\r\n\r\n"))
        if http.status_code is None:
            raise MalformedError("it is no HTTP response")
        content_type = http.get("content-type") or ""
        kind = content_type.partition(";")[0].strip().lower()
        if not 200 <= http.status_code < 300 or kind not in _PAGES:
            return None
        if reason := head.fields.get("warc-truncated"):
            raise UnreadableError(f"the crawler cut it off ({reason})")
        _check_length(http.get("content-length"), http.get("content-encoding"), body)
        if "chunked" in (http.get("transfer-encoding") or "").lower():
            body = _dechunked(body)
        for coding in reversed((http.get("content-encoding") or "").lower().split(",")):
            body = _decoded(body, coding.strip(), self._page_bytes, self._ratio)
        charset = _CHARSET.search(content_type)
        return Envelope(
            content=body,
            media=_PAGES[kind],
            charset=charset and charset[1],
            url=head.fields.get("warc-target-uri", "").strip("<>") or None,
            fetched_at=head.fields.get("warc-date"),
            where=where,
        )


def _check_length(claimed: str | None, coding: str | None, body: bytes) -> None:
    """A connection that broke leaves less than the server promised.

    Crawlers that store pages unpacked often leave the packed length in place.
    """
    if claimed and claimed.isdecimal() and not coding and len(body) < int(claimed):
        raise UnreadableError(f"the page is cut off: {len(body):,} of {int(claimed):,} bytes")


def _dechunked(body: bytes) -> bytes:
    """Without the marks of chunked transfer; crawlers often took them out and left the header."""
    if not re.match(rb"[0-9A-Fa-f]{1,8}[ \t]*(;[^\r\n]*)?\r\n", body):
        return body
    from fastwarc.stream_io import ChunkedReader  # noqa: PLC0415 - not everybody has it

    try:
        return ChunkedReader(io.BytesIO(body)).read(len(body))
    except OSError as error:
        raise UnreadableError(f"its chunks are damaged: {error}") from error


def _decoded(body: bytes, coding: str, page_bytes: int, ratio: float) -> bytes:
    """Without one content coding; many crawlers unpack pages and leave the header in place."""
    if coding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return unpack(body, "gz", page_bytes=page_bytes, ratio=ratio)
    if coding == "zstd" and body.startswith(b"\x28\xb5\x2f\xfd"):
        return unpack(body, "zst", page_bytes=page_bytes, ratio=ratio)
    if coding == "deflate":
        return _inflated(body, page_bytes)
    if coding == "br":
        return _from_brotli(body, page_bytes)
    return body


def _inflated(body: bytes, page_bytes: int) -> bytes:
    """Servers send deflate with zlib's header, as they should, or without."""
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        decoder = zlib.decompressobj(bits)
        try:
            data = decoder.decompress(body, page_bytes + 1)
        except zlib.error:
            continue
        if len(data) > page_bytes:
            raise TooLargeError(f"unpacked it is {too_large(page_bytes)}")
        if decoder.eof:
            return data
    return _unpacked_before(body, "deflate")


def _unpacked_before(body: bytes, coding: str) -> bytes:
    """The body, if the crawler seems to have undone this coding; neither has a mark of its own.

    A tenth of packed bytes are control characters; of a page nearly none, but in UTF-16 and -32.
    """
    head = body[:_PIECE]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls * 50 > len(head) and not has_wide_units(body):
        raise UnreadableError(f"the page is damaged or cut off: it cannot be unpacked ({coding})")
    return body


def _from_brotli(body: bytes, page_bytes: int) -> bytes:
    from fastwarc.stream_io import BrotliReader  # noqa: PLC0415 - not everybody has it

    try:
        data = BrotliReader(io.BytesIO(body)).read(page_bytes + 1)
    except OSError:
        return _unpacked_before(body, "br")
    if len(data) > page_bytes:
        raise TooLargeError(f"unpacked it is {too_large(page_bytes)}")
    return data
