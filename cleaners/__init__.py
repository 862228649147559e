"""Winnow cleans scraped web pages.

>>> from cleaners import Page, clean_page
>>> document = clean_page(Page(text=html, url="https://example.org/story"))
>>> document.title, document.text, document.removals
>>> document = clean_page(Page(text=text, media="text"))  # flattened text or markdown
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaners.records import Block, Document, Metadata, Page, Removal
from cleaners.settings import Settings
from cleaners.version import __version__

if TYPE_CHECKING:
    from cleaners.cleaning import clean_page

__all__ = [
    "Block",
    "Document",
    "Metadata",
    "Page",
    "Removal",
    "Settings",
    "__version__",
    "clean_page",
]


def __getattr__(name: str) -> object:
    """Import `clean_page` when it is asked for.

    Its rules take a seventh of a second to load, and most of a run's processes and commands leave
    cleaning to workers.
    """
    if name != "clean_page":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from cleaners.cleaning import clean_page  # noqa: PLC0415

    globals()[name] = clean_page
    return clean_page
