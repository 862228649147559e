"""A duplicate index in memory or in a folder, with the texts that it may ask for."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Self

from cleaners.deduplicating import DuplicateIndex, Entry, Location, Verdict, sketch
from cleaners.settings import Duplicates

_SHARD = 500


class Scratch:
    """Documents are called d0, d1, ... in the order in which they are added."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._texts: list[str] = []
        self._index = DuplicateIndex(
            self._connection, Duplicates(), lambda place: self._texts[place.offset]
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @property
    def compared(self) -> int:
        """Pairs of texts that were compared."""
        return self._index.compared

    def add(self, texts: Sequence[str]) -> list[Verdict]:
        verdicts: list[Verdict] = []
        for at in range(0, len(texts), _SHARD):
            some = texts[at : at + _SHARD]
            first = len(self._texts)
            self._texts += some
            entries = [Entry(f"d{first + n}", text) for n, text in enumerate(some)]
            found = self._index.add(entries, sketch(some))
            places = {
                entry.id: Location("", int(entry.id[1:]), 0)
                for entry, verdict in zip(entries, found, strict=True)
                if verdict.duplicate_of is None
            }
            self._index.place(places)
            verdicts += found
        return verdicts
