"""Long paragraphs that different stories share: an agency's notice, an "about us".

Counted only when the settings say so.  One story counts once, however often it was copied:
paragraphs are those of documents around which a cluster stands.  What is found is evidence for
the kind `repeat`; nothing is taken out of a text here.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cleaners.deduplicating.records import Entry, FetchText, Location
from cleaners.deduplicating.shingles import shingle_texts
from cleaners.errors import RunError

TABLE: Final = """
CREATE TABLE IF NOT EXISTS index_paragraphs (
    hash INTEGER PRIMARY KEY,  -- of the folded paragraph
    stories INTEGER NOT NULL,
    first TEXT NOT NULL        -- id of the first document that has it
)
"""
MIN_SHINGLES: Final = 25
"""Shorter paragraphs repeat by chance, or are headings."""

_PARAGRAPH: Final = re.compile(r"\S(?:.|\n(?!\s*\n))*")


@dataclass(frozen=True, slots=True)
class Repeat:
    """`text[start:end]` is a paragraph that so many stories have; `first` is the oldest's id."""

    start: int
    end: int
    stories: int
    first: str


def count_paragraphs(connection: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    """Count each long paragraph once for every entry that has it."""
    connection.executemany(
        "INSERT INTO index_paragraphs VALUES (?, 1, ?)"
        " ON CONFLICT (hash) DO UPDATE SET stories = stories + 1",
        [
            (number, entry.id)
            for entry in entries
            for number in dict.fromkeys(number for _, _, number in _paragraphs(entry.text))
        ],
    )


def find_repeats(connection: sqlite3.Connection, text: str, stories: int) -> list[Repeat]:
    """The long paragraphs of a text that at least so many stories have, in reading order."""
    found = []
    for start, end, number in _paragraphs(text):
        row = connection.execute(
            "SELECT stories, first FROM index_paragraphs WHERE hash = ? AND stories >= ?",
            (number, stories),
        ).fetchone()
        if row is not None:
            found.append(Repeat(start, end, *row))
    return found


@dataclass(frozen=True, slots=True)
class Shared:
    """A paragraph that so many stories have, as the oldest of them (`first`) writes it."""

    text: str
    stories: int
    first: str


def list_repeats(
    connection: sqlite3.Connection, fetch_text: FetchText, stories: int
) -> Iterator[Shared]:
    """All long paragraphs that at least so many stories have, the most frequent first.

    Raises `RunError` where nothing was counted because no run was told to.
    """
    if connection.execute("SELECT 1 FROM index_paragraphs LIMIT 1").fetchone() is None:
        raise RunError(
            "no paragraphs were counted: clean into a new folder with `repeats = true` under "
            "[duplicates] in winnow.toml"
        )
    rows = connection.execute(
        "SELECT hash, stories, first, f.name, p.offset, p.bytes FROM index_paragraphs"
        " JOIN index_documents d ON d.id = first AND d.duplicate_of IS NULL"
        " JOIN index_places p USING (number) JOIN index_files f ON f.number = p.file"
        " WHERE stories >= ? GROUP BY hash ORDER BY stories DESC, d.number, hash",
        (stories,),
    )
    for wanted, count, first, *place in rows:
        text = fetch_text(Location(*place))
        for start, end, number in _paragraphs(text):
            if number == wanted:
                yield Shared(text[start:end], count, first)
                break


def _paragraphs(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and hash of each long paragraph."""
    spans = [match.span() for match in _PARAGRAPH.finditer(text)]
    shingled = shingle_texts([text[start:end] for start, end in spans])
    for (start, end), hashes, digest in zip(spans, shingled, shingled.digests, strict=True):
        if len(hashes) >= MIN_SHINGLES:
            yield start, end, int.from_bytes(digest[:8], "little", signed=True)
