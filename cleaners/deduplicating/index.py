"""The duplicate index: which of these documents are known already, and as what?

Clusters are stars.  The first document of a cluster is its center; a document joins when it was
compared with the center itself, so nothing is ever chained.  Only centers are filed under all of
their keys; every document is filed under its digest.  Which document of a cluster is kept is
another matter, decided by the policy.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cleaners.deduplicating import store
from cleaners.deduplicating.batches import Batch, Lookup, ReadyTexts, Source
from cleaners.deduplicating.candidates import MAX_FILED, count_filed, ranks
from cleaners.deduplicating.judging import judge
from cleaners.deduplicating.records import Entry, FetchText, Location, Verdict
from cleaners.deduplicating.repeats import count_paragraphs
from cleaners.deduplicating.signatures import Sketches
from cleaners.deduplicating.store import Known
from cleaners.settings import Duplicates


class DuplicateIndex:
    """Looks up and adds documents, in the caller's transaction.

    One writer at a time.  Raises `IndexMismatchError` for tables made with other parameters, and
    whatever `fetch_text` raises.  `against` are indexes of earlier outputs: they are looked into
    and never written.  `compared` counts the pairs of texts that were compared so far.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        settings: Duplicates,
        fetch_text: FetchText,
        against: Sequence[Source] = (),
    ) -> None:
        store.make_tables(connection, settings.shingle_tokens)
        sources = (Source(connection, fetch_text), *against)
        for source in sources:
            store.check_parameters(source.connection, settings.shingle_tokens, source.folder)
        self._lookups = [Lookup(source) for source in sources]
        self._connection = connection
        self._settings = settings
        self._next = store.next_number(connection)
        self.compared = 0
        self._numbers: dict[str, list[int]] = {}  # of the last batch's documents, by id
        self._ready = ReadyTexts()

    def add(self, entries: Sequence[Entry], sketches: Sketches) -> list[Verdict]:
        """Judge the entries in their order, and remember them.

        `sketches` has one row an entry, made from the same text.
        """
        if len(entries) != len(sketches):
            raise ValueError(f"{len(entries)} entries, but {len(sketches)} sketches")
        batch = Batch(entries, sketches, self._next, self._settings, self._lookups)
        batch.find(self._ready)
        judgement = judge(batch)
        self._write(batch, judgement.judged, judgement.kept)
        self.compared += batch.compared
        return judgement.verdicts

    def restore(
        self,
        entries: Sequence[Entry],
        sketches: Sketches,
        verdicts: Sequence[Verdict],
        centers: Mapping[str, int],
    ) -> dict[str, int]:
        """Remember documents with verdicts of old, without judging anew; see `rebuild`.

        `centers` has the numbers of clusters' centers restored before; returns the batch's own.
        """
        batch = Batch(entries, sketches, self._next, self._settings, self._lookups)
        batch.file()
        found: dict[str, int] = {}
        judged: dict[int, tuple[Known, Verdict]] = {}
        kept: dict[int, int] = {}
        for place, verdict in enumerate(verdicts):
            if not sketches.counts[place]:
                continue
            known = batch.describe(place)
            cluster = verdict.cluster_id or known.id
            center = found.get(cluster) or centers.get(cluster) or known.number
            if center == known.number:
                found[cluster] = center
            else:
                known = replace(known, center=center)
                kept[center] = known.number
            judged[place] = (known, verdict)
        self._write(batch, judged, kept)
        return found

    def place(self, locations: Mapping[str, Location]) -> None:
        """Note where documents of the last `add` were written; blank ones are passed over."""
        known = {
            number: location
            for name, location in locations.items()
            for number in self._numbers.get(name, ())
        }
        store.add_places(self._connection, known)

    def _write(
        self, batch: Batch, judged: Mapping[int, tuple[Known, Verdict]], kept: Mapping[int, int]
    ) -> None:
        signatures = batch.sketches.signatures
        store.add_documents(
            self._connection,
            (
                (batch.entries[place], known, verdict, signatures[place].tobytes())
                for place, (known, verdict) in judged.items()
            ),
        )
        store.set_kept(self._connection, kept)
        centers = [place for place, (known, _) in judged.items() if known.center == known.number]
        filing = batch.filing.of(anything=centers, digest=list(judged))
        filed, _ = batch.filed[0]
        room = count_filed(filing.keys, filed) + ranks(filing.keys) < MAX_FILED
        self._lookups[0].postings.add(filing.keys[room], filing.owners[room] + batch.base)
        if self._settings.repeats:
            count_paragraphs(self._connection, [batch.entries[place] for place in centers])
        self._lookups[0].sizes.add(batch.base, batch.sizes)
        self._numbers = defaultdict(list)
        for known, verdict in judged.values():
            # A page seen twice has one id: what is a duplicate of itself was not written.
            if verdict.duplicate_of != known.id:
                self._numbers[known.id].append(known.number)
        self._next += len(batch.entries)
