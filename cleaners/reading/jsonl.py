"""JSON lines: one record a line, with `url`, `html` or `text`, and maybe `fetched_at`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import xxhash

from cleaners import quick_json
from cleaners.characters import tidy, tidy_encoded
from cleaners.errors import ChangedError, EmptyError, MalformedError
from cleaners.records import Media, Page

_BOM = b"\xef\xbb\xbf"


def lines(file: BinaryIO, *, limit: int) -> Iterator[tuple[int, int, bytes]]:
    """The records of a file: (number of its line from 1, byte offset, line without its break).

    Blank lines are counted but are no records.  Of a line longer than `limit` bytes only
    `limit + 1` are given, enough to tell that it is too long; the rest is passed over.
    """
    number = offset = 0
    while part := file.readline(limit + 1):
        number += 1
        start, offset = offset, offset + len(part)
        line = part
        while not part.endswith(b"\n") and (part := file.readline(limit + 1)):
            offset += len(part)
        if number == 1 and line.startswith(_BOM):
            start, line = start + len(_BOM), line[len(_BOM) :]
        line = line.rstrip(b"\r\n")
        if line.strip():
            yield number, start, line


def digest(line: bytes) -> str:
    """The xxh3-128, in hex, of a record's url and content; of the whole line if it is broken.

    So a page scraped again without a change is the same scrape, whatever else its record says.
    """
    try:
        record = _record(line)
    except MalformedError:
        return xxhash.xxh3_128_hexdigest(line)
    media, content = _content(record)
    return _digest(record, media, _encoded(content))


def page(line: bytes, *, source: str, number: int, planned: str) -> Page:
    """A record's page; `planned` is the digest that it had when it was listed.

    Raises `ChangedError` if that is not its digest, `MalformedError` for a line that is no such
    record, `EmptyError` for a record whose content is blank.
    """
    try:
        record = _record(line, number)
    except MalformedError:
        _check_digest(xxhash.xxh3_128_hexdigest(line), planned)
        raise
    media, content = _content(record)
    data = _encoded(content)
    _check_digest(_digest(record, media, data), planned)
    if not data or content.isspace():
        raise EmptyError(f"line {number}: `{media}` is empty")
    url, fetched_at = record.get("url"), record.get("fetched_at")
    return Page(
        text=tidy_encoded(content, data),
        media=media,
        url=tidy(url) if url else None,
        source=source,
        fetched_at=None if fetched_at is None else tidy(str(fetched_at)),
    )


def _encoded(content: str) -> bytes:
    return content.encode("utf-8", "surrogatepass")


def _digest(record: dict[str, Any], media: Media, data: bytes) -> str:
    digest = xxhash.xxh3_128(json.dumps([record.get("url"), media]).encode())
    digest.update(data)
    return digest.hexdigest()


def _check_digest(found: str, planned: str) -> None:
    if found != planned:
        raise ChangedError("the file changed while the run went on; run again to clean it")


def _record(line: bytes, number: int = 0) -> dict[str, Any]:
    try:
        record = _parse(line)
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"line {number}: not valid JSON: {error}") from error
    if not isinstance(record, dict):
        raise MalformedError(f"line {number}: a record must be a JSON object")
    _check(record, number)
    return record


def _parse(line: bytes) -> Any:
    try:
        return quick_json.loads(line)
    except quick_json.JSONDecodeError:
        # It takes what some scrapers write, such as lone surrogates and NaN, at half the speed.
        return json.loads(line)


def _check(record: dict[str, Any], number: int) -> None:
    for key in ("html", "text", "url"):
        if not isinstance(record.get(key), str | None):
            raise MalformedError(f"line {number}: `{key}` must be a string")
    if record.get("html") is None and record.get("text") is None:
        raise MalformedError(f"line {number}: a record needs `html` or `text`")
    if not isinstance(record.get("fetched_at"), str | int | float | None):
        raise MalformedError(f"line {number}: `fetched_at` must be a string or a number")


def _content(record: dict[str, Any]) -> tuple[Media, str]:
    """The record's media and content: the markup says more, so it goes first."""
    html: str | None = record.get("html")
    text: str | None = record.get("text")
    return ("text", text) if text is not None and not html else ("html", html or "")
