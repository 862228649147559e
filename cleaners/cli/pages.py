"""One page that a command cleans by itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cleaners.cli.faults import told_in_a_line
from cleaners.errors import NoTextError, TooLargeError, UsageError

if TYPE_CHECKING:
    from cleaners.records import Document, Page
    from cleaners.settings import Settings


def clean_one(path: str, settings: Settings) -> Document:
    """Clean the page that a path names, or `FILE#NUMBER`, or that comes from stdin (`-`).

    Raises `UsageError` if there is none, and `PageError` if it cannot be read or has no text.
    """
    from cleaners.cleaning import clean_page
    from cleaners.templating.storing import templates_for

    with told_in_a_line("stdin" if path == "-" else path):
        page = _stdin(settings) if path == "-" else _named(path, settings)
        document = clean_page(page, settings, templates_for(settings))
        if not document.blocks:
            raise NoTextError("the page has no text; was it rendered by a script?")
    return document


def _stdin(settings: Settings) -> Page:
    from cleaners.reading import page_from_bytes

    if sys.stdin is None:
        raise UsageError("standard input is closed: pipe a page in, or name a file")
    data = sys.stdin.buffer.read(settings.limits.page_bytes + 1)
    if len(data) > settings.limits.page_bytes:
        raise TooLargeError("larger than limits.page_bytes; raise it to clean this page")
    return page_from_bytes(data, source="-")


def _named(path: str, settings: Settings) -> Page:
    from cleaners.reading import read_source

    return read_source(
        path,
        page_bytes=settings.limits.page_bytes,
        unpack_ratio=settings.limits.unpack_ratio,
        columns=settings.columns,
    )
