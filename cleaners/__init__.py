"""Winnow cleans scraped web pages.

>>> from cleaners import Page, clean_page
>>> document = clean_page(Page(text=html, url="https://example.org/story"))
>>> document.title, document.text, document.removals
"""

from importlib.metadata import version

from cleaners.records import Block, Document, Metadata, Page, Removal
from cleaners.settings import Settings

__version__ = version("winnow")
__all__ = ["Block", "Document", "Metadata", "Page", "Removal", "Settings", "__version__"]
