"""Reading: from paths to scrapes, and from a scrape's bytes to a decoded `Page`."""

from cleaners.characters import tidy
from cleaners.reading.decoding import Decoded, decode
from cleaners.reading.scrapes import (
    Scrape,
    check_paths,
    find_scrapes,
    page_from_bytes,
    printable,
    read_page,
)
from cleaners.reading.sources import file_of, read_source

__all__ = [
    "Decoded",
    "Scrape",
    "check_paths",
    "decode",
    "file_of",
    "find_scrapes",
    "page_from_bytes",
    "printable",
    "read_page",
    "read_source",
    "tidy",
]
