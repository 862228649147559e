"""An output folder read as one stream of entries: documents, duplicates, failures.

Files are read line by line and in the order of their names, so that a folder of any size takes
little memory, and that entries keep their numbers when later runs add files.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from cleaners.errors import RunError, UsageError
from cleaners.writing.emitted import Emitted, emitted_of, stem_of

State: TypeAlias = Literal["document", "duplicate", "failure"]
FOLDERS: Final[dict[State, str]] = {
    "document": "documents",
    "duplicate": "duplicates",
    "failure": "failures",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One scrape's outcome: the parsed row, its removals, and the same as the files' own bytes."""

    state: State
    run: str
    row: dict[str, Any]
    removed: list[dict[str, Any]]
    raw: bytes
    raw_removed: list[bytes]


def read_entries(out: Path) -> Iterator[Entry]:
    """Every entry of an output folder.

    Raises `UsageError` where there is no output, and `RunError` where its files do not fit
    together.
    """
    emitted = emitted_of(out)
    files = {folder: emitted.by_stem(folder) for folder in ("removed", *FOLDERS.values())}
    stems = sorted({stem for folder in FOLDERS.values() for stem in files[folder]})
    if not stems:
        raise UsageError(f"{out}: nothing was cleaned into this folder; run `winnow clean` first")
    for stem in stems:
        names = {folder: files[folder].get(stem, "") for folder in files}
        yield from _documents(emitted, names["documents"], names["removed"])
        for state in ("duplicate", "failure"):
            name = names[FOLDERS[state]]
            for raw in _lines(emitted, name):
                yield Entry(state, _run(stem), _parse(raw, name), [], raw, [])


def read_supersedings(out: Path) -> Iterator[dict[str, Any]]:
    """The rows of `supersedes/`, of all runs."""
    emitted = emitted_of(out)
    for name in emitted.names("supersedes"):
        for raw in _lines(emitted, name):
            yield _parse(raw, name)


def read_runs(out: Path) -> list[dict[str, Any]]:
    """The manifests in order, each with the time (UTC) its last shard was committed, or None."""
    times = _commit_times(out / "winnow.sqlite")
    runs = []
    for path in sorted((out / "runs").glob("*.json")):
        manifest = _parse(path.read_bytes(), path)
        runs.append(
            {key: manifest[key] for key in ("run", "cleaned_by", "inputs", "counts")}
            | {"committed": times.get(manifest["run"])}
        )
    return runs


def _documents(emitted: Emitted, path: str, audit: str) -> Iterator[Entry]:
    """The documents of one file, each with its removals, which stand in the same order."""
    removals = _lines(emitted, audit)
    for raw in _lines(emitted, path):
        row = _parse(raw, path)
        wanted = sum(row["removed"].values())
        raw_removed = list(islice(removals, wanted))
        removed = [_parse(line, audit) for line in raw_removed]
        if len(removed) < wanted or any(one["id"] != row["id"] for one in removed):
            raise _misfit(path, audit)
        if removed and "at" not in removed[0]:
            raise RunError(f"{audit}: was written by an older version; clean again (--again)")
        yield Entry("document", _run(stem_of(path)), row, removed, raw, raw_removed)
    if next(removals, None) is not None:
        raise _misfit(path, audit)


def _misfit(path: str, audit: str) -> RunError:
    if path and audit:
        return RunError(f"{audit}: does not fit {path}; restore both files")
    lost = "removed" if path else "documents"
    return RunError(f"{path or audit}: its file in {lost}/ is lost; restore it from a backup")


def _lines(emitted: Emitted, name: str) -> Iterator[bytes]:
    """The rows of a file; of none, if there is no such file."""
    return (line.rstrip(b"\n") for line in (emitted.lines(name) if name else ()))


def _parse(raw: bytes, path: str | Path) -> dict[str, Any]:
    try:
        row: dict[str, Any] = json.loads(raw)
    except ValueError as error:
        raise RunError(f"{path}: not valid JSON: {error}; restore the file") from error
    return row


def _run(name: str) -> str:
    return name.partition("-")[0]


def _commit_times(path: Path) -> dict[str, str]:
    """When each run committed its last shard; without a ledger nobody knows."""
    if not path.exists():
        return {}
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as ledger:
            rows = ledger.execute("SELECT run, max(committed) FROM shards GROUP BY run").fetchall()
    except sqlite3.Error as error:
        raise RunError(f"{path}: cannot be read: {error}; restore the file") from error
    return dict(rows)
