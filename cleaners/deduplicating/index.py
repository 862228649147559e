"""The duplicate index: which of these documents are known already, and as what?

Clusters are stars.  The first document of a cluster is its center; a document joins when it was
compared with the center itself, so nothing is ever chained.  Only centers are filed under all of
their keys; every document is filed under its digest.  Which document of a cluster is kept is
another matter, decided by the policy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from cleaners.deduplicating import store
from cleaners.deduplicating.batches import Batch, Name, Source
from cleaners.deduplicating.candidates import MAX_FILED, count_filed, ranks
from cleaners.deduplicating.comparing import Prepared
from cleaners.deduplicating.keys import EXACT, Filing, Keys, file_keys, kind_of
from cleaners.deduplicating.records import Entry, FetchText, Location, Verdict
from cleaners.deduplicating.signatures import Sketches
from cleaners.settings import Duplicates

_MAX_PREPARED: Final = 2048  # texts kept ready for comparison between batches


class DuplicateIndex:
    """Looks up and adds documents, in the caller's transaction.

    One writer at a time.  Raises `IndexMismatchError` for tables made with other parameters, and
    whatever `fetch_text` raises.  `against` are indexes of earlier outputs: they are looked into
    and never written.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        settings: Duplicates,
        fetch_text: FetchText,
        against: Sequence[Source] = (),
    ) -> None:
        store.make_tables(connection, settings.shingle_tokens)
        self._settings = settings
        self._connection = connection
        self._sources = (Source(connection, fetch_text), *against)
        for source in self._sources:
            store.check_parameters(source.connection, settings.shingle_tokens)
        self._next = store.next_number(connection)
        self._numbers: dict[str, int] = {}  # of the last batch's documents
        self._prepared: dict[Name, Prepared] = {}

    def add(self, entries: Sequence[Entry], sketches: Sketches) -> list[Verdict]:
        """Judge the entries in their order, and remember them.

        `sketches` has one row an entry, made from the same text.
        """
        if len(entries) != len(sketches):
            raise ValueError(f"{len(entries)} entries, but {len(sketches)} sketches")
        filing = file_keys(sketches, [entry.url for entry in entries])
        batch = Batch(entries, sketches, self._next, self._settings, self._sources)
        filed = batch.find(filing, self._prepared)
        verdicts = [batch.judge(place) for place in range(len(entries))]
        self._write(batch, filing, filed)
        self._numbers = {known.id: known.number for known, _ in batch.judged.values()}
        self._next += len(entries)
        return verdicts

    def place(self, locations: Mapping[str, Location]) -> None:
        """Note where documents of the last `add` were written; blank ones are passed over."""
        known = {
            self._numbers[name]: location
            for name, location in locations.items()
            if name in self._numbers
        }
        store.add_places(self._connection, known)

    def _write(self, batch: Batch, filing: Filing, filed: Keys) -> None:
        store.add_documents(
            self._connection,
            [
                (batch.entries[place], known, verdict)
                for place, (known, verdict) in batch.judged.items()
            ],
        )
        store.set_kept(self._connection, batch.kept)
        roles = np.zeros(len(batch.entries), np.int8)  # 1: any document, 2: a center
        for place, (known, _) in batch.judged.items():
            roles[place] = 2 if known.center == known.number else 1
        wanted = roles[filing.owners] > (kind_of(filing.keys) != EXACT)
        keys, owners = filing.keys[wanted], filing.owners[wanted]
        order = np.lexsort((owners, keys))
        keys, owners = keys[order], owners[order]
        room = count_filed(keys, filed) + ranks(keys) < MAX_FILED
        numbers = owners[room] + batch.base
        store.add_keys(self._connection, zip(keys[room].tolist(), numbers.tolist(), strict=True))
