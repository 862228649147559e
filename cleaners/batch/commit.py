"""Committing: duplicates looked up, final files written, ledger and index brought up to date.

One writer, in shard order.  The files are renamed into place before the one transaction that
makes them count.  A crash in between leaves files that the ledger does not know; the next run
writes the same files again over them.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self, TypeAlias

from cleaners.batch.earlier import open_earlier
from cleaners.batch.ledger import (
    Counts,
    Done,
    Shard,
    committed,
    ledger_remedy,
    open_ledger,
    record_shard,
    transaction,
)
from cleaners.batch.manifests import manifest_counts, write_manifest
from cleaners.batch.parts import open_part, sketches_of
from cleaners.batch.plan import Plan, request_of, settings_of, tidy_work
from cleaners.deduplicating import (
    DuplicateIndex,
    Entry,
    Location,
    Sketches,
    Source,
    Verdict,
    entry_of,
    text_reader,
)
from cleaners.errors import RunError
from cleaners.settings import Settings
from cleaners.working.results import Cleaned, read_line, records
from cleaners.writing.emitted import FOLDERS, emitted_of, places
from cleaners.writing.jsonl import line, sync_folder
from cleaners.writing.manifest import manifest

Asking: TypeAlias = tuple[str, str]
"""Source and digest of a scrape whose document asks whether it is known."""


def commit_shard(part: Path) -> Counts:
    """Commit a cleaned shard; its part file tells run, shard and output folder.

    Doing it twice is harmless: a committed shard stays as it is.  The caller holds the lock.
    Whoever commits many shards does it faster with one `Committer`.
    """
    with Committer(part.parents[2]) as commit:
        return commit(part)


class Committer:
    """Commits the shards of one run, in their order; keeps ledger and index open meanwhile.

    Opening the index reads the keys of all documents that it knows.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._emitted = emitted_of(out)
        self._open = ExitStack()
        self._index: DuplicateIndex | None = None
        self._earlier: list[Source] | None = None

    def __enter__(self) -> Self:
        self._ledger = self._open.enter_context(open_ledger(self._out))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def __call__(self, part: Path) -> Counts:
        run, shard = part.parent.name, part.stem
        if done := committed(self._ledger, run, shard).get(shard):
            return done[0]
        if not part.stat().st_size:
            raise RunError(
                f"{self._out}: shard {run}-{shard} was committed, but the ledger does not know it; "
                + ledger_remedy(self._out)
            )
        try:
            with transaction(self._ledger):
                sorted_out = self._commit(part)
        except BaseException:
            self._index = None  # it is out of step with what was rolled back
            raise
        _clear(part)
        return sorted_out.counts

    def _commit(self, part: Path) -> _SortedOut:
        work, name = part.parent, f"{part.parent.name}-{part.stem}"
        settings = settings_of(work)
        form = settings.output.format
        if sketches_of(part).exists():
            self._index = self._index or self._open_index(work, settings)
            verdicts = _verdicts(self._ledger, self._index, part)
        else:
            with open_part(part) as lines:
                verdicts = [None for _ in lines]
        # Read twice: a shard's records, all parsed at once, took more memory than the index.
        with open_part(part) as lines:
            sorted_out = _sort_out(map(read_line, lines), verdicts)
        written = [
            self._emitted.write(f"{folder}/{name}", sorted_out.lines[folder], form, scratch=work)
            for folder in FOLDERS
        ]
        if self._index is not None and sorted_out.emitted:
            stand = places(f"documents/{name}", sorted_out.lines["documents"], form)
            located = [Location(*place) for place in stand]
            self._index.place(dict(zip(sorted_out.emitted, located, strict=True)))
        files = [file for file in written if file is not None]
        shard = Shard(sorted_out.done, sorted_out.counts, files)
        record_shard(self._ledger, work.name, part.stem, settings.digest, shard)
        return sorted_out

    def _open_index(self, work: Path, settings: Settings) -> DuplicateIndex:
        if self._earlier is None:
            earlier = open_earlier(request_of(work)["against"], self._out, settings.duplicates)
            self._earlier = self._open.enter_context(earlier)
        reader = text_reader(self._out)
        return DuplicateIndex(self._ledger, settings.duplicates, reader, self._earlier)


def _clear(part: Path) -> None:
    """Free the space of a committed part; that it is there keeps it from being cleaned again."""
    part.write_bytes(b"")
    for suffix in (".sketches", ".spool"):
        part.with_suffix(suffix).unlink(missing_ok=True)


def finish_run(plan: Plan) -> dict[str, Any]:
    """Write the manifest of a run whose shards are all committed, and clear its working folder.

    Returns the manifest.  A run without shards leaves no trace.
    """
    work = plan.out / ".work" / plan.run
    if not plan.shards:
        return {"run": None, "counts": manifest_counts(Counts(skipped=plan.skipped), plan.outdated)}
    with open_ledger(plan.out) as ledger:
        shards = committed(ledger, plan.run)
    missing = [shard.stem for shard in plan.shards if shard.stem not in shards]
    if missing:
        raise RunError(f"run {plan.run}: shard {missing[0]} is not committed; run again")
    counts = sum((counts for counts, _ in shards.values()), Counts(skipped=plan.skipped))
    files = [file for _, written in shards.values() for file in written]
    request = request_of(work)
    told = manifest_counts(counts, request["outdated"])
    record = manifest(plan.run, request, settings_of(work), told, files)
    write_manifest(plan.out, record, work)
    # Renamed first: half a working folder must not look like an interrupted run.
    finished = work.rename(work.with_name(f"finished-{plan.run}"))
    sync_folder(work.parent)
    shutil.rmtree(finished)
    tidy_work(plan.out)
    return record


@dataclass(slots=True)
class _SortedOut:
    """A part's records, sorted into the kinds of output.

    `lines` holds one or more lines in each element: all that was removed from a document is one.
    """

    lines: dict[str, list[bytes]] = field(default_factory=lambda: {name: [] for name in FOLDERS})
    done: list[Done] = field(default_factory=list)
    emitted: list[str] = field(default_factory=list)
    words: int = 0
    removed: Counter[str] = field(default_factory=Counter)

    @property
    def counts(self) -> Counts:
        ended = Counter(done.outcome for done in self.done)
        return Counts(
            documents=ended["document"],
            duplicates=ended["duplicate"],
            failures=ended["failure"],
            words=self.words,
            removed=dict(sorted(self.removed.items())),
        )


def _sort_out(cleaned: Iterable[Cleaned], verdicts: Sequence[Verdict | None]) -> _SortedOut:
    """Every scrape becomes a document, a duplicate or a failure; nothing else can happen."""
    result = _SortedOut()
    for one, verdict in zip(cleaned, verdicts, strict=True):
        record = one.record
        source, digest = record["source"], record["digest"]
        if "failure" in record:
            result.lines["failures"].append(line(record["failure"] | {"digest": digest}))
            result.done.append(Done(source, digest, "failure", None))
            continue
        document = record["document"] | {"digest": digest}
        if verdict is not None and verdict.duplicate_of is not None:
            result.lines["duplicates"].append(line(_duplicate(document, verdict)))
            result.done.append(Done(source, digest, "duplicate", document["id"]))
            continue
        document["cluster_id"] = None if verdict is None else verdict.cluster_id
        if verdict is not None and verdict.supersedes is not None:
            result.lines["supersedes"].append(line(_superseding(document, verdict)))
        result.lines["documents"].append(line(document))
        if one.removed:
            result.lines["removed"].append(one.removed)
        result.emitted.append(document["id"])
        result.done.append(Done(source, digest, "document", document["id"]))
        result.words += document["words"]
        result.removed.update(document["removed"])
    return result


def _duplicate(document: dict[str, Any], verdict: Verdict) -> dict[str, Any]:
    """The row of a document that is not emitted, with its text: a wrong verdict can be undone."""
    told = ("id", "source", "url", "site", "title", "author", "date", "language", "text", "words")
    return {key: document[key] for key in told} | {
        "duplicate_of": verdict.duplicate_of,
        "relation": verdict.relation,
        "similarity": verdict.similarity,
        "containment": verdict.containment,
        "cluster_id": verdict.cluster_id,
        "folder": verdict.folder,
        "fetched_at": document["fetched_at"],
        "cleaned_by": document["cleaned_by"],
        "digest": document["digest"],
    }


def _superseding(document: dict[str, Any], verdict: Verdict) -> dict[str, Any]:
    return {
        "id": document["id"],
        "supersedes": verdict.supersedes,
        "relation": verdict.relation,
        "similarity": verdict.similarity,
        "containment": verdict.containment,
        "cluster_id": verdict.cluster_id,
        "folder": verdict.folder,
    }


def _verdicts(
    ledger: sqlite3.Connection, index: DuplicateIndex, part: Path
) -> list[Verdict | None]:
    """What the duplicate index says of each scrape; None for failures."""
    entries: list[Entry] = []
    asking: list[Asking | None] = []
    with open_part(part) as lines:
        for record in records(lines):
            document = record.get("document")
            asking.append(document and (record["source"], record["digest"]))
            if document is not None:
                entries.append(entry_of(document, document["text"]))
    verdicts = iter(index.add(entries, Sketches.from_bytes(sketches_of(part).read_bytes())))
    return [one and _cleaned_again(ledger, one, next(verdicts)) for one in asking]


def _cleaned_again(ledger: sqlite3.Connection, scrape: Asking, verdict: Verdict) -> Verdict:
    """A scrape that is cleaned again is no duplicate of what it gave the last time."""
    if verdict.duplicate_of is None or verdict.folder is not None:
        return verdict
    source, digest = scrape
    row = ledger.execute(
        "SELECT 1 FROM scrapes WHERE source = ? AND content = ? AND document = ?"
        " AND outcome = 'document'",
        (source, bytes.fromhex(digest), verdict.duplicate_of),
    ).fetchone()
    if row is None:
        return verdict
    return Verdict(id=verdict.id, cluster_id=verdict.cluster_id)
