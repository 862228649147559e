"""Look after the duplicate index: is it sound, and how is it made again from the output?"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

import numpy as np

from cleaners.deduplicating import store
from cleaners.deduplicating.index import DuplicateIndex
from cleaners.deduplicating.keys import exact_keys
from cleaners.deduplicating.postings import Postings, split
from cleaners.deduplicating.records import Entry, FetchText, Location, Verdict
from cleaners.deduplicating.signatures import PERMUTATIONS, sketch
from cleaners.settings import Duplicates

_BATCH: Final = 1000

_Item = TypeVar("_Item")


def check(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the index, a sentence each; nothing when it is sound.

    Looks at the whole of it: a second or two for 100,000 documents.
    """
    found = [row[0] for row in connection.execute("PRAGMA quick_check")]
    problems = [f"SQLite: {line}" for line in found if line != "ok"]
    if problems:
        return problems
    for claim, query in _CLAIMS.items():
        count = connection.execute(query).fetchone()[0]
        if count:
            problems.append(f"{count} {claim}")
    problems += _check_segments(connection)
    # What is filed can only be looked up in segments that are sound.
    return problems or list(_check_documents(connection))


_CLAIMS: Final = {
    "documents belong to a cluster whose center is missing or no center": (
        "SELECT count(*) FROM index_documents d LEFT JOIN index_documents c"
        " ON c.number = d.center WHERE c.number IS NULL OR c.center != c.number"
    ),
    "centers name a kept document that is not of their cluster": (
        "SELECT count(*) FROM index_documents d LEFT JOIN index_documents k ON k.number = d.kept"
        " WHERE d.kept IS NOT NULL AND (k.number IS NULL OR k.center != d.number)"
    ),
    "documents were kept, but the index does not say where they are": (
        "SELECT count(*) FROM index_documents d LEFT JOIN index_places USING (number)"
        " WHERE d.duplicate_of IS NULL AND file IS NULL"
    ),
    "places are of documents or in files that are not known": (
        "SELECT count(*) FROM index_places p LEFT JOIN index_documents USING (number)"
        " LEFT JOIN index_files f ON f.number = p.file WHERE id IS NULL OR name IS NULL"
    ),
}


def _check_segments(connection: sqlite3.Connection) -> Iterator[str]:
    numbers = [row[0] for row in connection.execute("SELECT number FROM index_documents")]
    known = np.array(numbers, np.int64)
    for number, data in connection.execute("SELECT number, postings FROM index_segments"):
        if len(data) % 8:
            yield f"segment {number} is cut off"
            continue
        postings = np.frombuffer(data, np.uint64)
        if np.any(postings[1:] < postings[:-1]):
            yield f"segment {number} is out of order"
        strangers = np.count_nonzero(~np.isin(split(postings)[1], known))
        if strangers:
            yield f"segment {number} files {strangers} documents that are not known"


def _check_documents(connection: sqlite3.Connection) -> Iterator[str]:
    """Each distinct digest must be filed, so that an exact copy is always found."""
    postings = Postings(connection)
    rows = connection.execute("SELECT number, digest, signature FROM index_documents")
    missing = cut = 0
    for some in _batches(rows, _BATCH):
        whole = [row for row in some if row[1]]  # those made again from a duplicate's record: none
        cut += sum(len(row[1]) != 16 or len(row[2]) != 4 * PERMUTATIONS for row in whole)
        digests = np.frombuffer(b"".join(row[1][:8].ljust(8) for row in whole), np.uint64)
        keys = np.unique(exact_keys(digests))
        missing += len(keys) - len(np.unique(postings.find(keys)[0]))
    if cut:
        yield f"{cut} documents have a digest or signature of the wrong size"
    if missing:
        yield f"{missing} digests are not filed"


def rebuild(
    connection: sqlite3.Connection,
    settings: Duplicates,
    documents: Iterable[tuple[Entry, Location, Verdict]],
    duplicates: Iterable[tuple[Entry, Verdict]],
    fetch_text: FetchText,
) -> int:
    """Make the index again from what was emitted; returns how many documents it knows then.

    `documents` are those in the output, in the order in which they were written, with the verdict
    that they carry (at least `cluster_id`, and `supersedes` where it is known); `duplicates` the
    records of those that were not emitted (without texts).  Nothing is judged anew, so clusters
    stay as they are; only an exact copy of a *duplicate* is afterwards found by its likeness
    instead of its digest.  Runs inside the caller's transaction.
    """
    store.drop_tables(connection)
    index = DuplicateIndex(connection, settings, fetch_text)
    centers: dict[str, int] = {}
    for some in _batches(documents, _BATCH):
        entries = [entry for entry, _, _ in some]
        sketches = sketch([entry.text for entry in entries], settings.shingle_tokens)
        centers |= index.restore(entries, sketches, [verdict for _, _, verdict in some], centers)
        index.place({entry.id: location for entry, location, _ in some})
    known = store.next_number(connection)
    rows = [
        (entry, verdict, centers[verdict.cluster_id])
        for entry, verdict in duplicates
        if verdict.cluster_id in centers
    ]
    store.add_members(connection, known, rows)
    row = connection.execute("SELECT count(*) FROM index_documents").fetchone()
    return int(row[0])


def _batches(items: Iterable[_Item], size: int) -> Iterator[Sequence[_Item]]:
    rest = iter(items)
    while some := list(itertools.islice(rest, size)):
        yield some
