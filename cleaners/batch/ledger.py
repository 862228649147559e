"""The ledger: which scrapes are done, which shards are committed.  One SQLite file a folder.

The same connection, and the same transactions, serve the duplicate index.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Literal, TypeAlias

from cleaners.errors import RunError
from cleaners.reading import Scrape
from cleaners.version import __version__
from cleaners.writing.jsonl import Written

Outcome: TypeAlias = Literal["document", "duplicate", "failure"]

NAME = "winnow.sqlite"
_VERSION = 3
_SCHEMA = """
CREATE TABLE IF NOT EXISTS scrapes (
    source TEXT NOT NULL,     -- as the documents name it
    content BLOB NOT NULL,    -- xxh3-128 of the content
    settings TEXT NOT NULL,   -- digest of the settings it was cleaned with
    outcome TEXT NOT NULL,    -- document, duplicate or failure
    document TEXT,            -- id of the document or duplicate
    run TEXT NOT NULL,
    version TEXT,             -- of the Winnow that cleaned it; NULL: older than this column
    PRIMARY KEY (source, content, settings)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shards (
    run TEXT NOT NULL,
    shard TEXT NOT NULL,
    counts TEXT NOT NULL,     -- JSON of Counts
    files TEXT NOT NULL,      -- JSON list of Written
    committed TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (run, shard)
) WITHOUT ROWID;
"""
_FILES = """
CREATE TABLE IF NOT EXISTS files (
    path BLOB PRIMARY KEY,    -- absolute
    status TEXT NOT NULL,     -- inode, size and times when it was read
    content BLOB NOT NULL     -- xxh3-128 of the content
) WITHOUT ROWID;
"""
_WHOLE = """
CREATE TABLE IF NOT EXISTS whole (
    source TEXT PRIMARY KEY   -- a file of many that failed as such, and was read to its end since
) WITHOUT ROWID;
"""
_FROM_1 = "ALTER TABLE scrapes ADD COLUMN version TEXT;"


@dataclass(frozen=True, slots=True)
class Counts:
    """Where the scrapes of a shard or a run ended, and what was taken out of the documents."""

    documents: int = 0
    duplicates: int = 0
    failures: int = 0
    skipped: int = 0
    words: int = 0
    removed: dict[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """All scrapes: each ended in exactly one of the four."""
        return self.documents + self.duplicates + self.failures + self.skipped

    def __add__(self, other: Counts) -> Counts:
        kinds = sorted({*self.removed, *other.removed})
        sums = {
            f.name: getattr(self, f.name) + getattr(other, f.name)
            for f in fields(self)
            if f.name != "removed"
        }
        removed = {kind: self.removed.get(kind, 0) + other.removed.get(kind, 0) for kind in kinds}
        return Counts(**sums, removed=removed)


def ledger_remedy(out: Path) -> str:
    """The remedy for a ledger that is lost or damaged."""
    return f"`winnow index rebuild {out} --ledger` makes it again from the output"


@contextmanager
def open_ledger(out: Path, name: str = NAME) -> Iterator[sqlite3.Connection]:
    """The ledger of an output folder, made if it is missing and there is no output.

    Transactions are begun and ended by hand (`transaction`).  Raises `RunError` if the file is
    damaged, was lost, or was made by another version.
    """
    path = out / name
    if name == NAME and not (path.exists() and path.stat().st_size):
        _check_first(out, path)
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=60)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            _prepare(connection, version, path)
            yield connection
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        raise RunError(f"{path}: {error}; see to that and run the same command again") from error
    except sqlite3.DatabaseError as error:
        raise RunError(f"{path}: {error}; {ledger_remedy(out)}") from error


def _check_first(out: Path, path: Path) -> None:
    """A ledger is begun where there is no output; otherwise all would be emitted once more."""
    if any((out / "runs").glob("*.json")):
        raise RunError(
            f"{path}: it is lost, but there is output of earlier runs; {ledger_remedy(out)}"
        )


def _prepare(connection: sqlite3.Connection, version: int, path: Path) -> None:
    """Make the tables, or bring them up to date, in one transaction."""
    if version == _VERSION:
        return
    if version > _VERSION:
        raise RunError(
            f"{path}: made by a newer version of Winnow (ledger {version}, this one "
            f"reads {_VERSION}); use that version or another output folder"
        )
    tables = {0: _SCHEMA, 1: _FROM_1}.get(version, "") + _FILES + _WHOLE
    connection.executescript(f"BEGIN IMMEDIATE; {tables} PRAGMA user_version = {_VERSION}; COMMIT;")


@contextmanager
def read_ledger(out: Path) -> Iterator[sqlite3.Connection]:
    """The ledger to be read alone, also while a run is writing; raises `RunError` as above."""
    path = out / NAME
    try:
        name = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(name, uri=True, timeout=60)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise RunError(f"{path}: {error}; {ledger_remedy(out)}") from error


def has_index(connection: sqlite3.Connection) -> bool:
    """Whether duplicates were ever looked for."""
    query = "SELECT 1 FROM sqlite_master WHERE name = 'index_documents'"
    return connection.execute(query).fetchone() is not None


def source_finder(connection: sqlite3.Connection) -> Callable[[str], str | None]:
    """Finds the scrape that gave a document or duplicate, by its id.

    Of several with one id, which have their url and text in common, it is the first by name.
    """
    # The ledger is ordered by sources; a table of this connection's own can be asked by ids.
    connection.execute(
        "CREATE TEMP TABLE sources AS SELECT document, min(source) AS source FROM scrapes"
        " WHERE document NOT NULL GROUP BY document"
    )
    connection.execute("CREATE INDEX temp.by_document ON sources (document)")

    def find(document: str) -> str | None:
        query = "SELECT source FROM sources WHERE document = ?"
        row = connection.execute(query, (document,)).fetchone()
        return None if row is None else str(row[0])

    return find


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@dataclass(frozen=True, slots=True)
class Seen:
    """That a scrape was cleaned before; `current`: in the way it would be cleaned now."""

    current: bool


def look_up(connection: sqlite3.Connection, scrape: Scrape, settings: str) -> Seen | None:
    """What the ledger knows of a scrape; `settings` is the digest of those of now."""
    rows = connection.execute(
        "SELECT settings, version FROM scrapes WHERE source = ? AND content = ?",
        (scrape.source, bytes.fromhex(scrape.digest)),
    ).fetchall()
    return Seen(current=(settings, __version__) in rows) if rows else None


_LAST = (
    "SELECT source, outcome, max(run) FROM scrapes WHERE source NOT IN (SELECT source FROM whole)"
)
"""SQLite takes `outcome` from the row that has the maximum.  Mended files do not count."""


def has_failed(connection: sqlite3.Connection, source: str) -> bool:
    """Whether the last that came of this source was a failure, and it is not known to be mended."""
    row = connection.execute(f"{_LAST} AND source = ?", (source,)).fetchone()
    return bool(row[1] == "failure")


def failed_sources(connection: sqlite3.Connection) -> Iterator[str]:
    """The sources of which the last that came was a failure, in order; but for mended files."""
    rows = connection.execute(f"{_LAST} GROUP BY source ORDER BY source")
    return (source for source, outcome, _ in rows if outcome == "failure")


def note_whole(connection: sqlite3.Connection, whole: Iterable[str], broken: Iterable[str]) -> None:
    """Note of files of many which were read to their end now, and which were not.

    The row of its failure stays, as it does in the output; it only is no failure of now any more.
    """
    mended = [(source,) for source in whole if has_failed(connection, source)]
    known = connection.execute("SELECT source FROM whole").fetchall()
    again = [(source,) for source in broken if (source,) in known]
    if not mended and not again:
        return
    with transaction(connection):
        connection.executemany("DELETE FROM whole WHERE source = ?", again)
        connection.executemany("INSERT INTO whole VALUES (?)", mended)


@dataclass(frozen=True, slots=True)
class Done:
    """A line of the ledger."""

    source: str
    digest: str
    outcome: Outcome
    document: str | None


@dataclass(frozen=True, slots=True)
class Shard:
    """What became of a shard: its scrapes one by one, their sums, and the files written."""

    done: list[Done]
    counts: Counts
    files: list[Written]


def record_shard(  # noqa: PLR0913, PLR0917 - a line of the ledger
    connection: sqlite3.Connection,
    run: str,
    name: str,
    settings: str,
    shard: Shard,
    version: str = __version__,
) -> None:
    """Mark a shard and its scrapes as done; to be called inside a transaction."""
    connection.executemany(
        "INSERT OR REPLACE INTO scrapes VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (d.source, bytes.fromhex(d.digest), settings, d.outcome, d.document, run, version)
            for d in shard.done
        ],
    )
    connection.execute(
        "INSERT INTO shards (run, shard, counts, files) VALUES (?, ?, ?, ?)",
        (
            run,
            name,
            json.dumps(asdict(shard.counts)),
            json.dumps([asdict(file) for file in shard.files]),
        ),
    )


def committed(
    connection: sqlite3.Connection, run: str, shard: str | None = None
) -> dict[str, tuple[Counts, list[Written]]]:
    """The committed shards of a run, or one of them: counts and files, in shard order."""
    rows = connection.execute(
        "SELECT shard, counts, files FROM shards"
        " WHERE run = ? AND shard = coalesce(?, shard) ORDER BY shard",
        (run, shard),
    )
    return {
        shard: (Counts(**json.loads(counts)), [Written(**file) for file in json.loads(files)])
        for shard, counts, files in rows
    }


def last_run(connection: sqlite3.Connection) -> int:
    """The number of the last run that committed a shard, 0 if there was none."""
    return int(connection.execute("SELECT coalesce(max(run), 0) FROM shards").fetchone()[0])
