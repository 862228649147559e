"""Paragraphs that a page says twice: for phones and desktops, or once more for machines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from cleaners.records import Block, Removal

_SHORTEST: Final = 60  # characters; shorter lines are repeated on purpose
_START: Final = 40
_COVERED: Final = 0.6


def find_repeats(blocks: Sequence[Block], kept: Iterable[int]) -> list[Removal]:
    """Removals of kind `repeat` among the blocks that would be kept.

    A block goes if an earlier one says the same, or if the blocks beside it say most of what it
    says: then it is the whole text once more, mostly as hidden data.  Rows of tables repeat
    themselves for good reason.
    """
    numbers = [number for number in kept if blocks[number].role != "row"]
    flat = {number: " ".join(blocks[number].text.split()) for number in numbers}
    alike: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        if len(flat[number]) >= _SHORTEST:
            alike[flat[number][:_START]].append(number)
    removals = []
    for same in alike.values():
        if len(same) == 1:
            continue
        seen: set[str] = set()
        for number in same:
            if flat[number] in seen:
                removals.append(_removal(blocks, number, "an earlier paragraph says the same"))
            elif _is_covered(flat, number):
                removals.append(_removal(blocks, number, "other paragraphs say the same"))
            seen.add(flat[number])
    return removals


def _is_covered(flat: dict[int, str], number: int) -> bool:
    """Whether other, shorter blocks together say most of what this one says."""
    whole = flat[number]
    parts = {text for text in flat.values() if len(text) < len(whole) and len(text) >= _START}
    return sum(len(text) for text in parts if text in whole) >= _COVERED * len(whole)


def _removal(blocks: Sequence[Block], number: int, why: str) -> Removal:
    return Removal(number, 0, len(blocks[number].text), "repeat", "repeat", why, 0.9)
