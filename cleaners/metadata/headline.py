"""The headline of a text page: a short line over the running text that says what the text is about.

Of a clean text it is the first line or none.  Of a page whose frame went something of the frame may
stand above it: an entry of a menu, a label, a teaser.  There it is the line that shares the most
words with the text below.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import Final

from cleaners.characters import fold, line_length
from cleaners.metadata.fields import read_fields
from cleaners.records import Block, Kind

_SHORTEST, _LONGEST = 3, 20
"""Words of a headline; two characters of Chinese or Japanese are one."""
_RUNNING: Final = 8
"""Words from which a line that ends like a sentence is running text."""
_REACH: Final = 3
"""Blocks after a headline within which running text must begin."""
_ABOVE: Final = 12
"""Blocks above the running text among which the headline is looked for."""
_BODY: Final = 12
"""Running blocks whose words are compared with those of a headline."""
_SHARED: Final = 2
"""Telling words that a headline must share with them."""
_ENOUGH: Final = 0.7
"""Share of the best line's words that the first line needs to be preferred to it."""
_TELLING: Final = 4
"""Letters from which a word tells something of what a text is about."""
# What parts the entries of a menu or a path.
_PARTED: Final = re.compile(r"\s[|›‹»«>/•·]\s|\S {2,}\S")
_STEM: Final = 5
"""Letters by which words are compared, since endings differ."""
_CLOSING: Final = "\"'”’»」』)）]"
_WORD: Final = re.compile(r"[^\W_]+")
_JOINED: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{2,}")
"""Scripts in which words run on or have particles behind them."""


def headline_of(
    blocks: Sequence[Block], gone: Mapping[int, Kind], doubted: Collection[int] = ()
) -> int | None:
    """The number of the headline's block.

    `gone` are the blocks of which anything goes; those among them that are `doubted` could be the
    headline all the same.
    """
    left = [number for number in range(len(blocks)) if number not in gone]
    if gone and (best := _best(blocks, gone, doubted)) is not None:
        return best
    if not left or not _could_be_first(blocks[left[0]], framed=bool(gone)):
        return None
    follow = left[1 : 1 + _REACH]
    return left[0] if any(_is_running(blocks[number]) for number in follow) else None


def _best(
    blocks: Sequence[Block], gone: Mapping[int, Kind], doubted: Collection[int]
) -> int | None:
    """The line over the running text of a page that shares the most words with it.

    A line over the page's byline needs to share fewer.
    """
    running = (n for n, block in enumerate(blocks) if n not in gone and _is_body(block))
    body = list(islice(running, _BODY))
    if not body:
        return None
    said = {word for number in body for word in _telling(blocks[number].text)}
    above = [n for n in range(body[0]) if n not in gone or n in doubted][-_ABOVE:]
    scores = {
        number: len(said.intersection(_telling(blocks[number].text)))
        + (gone.get(number + 1) == "byline")
        for number in above
        if _could_be_one(blocks[number])
    }
    # A standfirst shares more words than the headline above it.
    least = max(_SHARED, _ENOUGH * max(scores.values(), default=0))
    return next((number for number, score in scores.items() if score >= least), None)


def _could_be_one(block: Block) -> bool:
    """Whether a line of a page could be its headline: no path, no menu, no date, no byline."""
    return _could_be_first(block, framed=True)


def _could_be_first(block: Block, *, framed: bool) -> bool:
    """The same of the first line that is left; without a frame there are no paths and menus."""
    parted = framed and _PARTED.search(block.text)
    return _is_headline(block) and not parted and not read_fields(block.text)


def _is_body(block: Block) -> bool:
    """Whether a block is running text that could be no headline, as a question could."""
    return _is_running(block) and not _is_headline(block)


# Remembered: a page's headline is looked for before and after its judges have spoken.
@lru_cache(maxsize=128)
def _telling(text: str) -> frozenset[str]:
    """Stems of the words that tell what a text is about; pairs of characters in other scripts."""
    folded = fold(text)
    words = {word[:_STEM] for word in _WORD.findall(folded) if len(word) >= _TELLING}
    pairs = (pairwise(found) for found in _JOINED.findall(folded))
    return frozenset(words.union(one + other for one, other in chain.from_iterable(pairs)))


def _is_headline(block: Block) -> bool:
    words = line_length(fold(block.text))
    ends = block.text.rstrip(_CLOSING)[-1:]
    return (
        block.role in ("paragraph", "heading", "row")
        and "\n" not in block.text
        and _SHORTEST <= words <= _LONGEST
        and ends not in (".", "。", "…", ":", "：", ",", ";")
        and not block.text.startswith(("•", "·", "▪", "●"))
    )


def _is_running(block: Block) -> bool:
    words = line_length(fold(block.text))
    ends = block.text.rstrip(_CLOSING)[-1:]
    return words >= _RUNNING and (ends in ".!?。！？…:：" or words > _LONGEST)
