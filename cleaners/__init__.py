"""Winnow cleans scraped web pages.

>>> from cleaners import Page, clean_page
>>> document = clean_page(Page(text=html, url="https://example.org/story"))
>>> document.title, document.text, document.removals
"""

from cleaners.cleaning import clean_page
from cleaners.records import Block, Document, Metadata, Page, Removal
from cleaners.settings import Settings
from cleaners.version import __version__

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
