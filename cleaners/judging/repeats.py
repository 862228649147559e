"""Paragraphs that a page says twice: for phones and desktops, or once more for machines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from cleaners.records import Block, Place, Removal

_SHORTEST: Final = 60  # characters; shorter lines are repeated on purpose
_START: Final = 40
_COVERED: Final = 0.6
_FIGURES: Final = re.compile(r"\d+")
_PLAIN: Final = frozenset(
    ("a", "b", "code", "div", "em", "i", "li", "ol", "p", "span", "strong", "ul")
)
"""Tags that say nothing of a place unless they have a name: a list may stand in another."""


def find_repeats(blocks: Sequence[Block], kept: Iterable[int]) -> list[Removal]:
    """Removals of kind `repeat` among the blocks that would be kept.

    A block goes if the first one that says the same stands in another sort of place or just
    before it, or if the blocks beside it say most of what it says: then it is the whole text once
    more, mostly as hidden data.  What is said again in the same sort of place is content: the
    parameters of each function in a manual, the terms of each offer.  So are rows of tables.
    """
    numbers = [number for number in kept if blocks[number].role != "row"]
    flat = {number: " ".join(blocks[number].text.split()) for number in numbers}
    alike: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        if len(flat[number]) >= _SHORTEST:
            alike[flat[number][:_START]].append(number)
    before = dict(zip(numbers[1:], numbers, strict=False))
    removals = []
    for same in alike.values():
        if len(same) == 1:
            continue
        first: dict[str, int] = {}
        for number in same:
            earlier = first.setdefault(flat[number], number)
            if earlier == number:
                if _is_covered(flat, number):
                    removals.append(_removal(blocks, number, "other paragraphs say the same"))
            elif flat[before[number]] == flat[number] or not _are_alike(
                blocks[earlier].place, blocks[number].place
            ):
                removals.append(_removal(blocks, number, "an earlier paragraph says the same"))
    return removals


def _are_alike(one: Place | None, other: Place | None) -> bool:
    """Whether two places are of one sort; what a page only declares stands in none."""
    return one is not None and other is not None and _sort_of(one) == _sort_of(other)


def _sort_of(place: Place) -> frozenset[tuple[str, str]]:
    """The tags and names of the telling elements around a place, without figures that number."""
    elements = place.elements
    return frozenset(
        (elements.tags[number], _FIGURES.sub("", elements.words[number]))
        for number in place.outwards()
        if elements.words[number] or elements.tags[number] not in _PLAIN
    )


def _is_covered(flat: dict[int, str], number: int) -> bool:
    """Whether other, shorter blocks together say most of what this one says."""
    whole = flat[number]
    parts = {text for text in flat.values() if len(text) < len(whole) and len(text) >= _START}
    return sum(len(text) for text in parts if text in whole) >= _COVERED * len(whole)


def _removal(blocks: Sequence[Block], number: int, why: str) -> Removal:
    return Removal(number, 0, len(blocks[number].text), "repeat", "repeat", why, 0.9)
