"""Building a report: one pass over the output folder, data written in pages as it goes by.

The pages are scripts, because a page opened from `file://` may load scripts but not fetch files.
A row goes into its page as the very bytes of the output: JSON is JavaScript, and parsing the rows
once for the figures is enough work.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Self

from cleaners.errors import UsageError
from cleaners.records import KINDS
from cleaners.report.colours import HUES
from cleaners.report.figures import Figures
from cleaners.report.reading import Entry, read_entries, read_runs, read_supersedings
from cleaners.version import __version__

PAGE_BYTES: Final = 1_000_000
"""Rough size of a page of documents; a larger document has a page of its own."""
LISTED: Final = 5_000
"""Entries in a page of the list."""
_FLAGS: Final = ("paywalled", "sponsored", "short", "review")
_STATES: Final = ("document", "duplicate", "failure")


@dataclass(frozen=True, slots=True)
class Built:
    """A report that was written, and how many entries it shows."""

    index: Path
    entries: int


def build_report(out: Path, report: Path) -> Built:
    """Write the report on output folder `out` into folder `report`, in place of an older one.

    Raises `UsageError` where there is no output, or where `report` holds something else.
    """
    check_target(report)
    new = report.with_name(f".{report.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    data = new / "data"
    data.mkdir(parents=True)
    copy_static(new)
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
    summary = (
        head(out)
        | figures.overview()
        | {
            "history": read_runs(out),
            "starts": details.starts,
            "listed": LISTED,
            "entries": listing.entries,
        }
    )
    write_script(data / "summary.js", "summary", summary)
    if report.exists():
        shutil.rmtree(report)
    new.rename(report)
    return Built(report / "index.html", listing.entries)


def head(out: Path | None) -> dict[str, Any]:
    """What every report says of itself."""
    return {
        "version": __version__,
        "out": None if out is None else str(out),
        "hues": [[kind, HUES[kind]] for kind in KINDS],
        "flagNames": _FLAGS,
    }


def check_target(report: Path) -> None:
    """Refuse a folder that holds something other than a report."""
    if report.is_dir() and any(report.iterdir()) and not (report / "data/summary.js").exists():
        raise UsageError(f"{report}: is not empty and no report; name another folder with -o")
    if report.exists() and not report.is_dir():
        raise UsageError(f"{report}: is a file; name a folder with -o")


def copy_static(report: Path) -> None:
    """The page itself: markup, style and scripts, the same in every report."""
    for file in (files("cleaners.report") / "static").iterdir():
        (report / file.name).write_bytes(file.read_bytes())


def write_script(path: Path, name: str, value: Any) -> None:
    """`winnow.NAME(VALUE);`"""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(b"winnow.%s(%s);\n" % (name.encode(), escape(encode(data))))


def encode(text: str) -> bytes:
    return text.encode("utf-8", errors="replace")  # half a surrogate pair is no text


def escape(data: bytes) -> bytes:
    """JSON that stays harmless even where markup is read: `<` occurs only inside its strings."""
    return data.replace(b"<", b"\\u003c")


def quoted(data: bytes) -> bytes:
    """JSON as a JavaScript string.

    Scripts search strings, and parse them with `JSON.parse`, many times faster than a browser
    reads the same data as a script.
    """
    return b"'%s'" % escape(data).replace(b"\\", b"\\\\").replace(b"'", b"\\'")


class Details:
    """Writes the entries themselves: `winnow.details(page, [...])`."""

    def __init__(self, folder: Path) -> None:
        self.starts: list[int] = []
        self._folder = folder
        self._held: list[bytes] = []
        self._bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()

    def add(self, number: int, entry: Entry) -> None:
        if not self._held:
            self.starts.append(number)
        data = detail(entry.state, entry.raw, entry.raw_removed)
        self._held.append(data)
        self._bytes += len(data)
        if self._bytes > PAGE_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._held:
            page = len(self.starts) - 1
            with (self._folder / f"details-{page:05d}.js").open("wb") as file:
                file.write(details_script(page, self._held))
        self._held, self._bytes = [], 0


def details_script(page: int, entries: Iterable[bytes]) -> bytes:
    """A page of entries: `winnow.details(PAGE, JSON of a list);`"""
    return b"winnow.details(%d,%s);\n" % (page, quoted(b"[%s]" % b",".join(entries)))


def detail(state: str, raw: bytes, raw_removed: Iterable[bytes]) -> bytes:
    """One entry as JSON, out of rows that are JSON already."""
    return b'{"state":"%s","row":%s,"removed":[%s]}' % (state.encode(), raw, b",".join(raw_removed))


class Listing:
    """Writes what the list shows, column by column: `winnow.listing(page, {...})`."""

    def __init__(self, folder: Path) -> None:
        self.entries = 0
        self._folder = folder
        self._held: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()

    def add(self, line: dict[str, Any]) -> None:
        self._held.append(line)
        self.entries += 1
        if len(self._held) == LISTED:
            self._flush()

    def _flush(self) -> None:
        if self._held:
            page = (self.entries - 1) // LISTED
            path = self._folder / f"listing-{page:05d}.js"
            write_script(path, "listing", {"page": page} | _columns(self._held))
        self._held = []


def _columns(lines: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Shares in thousandths; -1 where an entry has no such thing; flags as bits."""
    return {
        "state": [_STATES.index(line["state"]) for line in lines],
        "run": [line["run"] for line in lines],
        "title": [line["title"] for line in lines],
        "site": [line.get("site", -1) for line in lines],
        "language": [line.get("language", -1) for line in lines],
        "words": [line.get("words", -1) for line in lines],
        "share": [_thousandths(line.get("share")) for line in lines],
        "confidence": [_thousandths(line.get("confidence")) for line in lines],
        "flags": [sum(1 << _FLAGS.index(f) for f in line.get("flags", ())) for line in lines],
        "kinds": [line.get("kinds", 0) for line in lines],
        "rules": [line.get("rules", []) for line in lines],
    }


def _thousandths(share: float | None) -> int:
    return -1 if share is None else int(share * 1000 + 1e-6)


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
