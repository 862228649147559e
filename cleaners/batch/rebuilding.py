"""Make the ledger again from what was emitted, when `winnow.sqlite` was lost or damaged.

Every row of the output names its scrape and the digest of its content, and says what it was
cleaned by; the manifests say which files belong to which run.  Of an interrupted run the shards
that were committed are known by their emptied part files; what the others left is taken away,
since going on with the run writes it again.
"""

from __future__ import annotations

import itertools
import json
import os
import sqlite3
from pathlib import Path
from typing import Any, Final

from cleaners.batch.ledger import (
    NAME,
    Counts,
    Done,
    Outcome,
    Shard,
    committed,
    open_ledger,
    read_ledger,
    record_shard,
    transaction,
)
from cleaners.batch.manifests import cleaned_by_rows
from cleaners.batch.plan import settings_of
from cleaners.deduplicating import read_documents, read_duplicates, rebuild, text_reader
from cleaners.errors import RunError, UsageError
from cleaners.settings import Duplicates
from cleaners.writing.emitted import FOLDERS, Emitted, emitted_of
from cleaners.writing.jsonl import sync_folder

_OUTCOMES: Final[dict[str, Outcome]] = {
    "documents": "document",
    "duplicates": "duplicate",
    "failures": "failure",
}
_DRAFT: Final = f"{NAME}.draft"


def rebuild_ledger(out: Path, duplicates: Duplicates) -> tuple[int, Path | None]:
    """Make ledger and index again from the output.

    Returns how many scrapes the ledger knows then, and where the old file is kept, if there was
    one.  The caller holds the lock.  Raises `UsageError` for a folder without output and
    `RunError` for a file of the output that is damaged; the old file is then left as it is.
    """
    uncommitted = _uncommitted(out) | _doubtful(out)
    shards = _shards(out) - uncommitted
    if not shards:
        raise UsageError(f"{out}: nothing was cleaned into this folder; name an output folder")
    (out / _DRAFT).unlink(missing_ok=True)
    _discard(out, uncommitted)
    with open_ledger(out, _DRAFT) as ledger, transaction(ledger):
        emitted = emitted_of(out)
        found = {folder: emitted.by_stem(folder) for folder in FOLDERS}
        for stem in (f"{run}-{shard}" for run, shard in sorted(shards)):
            names = {folder: stems[stem] for folder, stems in found.items() if stem in stems}
            _record(ledger, out, emitted, stem, names)
        if duplicates.enabled:
            documents, copies = read_documents(out), read_duplicates(out)
            rebuild(ledger, duplicates, documents, copies, text_reader(out))
        known: int = ledger.execute("SELECT count(*) FROM scrapes").fetchone()[0]
    kept = _set_aside(out)
    (out / _DRAFT).replace(out / NAME)
    sync_folder(out)
    return known, kept


def _shards(out: Path) -> set[tuple[str, str]]:
    """Run and shard of everything that was emitted."""
    emitted = emitted_of(out)
    stems = {stem for folder in FOLDERS for stem in emitted.by_stem(folder)}
    names = {(run, shard) for run, _, shard in (stem.partition("-") for stem in stems)}
    return {name for name in names if all(map(str.isdecimal, name))}


def _doubtful(out: Path) -> set[tuple[str, str]]:
    """Of runs that nobody can finish, the shards that were not committed, as far as is known.

    Such a run has neither manifest nor working folder.  If the old ledger cannot tell, the last
    shard of all is taken for one that was being committed: its pages are then cleaned again.
    """
    shards = _shards(out)
    places = {run: (out / "runs" / f"{run}.json", out / ".work" / run) for run, _ in shards}
    lost = {run for run, found in places.items() if not any(path.exists() for path in found)}
    if not lost:
        return set()
    try:
        with read_ledger(out) as ledger:
            known = {(run, shard) for run in lost for shard in committed(ledger, run)}
    except RunError:
        known = shards - {max(shards)}
    return {(run, shard) for run, shard in shards if run in lost} - known


def _uncommitted(out: Path) -> set[tuple[str, str]]:
    """The shards of interrupted runs that are still to be committed."""
    return {
        (shard.parent.name, shard.stem)
        for shard in (out / ".work").glob("[0-9]*/*.shard")
        if not ((part := shard.with_suffix(".part")).exists() and part.stat().st_size == 0)
    }


def _discard(out: Path, shards: set[tuple[str, str]]) -> None:
    """Take away what a crash left of shards that were renamed into place, but not committed."""
    emitted = emitted_of(out)
    uncommitted = {f"{run}-{shard}" for run, shard in shards}
    for folder in FOLDERS if uncommitted else ():
        for stem, name in emitted.by_stem(folder).items():
            if stem in uncommitted:
                emitted.place.remove(name)


def _record(
    ledger: sqlite3.Connection, out: Path, emitted: Emitted, stem: str, names: dict[str, str]
) -> None:
    """Write a shard into the ledger, as it was when it was committed."""
    run, _, shard = stem.partition("-")
    cleaned_by = _cleaned_by(out, emitted, run)
    counts, done, files = Counts(), [], []
    for folder in FOLDERS:
        if name := names.get(folder):
            files.append(emitted.measure(name))
            for _, _, row in emitted.records(name) if folder in _OUTCOMES else ():
                counts += _counted(folder, row)
                ended = _OUTCOMES[folder]
                done.append(Done(row["source"], row["digest"], ended, row.get("id")))
    _, version, settings = cleaned_by.split(" ")
    record_shard(ledger, run, shard, settings, Shard(done, counts, files), version)


def _counted(folder: str, row: dict[str, Any]) -> Counts:
    if folder == "documents":
        return Counts(documents=1, words=row["words"], removed=row["removed"])
    return Counts(duplicates=folder == "duplicates", failures=folder == "failures")


def _cleaned_by(out: Path, emitted: Emitted, run: str) -> str:
    """Version and settings of a run: its manifest says it, or its plan, or its documents."""
    try:
        told: str = json.loads((out / "runs" / f"{run}.json").read_bytes())["cleaned_by"]
    except FileNotFoundError:
        if not (out / ".work" / run).is_dir():
            if (found := cleaned_by_rows(emitted, run)) is not None:
                return found
            raise RunError(
                f"{out}/runs/{run}.json: is lost, and the run has no document that tells what it "
                f"was cleaned by; remove its files ({run}-*), their pages are then cleaned again"
            ) from None
        from cleaners.version import __version__  # noqa: PLC0415 - it is what goes on with the run

        return f"winnow {__version__} {settings_of(out / '.work' / run).digest}"
    except (OSError, ValueError, KeyError) as error:
        raise RunError(f"{out}/runs/{run}.json: {error}; restore the file") from error
    return told


def _set_aside(out: Path) -> Path | None:
    """Keep the old file: nothing is thrown away that somebody may want to look into."""
    for suffix in ("-journal", "-wal", "-shm"):
        (out / f"{NAME}{suffix}").unlink(missing_ok=True)
    if not (out / NAME).exists():
        return None
    names = (out / f"{NAME}.old{number}" for number in itertools.count(1))
    kept = next(path for path in names if not path.exists())
    os.replace(out / NAME, kept)  # noqa: PTH105 - beside the other rename
    return kept
