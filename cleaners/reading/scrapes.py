"""A scrape: where one page's content lies, and how it becomes a `Page`.

Listing scrapes and reading them are two steps, so that a batch can be planned without holding
more than one scrape, and so that each can be read in another process.
"""

# Paths stay as they were given: `Path` would rewrite `./page`, and so a source.
# ruff: noqa: PTH110, PTH112, PTH123

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, Protocol, cast

import xxhash

from cleaners.errors import (
    BinaryError,
    ChangedError,
    EmptyError,
    TooLargeError,
    UnreadableError,
    UsageError,
)
from cleaners.reading import jsonl
from cleaners.reading.decoding import decode, is_wide
from cleaners.reading.folder import check_paths, files_under
from cleaners.reading.media import binary_format, guess_media
from cleaners.records import Media, Page

_HTML = (".html", ".htm", ".xhtml")
_TEXT = (".txt", ".md")
PAGE_SUFFIXES = _HTML + _TEXT
RECORD_SUFFIXES = (".jsonl",)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Scrape:
    """Where one page's content lies.

    A file is one scrape (`number` 0); in a many-record file each record is one, counted from 1,
    `length` bytes at `offset`.  `digest` is the xxh3-128 of the content, in hex.  `line` holds
    the record itself where the file cannot be read from the middle (gzip).
    """

    source: str
    path: str
    digest: str
    number: int = 0
    offset: int = 0
    length: int = 0
    line: bytes = b""


class Digests(Protocol):
    """Remembers digests of files, so that those that did not change are not read again."""

    def get(self, path: str, status: os.stat_result) -> str | None: ...

    def put(self, path: str, status: os.stat_result, digest: str) -> None: ...


def printable(path: str) -> str:
    """A path as text that JSON and UTF-8 can carry: undecodable bytes are written in hex."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def find_scrapes(
    paths: Iterable[str],
    *,
    page_bytes: int,
    avoid: str | None = None,
    digests: Digests | None = None,
) -> Iterator[Scrape]:
    """All scrapes below `paths`, in an order that depends on the names alone.

    Holds one scrape at a time.  What cannot be read is listed too: reading it says why.
    Nothing in the folder `avoid` is listed.  A page whose digest is in `digests` is not read.
    Raises `UsageError`, at once, for a path that does not exist.
    """
    files = files_under(paths, wanted=is_wanted, avoid=avoid)
    return (scrape for path in files for scrape in _scrapes(path, page_bytes, digests))


def _scrapes(path: str, page_bytes: int, digests: Digests | None = None) -> Iterator[Scrape]:
    return _records(path, page_bytes) if is_records(path) else iter((_file(path, digests),))


def is_records(name: str) -> bool:
    """Whether a file of this name holds many records."""
    return _suffix(name) in RECORD_SUFFIXES


def is_wanted(name: str) -> bool:
    """Whether a file of this name in a folder is a scrape or holds scrapes."""
    return _suffix(name) in PAGE_SUFFIXES + RECORD_SUFFIXES


def read_page(scrape: Scrape, *, page_bytes: int) -> Page:
    """Read and decode one scrape.

    Raises a subclass of `PageError` that says what is wrong with it.
    """
    if scrape.number:
        return _record_page(scrape, page_bytes)
    data = _content(scrape, page_bytes)
    return page_from_bytes(data, name=scrape.path, source=scrape.source)


def page_from_bytes(data: bytes, *, name: str = "", source: str = "") -> Page:
    """A page from a file's content; `name` tells its media where its suffix does.

    Raises `EmptyError` or `BinaryError` where there is no page in it.
    """
    if found := binary_format(data, wide=is_wide(data)):
        raise BinaryError(f"this is {found}, not a page")
    suffix = _suffix(name)
    known: Media | None = "html" if suffix in _HTML else "text" if suffix == ".md" else None
    text = decode(data, html=known != "text").text
    if not text.strip():
        raise EmptyError("the file is empty")
    return Page(text=text, media=known or guess_media(text), source=source)


def _suffix(name: str) -> str:
    """The suffix that tells the format, lower case, `.gz` aside."""
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix


def _file(path: str, digests: Digests | None = None) -> Scrape:
    try:
        with open(path, "rb") as file:
            digest, length = _digest(file, path, digests)
    except OSError as error:
        # It will fail in the same way when it is read; what failed is then done, too,
        # until it fails in another way or can be read.
        said = f"{type(error).__name__}: {error.strerror}".encode()
        digest, length = xxhash.xxh3_128_hexdigest(said), 0
    return Scrape(source=printable(path), path=path, digest=digest, length=length)


def _digest(file: BinaryIO, path: str, digests: Digests | None) -> tuple[str, int]:
    """Digest and length of an open file, from memory where that is sure."""
    status = os.fstat(file.fileno())
    if digests is not None and (known := digests.get(path, status)):
        return known, status.st_size
    digest, length = xxhash.xxh3_128(), 0
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        length += len(chunk)
    if digests is not None and length == status.st_size:
        digests.put(path, status, digest.hexdigest())
    return digest.hexdigest(), length


def _content(scrape: Scrape, page_bytes: int) -> bytes:
    """The file's bytes, unpacked; never more than `page_bytes` of them in memory."""
    if scrape.length > page_bytes:
        raise TooLargeError(_too_large(page_bytes))
    try:
        with open(scrape.path, "rb") as file:
            data = file.read(page_bytes + 1)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}") from error
    if xxhash.xxh3_128_hexdigest(data) != scrape.digest:
        raise ChangedError("the file changed while the run went on; run again to clean it")
    if not _is_packed(scrape.path):
        return data
    try:
        data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(page_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(f"not valid gzip: {error}") from error
    if len(data) > page_bytes:
        raise TooLargeError(f"unpacked it is {_too_large(page_bytes)}")
    return data


def _is_packed(path: str) -> bool:
    return path.lower().endswith(".gz")


def _open(path: str) -> BinaryIO:
    # GzipFile reads like a binary file, but has not its type.
    return cast(BinaryIO, gzip.open(path, "rb")) if _is_packed(path) else open(path, "rb")


def _records(path: str, page_bytes: int) -> Iterator[Scrape]:
    packed = _is_packed(path)
    try:
        with _open(path) as file:
            for number, offset, line in jsonl.lines(file, limit=page_bytes):
                yield Scrape(
                    source=f"{printable(path)}#{number}",
                    path=path,
                    digest=jsonl.digest(line),
                    number=number,
                    offset=offset,
                    length=len(line),
                    line=line if packed else b"",
                )
    except (OSError, EOFError, zlib.error):
        # As a whole file it fails with its reason, beside the records that could be read.
        yield _file(path)


def _record_page(scrape: Scrape, page_bytes: int) -> Page:
    if scrape.length > page_bytes:
        raise TooLargeError(f"line {scrape.number}: {_too_large(page_bytes)}")
    line = scrape.line
    if not line:
        try:
            with open(scrape.path, "rb") as file:
                file.seek(scrape.offset)
                line = file.read(scrape.length)
        except OSError as error:
            raise UnreadableError(f"cannot be read: {error.strerror}") from error
    return jsonl.page(line, source=scrape.source, number=scrape.number, planned=scrape.digest)


def _too_large(page_bytes: int) -> str:
    return f"larger than limits.page_bytes ({page_bytes:,} bytes); raise it to clean this page"


def read_source(source: str, *, page_bytes: int) -> Page:
    """The page that a `source` names: a file, or `FILE#LINE` for one record of a file.

    Raises `UsageError` if there is no such file or line, and `PageError` as `read_page` does.
    """
    path, _, line = source.rpartition("#")
    if os.path.exists(source) or not (line.isdecimal() and os.path.exists(path)):
        path, line = source, ""
    check_paths([path])
    if os.path.isdir(path):
        raise UsageError(f"{path}: this is a folder; name one page in it")
    if is_records(path) and not line:
        raise UsageError(f"{path}: holds many records; name one as {path}#LINE")
    for scrape in _scrapes(path, page_bytes):
        if scrape.number == int(line or 0):
            return read_page(scrape, page_bytes=page_bytes)
    raise UsageError(f"{source}: there is no record in line {line}")
