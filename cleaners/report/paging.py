"""The data of a report as scripts: pages of entries, pages of the list, and single values.

Data are scripts, because a page opened from `file://` may load scripts but not fetch files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Self, get_args

from cleaners.report.reading import Entry, State
from cleaners.report.searching import SearchIndex

PAGE_BYTES: Final = 1_000_000
"""Rough size of a page of entries; a larger entry has a page of its own."""
LISTED: Final = 5_000
"""Entries in a page of the list."""
FLAGS: Final = ("paywalled", "sponsored", "short", "review")
_STATES: Final[tuple[State, ...]] = get_args(State)


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
        self.index = SearchIndex()
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
            self.index.add(b",".join(self._held))
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
        "flags": [sum(1 << FLAGS.index(f) for f in line.get("flags", ())) for line in lines],
        "kinds": [line.get("kinds", 0) for line in lines],
        "rules": [line.get("rules", []) for line in lines],
    }


def _thousandths(share: float | None) -> int:
    return -1 if share is None else int(share * 1000 + 1e-6)
