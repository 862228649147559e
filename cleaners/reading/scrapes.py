"""A scrape: where one page's content lies, and how it becomes a `Page`.

Listing scrapes and reading them are two steps, so that a batch can be planned without holding
more than one scrape, and so that each can be read in another process.
"""

# Paths stay as they were given: `Path` would rewrite `./page`, and so a source.
# ruff: noqa: PTH123

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Literal, Protocol, TypeAlias

import xxhash

from cleaners.characters import tidy
from cleaners.errors import (
    BinaryError,
    ChangedError,
    EmptyError,
    PageError,
    TooLargeError,
    UnreadableError,
)
from cleaners.formats import Columns
from cleaners.reading import envelopes, jsonl, remote
from cleaners.reading.containers import (
    Form,
    Reading,
    broken,
    form_of,
    is_wanted,
    suffix_of,
)
from cleaners.reading.containers import envelopes as envelopes_in
from cleaners.reading.decoding import decode, is_wide
from cleaners.reading.envelopes import Envelope
from cleaners.reading.folder import check_paths as check_local
from cleaners.reading.folder import files_under
from cleaners.reading.media import binary_format, guess_media
from cleaners.reading.unpacking import (
    check_packing,
    packing_of,
    too_large,
    unpack,
    unpacked_stream,
)
from cleaners.records import Media, Page

_HTML: Final = (".html", ".htm", ".xhtml")
_CHUNK: Final = 1 << 20
RATIO: Final = 200.0

Held: TypeAlias = Literal["file", "line", "envelope"]
"""What lies where a scrape says: a page's file, a line of JSON, or an `Envelope`."""


@dataclass(frozen=True, slots=True)
class Scrape:
    """Where one page's content lies.

    A file is one scrape (`number` 0); in a file of many pages each is one, counted from 1,
    `length` bytes at `offset`, as `form` says.  `digest` is the xxh3-128 of the content, in hex.
    `line` or `envelope` hold the record itself where the file cannot be read from the middle, or
    not from here; whoever keeps the scrape for later has to put `to_keep` into a file.
    """

    source: str
    path: str
    digest: str
    number: int = 0
    offset: int = 0
    length: int = 0
    line: bytes = b""
    form: Held = "file"
    envelope: Envelope | None = None

    @property
    def to_keep(self) -> bytes:
        """The record that the scrape carries, as it is to be put into a file; empty: none."""
        return self.line if self.envelope is None else self.envelope.to_bytes()


class Digests(Protocol):
    """Remembers digests of files, so that those that did not change are not read again."""

    def get(self, path: str, status: os.stat_result) -> str | None: ...

    def put(self, path: str, status: os.stat_result, digest: str) -> None: ...


def printable(path: str) -> str:
    """A path as text that JSON and UTF-8 can carry: undecodable bytes are written in hex."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def check_paths(paths: Iterable[str]) -> None:
    """Raise `UsageError` for a path or URL where there is neither a file nor a folder."""
    given = list(paths)
    check_local(path for path in given if not remote.is_url(path))
    for path in given:
        if remote.is_url(path):
            remote.check_url(path)


def find_scrapes(  # noqa: PLR0913 - settings of reading, each with its default
    paths: Iterable[str],
    *,
    page_bytes: int,
    unpack_ratio: float = RATIO,
    columns: Columns | None = None,
    avoid: Iterable[str] = (),
    digests: Digests | None = None,
) -> Iterator[Scrape]:
    """All scrapes below `paths`, in an order that depends on the names alone.

    Holds one scrape at a time.  What cannot be read is listed too: reading it says why.
    Nothing in the folders `avoid` is listed.  A page whose digest is in `digests` is not read.
    Raises `UsageError`, at once, for a path that does not exist.
    """
    given = list(dict.fromkeys(paths))
    reading = Reading(page_bytes, unpack_ratio, columns or Columns())
    shunned = list(avoid)
    local = [path for path in given if not remote.is_url(path)]
    folders = [path for path in shunned if not remote.is_url(path)]
    files = files_under(local, wanted=is_wanted, avoid=folders)
    for path in given:
        if remote.is_url(path):
            remote.check_url(path)
    return _chained(files, given, reading, shunned, digests)


def _chained(
    files: Iterator[str],
    given: list[str],
    reading: Reading,
    avoid: list[str],
    digests: Digests | None,
) -> Iterator[Scrape]:
    """First what is here, then what is elsewhere."""
    for path in files:
        yield from _scrapes(path, reading, digests)
    urls = [path for path in given if remote.is_url(path)]
    for url in urls:
        # Nothing twice: what lies below another path comes with that.
        others = [f"{other.rstrip('/')}/" for other in urls if other != url]
        if not any(url.startswith(other) for other in others):
            yield from _remote_scrapes(url, reading, avoid)


def _scrapes(path: str, reading: Reading, digests: Digests | None = None) -> Iterator[Scrape]:
    form = form_of(path)
    if form in (None, "page"):
        check_packing(path)  # before a worker finds out, which only has failures to tell
        return iter((_file(path, digests),))
    return _lines(path, reading) if form == "lines" else _enveloped(path, form, reading)


def is_records(name: str) -> bool:
    """Whether a file of this name holds many records."""
    return form_of(name) not in (None, "page")


def read_page(scrape: Scrape, *, page_bytes: int, unpack_ratio: float = RATIO) -> Page:
    """Read and decode one scrape.

    Raises a subclass of `PageError` that says what is wrong with it.
    """
    if scrape.form == "line":
        if scrape.length > page_bytes:
            raise TooLargeError(f"line {scrape.number}: {too_large(page_bytes)}")
        line = scrape.line or _slice(scrape)
        return jsonl.page(line, source=scrape.source, number=scrape.number, planned=scrape.digest)
    if scrape.form == "envelope":
        found = scrape.envelope or envelopes.from_bytes(_slice(scrape))
        # What WARC and stores say of a page's size is not always its size.
        if len(found.content) > page_bytes:
            where = f"{found.where}: " if found.where else ""
            raise TooLargeError(f"{where}{too_large(page_bytes)}")
        return _page_of(found, scrape.source)
    data = _content(scrape, page_bytes, unpack_ratio)
    return page_from_bytes(data, name=scrape.path, source=scrape.source)


def page_from_bytes(  # noqa: PLR0913 - what may be known of a page beside its bytes
    data: bytes,
    *,
    name: str = "",
    source: str = "",
    media: Media | None = None,
    charset: str | None = None,
    url: str | None = None,
    fetched_at: str | None = None,
) -> Page:
    """A page from a file's content.

    `name` tells its media where its suffix does, if `media` does not; `charset` is what the
    server claimed.  Raises `EmptyError` or `BinaryError` where there is no page in it.
    """
    if found := binary_format(data, wide=is_wide(data, charset)):
        raise BinaryError(f"this is {found}, not a page")
    suffix = suffix_of(name)
    known = media or ("html" if suffix in _HTML else "text" if suffix == ".md" else None)
    text = decode(data, declared=charset, html=known != "text").text
    if not text.strip():
        raise EmptyError("the page is empty" if media else "the file is empty")
    return Page(
        text=text,
        media=known or guess_media(text),
        source=source,
        url=tidy(url) if url else None,
        fetched_at=tidy(fetched_at) if fetched_at else None,
    )


def _page_of(found: Envelope, source: str) -> Page:
    if found.problem is not None:
        raise found.problem
    if not found.decoded:
        try:
            return page_from_bytes(
                found.content,
                name=found.name,
                source=source,
                media=found.media,
                charset=found.charset,
                url=found.url,
                fetched_at=found.fetched_at,
            )
        except PageError as error:
            where = f"{found.where}: " if found.where else ""
            raise type(error)(f"{where}{error}") from error
    text = tidy(found.content.decode("utf-8", "replace"))
    if not text.strip():
        raise EmptyError(f"{found.where}: the page is empty")
    return Page(
        text=text,
        media=found.media or guess_media(text),
        source=source,
        url=tidy(found.url) if found.url else None,
        fetched_at=tidy(found.fetched_at) if found.fetched_at else None,
    )


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


def _content(scrape: Scrape, page_bytes: int, ratio: float) -> bytes:
    """The file's bytes, unpacked; never more than `page_bytes` of them in memory."""
    if scrape.length > page_bytes:
        raise TooLargeError(too_large(page_bytes))
    try:
        with open(scrape.path, "rb") as file:
            data = file.read(page_bytes + 1)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}") from error
    if xxhash.xxh3_128_hexdigest(data) != scrape.digest:
        raise ChangedError("the file changed while the run went on; run again to clean it")
    packing = packing_of(scrape.path)
    return data if packing is None else unpack(data, packing, page_bytes=page_bytes, ratio=ratio)


def _slice(scrape: Scrape) -> bytes:
    """The part of a file that holds one record."""
    try:
        with open(scrape.path, "rb") as file:
            file.seek(scrape.offset)
            return file.read(scrape.length)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}") from error


def _lines(path: str, reading: Reading) -> Iterator[Scrape]:
    try:
        with open(path, "rb") as file:
            yield from _records(file, path, reading, here=True)
    except (PageError, OSError) as error:
        # The file fails with its reason, beside the records that could be read.
        yield _sealed(printable(path), path, 0, broken(error))


def _records(file: BinaryIO, path: str, reading: Reading, *, here: bool) -> Iterator[Scrape]:
    """The lines of a file; they are carried along if they cannot be read from it later."""
    packing = packing_of(path)
    if packing is not None:
        file = unpacked_stream(file, packing, ratio=reading.unpack_ratio)
    for number, offset, line in jsonl.lines(file, limit=reading.page_bytes):
        yield Scrape(
            source=f"{printable(path)}#{number}",
            path=path,
            digest=jsonl.digest(line),
            number=number,
            offset=offset,
            length=len(line),
            line=b"" if here and packing is None else line,
            form="line",
        )


def _enveloped(path: str, form: Form, reading: Reading) -> Iterator[Scrape]:
    try:
        with open(path, "rb") as file:
            for suffix, number, envelope in envelopes_in(file, path, form, reading):
                yield _sealed(f"{printable(path)}{suffix}", path, number, envelope)
    except (PageError, OSError) as error:
        yield _sealed(printable(path), path, 0, broken(error))


def _sealed(source: str, path: str, number: int, envelope: Envelope) -> Scrape:
    return Scrape(
        source=source,
        path=path,
        digest=envelope.digest,
        number=number,
        length=len(envelope.content),
        form="envelope",
        envelope=envelope,
    )


def _remote_scrapes(url: str, reading: Reading, avoid: list[str]) -> Iterator[Scrape]:
    try:
        files = remote.remote_files(url, wanted=is_wanted, avoid=filter(remote.is_url, avoid))
        for batch in remote.batches(files, lambda file: is_records(file.url)):
            if is_records(batch[0].url):
                yield from _remote_records(batch[0].url, reading)
            else:
                yield from _remote_pages(batch, reading)
    except OSError as error:
        yield _sealed(url, url, 0, broken(error))


def _remote_records(url: str, reading: Reading) -> Iterator[Scrape]:
    form = form_of(url)
    try:
        with remote.told(url), remote.open_remote(url) as file:
            if form == "lines":
                yield from _records(file, url, reading, here=False)
            elif form is not None:
                for suffix, number, envelope in envelopes_in(file, url, form, reading):
                    yield _sealed(f"{url}{suffix}", url, number, envelope)
    except (PageError, OSError) as error:
        yield _sealed(url, url, 0, broken(error))


def _remote_pages(files: list[remote.RemoteFile], reading: Reading) -> Iterator[Scrape]:
    """Pages that lie elsewhere, fetched together; one that is too large is not fetched."""
    fetched = [file for file in files if file.size <= reading.page_bytes]
    found = remote.read_together(fetched) if fetched else {}
    for file in files:
        yield _sealed(file.url, file.url, 0, _remote_page(file.url, found.get(file.url), reading))


def _remote_page(url: str, data: bytes | Exception | None, reading: Reading) -> Envelope:
    if isinstance(data, Exception):
        return broken(data if isinstance(data, OSError) else OSError(str(data)))
    try:
        if data is None:
            raise TooLargeError(too_large(reading.page_bytes))
        if packing := packing_of(url):
            ratio = reading.unpack_ratio
            data = unpack(data, packing, page_bytes=reading.page_bytes, ratio=ratio)
    except PageError as error:
        return Envelope(name=url, problem=error)
    return Envelope(content=data, name=url)
