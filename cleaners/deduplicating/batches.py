"""One batch of documents: find candidates, compare, judge in order."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cleaners.deduplicating import store
from cleaners.deduplicating.candidates import (
    MAX_FILED,
    Pairs,
    Sides,
    count_filed,
    pair_with_known,
    pair_within,
    promise,
)
from cleaners.deduplicating.comparing import Likeness, Prepared, compare, prepare
from cleaners.deduplicating.keys import (
    SAMPLE,
    Filing,
    file_bands,
    file_names,
    file_samples,
    kind_of,
)
from cleaners.deduplicating.postings import Postings
from cleaners.deduplicating.records import Entry, FetchText, Relation, Verdict
from cleaners.deduplicating.signatures import PERMUTATIONS, Signatures, Sketches
from cleaners.deduplicating.store import Known
from cleaners.settings import Duplicates

MIN_SAMPLES: Final = 8
"""A document with fewer sampled hashes to be found by is filed under its bands, too."""
MAX_COMPARED: Final = 16
"""A document is compared with at most this many candidates, the most promising first."""

Name: TypeAlias = tuple[int, int]
"""Which source (0 is the index being written), and the number of a document in it."""

_SAME: Final = Likeness(similarity=1.0, containment=1.0, numbers=1.0)


@dataclass(frozen=True, slots=True)
class Source:
    """An index to look into, and how to read the texts it knows.

    `folder` names an earlier output in verdicts; the index being written has none.
    """

    connection: sqlite3.Connection
    fetch_text: FetchText
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A center that an entry was compared with, and how they relate."""

    center: Name
    relation: Relation
    likeness: Likeness
    same_as: Name | None = None  # the very document whose folded text is the same

    @property
    def strength(self) -> tuple[bool, float, Name]:
        """Sort key: copies before parts, then the most alike, then the oldest."""
        copy = self.relation == "copy"
        alike = self.likeness.similarity if copy else self.likeness.containment
        return (not copy, -alike, self.center)


class Batch:
    """The documents of one `DuplicateIndex.add`, numbered from `base`.

    `filing` holds their keys, `filed[s]` which documents source `s` has under the same keys;
    `judged` maps a document's place to what is to be stored of it, once it is judged; `kept` the
    centers that existed to the documents that are kept in their stead.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        sketches: Sketches,
        base: int,
        settings: Duplicates,
        sources: Sequence[tuple[Source, Postings]],
    ) -> None:
        self.entries = entries
        self.sketches = sketches
        self.base = base
        self.judged: dict[int, tuple[Known, Verdict]] = {}
        self.kept: dict[int, int] = {}
        self._settings = settings
        self._sources = [source for source, _ in sources]
        self._postings = [postings for _, postings in sources]
        self.filing = Filing(np.zeros(0, np.uint64), np.zeros(0, np.int64))
        self.useful = np.ones(len(entries))
        self.filed = [(self.filing.keys, self.filing.owners) for _ in sources]
        self._known: dict[Name, Known] = {}
        self._prepared: dict[Name, Prepared] = {}
        self._candidates: list[list[tuple[float, Name]]] = [[] for _ in entries]

    def find(self, prepared: dict[Name, Prepared]) -> None:
        """Find and read what the documents are to be compared with.

        `prepared` are texts read for earlier batches; those read for this one are added to it.
        """
        self._file(file_names(self.sketches, [entry.url for entry in self.entries]))
        self._file(file_samples(self.sketches))
        common = count_filed(self.filing.keys, self.filed[0][0])
        common += count_filed(self.filing.keys, self.filing.keys)
        wearable = (kind_of(self.filing.keys) == SAMPLE) & (common <= MAX_FILED)
        usable = np.bincount(self.filing.owners[wearable], minlength=len(self.entries))
        self.useful = usable / np.maximum(self.sketches.sampled, 1)
        thin = (usable < MIN_SAMPLES) & (self.sketches.counts > 0)
        self._file(file_bands(self.sketches, np.flatnonzero(thin)))
        for source, (keys, numbers) in enumerate(self.filed):
            self._consider_known(source, pair_with_known(self.filing, keys, numbers))
        self._consider_own(pair_within(self.filing))
        self._prepare(prepared)

    def _file(self, filing: Filing) -> None:
        """Add keys to the documents, and what every source has filed under them."""
        self.filing += filing
        keys = np.unique(filing.keys)
        for source, postings in enumerate(self._postings):
            found, numbers = postings.find(keys)
            before = self.filed[source]
            self.filed[source] = (
                np.concatenate([before[0], found]),
                np.concatenate([before[1], numbers]),
            )

    def _consider_known(self, source: int, pairs: Pairs) -> None:
        numbers, places = np.unique(pairs.numbers, return_inverse=True)
        documents = store.find_documents(self._sources[source].connection, numbers.tolist())
        if len(documents) != len(numbers):
            raise store.IndexMismatchError(
                "the duplicate index files documents that it does not have: "
                "run `winnow index rebuild`"
            )
        self._known |= {(source, number): known for number, known in documents.items()}
        ordered = [documents[number] for number in numbers.tolist()]
        signatures = np.frombuffer(b"".join(known.signature for known in ordered), np.uint32)
        counts = np.array([known.shingles for known in ordered], np.uint32)
        signatures = signatures.reshape(-1, PERMUTATIONS)
        self._consider(source, pairs, (signatures[places], counts[places]))

    def _consider_own(self, pairs: Pairs) -> None:
        numbered = replace(pairs, numbers=pairs.numbers + self.base)
        theirs = self.sketches.signatures[pairs.numbers], self.sketches.counts[pairs.numbers]
        self._consider(0, numbered, theirs)

    def _consider(
        self, source: int, pairs: Pairs, theirs: tuple[Signatures, NDArray[np.uint32]]
    ) -> None:
        own = pairs.owners
        sides = Sides(
            signatures=(self.sketches.signatures[own], theirs[0]),
            counts=(self.sketches.counts[own], theirs[1]),
            useful=self.useful[own],
        )
        promises = promise(
            pairs,
            sides,
            threshold=self._settings.threshold,
            containment=self._settings.containment,
        )
        for row in np.flatnonzero(promises).tolist():
            name = (source, int(pairs.numbers[row]))
            self._candidates[own[row]].append((-float(promises[row]), name))

    def _prepare(self, prepared: dict[Name, Prepared]) -> None:
        """Make ready all texts that take part in a comparison, many at once."""
        wanted: dict[Name, None] = {}
        for place, candidates in enumerate(self._candidates):
            candidates.sort()
            del candidates[MAX_COMPARED:]
            if candidates:
                wanted[0, self.base + place] = None
            wanted |= dict.fromkeys(name for _, name in candidates if self._may_be_center(name))
        self._prepared = {name: prepared[name] for name in wanted if name in prepared}
        missing = [name for name in wanted if name not in prepared]
        ready = prepare([self._text(name) for name in missing], self._settings.shingle_tokens)
        self._prepared |= zip(missing, ready, strict=True)
        prepared |= self._prepared

    def _may_be_center(self, name: Name) -> bool:
        known = self._known.get(name)  # the batch's own documents are not yet known
        return known is None or known.center == known.number

    def _text(self, name: Name) -> str:
        source, number = name
        if source == 0 and number >= self.base:
            return self.entries[number - self.base].text
        known = self._get(name)
        if known.location is None:
            raise store.IndexMismatchError(
                f"the duplicate index does not say where document {known.id} was written: "
                "run `winnow index rebuild`"
            )
        return self._sources[source].fetch_text(known.location)

    def _get(self, name: Name) -> Known:
        source, number = name
        if name not in self._known:
            self._known[name] = store.find_documents(self._sources[source].connection, [number])[
                number
            ]
        return self._known[name]

    def judge(self, place: int) -> Verdict:
        """The verdict on one document; those before it in the batch must have been judged."""
        entry = self.entries[place]
        if not self.sketches.counts[place]:
            return Verdict(entry.id)
        finding = self._find(place)
        mine = self._describe(place)
        verdict = self._decide(mine, finding)
        if verdict.duplicate_of is None or verdict.folder is None:
            joins = finding is not None and verdict.cluster_id != mine.id
            center = finding.center[1] if finding and joins else mine.number
            known = replace(mine, center=center)
            self._known[0, mine.number] = known
            self.judged[place] = (known, verdict)
        return verdict

    def _describe(self, place: int) -> Known:
        entry, number = self.entries[place], self.base + place
        return Known(
            number=number,
            id=entry.id,
            length=len(entry.text),
            confidence=entry.confidence,
            shingles=int(self.sketches.counts[place]),
            digest=self.sketches.digests[place].tobytes(),
            signature=self.sketches.signatures[place].tobytes(),
            center=number,
            kept=None,
        )

    def _find(self, place: int) -> Finding | None:
        """The best finding among a document's candidates: the same text, else the most alike."""
        digest = self.sketches.digests[place].tobytes()
        findings = []
        for name in sorted(name for _, name in self._candidates[place]):
            known = self._known.get(name)
            if known is None:  # a duplicate of an earlier output: not remembered
                continue
            if known.digest == digest:
                return Finding((name[0], known.center), "copy", _SAME, same_as=name)
            if known.center == known.number:
                finding = self._compare(place, name)
                findings += [finding] if finding else []
        return min(findings, key=lambda finding: finding.strength, default=None)

    def _compare(self, place: int, name: Name) -> Finding | None:
        likeness = compare(self._prepared[0, self.base + place], self._prepared[name])
        if likeness.templated:
            return None
        if likeness.similarity >= self._settings.threshold:
            return Finding(name, "copy", likeness)
        if likeness.containment >= self._settings.containment:
            return Finding(name, "contained_in", likeness)
        return None

    def _decide(self, mine: Known, finding: Finding | None) -> Verdict:
        if finding is None:
            return Verdict(mine.id, cluster_id=mine.id)
        source = finding.center[0]
        center = self._get(finding.center)
        kept_name = (source, center.kept or center.number)
        kept = self._get(kept_name)
        likeness = finding.likeness
        if kept_name not in (finding.center, finding.same_as):
            self._prepare_one(kept_name)
            self._prepare_one((0, mine.number))
            likeness = compare(self._prepared[0, mine.number], self._prepared[kept_name])
        found = Verdict(
            mine.id,
            relation=finding.relation,
            similarity=round(likeness.similarity, 4),
            containment=round(likeness.containment, 4),
            cluster_id=center.id,
            folder=self._sources[source].folder,
        )
        if finding.relation == "contained_in" and mine.shingles > center.shingles:
            return replace(found, supersedes=kept.id, cluster_id=mine.id)
        if finding.same_as is None and finding.relation == "copy" and self._better(mine, kept):
            if source == 0:
                self._keep(center, mine.number)
                return replace(found, supersedes=kept.id)
            return replace(found, supersedes=kept.id, cluster_id=mine.id)
        return replace(found, duplicate_of=kept.id)

    def _prepare_one(self, name: Name) -> None:
        if name not in self._prepared:
            ready = prepare([self._text(name)], self._settings.shingle_tokens)
            self._prepared[name] = ready[0]

    def _keep(self, center: Known, number: int) -> None:
        self.kept[center.number] = number
        self._known[0, center.number] = replace(center, kept=number)

    def _better(self, mine: Known, kept: Known) -> bool:
        match self._settings.keep:
            case "first":
                return False
            case "longest":
                return mine.length > kept.length
            case "best":
                return (mine.confidence, mine.length) > (kept.confidence, kept.length)
