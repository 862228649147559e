"""Listing scrapes.

Listing and reading are two steps, so that a batch can be planned without holding more than one
scrape, and so that each can be read in another process.
"""

# Paths stay as they were given: `Path` would rewrite `./page`, and so a source.
# ruff: noqa: PTH123

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import BinaryIO, Final, Protocol, TypeAlias

import xxhash

from cleaners.errors import PageError
from cleaners.formats import Columns
from cleaners.reading import remote
from cleaners.reading.containers import Form, Reading, broken, form_of, is_wanted
from cleaners.reading.containers import envelopes as envelopes_in
from cleaners.reading.folder import Shunned, files_under, shun_nothing
from cleaners.reading.folder import check_paths as check_local
from cleaners.reading.scrape import RATIO, Scrape, printable, records_in, sealed
from cleaners.reading.stored import stored_scrapes
from cleaners.reading.unpacking import check_packing

_CHUNK: Final = 1 << 20
_AHEAD: Final = 1 << 18  # records are as long as pages, and would be put together from small pieces


class Digests(Protocol):
    """Remembers digests of files, so that those that did not change are not read again."""

    def get(self, path: str, status: os.stat_result) -> str | None: ...

    def put(self, path: str, status: os.stat_result, digest: str) -> None: ...


def check_paths(paths: Iterable[str]) -> None:
    """Raise `UsageError` for a path or URL where there is neither a file nor a folder."""
    given = list(paths)
    check_local(path for path in given if not remote.is_url(path))
    for path in given:
        if remote.is_url(path):
            remote.check_url(path)


def find_scrapes(  # noqa: PLR0913 - settings of reading, each with its default
    paths: Iterable[str],
    *,
    page_bytes: int,
    unpack_ratio: float = RATIO,
    columns: Columns | None = None,
    avoid: Iterable[str] = (),
    shunned: Shunned = shun_nothing,
    digests: Digests | None = None,
) -> Iterator[Scrape]:
    """All scrapes below `paths`, in an order that depends on the names alone.

    Holds one scrape at a time.  What cannot be read is listed too: reading it says why.
    Nothing in the folders `avoid` is listed, nor in those that are `shunned`.  A page whose
    digest is in `digests` is not read.
    Raises `UsageError`, at once, for a path that does not exist.
    """
    given = list(dict.fromkeys(paths))
    reading = Reading(page_bytes, unpack_ratio, columns or Columns())
    avoided = list(avoid)
    local = [path for path in given if not remote.is_url(path)]
    folders = [path for path in avoided if not remote.is_url(path)]
    files = files_under(local, wanted=is_wanted, avoid=folders, shunned=shunned)
    for path in given:
        if remote.is_url(path):
            remote.check_url(path)
    return _chained(
        files, given, reading, partial(stored_scrapes, avoid=avoided, shunned=shunned), digests
    )


_Stored: TypeAlias = Callable[[str, Reading], Iterator[Scrape]]


def _chained(
    files: Iterator[str],
    given: list[str],
    reading: Reading,
    stored: _Stored,
    digests: Digests | None,
) -> Iterator[Scrape]:
    """First what is here, then what is elsewhere."""
    for path in files:
        yield from _scrapes(path, reading, digests)
    urls = [path for path in given if remote.is_url(path)]
    for url in urls:
        # Nothing twice: what lies below another path comes with that.
        others = [f"{other.rstrip('/')}/" for other in urls if other != url]
        if not any(url.startswith(other) for other in others):
            yield from stored(url, reading)


def _scrapes(path: str, reading: Reading, digests: Digests | None = None) -> Iterator[Scrape]:
    form = form_of(path)
    if form in (None, "page"):
        check_packing(path)  # before a worker finds out, which only has failures to tell
        return iter((_file(path, digests),))
    return _lines(path, reading) if form == "lines" else _enveloped(path, form, reading)


def _file(path: str, digests: Digests | None = None) -> Scrape:
    try:
        with open(path, "rb") as file:
            digest, length = _digest(file, path, digests)
    except OSError as error:
        # It will fail in the same way when it is read; what failed is then done, too,
        # until it fails in another way or can be read.
        said = f"{type(error).__name__}: {error.strerror}".encode()
        digest, length = xxhash.xxh3_128_hexdigest(said), 0
    return Scrape(source=printable(path), path=path, digest=digest, length=length)


def _digest(file: BinaryIO, path: str, digests: Digests | None) -> tuple[str, int]:
    """Digest and length of an open file, from memory where that is sure."""
    status = os.fstat(file.fileno())
    if digests is not None and (known := digests.get(path, status)):
        return known, status.st_size
    digest, length = xxhash.xxh3_128(), 0
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        length += len(chunk)
    if digests is not None and length == status.st_size:
        digests.put(path, status, digest.hexdigest())
    return digest.hexdigest(), length


def _lines(path: str, reading: Reading) -> Iterator[Scrape]:
    try:
        with open(path, "rb", buffering=_AHEAD) as file:
            yield from records_in(file, path, reading, here=True)
    except (PageError, OSError) as error:
        # The file fails with its reason, beside the records that could be read.
        yield sealed(printable(path), path, 0, broken(error))


def _enveloped(path: str, form: Form, reading: Reading) -> Iterator[Scrape]:
    try:
        with open(path, "rb") as file:
            for suffix, number, envelope in envelopes_in(file, path, form, reading):
                yield sealed(f"{printable(path)}{suffix}", path, number, envelope)
    except (PageError, OSError) as error:
        yield sealed(printable(path), path, 0, broken(error))
