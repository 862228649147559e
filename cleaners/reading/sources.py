"""Sources: the page that a document's `source` names, found again."""

# Paths stay as they were given: `Path` would rewrite `./page`, and so a source.
# ruff: noqa: PTH112

from __future__ import annotations

import os
from functools import partial

from cleaners.errors import UsageError
from cleaners.formats import Columns
from cleaners.reading import remote
from cleaners.reading.containers import is_records
from cleaners.reading.pages import read_page
from cleaners.reading.scrape import RATIO
from cleaners.reading.scrapes import check_paths, find_scrapes
from cleaners.records import Page


def read_source(
    source: str,
    *,
    page_bytes: int,
    unpack_ratio: float = RATIO,
    columns: Columns | None = None,
) -> Page:
    """The page that a `source` names: a file, or `FILE#NUMBER` for one of a file of many.

    Members of archives may also be named as documents name them, `FILE/MEMBER#NUMBER`.
    Raises `UsageError` if there is no such file or page, and `PageError` as `read_page` does.
    """
    path = file_of(source)
    if path is None:
        check_paths([source])
        path = source
    if not remote.is_url(path) and os.path.isdir(path):
        raise UsageError(f"{path}: this is a folder; name one page in it")
    if is_records(path) and path == source:
        raise UsageError(f"{path}: holds many records; name one as {path}#NUMBER")
    columns = columns or Columns()
    scrapes = find_scrapes(
        [path], page_bytes=page_bytes, unpack_ratio=unpack_ratio, columns=columns
    )
    read = partial(read_page, page_bytes=page_bytes, unpack_ratio=unpack_ratio, columns=columns)
    number, last = source.rpartition("#")[2], None
    for last in scrapes:
        if path == source or (last.number and str(last.number) == number):
            return read(last)
    if last is not None and last.envelope is not None and last.number == 0:
        # The file could not be read so far, and this says why.
        return read(last)
    raise UsageError(f"{source}: there is no record {number}")


def file_of(source: str) -> str | None:
    """The file that holds what a source names, if it is there: `FILE`, or one of many in it."""
    if remote.is_url(source):
        return _remote_file_of(source)
    if os.path.lexists(source):
        return source
    path, mark, number = source.rpartition("#")
    while mark and number.isdecimal() and path:
        if os.path.lexists(path):
            return path
        path, mark, _ = path.rpartition("/")
    return None


def _remote_file_of(source: str) -> str | None:
    """As `file_of`; names decide, as far as they do: each look costs a request."""
    path, mark, number = source.rpartition("#")
    if not (mark and number.isdecimal()):
        return source if remote.is_there(source) else None
    while mark and not is_records(path):
        path, mark, _ = path.rpartition("/")
    path = path if mark else source
    return path if remote.is_there(path) else None
