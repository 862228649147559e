"""Pages as text in several degrees of flattening, from the whole page to its known text alone.

A scraper may have flattened a page as it stood, cleaned it by half, or cleaned it well; the line
judge must know all of them, and leave the last alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

from benchmarks.flattening import full, recall
from benchmarks.training.labels import words_of
from cleaners.applying import replay
from cleaners.records import Page
from cleaners.segmenting import segment

DEGREES = ("full", "blocks", "recall", "container", "known")
_HELD = 0.95  # of the known text's words, by the element that is taken for the article's


def flattened(html: str, url: str | None, known: str | None) -> Iterator[tuple[str, str]]:
    """A page in each degree: its name, and the text.

    `full` is a text node a line, `blocks` a block a paragraph, `recall` what trafilatura leaves
    when it favours recall, `container` the text nodes of the article's element, and `known` the
    known text, which is clean.  The last two need a known text.
    """
    yield "full", full(html, url)
    yield "blocks", replay(segment(Page(html, "html", url)).blocks, ())
    yield "recall", recall(html, url)
    if known:
        yield "container", _container(html, known)
        yield "known", known


def _container(html: str, known: str) -> str:
    """The text nodes of the smallest element that holds the known text, one a line."""
    soup = BeautifulSoup(html, "lxml")
    for element in soup(["script", "style", "noscript", "template"]):
        element.decompose()
    wanted = Counter(words_of(known))
    element: Tag = soup.body or soup
    held = _overlap(element, wanted)
    while True:
        inner = max(
            element.find_all(recursive=False),
            key=lambda child: _overlap(child, wanted),
            default=None,
        )
        if inner is None or _overlap(inner, wanted) < _HELD * held:
            return element.get_text("\n", strip=True)
        element = inner


def _overlap(element: Tag, wanted: Counter[str]) -> int:
    return (Counter(words_of(element.get_text(" "))) & wanted).total()
