"""Reading a scrape: from the bytes that lie where it says to a `Page`."""

# Paths stay as they were given: `Path` would rewrite `./page`, and so a source.
# ruff: noqa: PTH123

from __future__ import annotations

from typing import Final

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
from cleaners.reading import envelopes, jsonl
from cleaners.reading.containers import suffix_of
from cleaners.reading.decoding import decode, has_wide_units
from cleaners.reading.envelopes import Envelope
from cleaners.reading.media import binary_format, guess_media
from cleaners.reading.scrape import RATIO, Scrape
from cleaners.reading.unpacking import packing_of, too_large, unpack
from cleaners.records import Media, Page

_COLUMNS: Final = Columns()
_HTML: Final = (".html", ".htm", ".xhtml")


def read_page(
    scrape: Scrape,
    *,
    page_bytes: int,
    unpack_ratio: float = RATIO,
    columns: Columns = _COLUMNS,
) -> Page:
    """Read and decode one scrape; `columns` as it was listed with.

    Raises a subclass of `PageError` that says what is wrong with it.
    """
    if scrape.form == "line":
        if scrape.length > page_bytes:
            raise TooLargeError(f"line {scrape.number}: {too_large(page_bytes)}")
        line = scrape.line or _slice(scrape)
        return jsonl.page(
            line, columns, source=scrape.source, number=scrape.number, planned=scrape.digest
        )
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
    if found := binary_format(data, wide=has_wide_units(data, charset)):
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
