"""Shards: the scrapes of a run, cut into files of some seconds of work each."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final

from cleaners.reading import Scrape
from cleaners.reading.remote import is_url

SHARD_PAGES: Final = 500
SHARD_SECONDS: Final = 10.0
SHARD_BYTES: Final = 64_000_000
"""A shard is some seconds of work and fits in memory, however large its pages are.

Whoever commits holds one, so that a long batch takes no more memory than a short one; each costs a
commit and, under Prefect, two tasks, which is little beside so many pages.  Where a shard ends
depends on the batch alone, since files are named after it.
"""


def write_shards(scrapes: Iterable[Scrape], draft: Path, *, final: Path) -> list[Path]:
    """Write one file of scrapes a shard; where a shard ends depends on the scrapes alone."""
    shards: list[Path] = []
    writer: _ShardWriter | None = None
    for scrape in scrapes:
        if writer is None or writer.is_full:
            if writer is not None:
                writer.close()
            shards.append(draft / f"{len(shards):05d}.shard")
            writer = _ShardWriter(shards[-1], final)
        writer.add(scrape)
    if writer is not None:
        writer.close()
    return shards


class _ShardWriter:
    def __init__(self, path: Path, final: Path) -> None:
        self._path, self._final, self._folder = path, final, Path.cwd()
        self._file: BinaryIO = path.open("wb")
        self._spool: BinaryIO | None = None
        self._pages = self._bytes = 0
        self._seconds = 0.0

    @property
    def is_full(self) -> bool:
        return (
            self._pages >= SHARD_PAGES
            or self._seconds >= SHARD_SECONDS
            or self._bytes >= SHARD_BYTES
        )

    def add(self, scrape: Scrape) -> None:
        self._pages += 1
        self._bytes += scrape.length
        self._seconds += _seconds(scrape.length)
        if scrape.line or scrape.envelope is not None:
            scrape = self._spooled(scrape)
        # Workers may have been started in another folder; the source stays as it was given.
        path = scrape.path if is_url(scrape.path) else os.path.join(self._folder, scrape.path)  # noqa: PTH118 - keeps the rest of the path as it is
        scrape = dataclasses.replace(scrape, path=path)
        fields = {f.name: getattr(scrape, f.name) for f in dataclasses.fields(scrape)}
        del fields["line"], fields["envelope"]
        self._file.write(json.dumps(fields).encode() + b"\n")

    def _spooled(self, scrape: Scrape) -> Scrape:
        """The record copied to where it can be read in one step."""
        name = self._path.with_suffix(".spool").name
        if self._spool is None:
            self._spool = (self._path.parent / name).open("wb")
        offset = self._spool.tell()
        kept = scrape.to_keep
        self._spool.write(kept)
        path = str(self._final / name)
        return dataclasses.replace(
            scrape, path=path, offset=offset, length=len(kept), line=b"", envelope=None
        )

    def close(self) -> None:
        for file in (self._file, self._spool):
            if file is not None:
                file.flush()
                os.fsync(file.fileno())
                file.close()


def _seconds(length: int) -> float:
    """About the processor time that a page of so many bytes takes, within a factor of three.

    Measured: 0.6 ms for texts of 0.7 KB, 4 ms for HTML of 1.5 KB, 49 ms for crawled pages of 308 KB
    on average; large pages are mostly scripts and styles.
    """
    small = min(length, 10_000)
    return 0.0005 + 1e-6 * small + 1.3e-7 * (length - small)
