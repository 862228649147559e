"""Reading: from paths to scrapes, and from a scrape's bytes to a decoded `Page`."""

from cleaners.characters import tidy
from cleaners.reading.decoding import Decoded, decode
from cleaners.reading.pages import page_from_bytes, read_page
from cleaners.reading.scrape import Scrape, printable
from cleaners.reading.scrapes import check_paths, find_scrapes
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
