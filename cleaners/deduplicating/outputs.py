"""An output folder as the duplicate index sees it: emitted documents, and records of duplicates."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaners.deduplicating.records import Entry, FetchText, Location, Verdict
from cleaners.errors import RunError


def read_documents(out: Path) -> Iterator[tuple[Entry, Location, Verdict]]:
    """The emitted documents in the order in which they were written, with what was said of them.

    Part files are named by run and shard, so their names are in that order.  Raises `RunError`
    for a line that is no document.
    """
    superseding = {record["id"]: record for _, _, record in read_records(out, "supersedes")}
    for location, where, record in read_records(out, "documents"):
        try:
            verdict = superseding.get(record["id"], record)
            yield _entry(record, record["text"]), location, _verdict(verdict)
        except KeyError as error:
            raise RunError(f"{where}: {error} is missing; restore the file") from error


def read_duplicates(out: Path) -> Iterator[tuple[Entry, Verdict]]:
    """The documents that were not emitted, without their texts: `rebuild` has no use for them.

    Duplicates of an earlier output are left out, since that one's index knows them.
    """
    for _, where, record in read_records(out, "duplicates"):
        if record.get("folder"):
            continue
        try:
            yield _entry(record, ""), _verdict(record)
        except KeyError as error:
            raise RunError(f"{where}: {error} is missing; restore the file") from error


def text_reader(out: Path) -> FetchText:
    """Reads the text of an emitted document of this folder."""

    def fetch(location: Location) -> str:
        path = out / location.file
        try:
            text: str = json.loads(_read(path, location))["text"]
        except (OSError, ValueError, KeyError) as error:
            raise RunError(
                f"{path}: an emitted document is missing or changed ({error}); restore the file, "
                "or start a new --out"
            ) from error
        return text

    return fetch


def _read(path: Path, location: Location) -> bytes:
    """One read: a buffered file would read ahead what nobody asked for."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.pread(file, location.length, location.offset)
    finally:
        os.close(file)


def read_records(out: Path, folder: str) -> Iterator[tuple[Location, str, dict[str, Any]]]:
    """All rows of a kind of output in the order in which they were written, with their places."""
    for path in sorted((out / folder).glob("*.jsonl")):
        offset = 0
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                where = f"{path}:{number}"
                try:
                    record = json.loads(line)
                except ValueError as error:
                    raise RunError(f"{where}: not JSON ({error}); restore the file") from error
                yield Location(f"{folder}/{path.name}", offset, len(line)), where, record
                offset += len(line)


def _entry(record: dict[str, Any], text: str) -> Entry:
    return Entry(
        id=record["id"],
        text=text,
        url=record.get("url"),
        site=record.get("site"),
        date=record.get("date"),
        confidence=record.get("confidence", 1.0),
    )


def _verdict(record: dict[str, Any]) -> Verdict:
    return Verdict(
        id=record["id"],
        duplicate_of=record.get("duplicate_of"),
        supersedes=record.get("supersedes"),
        relation=record.get("relation"),
        similarity=record.get("similarity"),
        containment=record.get("containment"),
        cluster_id=record["cluster_id"],
    )
