"""Flattened text made from HTML, as scrapes without markup arrive: in lines, or without them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from bs4 import BeautifulSoup
from trafilatura import extract


def full(html: str, url: str | None) -> str:
    """All text of the page, one text node a line, without script, style, noscript, template."""
    del url
    return _shown(html).get_text("\n", strip=True)


def recall(html: str, url: str | None) -> str:
    """What trafilatura leaves when it favours recall and keeps comments: half-cleaned text."""
    return extract(html, url=url, favor_recall=True, include_comments=True) or ""


def plain(html: str, url: str | None) -> str:
    """All text of the page in the lines of its markup: many a page has one, and glues all in it."""
    del url
    return _shown(html).get_text()


def joined(html: str, url: str | None) -> str:
    """All text of the page in one line, blanks between the text nodes."""
    del url
    return _shown(html).get_text(" ", strip=True)


def _shown(html: str) -> BeautifulSoup:
    soup = BeautifulSoup(html, "lxml")
    for element in soup(["script", "style", "noscript", "template"]):
        element.decompose()
    return soup


Flatten: TypeAlias = Callable[[str, str | None], str]
FLATTENINGS: Final[dict[str, Flatten]] = {"full": full, "recall": recall}
JOININGS: Final[dict[str, Flatten]] = {"plain": plain, "joined": joined}
"""Flattenings that lose the breaks between lines."""
