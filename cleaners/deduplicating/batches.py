"""One batch of documents and what they are to be compared with: candidates, found and read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cleaners.deduplicating import store
from cleaners.deduplicating.candidates import (
    MAX_FILED,
    Pairs,
    count_filed,
    pair_with_known,
    pair_within,
    promise,
    ranks,
)
from cleaners.deduplicating.comparing import Likeness, Prepared, compare, prepare, share_numbers
from cleaners.deduplicating.keys import (
    SAMPLE,
    Filing,
    file_bands,
    file_names,
    file_samples,
    kind_of,
)
from cleaners.deduplicating.postings import Keys, Numbers, Postings
from cleaners.deduplicating.records import Entry, FetchText
from cleaners.deduplicating.signatures import Sketches
from cleaners.deduplicating.sizes import KnownSizes, Sizes, sizes_of
from cleaners.deduplicating.store import Known
from cleaners.settings import Duplicates

MIN_SAMPLES: Final = 8
"""A document with fewer sampled hashes to be found by is filed under its bands, too."""
MAX_COMPARED: Final = 16
"""A document is compared with at most this many candidates, the most promising first."""
_ROOM: Final = 8_000_000
"""Bytes of texts, and of their shingles, that are kept between batches."""
_MAX_ESTIMATED: Final = 128  # candidates of which the signatures are looked at, if need be

Name: TypeAlias = tuple[int, int]
"""Which source (0 is the index being written), and the number of a document in it."""


@dataclass(frozen=True, slots=True)
class Source:
    """An index to look into, and how to read the texts it knows.

    `folder` names an earlier output in verdicts; the index being written has none.  `last` is the
    number of the last document that counts: what an earlier output learned after a run was
    planned does not change that run.
    """

    connection: sqlite3.Connection
    fetch_text: FetchText
    folder: str | None = None
    last: int | None = None

    def find_documents(self, numbers: Sequence[int]) -> dict[int, Known]:
        """Documents as they were when `last` was."""
        found = store.find_documents(self.connection, numbers)
        if self.last is None:
            return found
        last = self.last
        return {
            number: replace(known, kept=store.find_kept(self.connection, number, last))
            if known.kept is not None and known.kept > last
            else known
            for number, known in found.items()
        }


class Lookup:
    """A source and what is held in memory of it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.postings = Postings(source.connection)
        self.sizes = KnownSizes(source.connection)

    def find(self, keys: Keys) -> tuple[Keys, Numbers]:
        """As `Postings.find`, without documents that do not count."""
        found, numbers = self.postings.find(keys)
        if self.source.last is None:
            return found, numbers
        counts = numbers <= self.source.last
        return found[counts], numbers[counts]


class ReadyTexts:
    """Texts that were made ready for comparison, kept between batches while there is room.

    Those asked for longest ago go first.  Which are kept changes nothing but the time it takes.
    """

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._texts: dict[Name, Prepared] = {}

    def take(self, names: Iterable[Name]) -> dict[Name, Prepared]:
        """Those of the names that are here."""
        found = {name: self._texts.pop(name) for name in names if name in self._texts}
        self._texts |= found  # behind all others
        return found

    def put(self, texts: Mapping[Name, Prepared]) -> None:
        fresh = {name: text for name, text in texts.items() if name not in self._texts}
        self._texts |= fresh
        self._room -= sum(text.size for text in fresh.values())
        while self._room < 0:
            self._room += self._texts.pop(next(iter(self._texts))).size


class Batch:
    """The documents of one `DuplicateIndex.add`, numbered from `base`.

    `filing` holds their keys, `filed[s]` which documents source `s` has under the same keys,
    `sizes` those of the batch's documents.  A document of the batch is unknown until `note`.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        sketches: Sketches,
        base: int,
        settings: Duplicates,
        lookups: Sequence[Lookup],
    ) -> None:
        self.entries = entries
        self.sketches = sketches
        self.base = base
        self.settings = settings
        self.sources = [lookup.source for lookup in lookups]
        self._lookups = lookups
        self.filing = Filing(np.zeros(0, np.uint64), np.zeros(0, np.int64))
        self._useful = np.ones(len(entries))
        self.sizes = sizes_of(sketches)
        self._ends = sketches.ends()
        self.filed = [(self.filing.keys, self.filing.owners) for _ in lookups]
        self.compared = 0  # pairs of texts
        self._known: dict[Name, Known] = {}
        self._prepared: dict[Name, Prepared] = {}
        self._candidates: list[list[tuple[float, Name]]] = [[] for _ in entries]

    def find(self, ready: ReadyTexts) -> None:
        """Find and read what the documents are to be compared with.

        `ready` are texts read for earlier batches; those read for this one are added to it.
        """
        self.file()
        for source, (keys, numbers) in enumerate(self.filed):
            self._consider_known(source, pair_with_known(self.filing, keys, numbers))
        self._consider_own(pair_within(self.filing))
        self._prepare(ready)

    def file(self) -> None:
        """Make the documents' keys, and look up what is filed under them.

        Bands are for documents that have too few sampled hashes to be found by: short ones, and
        those whose samples are nearly all of a template.
        """
        self._file(file_names(self.sketches, [entry.url for entry in self.entries]))
        self._file(file_samples(self.sketches))
        common = count_filed(self.filing.keys, self.filed[0][0])
        common += count_filed(self.filing.keys, self.filing.keys)
        wearable = (kind_of(self.filing.keys) == SAMPLE) & (common <= MAX_FILED)
        usable = np.bincount(self.filing.owners[wearable], minlength=len(self.entries))
        self._useful = usable / np.maximum(self.sizes.samples, 1)
        thin = (usable < MIN_SAMPLES) & (self.sketches.counts > 0)
        self._file(file_bands(self.sketches, np.flatnonzero(thin)))

    def _file(self, filing: Filing) -> None:
        """Add keys to the documents, and what every source has filed under them."""
        # In order, all that is looked for later is found two to three times as fast.
        order = np.argsort(filing.keys, kind="stable")
        ordered = Filing(filing.keys[order], filing.owners[order])
        self.filing += ordered
        keys = ordered.keys[ranks(ordered.keys) == 0]
        for source, lookup in enumerate(self._lookups):
            found, numbers = lookup.find(keys)
            before = self.filed[source]
            self.filed[source] = (
                np.concatenate([before[0], found]),
                np.concatenate([before[1], numbers]),
            )

    def _consider_known(self, source: int, pairs: Pairs) -> None:
        self._consider(source, pairs, self._lookups[source].sizes.of(pairs.numbers))
        found = {name for some in self._candidates for _, name in some if name[0] == source}
        numbers = sorted(number for _, number in found)
        documents = self.sources[source].find_documents(numbers)
        if len(documents) != len(numbers):
            raise store.IndexMismatchError(
                "the duplicate index files documents that it does not have: "
                "run `winnow index rebuild DIR` on the output folder"
            )
        self._known |= {(source, number): known for number, known in documents.items()}

    def _consider_own(self, pairs: Pairs) -> None:
        numbered = replace(pairs, numbers=pairs.numbers + self.base)
        self._consider(0, numbered, self.sizes.of(pairs.numbers))

    def _consider(self, source: int, pairs: Pairs, theirs: Sizes) -> None:
        # Copies at the threshold have at least this containment, whatever their lengths.
        of_copies = 2 * self.settings.threshold / (1 + self.settings.threshold)
        promises = promise(
            pairs,
            (self.sizes.of(pairs.owners), theirs),
            self._useful[pairs.owners],
            least=min(self.settings.containment, of_copies),
        )
        for row in np.flatnonzero(promises).tolist():
            name = (source, int(pairs.numbers[row]))
            self._candidates[pairs.owners[row]].append((-float(promises[row]), name))

    def _prepare(self, ready: ReadyTexts) -> None:
        """Make ready all texts that take part in a comparison, many at once."""
        wanted: dict[Name, None] = {}
        self._cut_down()
        for place, candidates in enumerate(self._candidates):
            # The same text is a copy without being compared; most copies are of that kind.
            if not candidates or any(self._is_same(place, name) for _, name in candidates):
                continue
            wanted[0, self.base + place] = None
            wanted |= dict.fromkeys(name for _, name in candidates if self._may_be_center(name))
        self._prepared = ready.take(wanted)
        unready = [name for name in wanted if name not in self._prepared]
        missing = [name for name in unready if not self._is_own(name)]
        read = prepare([self._text(name) for name in missing], self.settings.shingle_tokens)
        self._prepared |= zip(missing, read, strict=True)
        # The batch's own are not kept: most are copies, which nothing is compared with later.
        ready.put(self._prepared)
        self._prepared |= {name: self._own(name) for name in unready if self._is_own(name)}

    def _cut_down(self) -> None:
        """Leave the most promising candidates; where there are too many, signatures decide."""
        crowds: dict[int, list[Name]] = {}
        for place, candidates in enumerate(self._candidates):
            candidates.sort()
            del candidates[_MAX_ESTIMATED:]
            if len(candidates) > MAX_COMPARED:
                crowds[place] = [name for _, name in candidates]
        signatures = self._signatures({name for names in crowds.values() for name in names})
        for place, names in crowds.items():
            known = np.stack([signatures[name] for name in names])
            unlike = np.mean(known != self.sketches.signatures[place], axis=1).tolist()
            self._candidates[place] = sorted(zip(unlike, names, strict=True))[:MAX_COMPARED]

    def _signatures(self, names: set[Name]) -> dict[Name, NDArray[np.uint32]]:
        found: dict[Name, NDArray[np.uint32]] = {}
        for number, source in enumerate(self.sources):
            older = sorted(n for s, n in names if s == number and (s or n < self.base))
            known = store.find_signatures(source.connection, older)
            found |= {(number, n): np.frombuffer(data, np.uint32) for n, data in known.items()}
        own = (n for s, n in names if s == 0 and n >= self.base)
        return found | {(0, n): self.sketches.signatures[n - self.base] for n in own}

    def _is_same(self, place: int, name: Name) -> bool:
        """Whether a candidate has the very text of a document; what is needed all the same of it
        or of other candidates is made ready when it is asked for.
        """
        known = self._known.get(name)
        digests = self.sketches.digests
        if known is None:
            theirs: bytes = digests[name[1] - self.base].tobytes()
        else:
            theirs = known.digest
        own: bytes = digests[place].tobytes()
        return theirs == own

    def _may_be_center(self, name: Name) -> bool:
        known = self._known.get(name)  # the batch's own documents are not yet known
        return known is None or known.center == known.number

    def _text(self, name: Name) -> str:
        known = self.get(name)
        if known.location is None:
            raise store.IndexMismatchError(
                f"the duplicate index does not say where document {known.id} was written: "
                "run `winnow index rebuild DIR` on the output folder"
            )
        return self.sources[name[0]].fetch_text(known.location)

    def _is_own(self, name: Name) -> bool:
        return name[0] == 0 and name[1] >= self.base

    def _own(self, name: Name) -> Prepared:
        """A document of the batch: its sketch has its shingles."""
        place = name[1] - self.base
        # A copy, since a view would hold the whole batch in memory.
        hashes = self.sketches.hashes[self._ends[place] : self._ends[place + 1]].copy()
        return Prepared(self.entries[place].text, hashes)

    def describe(self, place: int) -> Known:
        """A document of the batch as the index will know it, if it stands alone."""
        entry, number = self.entries[place], self.base + place
        return Known(
            number=number,
            id=entry.id,
            length=len(entry.text),
            confidence=entry.confidence,
            shingles=int(self.sketches.counts[place]),
            samples=int(self.sizes.samples[place]),
            digest=self.sketches.digests[place].tobytes(),
            center=number,
            kept=None,
        )

    def note(self, known: Known) -> None:
        """Make a document of the batch, or a change of an older one, known to later ones."""
        self._known[0, known.number] = known

    def get(self, name: Name) -> Known:
        source, number = name
        if name not in self._known:
            found = self.sources[source].find_documents([number])
            if not found:
                raise store.IndexMismatchError(
                    f"the duplicate index lacks document number {number}: "
                    "run `winnow index rebuild DIR` on the output folder"
                )
            self._known |= {(source, number): known for number, known in found.items()}
        return self._known[name]

    def candidates(self, place: int) -> list[Name]:
        """Known documents that this one may resemble, oldest first."""
        return sorted(name for _, name in self._candidates[place] if name in self._known)

    def compare(self, place: int, name: Name) -> Likeness:
        self.compared += 1
        return compare(self._ready((0, self.base + place)), self._ready(name))

    def share_numbers(self, place: int, name: Name) -> float:
        return share_numbers(self.entries[place].text, self._ready(name).text)

    def _ready(self, name: Name) -> Prepared:
        if name not in self._prepared:
            if self._is_own(name):
                self._prepared[name] = self._own(name)
            else:
                [self._prepared[name]] = prepare([self._text(name)], self.settings.shingle_tokens)
        return self._prepared[name]
