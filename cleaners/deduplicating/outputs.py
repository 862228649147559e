"""An output folder as the duplicate index sees it: emitted documents, and records of duplicates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaners.deduplicating.records import Entry, FetchText, Location, Verdict
from cleaners.errors import RunError
from cleaners.writing.emitted import emitted_of


def read_documents(out: Path) -> Iterator[tuple[Entry, Location, Verdict]]:
    """The emitted documents in the order in which they were written, with what was said of them.

    Part files are named by run and shard, so their names are in that order.  Raises `RunError`
    for a line that is no document.
    """
    superseding = {record["id"]: record for _, _, record in read_records(out, "supersedes")}
    for location, where, record in read_records(out, "documents"):
        try:
            verdict = superseding.get(record["id"], record)
            yield entry_of(record, record["text"]), location, _verdict(verdict)
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
            yield entry_of(record, ""), _verdict(record)
        except KeyError as error:
            raise RunError(f"{where}: {error} is missing; restore the file") from error


def text_reader(out: Path) -> FetchText:
    """Reads the text of an emitted document of this folder."""
    emitted = emitted_of(out)

    def fetch(location: Location) -> str:
        try:
            data = emitted.at(location.file, location.offset, location.length)
            text: str = json.loads(data)["text"]
        except (OSError, ValueError, KeyError) as error:
            where = emitted.place.says(location.file)
            raise RunError(
                f"{where}: an emitted document is missing or changed ({error}); restore the file, "
                "or start a new --out"
            ) from error
        return text

    return fetch


def read_records(out: Path, folder: str) -> Iterator[tuple[Location, str, dict[str, Any]]]:
    """All rows of a kind of output in the order in which they were written, with their places."""
    emitted = emitted_of(out)
    for name in emitted.names(folder):
        for number, (offset, length, record) in enumerate(emitted.records(name), 1):
            yield Location(name, offset, length), emitted.row(name, number), record


def entry_of(record: dict[str, Any], text: str) -> Entry:
    """A document's record as it asks the index, with its text or without."""
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
