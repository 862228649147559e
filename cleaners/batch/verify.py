"""Every law that can be checked on disk: files, counts, ledger and index against each other.

What is checked of a million documents must not be held in memory; what has to be looked up
again goes into a temporary table of SQLite's, which is on disk.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaners.batch.digests import believed
from cleaners.batch.ledger import Counts, committed, has_index, open_ledger
from cleaners.batch.manifests import manifest_counts
from cleaners.batch.retrying import check_output
from cleaners.batch.rows import Audit, audits_of, problem_of
from cleaners.deduplicating import Location, check
from cleaners.errors import PageError, RunError
from cleaners.reading import find_scrapes
from cleaners.writing.emitted import FOLDERS, Emitted, emitted_of
from cleaners.writing.jsonl import Written

_EMITTED = """
CREATE TEMP TABLE emitted (file TEXT, offset INTEGER, bytes INTEGER, id TEXT, filed INTEGER,
                           PRIMARY KEY (file, offset)) WITHOUT ROWID;
CREATE INDEX temp.emitted_id ON emitted (id);
CREATE TEMP TABLE redundant (id TEXT, duplicate_of TEXT, PRIMARY KEY (id, duplicate_of))
                  WITHOUT ROWID;
CREATE TEMP TABLE told (run TEXT, source TEXT, PRIMARY KEY (run, source)) WITHOUT ROWID;
-- Files that cannot be compared, so that what they would have held is not missed one by one.
CREATE TEMP TABLE damaged (file TEXT PRIMARY KEY, run TEXT, outcome TEXT) WITHOUT ROWID;
"""


def verify(out: Path, *, inputs: bool = False) -> Iterator[str]:
    """What is wrong in an output folder, a line each; nothing if all is well.

    With `inputs`, the files that a run would not read, because they seem unchanged, are read and
    compared, too.  The caller holds the lock.  Raises `UsageError` if `out` is no output folder.
    """
    check_output(out)
    emitted = emitted_of(out)
    with open_ledger(out) as ledger:
        ledger.executescript(_EMITTED)
        runs = [row[0] for row in ledger.execute("SELECT DISTINCT run FROM shards ORDER BY run")]
        known: set[str] = set()
        for run in runs:
            shards = committed(ledger, run)
            for shard, (counts, files) in shards.items():
                known.update(file.path for file in files)
                yield from _check_shard(ledger, emitted, f"{run}-{shard}", counts, files)
            yield from _check_manifest(out, run, shards)
        yield from _check_strays(out, emitted, set(runs), known)
        yield from _check_ledger(ledger)
        yield from _check_duplicates(ledger)
        yield from _check_index(ledger, out)
        if inputs:
            yield from _check_inputs(ledger)


def _check_shard(
    ledger: sqlite3.Connection, emitted: Emitted, name: str, counts: Counts, files: list[Written]
) -> Iterator[str]:
    """Files as they were written; lines as many as were counted; removals as documents tell."""
    found = _Found()
    for file in sorted(files, key=lambda file: FOLDERS.index(_folder(file.path))):
        folder = _folder(file.path)
        if problem := _damage(emitted, file):
            yield f"{file.path}: {problem}"
            found.unread.add(folder)
            note = (file.path, name[:6], folder.removesuffix("s"))
            ledger.execute("INSERT INTO damaged VALUES (?, ?, ?)", note)
            continue
        for number, (offset, length, row) in enumerate(emitted.records(file.path), 1):
            if problem := problem_of(folder, row):
                yield f"{file.path}: row {number}: {problem}"
                continue
            found.add(folder, row)
            _note(ledger, Location(file.path, offset, length), row)
            if folder in ("documents", "duplicates", "failures"):
                yield from _check_source(ledger, file.path, row)
    for problem in found.problems(counts):
        yield f"{name}: {problem}"


@dataclass(slots=True)
class _Found:
    """What the files of a shard hold; `unread`: kinds of output that could not be compared."""

    lines: Counter[str] = field(default_factory=Counter)
    words: int = 0
    audits: dict[str, Audit] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def add(self, folder: str, row: dict[str, Any]) -> None:
        self.lines[folder] += 1
        if folder == "documents":
            self.words += row["words"]
            self.audits.setdefault(row["id"], Audit()).add_document(row)
        elif folder == "removed":
            self.audits.setdefault(row["id"], Audit()).add_removal(row)

    def problems(self, counts: Counts) -> Iterator[str]:
        for folder in ("documents", "duplicates", "failures"):
            expected = getattr(counts, folder)
            if self.lines[folder] != expected and folder not in self.unread:
                yield f"{self.lines[folder]} {folder} in its files, {expected} in the ledger"
        if "documents" in self.unread:
            return
        if self.words != counts.words:
            yield f"{self.words} words in its documents, {counts.words} in the ledger"
        if "removed" not in self.unread:
            yield from audits_of(self.audits)


def _folder(path: str) -> str:
    return path.partition("/")[0]


def _note(ledger: sqlite3.Connection, at: Location, row: dict[str, Any]) -> None:
    """Note where a document stands, and what a duplicate names."""
    if _folder(at.file) == "documents":
        filed = row["cluster_id"] is not None
        line = (at.file, at.offset, at.length, row["id"], filed)
        ledger.execute("INSERT INTO emitted VALUES (?, ?, ?, ?, ?)", line)
    elif _folder(at.file) == "duplicates" and row["folder"] is None:
        pair = (row["id"], row["duplicate_of"])
        ledger.execute("INSERT OR IGNORE INTO redundant VALUES (?, ?)", pair)


def _damage(emitted: Emitted, file: Written) -> str | None:
    try:
        found = emitted.measure(file.path)
    except OSError as error:
        return f"{error.strerror}; restore it from a backup"
    except RunError:  # no rows can be read from it
        found = None
    return None if found == file else "not as it was written; restore it from a backup"


def _check_source(ledger: sqlite3.Connection, path: str, row: dict[str, Any]) -> Iterator[str]:
    """The ledger has it so, or knows of a later time that it was cleaned."""
    run = path.partition("/")[2][:6]
    rows = ledger.execute(
        "SELECT run, outcome, document, content FROM scrapes WHERE source = ?", (row["source"],)
    ).fetchall()
    told = (run, _folder(path).removesuffix("s"), row.get("id"), bytes.fromhex(row["digest"]))
    if told in rows:
        ledger.execute("INSERT OR IGNORE INTO told VALUES (?, ?)", (run, row["source"]))
    elif not any(later > run for later, *_ in rows):
        yield f"{path}: the ledger does not have {row['source']} so"


def _check_manifest(
    out: Path, run: str, shards: dict[str, tuple[Counts, list[Written]]]
) -> Iterator[str]:
    path = out / "runs" / f"{run}.json"
    if (out / ".work" / run).is_dir():
        return  # not finished yet
    try:
        told = json.loads(path.read_bytes())
        counts, files = told["counts"], [Written(**file) for file in told["files"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        remedy = "restore it from a backup"
        if not path.exists():
            remedy += ", or run again: what the ledger knows of the run is then written there"
        yield f"runs/{run}.json: cannot be read ({error}); {remedy}"
        return
    skipped = counts.get("skipped", 0)
    expected = sum((counts for counts, _ in shards.values()), Counts(skipped=skipped))
    if counts != manifest_counts(expected, counts.get("outdated", 0)):
        yield f"runs/{run}.json: its counts are not the sums of its shards"
    if files != [file for _, written in shards.values() for file in written]:
        yield f"runs/{run}.json: lists other files than the ledger"


def _check_strays(out: Path, emitted: Emitted, runs: set[str], known: set[str]) -> Iterator[str]:
    for path in sorted((out / "runs").glob("*.json")):
        if path.stem not in runs:
            yield f"runs/{path.name}: a run that the ledger does not know"
    for folder in FOLDERS:
        for name in emitted.names(folder):
            run = name.partition("/")[2][:6]
            if name not in known and not (out / ".work" / run).is_dir():
                yield f"{name}: a file that the ledger does not know"


def _check_ledger(ledger: sqlite3.Connection) -> Iterator[str]:
    rows = ledger.execute(
        "SELECT s.source, outcome, s.run FROM scrapes s LEFT JOIN told t"
        " ON t.run = s.run AND t.source = s.source WHERE t.source IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM damaged d WHERE d.run = s.run AND d.outcome = s.outcome)"
        " ORDER BY s.run, s.source"
    )
    for source, outcome, run in rows:
        yield f"run {run}: the ledger has a {outcome} of {source}; the output has none"


def _check_duplicates(ledger: sqlite3.Connection) -> Iterator[str]:
    rows = ledger.execute(
        "SELECT r.id, duplicate_of FROM redundant r LEFT JOIN emitted e ON e.id = r.duplicate_of"
        " WHERE e.id IS NULL AND NOT EXISTS (SELECT 1 FROM damaged WHERE outcome = 'document')"
        " ORDER BY r.id"
    )
    for document, partner in rows:
        yield f"{document} is called a duplicate of {partner}, which was never emitted"


def _check_index(ledger: sqlite3.Connection, out: Path) -> Iterator[str]:
    """The index against itself, and against the emitted lines in both directions."""
    if not has_index(ledger):
        for (line,) in ledger.execute("PRAGMA quick_check"):
            if line != "ok":
                yield f"SQLite: {line}"
        return
    remedy = f"run `winnow index rebuild {out}`"
    for problem in check(ledger):
        yield f"index: {problem}; {remedy}"
    misplaced = ledger.execute(
        "SELECT d.id, f.name FROM index_places p JOIN index_documents d USING (number)"
        " JOIN index_files f ON f.number = p.file LEFT JOIN emitted e ON e.file = f.name"
        " AND e.offset = p.offset AND e.bytes = p.bytes AND e.id = d.id WHERE e.id IS NULL"
        " AND f.name NOT IN (SELECT file FROM damaged)"
    )
    for document, name in misplaced:
        yield f"index: {document} is not where it should be in {name}; {remedy}"
    unknown = ledger.execute(
        "SELECT e.id, e.file FROM emitted e WHERE filed"
        " AND e.id NOT IN (SELECT id FROM index_documents)"
    )
    for document, name in unknown:
        yield f"index: {document} of {name} is not in it; {remedy}"


def _check_inputs(ledger: sqlite3.Connection) -> Iterator[str]:
    for path, digest in believed(ledger):
        try:
            (scrape,) = find_scrapes([path], page_bytes=0)
        except (PageError, ValueError):
            continue
        if scrape.digest != digest:
            yield f"{path}: changed, though its times did not; clean it with --again"
