"""A scrape: where one page's content lies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Literal, TypeAlias

from cleaners.reading import jsonl
from cleaners.reading.containers import Reading
from cleaners.reading.envelopes import Envelope
from cleaners.reading.unpacking import packing_of, unpacked_stream

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


def printable(path: str) -> str:
    """A path as text that JSON and UTF-8 can carry: undecodable bytes are written in hex."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def sealed(source: str, path: str, number: int, envelope: Envelope) -> Scrape:
    """A scrape that carries its record along."""
    return Scrape(
        source=source,
        path=path,
        digest=envelope.digest,
        number=number,
        length=len(envelope.content),
        form="envelope",
        envelope=envelope,
    )


def records_in(file: BinaryIO, path: str, reading: Reading, *, here: bool) -> Iterator[Scrape]:
    """The lines of an open file; they are carried along if they cannot be read from it later."""
    packing = packing_of(path)
    if packing is not None:
        file = unpacked_stream(file, packing, ratio=reading.unpack_ratio)
    for number, offset, line in jsonl.lines(file, limit=reading.page_bytes):
        yield Scrape(
            source=f"{printable(path)}#{number}",
            path=path,
            digest=jsonl.digest(line, reading.columns),
            number=number,
            offset=offset,
            length=len(line),
            line=b"" if here and packing is None else line,
            form="line",
        )
