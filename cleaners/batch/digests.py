"""Digests of files that were read before, so that a large folder is not read at every run.

A file is taken to be unchanged if inode, size, time of change (mtime) and time of change of its
inode (ctime) are as they were.  Programs can set a file's mtime, but not its ctime.  What still
goes unseen is a change within the resolution of the file system's clock; therefore nothing is
remembered of a file that changed in the seconds before it was read, as git does with its index.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from typing import Final

from cleaners.batch.ledger import transaction

_SETTLED: Final = 2_000_000_000
"""Nanoseconds; the coarsest clock of a file system in use is that of FAT, two seconds."""
_BATCH: Final = 5_000


class Digests:
    """The ledger's memory of files.  With `ask` off it is only written, never believed."""

    def __init__(self, ledger: sqlite3.Connection, *, ask: bool) -> None:
        self._ledger, self._ask = ledger, ask
        self._learned: list[tuple[bytes, str, bytes]] = []

    def get(self, path: str, status: os.stat_result) -> str | None:
        """The digest of a file that is as it was when it was read; None: read it."""
        if not self._ask:
            return None
        row = self._ledger.execute(
            "SELECT content FROM files WHERE path = ? AND status = ?", (_key(path), _said(status))
        ).fetchone()
        return None if row is None else bytes(row[0]).hex()

    def put(self, path: str, status: os.stat_result, digest: str) -> None:
        """Remember the digest of a file that was read just now."""
        if max(status.st_mtime_ns, status.st_ctime_ns) > time.time_ns() - _SETTLED:
            return
        self._learned.append((_key(path), _said(status), bytes.fromhex(digest)))
        if len(self._learned) >= _BATCH:
            self.save()

    def save(self) -> None:
        """Write down what was learned; the ledger must not be in a transaction."""
        if not self._learned:
            return
        with transaction(self._ledger):
            self._ledger.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", self._learned)
        self._learned.clear()


def believed(ledger: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Path and digest of every file that the next run would not read."""
    for path, status, content in ledger.execute("SELECT path, status, content FROM files"):
        name = os.fsdecode(path)
        try:
            found = _said(os.stat(name))  # noqa: PTH116 - no `Path` for bytes that are no UTF-8
        except OSError:
            continue
        if found == status:
            yield name, content.hex()


def _key(path: str) -> bytes:
    return os.fsencode(os.path.abspath(path))  # noqa: PTH100 - `Path` would resolve links


def _said(status: os.stat_result) -> str:
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
