"""Building a report: one pass over the output folder, data written in pages as it goes by.

A row goes into its page as the very bytes of the output: parsing it once, for the figures, is
enough work.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from cleaners.errors import UsageError
from cleaners.records import KINDS
from cleaners.report import paging
from cleaners.report.colours import HUES
from cleaners.report.figures import Figures
from cleaners.report.paging import FLAGS, Details, Listing, write_script
from cleaners.report.reading import Entry, read_entries, read_runs, read_supersedings
from cleaners.version import __version__


@dataclass(frozen=True, slots=True)
class Built:
    """A report that was written, and how many entries it shows."""

    index: Path
    entries: int


def build_report(out: Path, report: Path) -> Built:
    """Write the report on output folder `out` into folder `report`, in place of an older one.

    Raises `UsageError` where there is no output or where `report` holds something else, and
    `RunError` where the output's files do not fit together; an older report then stays.
    """
    check_target(report)
    with tempfile.TemporaryDirectory(dir=report.parent, prefix=f".{report.name}-") as scratch:
        new = Path(scratch) / "report"
        (new / "data").mkdir(parents=True)
        copy_static(new)
        entries = _write_data(out, new / "data")
        if report.exists():
            shutil.rmtree(report)
        new.rename(report)
    return Built(report / "index.html", entries)


def _write_data(out: Path, data: Path) -> int:
    """All scripts with data; returns the number of entries."""
    figures, links = Figures(), Links()
    with Details(data) as details, Listing(data) as listing:
        for number, entry in enumerate(read_entries(out)):
            listing.add(figures.add(number, entry))
            details.add(number, entry)
            links.add(number, entry)
    for row in read_supersedings(out):
        links.add_superseding(row)
    write_script(data / "links.js", "links", links.found())
    write_script(data / "lens.js", "lens", figures.lens())
    summary = {
        "history": read_runs(out),
        "starts": details.starts,
        "listed": paging.LISTED,
        "entries": listing.entries,
        "grams": details.index.write(data),
    }
    write_script(data / "summary.js", "summary", head(out) | figures.overview() | summary)
    return listing.entries


def head(out: Path | None) -> dict[str, Any]:
    """What every report says of itself."""
    return {
        "version": __version__,
        "out": None if out is None else str(out),
        "hues": [[kind, HUES[kind]] for kind in KINDS],
        "flagNames": FLAGS,
    }


def check_target(report: Path) -> None:
    """Refuse a folder that holds something other than a report, or that cannot be made."""
    if report.is_dir() and any(report.iterdir()) and not (report / "data/summary.js").exists():
        raise UsageError(f"{report}: is not empty and no report; name another folder")
    if report.exists() and not report.is_dir():
        raise UsageError(f"{report}: is a file; name a folder")
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=report.parent).close()
    except OSError as error:
        said = error.strerror or error
        raise UsageError(f"{report}: cannot be written: {said}; name another folder") from error


def copy_static(report: Path) -> None:
    """The page itself: markup, style and scripts, the same in every report."""
    for file in (files("cleaners.report") / "static").iterdir():
        (report / file.name).write_bytes(file.read_bytes())


class Links:
    """Which entries are copies of one another, by their numbers.

    Holds 16 bytes an entry besides Python's own overhead of about 100.
    """

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._rows: list[tuple[bytes, bytes, str, float]] = []

    def add(self, number: int, entry: Entry) -> None:
        if entry.state == "failure":
            return
        row = entry.row
        own = bytes.fromhex(row["id"])
        if entry.state == "duplicate":
            partner = bytes.fromhex(row["duplicate_of"])
            self._rows.append((number.to_bytes(8), partner, row["relation"], row["similarity"]))
        else:
            self._numbers[own] = number

    def add_superseding(self, row: dict[str, Any]) -> None:
        own = self._numbers.get(bytes.fromhex(row["id"]))
        if own is not None:
            older = bytes.fromhex(row["supersedes"])
            self._rows.append((own.to_bytes(8), older, "supersedes", row["similarity"]))

    def found(self) -> list[list[Any]]:
        """[entry, its partner, relation, similarity]; partners outside the folder are left out."""
        return list(self._found())

    def _found(self) -> Iterator[list[Any]]:
        for own, partner, relation, similarity in self._rows:
            if partner in self._numbers:
                number = int.from_bytes(own)
                yield [number, self._numbers[partner], relation, similarity]
