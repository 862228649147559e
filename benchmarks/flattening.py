"""Flattened text made from HTML, as scrapes without markup arrive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bs4 import BeautifulSoup
from trafilatura import extract


def full(html: str, url: str | None) -> str:
    """All text of the page, one text node a line, without script, style, noscript, template."""
    del url
    soup = BeautifulSoup(html, "lxml")
    for element in soup(["script", "style", "noscript", "template"]):
        element.decompose()
    return soup.get_text("\n", strip=True)


def recall(html: str, url: str | None) -> str:
    """What trafilatura leaves when it favours recall and keeps comments: half-cleaned text."""
    return extract(html, url=url, favor_recall=True, include_comments=True) or ""


FLATTENINGS: Final[dict[str, Callable[[str, str | None], str]]] = {"full": full, "recall": recall}
