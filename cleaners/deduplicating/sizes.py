"""How long the known documents are, held in memory: it tells which candidates are worth reading."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaners.deduplicating.postings import Numbers

TABLE: Final = """
CREATE TABLE IF NOT EXISTS index_sizes (
    first INTEGER PRIMARY KEY,  -- number of the first document that the row is about
    sizes BLOB NOT NULL         -- two 32-bit numbers a document
)
"""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many distinct shingles texts have, and how many of them are sampled."""

    counts: NDArray[np.uint32]
    samples: NDArray[np.uint32]

    def of(self, rows: Numbers) -> Sizes:
        return Sizes(self.counts[rows], self.samples[rows])


class KnownSizes:
    """Sizes by documents' numbers, 8 bytes a document; `add` writes through to the database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows = np.zeros((1024, 2), np.uint32)
        for first, data in connection.execute("SELECT first, sizes FROM index_sizes"):
            self._put(first, np.frombuffer(data, np.uint32).reshape(-1, 2))

    def of(self, numbers: Numbers) -> Sizes:
        rows = self._rows[numbers]
        return Sizes(rows[:, 0], rows[:, 1])

    def add(self, first: int, sizes: Sizes) -> None:
        """Note the sizes of the documents numbered from `first`."""
        rows = np.stack([sizes.counts, sizes.samples], axis=1)
        self._put(first, rows)
        self._connection.execute("INSERT INTO index_sizes VALUES (?, ?)", (first, rows.tobytes()))

    def _put(self, first: int, rows: NDArray[np.uint32]) -> None:
        if first + len(rows) > len(self._rows):
            grown = np.zeros((2 * (first + len(rows)), 2), np.uint32)
            grown[: len(self._rows)] = self._rows
            self._rows = grown
        self._rows[first : first + len(rows)] = rows
