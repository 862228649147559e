"""Paragraphs that a page says twice: for phones and desktops, or once more for machines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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
    more, mostly as hidden data; in the same sort of place at least two must, since a paragraph may
    say more than another.  What is said again in the same sort of place is content: the
    parameters of each function in a manual, the terms of each offer.  So are rows of tables.
    """
    numbers = [number for number in kept if blocks[number].role != "row"]
    flat = {number: " ".join(blocks[number].text.split()) for number in numbers}
    alike: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        if len(flat[number]) >= _SHORTEST:
            alike[flat[number][:_START]].append(number)
    before = dict(zip(numbers[1:], numbers, strict=False))
    groups = [same for same in alike.values() if len(same) > 1]
    said = _by_start(flat.values()) if groups else {}
    removals = []
    for same in groups:
        first: dict[str, int] = {}
        for number in same:
            earlier = first.setdefault(flat[number], number)
            if earlier == number:
                other = blocks[same[1] if number == same[0] else same[0]]
                fewest = 2 if _are_alike(other.place, blocks[number].place) else 1
                if _is_covered(flat[number], said, fewest):
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


def _by_start(texts: Iterable[str]) -> dict[str, dict[int, set[str]]]:
    """Texts by how they start and by their lengths, so that a page of any size is read in time."""
    said: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for text in texts:
        if len(text) >= _START:
            said[text[:_START]][len(text)].add(text)
    return said


def _is_covered(whole: str, said: Mapping[str, Mapping[int, Collection[str]]], fewest: int) -> bool:
    """Whether at least so many other, shorter texts together say most of what this one says."""
    found = {
        whole[at : at + size]
        for at in range(len(whole) - _START + 1)
        for size, texts in said.get(whole[at : at + _START], {}).items()
        if size < len(whole) and whole[at : at + size] in texts
    }
    return len(found) >= fewest and sum(map(len, found)) >= _COVERED * len(whole)


def _removal(blocks: Sequence[Block], number: int, why: str) -> Removal:
    return Removal(number, 0, len(blocks[number].text), "repeat", "repeat", why, 0.9)
