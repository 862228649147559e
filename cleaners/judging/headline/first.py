"""The headline of a text without a frame: its first line, where that could head what follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from cleaners.characters import fold, line_length
from cleaners.judging.headline.running import LONG, end_of, is_running
from cleaners.metadata.fields import read_fields
from cleaners.metadata.text import mark
from cleaners.records import Block, Removal

_SHORTEST: Final = 3
"""Words of a headline; two characters of Chinese or Japanese are one."""
_REACH: Final = 3
"""Blocks after a headline within which running text must begin."""
_NEVER: Final = frozenset(".。…:：,;")
"""How no first line ends that is a headline."""


def mark_first(blocks: Sequence[Block], removals: Iterable[Removal]) -> tuple[Block, ...]:
    """The blocks with the first that is left marked as the title, where it could head the rest."""
    found = first_headline(blocks, {removal.block for removal in removals})
    return tuple(blocks) if found is None else mark(blocks, [found])


def first_headline(blocks: Sequence[Block], gone: Collection[int] = ()) -> int | None:
    """The number of the first block of which nothing is `gone`, if it is the headline."""
    left = [number for number in range(len(blocks)) if number not in gone][: 1 + _REACH]
    if not left or not _could_head(blocks[left[0]]) or read_fields(blocks[left[0]].text):
        return None
    return left[0] if any(_runs(blocks[number]) for number in left[1:]) else None


def _could_head(block: Block) -> bool:
    return (
        block.role in ("paragraph", "heading", "row")
        and "\n" not in block.text
        and _SHORTEST <= line_length(fold(block.text)) <= LONG
        and end_of(block.text) not in _NEVER
        and not block.text.startswith(("•", "·", "▪", "●"))
    )


def _runs(block: Block) -> bool:
    return is_running(line_length(fold(block.text)), end_of(block.text))
