"""Which documents are filed under which key: sorted arrays, in a few growing segments.

A posting is one 64-bit number, a key above a document's number, so that a sorted array of
postings is an index.  A batch becomes a segment; segments of like size are merged (a
log-structured merge tree, O'Neil et al. 1996), so that a posting is written only a few times.
Segments are stored as blobs in the caller's transaction, and held in memory: 8 bytes a posting
there and about 10 here, where the rows of a SQLite tree take 17, and filing one batch in a large
tree writes nearly every page of it.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cleaners.errors import RunError

Keys: TypeAlias = NDArray[np.uint64]
Numbers: TypeAlias = NDArray[np.int64]

KEY_BITS: Final = 36
NUMBER_BITS: Final = 64 - KEY_BITS
MAX_SEGMENT: Final = 1 << 22
"""Postings: bounds what a merge costs in memory, and how long one commit can take."""

TABLE: Final = """
CREATE TABLE IF NOT EXISTS index_segments (
    number INTEGER PRIMARY KEY,
    postings BLOB NOT NULL
)
"""
_PIECE: Final = 1 << 16
"""Of a large segment nothing is copied as a whole but for merging, which takes memory enough."""
_SHIFT: Final = np.uint64(NUMBER_BITS)
_MASK: Final = np.uint64((1 << NUMBER_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Segment:
    """Sorted postings; those whose highest bits are `b` stand at `starts[b]:starts[b + 1]`.

    Keys are hashes and spread evenly, so that this finds a key in one step.
    """

    postings: NDArray[np.uint64]
    starts: NDArray[np.uint32]
    shift: np.uint64

    @classmethod
    def of(cls, postings: NDArray[np.uint64]) -> Segment:
        bits = max(len(postings).bit_length() - 2, 1)
        shift = np.uint64(64 - bits)
        starts = np.full((1 << bits) + 1, len(postings), np.uint32)
        for at in range(0, 1 << bits, _PIECE):
            firsts = np.arange(at, min(at + _PIECE, 1 << bits), dtype=np.uint64) << shift
            starts[at : at + len(firsts)] = np.searchsorted(postings, firsts)
        return cls(postings, starts, shift)

    def find(self, keys: Keys) -> NDArray[np.uint64]:
        """All postings under the keys."""
        bucket = (keys << _SHIFT) >> self.shift
        first = self.starts[bucket].astype(np.int64)
        count = self.starts[bucket + np.uint64(1)] - first
        near = self.postings[spread(first, count)]
        equal: NDArray[np.bool_] = near >> _SHIFT == np.repeat(keys, count)
        return near[equal]


class Postings:
    """The segments of one index, in memory; `add` writes through to the database.

    After the caller has rolled a transaction back, the object is out of step and must be dropped.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        rows = connection.execute("SELECT number, postings FROM index_segments ORDER BY number")
        self._segments = {
            number: Segment.of(np.frombuffer(data, np.uint64)) for number, data in rows
        }

    def __len__(self) -> int:
        return sum(len(segment.postings) for segment in self._segments.values())

    def find(self, keys: Keys) -> tuple[Keys, Numbers]:
        """(key, document's number) for every document filed under one of the keys.

        Keys must be distinct, and are best sorted.
        """
        found = [segment.find(keys) for segment in self._segments.values()]
        postings = np.concatenate([np.zeros(0, np.uint64), *found])
        return split(postings)

    def add(self, keys: Keys, numbers: Numbers) -> None:
        """File document `numbers[i]` under `keys[i]`."""
        if not len(keys):
            return
        if int(numbers.max()) > int(_MASK):
            raise RunError(
                f"the duplicate index is full at {int(_MASK):,} documents: write to another "
                "folder, and name this one with --against"
            )
        fresh = (keys << _SHIFT) | numbers.astype(np.uint64)
        number = max(self._segments, default=0) + 1
        for last in sorted(self._segments, reverse=True):
            size = len(self._segments[last].postings)
            if size > 2 * len(fresh) or size + len(fresh) > MAX_SEGMENT:
                break
            fresh = np.concatenate([self._segments.pop(last).postings, fresh])
            self._connection.execute("DELETE FROM index_segments WHERE number = ?", (last,))
            number = last
        fresh.sort()
        self._segments[number] = Segment.of(fresh)
        self._store(number, fresh)

    def _store(self, number: int, postings: NDArray[np.uint64]) -> None:
        """Write a segment; given as a value, SQLite would copy it twice."""
        row = (number, postings.nbytes)
        self._connection.execute("INSERT INTO index_segments VALUES (?, zeroblob(?))", row)
        with self._connection.blobopen("index_segments", "postings", number) as blob:
            for at in range(0, len(postings), _PIECE):
                blob.write(postings[at : at + _PIECE].data)


def spread(first: Numbers, count: Numbers) -> Numbers:
    """`first[i]`, `first[i] + 1`, ...: `count[i]` numbers for each i."""
    before = np.cumsum(count) - count
    return np.repeat(first - before, count) + np.arange(count.sum())


def split(postings: NDArray[np.uint64]) -> tuple[Keys, Numbers]:
    """The keys and the documents' numbers of postings."""
    return postings >> _SHIFT, (postings & _MASK).astype(np.int64)
