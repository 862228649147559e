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
    names = sorted({path.name for folder in FOLDERS.values() for path in _files(out / folder)})
    if not names:
        raise UsageError(f"{out}: nothing was cleaned into this folder; run `winnow clean` first")
    for name in names:
        yield from _documents(out, name)
        for state in ("duplicate", "failure"):
            path = out / FOLDERS[state] / name
            for raw in _lines(path):
                yield Entry(state, _run(name), _parse(raw, path), [], raw, [])


def read_supersedings(out: Path) -> Iterator[dict[str, Any]]:
    """The rows of `supersedes/`, of all runs."""
    for path in _files(out / "supersedes"):
        for raw in _lines(path):
            yield _parse(raw, path)


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


def _documents(out: Path, name: str) -> Iterator[Entry]:
    """The documents of one file, each with its removals, which stand in the same order."""
    path, audit = out / "documents" / name, out / "removed" / name
    removals = _lines(audit)
    for raw in _lines(path):
        row = _parse(raw, path)
        wanted = sum(row["removed"].values())
        raw_removed = list(islice(removals, wanted))
        removed = [_parse(line, audit) for line in raw_removed]
        if len(removed) < wanted or any(one["id"] != row["id"] for one in removed):
            raise RunError(f"{audit}: does not fit {path}; restore both files")
        if removed and "at" not in removed[0]:
            raise RunError(f"{audit}: was written by an older version; clean again (--again)")
        yield Entry("document", _run(name), row, removed, raw, raw_removed)
    if next(removals, None) is not None:
        raise RunError(f"{audit}: does not fit {path}; restore both files")


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonl"))


def _lines(path: Path) -> Iterator[bytes]:
    if path.exists():
        with path.open("rb") as file:
            for line in file:
                yield line.rstrip(b"\n")


def _parse(raw: bytes, path: Path) -> dict[str, Any]:
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
