"""Judge a batch's documents in their order: new, or redundant, or making another one redundant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from cleaners.deduplicating.batches import Batch, Name
from cleaners.deduplicating.comparing import Likeness, is_templated
from cleaners.deduplicating.records import Relation, Verdict
from cleaners.deduplicating.store import Known
from cleaners.settings import Duplicates

_SAME: Final = Likeness(similarity=1.0, containment=1.0)


@dataclass(frozen=True, slots=True)
class Finding:
    """A center and how an entry relates to it; `same` has the very text of the entry."""

    center: Name
    relation: Relation
    likeness: Likeness
    same: Name | None = None

    @property
    def rank(self) -> tuple[bool, float, Name]:
        """Sort key: copies before parts, then the most alike, then the oldest."""
        copy = self.relation == "copy"
        alike = self.likeness.similarity if copy else self.likeness.containment
        return (not copy, -alike, self.center)


@dataclass(slots=True)
class Judgement:
    """What came out for a batch.

    `judged` maps a document's place to what is to be stored of it; `kept` maps centers to the
    document that is now kept in their stead.
    """

    verdicts: list[Verdict]
    judged: dict[int, tuple[Known, Verdict]]
    kept: dict[int, int]


def judge(batch: Batch) -> Judgement:
    """Judge all documents of a batch whose candidates were found.

    Duplicates of an earlier output (another source) are not stored: that output knows them.
    """
    result = Judgement([], {}, {})
    for place, entry in enumerate(batch.entries):
        if not batch.sketches.counts[place]:
            result.verdicts.append(Verdict(entry.id))
            continue
        mine = batch.describe(place)
        finding = find(batch, place)
        verdict = Verdict(mine.id, cluster_id=mine.id)
        if finding is not None:
            verdict, mine = _decide(batch, mine, finding)
        result.verdicts.append(verdict)
        if verdict.duplicate_of is not None and verdict.folder is not None:
            continue
        batch.note(mine)
        result.judged[place] = (mine, verdict)
        if verdict.supersedes is not None and mine.center != mine.number:
            result.kept[mine.center] = mine.number
            batch.note(replace(batch.get((0, mine.center)), kept=mine.number))
    return result


def find(batch: Batch, place: int) -> Finding | None:
    """The best finding among a document's candidates: the same text, else the most alike."""
    digest = batch.sketches.digests[place].tobytes()
    centers: dict[Name, None] = {}
    for name in batch.candidates(place):
        known = batch.get(name)
        center = (name[0], known.center)
        if known.digest == digest:
            return Finding(center, "copy", _SAME, same=name)
        # A member of the same batch leads to its center.
        centers[center] = None
    findings = []
    for center in centers:
        likeness = batch.compare(place, center)
        relation = relate(likeness, batch.settings)
        if relation is not None and not is_templated(batch.share_numbers(place, center)):
            findings.append(Finding(center, relation, likeness))
    return min(findings, key=lambda finding: finding.rank, default=None)


def relate(likeness: Likeness, settings: Duplicates) -> Relation | None:
    """How two documents relate that are so alike, if they do; their numbers are another matter."""
    if likeness.similarity >= settings.threshold:
        return "copy"
    return "contained_in" if likeness.containment >= settings.containment else None


def _decide(batch: Batch, mine: Known, finding: Finding) -> tuple[Verdict, Known]:
    """The verdict, and the document with the center of the cluster that it joined."""
    source, number = finding.center
    center = batch.get(finding.center)
    kept_name = (source, center.kept or number)
    kept = batch.get(kept_name)
    likeness, relation = finding.likeness, finding.relation
    if kept_name != (finding.same or finding.center):
        # The kept one is not the one it was compared with: report how it relates to that.
        likeness = batch.compare(mine.number - batch.base, kept_name)
        copy = likeness.similarity >= batch.settings.threshold
        relation = "copy" if finding.relation == "copy" and copy else "contained_in"
    found = Verdict(
        mine.id,
        relation=relation,
        similarity=round(likeness.similarity, 4),
        containment=round(likeness.containment, 4),
        cluster_id=center.id,
        folder=batch.sources[source].folder,
    )
    joined = replace(mine, center=number) if source == 0 else mine
    if finding.same is None and _adds(mine, center, kept, finding.relation, batch.settings):
        if finding.relation == "copy" and source == 0:
            return replace(found, supersedes=kept.id), joined
        return replace(found, supersedes=kept.id, cluster_id=mine.id), mine
    return replace(found, duplicate_of=kept.id), joined


def _adds(
    mine: Known, center: Known, kept: Known, relation: Relation, settings: Duplicates
) -> bool:
    """Whether the document is to be emitted all the same.

    The longer of two that only share a part always is: to drop it would lose the rest of it.
    """
    if relation == "contained_in":
        return mine.shingles > center.shingles
    match settings.keep:
        case "first":
            return False
        case "longest":
            return mine.length > kept.length
        case "best":
            return (mine.confidence, mine.length) > (kept.confidence, kept.length)
