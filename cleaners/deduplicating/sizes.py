"""How long the known documents are, held in memory: it tells which candidates are worth reading."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaners.deduplicating.postings import Numbers
from cleaners.deduplicating.signatures import FRACTION, Sketches

TABLE: Final = """
CREATE TABLE IF NOT EXISTS index_sizes (
    first INTEGER PRIMARY KEY,  -- number of the first document that the row is about
    sizes BLOB NOT NULL         -- three 32-bit numbers a document
)
"""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many distinct shingles texts have, and how many of them are sampled.

    `samples` counts a text's own sample, `coarse` what it would be if the text were a long one;
    for a long text they are the same.
    """

    counts: NDArray[np.uint32]
    samples: NDArray[np.uint32]
    coarse: NDArray[np.uint32]

    def of(self, rows: Numbers) -> Sizes:
        return Sizes(self.counts[rows], self.samples[rows], self.coarse[rows])


def sizes_of(sketches: Sketches) -> Sizes:
    ends = sketches.bounds.astype(np.int64)
    coarse = np.concatenate([[0], np.cumsum(sketches.samples % np.uint64(FRACTION) == 0)])
    return Sizes(
        counts=sketches.counts,
        samples=sketches.sampled.astype(np.uint32),
        coarse=(coarse[ends[1:]] - coarse[ends[:-1]]).astype(np.uint32),
    )


class KnownSizes:
    """Sizes by documents' numbers, 12 bytes a document; `add` writes through to the database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows = np.zeros((1024, 3), np.uint32)
        for first, data in connection.execute("SELECT first, sizes FROM index_sizes"):
            self._put(first, np.frombuffer(data, np.uint32).reshape(-1, 3))

    def of(self, numbers: Numbers) -> Sizes:
        rows = self._rows[numbers]
        return Sizes(*rows.T)

    def add(self, first: int, sizes: Sizes) -> None:
        """Note the sizes of the documents numbered from `first`."""
        rows = np.stack([sizes.counts, sizes.samples, sizes.coarse], axis=1)
        self._put(first, rows)
        self._connection.execute("INSERT INTO index_sizes VALUES (?, ?)", (first, rows.tobytes()))

    def _put(self, first: int, rows: NDArray[np.uint32]) -> None:
        if first + len(rows) > len(self._rows):
            grown = np.zeros((2 * (first + len(rows)), 3), np.uint32)
            grown[: len(self._rows)] = self._rows
            self._rows = grown
        self._rows[first : first + len(rows)] = rows
