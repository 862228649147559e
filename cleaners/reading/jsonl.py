"""JSON lines: one record a line, with `url`, `html` or `text`, and maybe `fetched_at`.

Or with what the settings call these; a dot leads into an object, as in `metadata.sourceURL`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import xxhash

from cleaners import quick_json
from cleaners.characters import tidy, tidy_encoded
from cleaners.errors import ChangedError, EmptyError, MalformedError
from cleaners.formats import Columns
from cleaners.records import Media, Page

_BOM = b"\xef\xbb\xbf"
_NAMED: Final = 10
"""Keys of a record that a message lists."""


@dataclass(frozen=True, slots=True)
class _Record:
    """What a line says of its page: content in UTF-8 beside its text, and where it is from."""

    media: Media
    content: str
    data: bytes
    url: str | None
    fetched_at: str | float | None

    @property
    def digest(self) -> str:
        digest = xxhash.xxh3_128(json.dumps([self.url, self.media]).encode())
        digest.update(self.data)
        return digest.hexdigest()


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


def digest(line: bytes, columns: Columns) -> str:
    """The xxh3-128, in hex, of a record's url and content; of the whole line if it is broken.

    So a page scraped again without a change is the same scrape, whatever else its record says.
    """
    try:
        return _record(line, columns).digest
    except MalformedError:
        return xxhash.xxh3_128_hexdigest(line)


def page(line: bytes, columns: Columns, *, source: str, number: int, planned: str) -> Page:
    """A record's page; `planned` is the digest that it had when it was listed.

    Raises `ChangedError` if that is not its digest, `MalformedError` for a line that is no such
    record, `EmptyError` for a record whose content is blank.
    """
    try:
        record = _record(line, columns, number)
    except MalformedError:
        _check_digest(xxhash.xxh3_128_hexdigest(line), planned)
        raise
    _check_digest(record.digest, planned)
    if not record.data or record.content.isspace():
        name = columns.html if record.media == "html" else columns.text
        raise EmptyError(f"line {number}: `{name}` is empty")
    return Page(
        text=tidy_encoded(record.content, record.data),
        media=record.media,
        url=tidy(record.url) if record.url else None,
        source=source,
        fetched_at=None if record.fetched_at is None else tidy(str(record.fetched_at)),
    )


def _check_digest(found: str, planned: str) -> None:
    if found != planned:
        raise ChangedError("the file changed while the run went on; run again to clean it")


def _record(line: bytes, columns: Columns, number: int = 0) -> _Record:
    try:
        said = _parse(line)
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"line {number}: not valid JSON: {_wrong(error)}") from error
    if not isinstance(said, dict):
        raise MalformedError(f"line {number}: a record must be a JSON object")

    def text_of(name: str) -> str | None:
        value = _value(said, name)
        if isinstance(value, str | None):
            return value
        raise MalformedError(f"line {number}: `{name}` must be a string")

    html, text = text_of(columns.html), text_of(columns.text)
    if html is None and text is None:
        if null := [name for name in (columns.html, columns.text) if name in said]:
            raise MalformedError(f"line {number}: `{'` and `'.join(null)}` is null, not a text")
        raise MalformedError(
            f"line {number}: a record needs `{columns.html}` or `{columns.text}`, this one has "
            f"{', '.join(map(repr, list(said)[:_NAMED])) or 'nothing'}; name it in [columns] or "
            "with --columns"
        )
    fetched_at = _value(said, columns.fetched_at)
    if not isinstance(fetched_at, str | int | float | None):
        raise MalformedError(f"line {number}: `{columns.fetched_at}` must be a string or a number")
    # The markup says more, so it goes first.
    media: Media = "text" if text is not None and not html else "html"
    content = (text if media == "text" else html) or ""
    data = content.encode("utf-8", "surrogatepass")
    return _Record(media, content, data, text_of(columns.url), fetched_at)


def _parse(line: bytes) -> Any:
    try:
        return quick_json.loads(line)
    except quick_json.JSONDecodeError:
        # It takes what some scrapers write, such as lone surrogates and NaN, at half the speed.
        return json.loads(line)


def _wrong(error: ValueError | RecursionError) -> str:
    """What is wrong with a line of JSON; what Python says of the rest is for programmers."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} (character {error.pos + 1})"
    return "nested too deep" if isinstance(error, RecursionError) else "a number is too long"


def _value(said: dict[str, Any], name: str) -> Any:
    """The value of a key, or of one in an object that dots lead to; None where there is none."""
    if name in said:
        return said[name]
    head, dot, rest = name.partition(".")
    inner = said.get(head) if dot else None
    return _value(inner, rest) if isinstance(inner, dict) else None
