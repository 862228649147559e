"""The tables of the duplicate index, and nothing but reading and writing them.

`index_meta`       what the index was made with; another value of any of them makes it useless
`index_files`      names of part files, so that a document's row holds a number
`index_documents`  every document that was looked at and is not blank, kept or not
`index_places`     where those that were kept were written
`index_segments`   under which keys documents are filed
`index_sizes`      what a batch's documents count, to be held in memory
`index_paragraphs` how many stories have a long paragraph, where that is counted
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cleaners.deduplicating import postings, repeats, sizes
from cleaners.deduplicating.keys import BANDS, ROWS
from cleaners.deduplicating.records import Entry, Location, Verdict
from cleaners.deduplicating.shingles import NORMALISER
from cleaners.deduplicating.signatures import FRACTION, PERMUTATIONS, SEED, SHORT, SHORT_FRACTION
from cleaners.errors import RunError

LAYOUT: Final = 2
"""Version of the tables below."""

_PARAMETERS: Final = 30_000  # SQLite takes 32,766 in one statement

_TABLES: Final = (
    """
    CREATE TABLE IF NOT EXISTS index_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID
    """,
    """
    CREATE TABLE IF NOT EXISTS index_files (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)
    """,
    """
    CREATE TABLE IF NOT EXISTS index_documents (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        url TEXT,
        site TEXT,
        date TEXT,
        length INTEGER NOT NULL,      -- characters
        confidence REAL NOT NULL,
        shingles INTEGER NOT NULL,    -- distinct ones
        samples INTEGER NOT NULL,     -- of them in the containment sketch
        digest BLOB NOT NULL,
        center INTEGER NOT NULL,      -- around which its cluster stands; often itself
        kept INTEGER,                 -- of a center: which of its cluster is the one to keep
        duplicate_of TEXT,            -- an id, as in the verdict
        supersedes TEXT,              -- an id, as in the verdict
        relation TEXT,
        similarity REAL,
        containment REAL,
        signature BLOB NOT NULL       -- last, so that it is not read with the rest
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS index_places (
        number INTEGER PRIMARY KEY,
        file INTEGER NOT NULL,
        offset INTEGER NOT NULL,
        bytes INTEGER NOT NULL
    )
    """,
    postings.TABLE,
    sizes.TABLE,
    repeats.TABLE,
)


class IndexMismatchError(RunError):
    """The index was made with other parameters, or is damaged; it has to be rebuilt."""


@dataclass(frozen=True, slots=True)
class Known:
    """A document as the index knows it.

    `shingles` counts the distinct ones, `samples` those of them in the containment sketch.
    """

    number: int
    id: str
    length: int
    confidence: float
    shingles: int
    samples: int
    digest: bytes
    center: int
    kept: int | None
    file: str | None = None
    offset: int = 0
    bytes: int = 0

    @property
    def location(self) -> Location | None:
        """Where it was emitted, if it was."""
        return None if self.file is None else Location(self.file, self.offset, self.bytes)


def parameters(width: int) -> dict[str, str]:
    """What two indexes must have in common to hold comparable documents."""
    values = {
        "layout": LAYOUT,
        "normaliser": NORMALISER,
        "shingle_tokens": width,
        "scheme": "affine32",
        "permutations": PERMUTATIONS,
        "seed": SEED,
        "bands": f"{BANDS}x{ROWS}",
        "fraction": f"{FRACTION}, {SHORT_FRACTION} below {SHORT}",
    }
    return {name: str(value) for name, value in values.items()}


def make_tables(connection: sqlite3.Connection, width: int) -> None:
    """Make the tables where they are missing.

    Runs inside the caller's transaction, if there is one, and leaves it open.
    """
    for statement in _TABLES:
        connection.execute(statement)
    if not _found_parameters(connection):
        rows = sorted(parameters(width).items())
        connection.executemany("INSERT INTO index_meta VALUES (?, ?)", rows)


def check_parameters(connection: sqlite3.Connection, width: int, folder: str | None = None) -> None:
    """Refuse tables that were made with other parameters; `folder` names another output's."""
    at = f"{folder}: " if folder else ""
    remedy = f"run `winnow index rebuild {folder or 'DIR'}`"
    remedy += " with these settings" if folder else " on the output folder, with these settings"
    found, wanted = _found_parameters(connection), parameters(width)
    for name in sorted(found.keys() | wanted.keys()):
        if found.get(name) != wanted.get(name):
            raise IndexMismatchError(
                f"{at}the duplicate index was made with {name} = {found.get(name)}, but this "
                f"version and settings need {wanted.get(name)}: {remedy}"
            )


def _found_parameters(connection: sqlite3.Connection) -> dict[str, str]:
    tables = "SELECT 1 FROM sqlite_master WHERE name = 'index_meta'"
    if connection.execute(tables).fetchone() is None:
        return {}
    return dict(connection.execute("SELECT name, value FROM index_meta").fetchall())


def drop_tables(connection: sqlite3.Connection) -> None:
    for name in ("meta", "files", "documents", "places", "segments", "sizes", "paragraphs"):
        connection.execute(f"DROP TABLE IF EXISTS index_{name}")


def next_number(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM index_documents").fetchone()
    return int(row[0])


def find_documents(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, Known]:
    known: dict[int, Known] = {}
    for some in _portions(numbers):
        marks = ",".join("?" * len(some))
        rows = connection.execute(
            "SELECT index_documents.number, id, length, confidence, shingles, samples,"  # noqa: S608
            " digest, center, kept, name, offset, bytes FROM index_documents"
            " LEFT JOIN index_places USING (number)"
            " LEFT JOIN index_files ON index_files.number = file"
            f" WHERE index_documents.number IN ({marks})",
            some,
        )
        known |= {row[0]: Known(*row) for row in rows}
    return known


def find_kept(connection: sqlite3.Connection, center: int, last: int) -> int | None:
    """Which document of a cluster was the one to keep when `last` was the last document.

    Reads the whole table: it is asked only where an earlier output went on with another copy.
    """
    row = connection.execute(
        "SELECT max(number) FROM index_documents"
        " WHERE center = ? AND number <= ? AND supersedes NOT NULL AND number != center",
        (center, last),
    ).fetchone()
    return None if row[0] is None else int(row[0])


def last_document(connection: sqlite3.Connection, last: int | None = None) -> tuple[int, str]:
    """Number and id of the last document, or of the last one up to `last`; 0 without any."""
    row = connection.execute(
        "SELECT number, id FROM index_documents WHERE number <= coalesce(?, number)"
        " ORDER BY number DESC LIMIT 1",
        (last,),
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")


def find_signatures(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for some in _portions(numbers):
        marks = ",".join("?" * len(some))
        rows = connection.execute(
            f"SELECT number, signature FROM index_documents WHERE number IN ({marks})",  # noqa: S608
            some,
        )
        found |= dict(rows.fetchall())
    return found


def add_documents(
    connection: sqlite3.Connection, documents: Iterable[tuple[Entry, Known, Verdict, bytes]]
) -> None:
    """Add documents with their verdicts and signatures."""
    connection.executemany(
        "INSERT INTO index_documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                known.number,
                known.id,
                entry.url,
                entry.site,
                entry.date,
                known.length,
                known.confidence,
                known.shingles,
                known.samples,
                known.digest,
                known.center,
                known.kept,
                verdict.duplicate_of,
                verdict.supersedes,
                verdict.relation,
                verdict.similarity,
                verdict.containment,
                signature,
            )
            for entry, known, verdict, signature in documents
        ),
    )


def add_members(
    connection: sqlite3.Connection, first: int, members: Iterable[tuple[Entry, Verdict, int]]
) -> None:
    """Add duplicates of which only the record is left, numbered from `first`, to their centers."""
    add_documents(
        connection,
        (
            (
                entry,
                Known(
                    number=number,
                    id=entry.id,
                    length=0,
                    confidence=entry.confidence,
                    shingles=0,
                    samples=0,
                    digest=b"",
                    center=center,
                    kept=None,
                ),
                verdict,
                b"",
            )
            for number, (entry, verdict, center) in enumerate(members, first)
        ),
    )


def set_kept(connection: sqlite3.Connection, kept: Mapping[int, int]) -> None:
    connection.executemany(
        "UPDATE index_documents SET kept = ? WHERE number = ?",
        [(number, center) for center, number in kept.items()],
    )


def add_places(connection: sqlite3.Connection, locations: Mapping[int, Location]) -> None:
    files = {}
    for name in sorted({location.file for location in locations.values()}):
        connection.execute("INSERT OR IGNORE INTO index_files (name) VALUES (?)", (name,))
        row = connection.execute("SELECT number FROM index_files WHERE name = ?", (name,))
        files[name] = row.fetchone()[0]
    connection.executemany(
        "INSERT OR REPLACE INTO index_places VALUES (?, ?, ?, ?)",
        [
            (number, files[place.file], place.offset, place.length)
            for number, place in locations.items()
        ],
    )


def _portions(values: Sequence[int]) -> Iterator[Sequence[int]]:
    return (values[at : at + _PARAMETERS] for at in range(0, len(values), _PARAMETERS))
