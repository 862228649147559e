"""Which bylines of an HTML page are its own.

Menus (`By use case`), cards of other stories, sellers and people quoted have such lines as well.
A page's own byline stands around its headline, or right behind its last words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cleaners.records import Block, Removal

_BEFORE: Final = 4
"""Blocks before the headline, or before all that stays where no headline is known."""
_AFTER: Final = 8
"""Blocks behind the headline."""
_NEAREST: Final = 4
"""Blocks behind the headline in which a list may hold who wrote the page, and when."""
_BEHIND: Final = 4
"""Blocks behind the last one that stays."""
_ELSEWHERE: Final = frozenset(("button", "label", "nav", "option", "select"))
"""Elements of menus and forms: no byline of a page stands in them."""


def own_bylines(blocks: Sequence[Block], removals: Sequence[Removal]) -> list[Removal]:
    """The removals of kind `byline` that may say who wrote the page; all of those of a text page.

    What goes from the middle of a block is a part of a text that stays, so it is the page's own.
    """
    bylines = [removal for removal in removals if removal.kind == "byline"]
    if not bylines or blocks[bylines[0].block].place is None:
        return bylines
    gone = {r.block for r in removals if r.end - r.start == len(blocks[r.block].text)}
    titles = [number for number, block in enumerate(blocks) if block.role == "title"]
    stay = [number for number in range(len(blocks)) if number not in gone]
    first, last = (stay[0], stay[-1]) if stay else (0, len(blocks) - 1)
    top, bottom = (titles[0], titles[-1]) if titles else (first, first)
    head = range(top - _BEFORE, bottom + (_AFTER if titles else _BEFORE) + 1)
    nearest = range(bottom, bottom + _NEAREST + 1)
    foot = range(last, last + _BEHIND + 1)
    return [
        removal
        for removal in bylines
        if (number := removal.block) not in gone
        or (
            (number in head or number in foot)
            and not _is_elsewhere(blocks, number, listed=number in nearest or number in foot)
        )
    ]


def _is_elsewhere(blocks: Sequence[Block], number: int, *, listed: bool) -> bool:
    """Whether a block is no byline by what it stands in; `listed`: lists are none of that."""
    place = blocks[number].place
    around = set(place.path) if place else set()
    if not around.isdisjoint(_ELSEWHERE) or ("li" in around and not listed):
        return True
    return _is_card(blocks, number)


def _is_card(blocks: Sequence[Block], number: int) -> bool:
    """Whether a block stands in a link together with others: then it speaks of another page."""
    place = blocks[number].place
    if place is None or not place.link_chars:
        return False
    elements = place.elements
    link = next((one for one in place.outwards() if elements.tags[one] == "a"), None)
    beside = (blocks[other].place for other in (number - 1, number + 1) if 0 <= other < len(blocks))
    return link is not None and any(one and elements.holds(link, one.number) for one in beside)
