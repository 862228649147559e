"""What stands near the heading of an HTML page, and what stands where other pages are spoken of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.metadata import vocabulary
from cleaners.metadata.head import Head

MARKED: Final = 300
"""Of elements with a telling class no more than these are read: some pages have thousands."""
# Bylines and dates without any mark are looked for in this many characters around the heading.
_BEFORE, _AFTER = 500, 3000
_SHORT: Final = 80


class Lines(NamedTuple):
    """Short lines before the page's heading, and behind it; without one all stand behind."""

    before: Sequence[str]
    behind: Sequence[str]


Near: TypeAlias = Callable[[], Lines]
"""Gives the lines near the heading: asked for late, since few pages need them, and read once."""


def near_heading(tree: LexborHTMLParser, head: Head) -> Lines:
    """The short lines around the page's heading, or at its beginning where it has none."""
    shown = tree.body.text(separator="\n") if tree.body else ""
    at = max(shown.find(head.shown_heading), 0)
    end = at + len(head.shown_heading) + _AFTER
    return Lines(list(_short(shown[max(at - _BEFORE, 0) : at])), list(_short(shown[at:end])))


def _short(text: str) -> Iterator[str]:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return (line for line in lines if 1 < len(line) < _SHORT)


def is_elsewhere(node: LexborNode) -> bool:
    """Whether a node stands among comments, teasers or other pages' data."""
    above: LexborNode | None = node
    while above is not None and above.tag not in ("body", "html"):
        if above.tag in ("aside", "footer", "nav"):
            return True
        attributes = above.attributes
        words = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if vocabulary.ELSEWHERE.search(words):
            return True
        above = above.parent
    return False
