"""Manifests: the last thing that a run writes, and what is written in their place if need be."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cleaners.batch.ledger import Counts, committed
from cleaners.errors import RunError
from cleaners.version import __version__
from cleaners.writing.emitted import FOLDERS, Emitted, emitted_of, place_of, stem_of
from cleaners.writing.jsonl import write_whole


def manifest_counts(counts: Counts, outdated: int = 0) -> dict[str, Any]:
    """Counts as the manifest gives them; the first is the sum of the next four."""
    return {
        "scrapes": counts.pages,
        "documents": counts.documents,
        "duplicates": counts.duplicates,
        "failures": counts.failures,
        "skipped": counts.skipped,
        "outdated": outdated,
        "words": counts.words,
        "removed": dict(sorted(counts.removed.items())),
    }


def write_manifest(out: Path, record: dict[str, Any], scratch: Path) -> None:
    """Put a run's manifest in place, and a copy where the files are, if that is elsewhere."""
    run = record["run"]
    (out / "runs").mkdir(exist_ok=True)
    data = json.dumps(record, indent=2, ensure_ascii=False).encode() + b"\n"
    if place_of(out) is not None:  # a copy for those who see only the files
        emitted_of(out).place.put(f"runs/{run}.json", [data], scratch)
    write_whole(out / "runs" / f"{run}.json", [data], scratch=scratch)


def close_lost_runs(out: Path, ledger: sqlite3.Connection, upcoming: str, scratch: Path) -> None:
    """End the runs that nobody can finish, since their working folder was removed.

    What was committed is kept, and gets a manifest that says what the ledger knows; files that were
    renamed into place but not committed go, also those of the run `upcoming`.  The caller holds the
    lock, and no run is under way.  Raises `RunError` if nothing tells what cleaned a run.
    """
    emitted = emitted_of(out)
    runs = [row[0] for row in ledger.execute("SELECT DISTINCT run FROM shards ORDER BY run")]
    lost = [run for run in runs if not (out / "runs" / f"{run}.json").exists()]
    shards = {run: committed(ledger, run) for run in lost}
    known = {f"{run}-{shard}" for run in lost for shard in shards[run]}
    for folder in FOLDERS:
        for name in emitted.names(folder):
            run, _, shard = stem_of(name).partition("-")
            if shard.isdecimal() and run in (*lost, upcoming) and f"{run}-{shard}" not in known:
                emitted.place.remove(name)
    for run in lost:
        files = [file for _, written in shards[run].values() for file in written]
        record = {
            "run": run,
            "cleaned_by": cleaned_by_rows(emitted, run) or _cleaned_by_ledger(ledger, run),
            "inputs": [],
            "redo": "nothing",
            "against": [],
            "counts": manifest_counts(
                sum((counts for counts, _ in shards[run].values()), Counts())
            ),
            "files": [dataclasses.asdict(file) for file in files],
            "settings": {},
            "versions": {},
        }
        record["versions"] = {"winnow": record["cleaned_by"].split(" ")[1]}
        write_manifest(out, record, scratch)


def cleaned_by_rows(emitted: Emitted, run: str) -> str | None:
    """Version and settings of a run, as its documents and duplicates tell them, if it has any."""
    for row in _rows_of(emitted, run):
        return str(row["cleaned_by"])
    return None


def _rows_of(emitted: Emitted, run: str) -> Iterator[dict[str, Any]]:
    for folder in ("documents", "duplicates"):
        for stem, name in emitted.by_stem(folder).items():
            if stem.startswith(f"{run}-"):
                yield from (row for _, _, row in emitted.records(name))


def _cleaned_by_ledger(ledger: sqlite3.Connection, run: str) -> str:
    row = ledger.execute(
        "SELECT version, settings FROM scrapes WHERE run = ? LIMIT 1", (run,)
    ).fetchone()
    if row is None:
        raise RunError(f"runs/{run}.json: is lost, and nothing tells of that run; restore the file")
    return f"winnow {row[0] or __version__} {row[1]}"


def most_first(removed: Mapping[str, int]) -> list[tuple[str, int]]:
    """The kinds of a manifest's `removed` and their counts, in the order in which they are told."""
    return sorted(removed.items(), key=lambda row: (-row[1], row[0]))
